// SPDX-License-Identifier: Apache-2.0
#include "sync/command_record.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "base/text.hpp"
#include "sync/shipment_request.hpp"

namespace weir::sync {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 7> kStatuses = {
    "planned", "in_flight", "asked", "unknown", "applied", "already_applied", "rejected"};
// What somebody waits for at the door comes first, what may be told later last.
constexpr std::array kKinds = {CommandKind{.word = "order.accept", .lane = 0},
                               CommandKind{.word = "order.approve_refund", .lane = 1},
                               CommandKind{.word = "order.decline_refund", .lane = 1},
                               CommandKind{.word = "order.ready", .lane = 1},
                               CommandKind{.word = "order.reject", .lane = 0},
                               CommandKind{.word = "order.tell_delivery", .lane = 2},
                               CommandKind{.word = "shipment.cancel", .lane = 0},
                               CommandKind{.word = "shipment.confirm_return", .lane = 2},
                               CommandKind{.word = "shipment.create", .lane = 1},
                               CommandKind{.word = "shipment.hold_rider", .lane = 0},
                               CommandKind{.word = "shipment.intercept", .lane = 0},
                               CommandKind{.word = "shipment.let_rider_off", .lane = 0},
                               CommandKind{.word = "shipment.product_ready", .lane = 1},
                               CommandKind{.word = "shipment.tip", .lane = 1},
                               CommandKind{.word = "shipment.urge", .lane = 2}};
static_assert(std::ranges::all_of(kKinds, [](const CommandKind& kind) {
  return kind.lane < kCommandLanes;
}));

constexpr std::array kErrorKinds = {
    ErrorKind::kTransport, ErrorKind::kRateLimited, ErrorKind::kUnauthorized, ErrorKind::kRejected,
    ErrorKind::kNotFound,  ErrorKind::kMalformed,   ErrorKind::kConflict,     ErrorKind::kInternal};

std::string Dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

template <typename Make>
auto Decode(std::string_view text, const char* what, Make make) -> Result<decltype(make(json()))> {
  try {
    return make(json::parse(text));
  } catch (const std::exception&) {
    return Fail(ErrorKind::kMalformed, what);
  }
}

CommandStatus StatusOf(const json& word) {
  const auto found = std::ranges::find(kStatuses, word.get<std::string>());
  if (found == kStatuses.end()) throw std::runtime_error("an unknown status");
  return static_cast<CommandStatus>(found - kStatuses.begin());
}

Instant TimeOf(const json& text) {
  const auto time = ParseRfc3339(text.get<std::string>());
  if (!time) throw std::runtime_error(time.error().message);
  return *time;
}

json ErrorJson(const std::optional<Error>& error) {
  if (!error) return nullptr;
  return {{"kind", Name(error->kind)}, {"code", error->remote_code}, {"message", error->message}};
}

std::optional<Error> ErrorOf(const json& in) {
  if (in.is_null()) return std::nullopt;
  const std::string kind = in.at("kind").get<std::string>();
  const auto found =
      std::ranges::find(kErrorKinds, kind, [](ErrorKind known) { return Name(known); });
  return Error{.kind = found == kErrorKinds.end() ? ErrorKind::kInternal : *found,
               .message = in.at("message").get<std::string>(),
               .remote_code = in.at("code").get<std::string>()};
}

json RequestJson(const CommandRequest& request) {
  return {{"kind", request.kind},
          {"subject", request.subject},
          {"platform_subject", request.platform_subject},
          {"deadline", ToRfc3339(request.deadline)},
          {"arguments", json::parse(request.arguments)}};
}

CommandRequest RequestOf(const json& in) {
  return {.kind = in.at("kind").get<std::string>(),
          .subject = in.at("subject").get<std::string>(),
          .platform_subject = in.at("platform_subject").get<std::string>(),
          .deadline = TimeOf(in.at("deadline")),
          .arguments = Dump(in.value("arguments", json::object()))};
}

json QuoteJson(const std::optional<model::CourierQuote>& quote) {
  if (!quote) return nullptr;
  json out = {{"fee", quote->fee.fen()}, {"reference", quote->reference}};
  if (quote->distance_m) out["distance_m"] = *quote->distance_m;
  if (quote->deliver_at) out["deliver_at"] = ToRfc3339(*quote->deliver_at);
  if (quote->expires_at) out["expires_at"] = ToRfc3339(*quote->expires_at);
  return out;
}

std::optional<model::CourierQuote> QuoteOf(const json& in) {
  if (in.is_null()) return std::nullopt;
  model::CourierQuote quote{.fee = Money::FromFen(in.at("fee").get<std::int64_t>()),
                            .reference = in.at("reference").get<std::string>()};
  if (in.contains("distance_m")) quote.distance_m = in["distance_m"].get<std::int64_t>();
  if (in.contains("deliver_at")) quote.deliver_at = TimeOf(in["deliver_at"]);
  if (in.contains("expires_at")) quote.expires_at = TimeOf(in["expires_at"]);
  return quote;
}

json TryJson(const CommandTry& one) {
  return {{"at", ToRfc3339(one.at)},
          {"asks", one.asks},
          {"result", one.result ? json(Name(*one.result)) : json(nullptr)},
          {"error", ErrorJson(one.error)}};
}

CommandTry TryOf(const json& in) {
  const json& result = in.at("result");
  return {.at = TimeOf(in.at("at")),
          .asks = in.at("asks").get<bool>(),
          .result = result.is_null() ? std::nullopt : std::optional(StatusOf(result)),
          .error = ErrorOf(in.at("error"))};
}

json RecordJson(const CommandRecord& record) {
  json out = RequestJson(record.request);
  out["id"] = record.id;
  out["merchant"] = record.merchant;
  out["platform"] = record.platform;
  out["connection"] = record.connection;
  out["idempotency_key"] =
      record.idempotency_key.empty() ? json(nullptr) : json(record.idempotency_key);
  out["status"] = Name(record.status);
  out["attempts"] = json::array();
  for (const CommandTry& one : record.tries) out["attempts"].push_back(TryJson(one));
  const bool told = !record.tries.empty() && IsFinal(record.status);
  out["result"] = told ? ErrorJson(record.tries.back().error) : json(nullptr);
  out["version"] = record.version;
  out["created_at"] = ToRfc3339(record.created_at);
  out["updated_at"] = ToRfc3339(record.updated_at);
  return out;
}

}  // namespace

