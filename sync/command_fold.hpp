// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "storage/storage.hpp"
#include "sync/command_record.hpp"
#include "sync/fold_batch.hpp"

namespace weir::sync {

/// Keeps a record of each command: `command` entries make it, `attempt` and `outcome` entries move
/// it, and what is still to be done is planned work. Throws std::runtime_error when an entry or a
/// record cannot be read.
class CommandFold {
 public:
  explicit CommandFold(storage::Storage& storage) : storage_(storage) {}

  void Plan(const storage::Entry& entry, FoldBatch& batch);
  boost::asio::awaitable<void> Attempt(const storage::Entry& entry, FoldBatch& batch);
  boost::asio::awaitable<void> Conclude(const storage::Entry& entry, FoldBatch& batch);

 private:
  boost::asio::awaitable<std::optional<CommandRecord>> Load(std::string merchant, std::string id);

  storage::Storage& storage_;
};

/// A command as the view shows it; nothing when there is none of this id.
boost::asio::awaitable<Result<std::optional<CommandRecord>>> ReadCommand(storage::Storage& storage,
                                                                         std::string merchant,
                                                                         std::string id);

}  // namespace weir::sync
