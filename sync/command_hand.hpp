// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "connectors/roles.hpp"
#include "sync/command_record.hpp"

namespace weir::sync {

/// That a command is over, and how.
struct CommandVerdict {
  CommandStatus status = CommandStatus::kApplied;  ///< A final one.
  std::optional<Error> error{};
};

/// What a platform answered to a question for the truth.
struct CommandAnswer {
  std::vector<connectors::PulledItem> items;  ///< To be kept and folded.
  /// What follows from the answer itself; nothing where the record tells once they are folded.
  std::optional<CommandVerdict> verdict{};
};

/// What commands of one kind need beyond what all have in common. Nothing is repeated here.
class CommandHand {
 public:
  virtual ~CommandHand() = default;

  /// What the view says of it; nothing where it still is to be done.
  virtual boost::asio::awaitable<Result<std::optional<CommandVerdict>>> Truth(
      CommandRecord record) = 0;

  /// With whom it is carried out. kRejected ends the command; after other errors it is tried again.
  virtual boost::asio::awaitable<Result<CommandChoice>> Choose(CommandRecord record) = 0;

  /// Does it with the connection of the record. What the platform answers is kept and folded.
  virtual boost::asio::awaitable<Result<std::vector<connectors::PulledItem>>> Do(
      CommandRecord record) = 0;

  /// Asks what became of it. Where it never happened the answer is empty.
  virtual boost::asio::awaitable<Result<CommandAnswer>> Ask(CommandRecord record) = 0;
};

/// A rejection that we, not a platform, decided on.
[[nodiscard]] Error Rejection(std::string code, std::string message);

}  // namespace weir::sync
