// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "model/consignment.hpp"
#include "storage/entry.hpp"

/// What somebody wants a platform to do, and what became of it.
namespace weir::sync {

enum class CommandStatus : std::uint8_t {
  kPlanned,         ///< Nothing is under way: it is to be sent, for the first time or again.
  kInFlight,        ///< It is leaving, or has left; a process that ended here does not know.
  kAsked,           ///< The platform is being asked what became of it.
  kUnknown,         ///< Nobody could say; the platform is asked again.
  kApplied,         ///< The platform did it.
  kAlreadyApplied,  ///< It was so before we asked.
  kRejected,        ///< It will not be done.
};

[[nodiscard]] std::string_view Name(CommandStatus status) noexcept;
/// Nothing more happens to it.
[[nodiscard]] bool IsFinal(CommandStatus status) noexcept;

/// A kind of command, and how it stands in line. The words are on disk and in the API.
struct CommandKind {
  std::string_view word;  ///< "order.accept"
  std::uint8_t lane = 0;  ///< The lowest first.
};

/// Null when there is no such kind.
[[nodiscard]] const CommandKind* FindCommandKind(std::string_view word) noexcept;

/// The planned work of a lane: its subject is the command's id, its detail the connection.
[[nodiscard]] std::string CommandWork(std::uint8_t lane);
inline constexpr std::uint8_t kCommandLanes = 3;

/// The payload of a `command` entry.
struct CommandRequest {
  std::string kind;
  /// The record it is about; empty for `shipment.create`, whose record is named after its entry.
  std::string subject;
  std::string platform_subject;  ///< The platform's own number of that; may be empty.
  Instant deadline{};            ///< Not sent any more from then on.
  std::string arguments = "{}";  ///< JSON, an object as its kind wants it.
};

[[nodiscard]] std::string EncodeCommand(const CommandRequest& request);
[[nodiscard]] Result<CommandRequest> DecodeCommand(std::string_view text);

/// With whom a command is carried out, where that was open.
struct CommandChoice {
  std::string connection;
  std::string platform;
  std::optional<model::CourierQuote> quote{};
};

/// The payload of an `attempt` entry: durable before the first byte leaves.
struct CommandAttempt {
  std::string command;
  bool asks = false;  ///< For the truth; nothing is done by it.
  std::optional<CommandChoice> choice{};
};

[[nodiscard]] std::string EncodeAttempt(const CommandAttempt& attempt);
[[nodiscard]] Result<CommandAttempt> DecodeAttempt(std::string_view text);

/// The payload of an `outcome` entry.
struct CommandOutcome {
  std::string command;
  CommandStatus status = CommandStatus::kUnknown;
  std::optional<Error> error{};
  std::optional<Instant> again_at{};  ///< Where it is not over.
};

[[nodiscard]] std::string EncodeOutcome(const CommandOutcome& outcome);
[[nodiscard]] Result<CommandOutcome> DecodeCommandOutcome(std::string_view text);

/// One try, as its command shows it.
struct CommandTry {
  Instant at{};
  bool asks = false;
  std::optional<CommandStatus> result{};  ///< None: under way, or its process ended.
  std::optional<Error> error{};
};

/// A command as the view keeps it and the API shows it.
struct CommandRecord {
  std::string id;
  std::string merchant;
  std::string platform;
  std::string connection;
  CommandRequest request;
  std::string idempotency_key;
  CommandStatus status = CommandStatus::kPlanned;
  std::vector<CommandTry> tries;               ///< The latest ones.
  std::uint32_t sent = 0;                      ///< How often it left, or may have.
  std::uint32_t failures = 0;                  ///< In a row, for the pause before the next try.
  bool unknown_told = false;                   ///< The feed has said that nobody knows.
  std::optional<model::CourierQuote> quote{};  ///< Of the one it was given to.
  /// Nobody follows the shipment it creates: it is not wanted any more, or one has followed.
  bool settled = false;
  std::uint64_t version = 0;
  Instant created_at{};
  Instant updated_at{};
};

/// So many tries are kept.
inline constexpr std::size_t kMaxTries = 32;

/// "cmd-<base32 of the position of its entry>".
[[nodiscard]] std::string CommandId(storage::Position position);
/// The same of the `place`th command that the fold planned for an entry, from 1.
[[nodiscard]] std::string CommandId(storage::Position position, std::uint32_t place);
/// "shp-...": the shipment that the command of this id creates, and back.
[[nodiscard]] std::string ShipmentId(std::string_view command);
[[nodiscard]] std::string CreatorOf(std::string_view shipment);

/// JSON: the state of the record.
[[nodiscard]] std::string EncodeRecord(const CommandRecord& record);
/// The same as readers get it.
[[nodiscard]] std::string ShowCommand(const CommandRecord& record);
[[nodiscard]] Result<CommandRecord> DecodeCommandRecord(std::string_view text);

}  // namespace weir::sync
