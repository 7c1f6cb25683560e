// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>

#include "base/error.hpp"
#include "storage/erasure.hpp"
#include "storage/storage.hpp"
#include "sync/erasure_search.hpp"
#include "sync/mappers.hpp"

namespace weir::sync {

/// What is to be written over so that nothing of a target's customer is left, and so that the
/// journal, folded anew, gives exactly the view and the feed that are there then: the same
/// positions, numbers, versions and money. Reads only. Planned once more after a part was done, it
/// gives the rest.
boost::asio::awaitable<Result<storage::Erasure>> PlanErasure(storage::Storage& storage,
                                                             const Mappers& mappers,
                                                             ErasureTarget target);

}  // namespace weir::sync
