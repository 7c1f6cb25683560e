// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "storage/storage.hpp"
#include "sync/command_record.hpp"
#include "sync/fold_batch.hpp"
#include "sync/order_fold.hpp"

namespace weir::sync {

/// Keeps a record of each command: `command` entries make it, `attempt` and `outcome` entries move
/// it, and what is still to be done is planned work. What a platform tells may make the fold plan a
/// command itself. Throws std::runtime_error when an entry or a record cannot be read.
class CommandFold {
 public:
  explicit CommandFold(storage::Storage& storage) : storage_(storage) {}

  /// Each returns the record as it now is; nothing where the entry changed none.
  CommandRecord Plan(const storage::Entry& entry, FoldBatch& batch);
  boost::asio::awaitable<std::optional<CommandRecord>> Attempt(const storage::Entry& entry,
                                                               FoldBatch& batch);
  boost::asio::awaitable<std::optional<CommandRecord>> Conclude(const storage::Entry& entry,
                                                                FoldBatch& batch);

  /// Plans a command that nobody asked for, to be carried out with `connection`, which may be open.
  CommandRecord PlanOwn(const FoldPoint& at, CommandRequest request, CommandChoice choice,
                        FoldBatch& batch);
  /// Ends a command that is not over; it will not be carried out any more. Published.
  void End(const FoldPoint& at, CommandRecord record, CommandStatus status,
           std::optional<Error> error, FoldBatch& batch);
  /// Writes down that nobody follows the shipment it creates.
  void Settle(const FoldPoint& at, CommandRecord record, FoldBatch& batch);

  /// As this batch has left it, else as the view holds it.
  boost::asio::awaitable<std::optional<CommandRecord>> Load(std::string merchant, std::string id,
                                                            const FoldBatch& batch);

 private:
  storage::Storage& storage_;
};

/// A command as the view shows it; nothing when there is none of this id.
boost::asio::awaitable<Result<std::optional<CommandRecord>>> ReadCommand(storage::Storage& storage,
                                                                         std::string merchant,
                                                                         std::string id);

}  // namespace weir::sync
