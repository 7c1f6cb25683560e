// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "storage/storage.hpp"
#include "sync/folder.hpp"
#include "sync/mappers.hpp"

namespace weir::sync {

/// What folding the journal anew gave, compared with the view and feed that are there.
struct ReplayReport {
  std::uint64_t entries = 0;
  std::uint64_t changes = 0;  ///< Made by the replay.
  std::uint64_t records = 0;
  std::uint64_t epoch_begin = 0;  ///< Offset of the entry the current epoch began with.
  /// Changes and records that the current epoch alone made and that differ: any is a broken
  /// promise.
  std::uint64_t differing = 0;
  /// Those in which earlier epochs had a part and that this program would make otherwise: expected
  /// after an upgrade.
  std::uint64_t differing_earlier = 0;
  std::uint64_t expired = 0;          ///< Changes the feed no longer keeps, hence not compared.
  std::vector<std::string> examples;  ///< The first few differences, in words.

  [[nodiscard]] bool identical() const { return differing == 0; }
};

using MakeRules = std::function<std::unique_ptr<FoldRules>(storage::Storage&)>;

/// Folds `live`'s journal, up to where its view stands, into the empty view of `scratch`, and
/// compares what comes out. `live` is only read; of `scratch` only the view is used, and its
/// changes are kept without their data. `mapping` is the folder's (FolderOptions).
boost::asio::awaitable<Result<ReplayReport>> Replay(storage::Storage& live,
                                                    storage::Storage& scratch, MakeRules rules,
                                                    const Mappers& mappers, const Clock& clock,
                                                    boost::asio::any_io_executor mapping = {});

}  // namespace weir::sync