std::string_view Name(CommandStatus status) noexcept {
  return kStatuses.at(static_cast<std::size_t>(status));
}

bool IsFinal(CommandStatus status) noexcept { return status >= CommandStatus::kApplied; }

const CommandKind* FindCommandKind(std::string_view word) noexcept {
  const auto* const found = std::ranges::find(kKinds, word, &CommandKind::word);
  return found == kKinds.end() ? nullptr : found;
}

std::string CommandWork(std::uint8_t lane) { return "command/" + std::to_string(lane); }

std::string EncodeCommand(const CommandRequest& request) { return Dump(RequestJson(request)); }

Result<CommandRequest> DecodeCommand(std::string_view text) {
  return Decode(text, "not a command", RequestOf);
}

std::string EncodeAttempt(const CommandAttempt& attempt) {
  json out = {{"command", attempt.command}, {"asks", attempt.asks}};
  if (attempt.choice) {
    out["choice"] = {{"connection", attempt.choice->connection},
                     {"platform", attempt.choice->platform},
                     {"quote", QuoteJson(attempt.choice->quote)}};
  }
  return Dump(out);
}

Result<CommandAttempt> DecodeAttempt(std::string_view text) {
  return Decode(text, "not a command's attempt", [](const json& in) {
    CommandAttempt attempt{.command = in.at("command").get<std::string>(),
                           .asks = in.at("asks").get<bool>()};
    if (in.contains("choice")) {
      const json& choice = in["choice"];
      attempt.choice = CommandChoice{.connection = choice.at("connection").get<std::string>(),
                                     .platform = choice.at("platform").get<std::string>(),
                                     .quote = QuoteOf(choice.at("quote"))};
    }
    return attempt;
  });
}

std::string EncodeOutcome(const CommandOutcome& outcome) {
  json out = {{"command", outcome.command},
              {"status", Name(outcome.status)},
              {"error", ErrorJson(outcome.error)}};
  if (outcome.again_at) out["again_at"] = ToRfc3339(*outcome.again_at);
  return Dump(out);
}

Result<CommandOutcome> DecodeCommandOutcome(std::string_view text) {
  return Decode(text, "not a command's outcome", [](const json& in) {
    CommandOutcome outcome{.command = in.at("command").get<std::string>(),
                           .status = StatusOf(in.at("status")),
                           .error = ErrorOf(in.at("error"))};
    if (in.contains("again_at")) outcome.again_at = TimeOf(in["again_at"]);
    return outcome;
  });
}

std::string CommandId(storage::Position position) { return "cmd-" + ToBase32(position.offset); }

std::string CommandId(storage::Position position, std::uint32_t place) {
  return CommandId(position) + "-" + std::to_string(place);
}

std::string ShipmentId(std::string_view command) {
  return "shp-" + std::string(command.substr(std::min<std::size_t>(command.size(), 4)));
}

std::string CreatorOf(std::string_view shipment) {
  return "cmd-" + std::string(shipment.substr(std::min<std::size_t>(shipment.size(), 4)));
}

std::string EncodeRecord(const CommandRecord& record) {
  json out = RecordJson(record);
  out["sent"] = record.sent;
  out["failures"] = record.failures;
  out["unknown_told"] = record.unknown_told;
  out["quote"] = QuoteJson(record.quote);
  out["settled"] = record.settled;
  return Dump(out);
}

std::string ShowCommand(const CommandRecord& record) {
  json out = RecordJson(record);
  out.erase("platform_subject");
  out["arguments"] = WithoutPeople(std::move(out["arguments"]));
  return Dump(out);
}

Result<CommandRecord> DecodeCommandRecord(std::string_view text) {
  return Decode(text, "not what is kept of a command", [](const json& in) {
    CommandRecord record{.id = in.at("id").get<std::string>(),
                         .merchant = in.at("merchant").get<std::string>(),
                         .platform = in.at("platform").get<std::string>(),
                         .connection = in.at("connection").get<std::string>(),
                         .request = RequestOf(in),
                         .idempotency_key = {},
                         .status = StatusOf(in.at("status")),
                         .tries = {},
                         .sent = in.at("sent").get<std::uint32_t>(),
                         .failures = in.at("failures").get<std::uint32_t>(),
                         .unknown_told = in.at("unknown_told").get<bool>(),
                         .version = in.at("version").get<std::uint64_t>(),
                         .created_at = TimeOf(in.at("created_at")),
                         .updated_at = TimeOf(in.at("updated_at"))};
    const json& key = in.at("idempotency_key");
    if (!key.is_null()) record.idempotency_key = key.get<std::string>();
    record.quote = QuoteOf(in.value("quote", json(nullptr)));
    record.settled = in.value("settled", false);
    for (const json& one : in.at("attempts")) record.tries.push_back(TryOf(one));
    return record;
  });
}

}  // namespace weir::sync
