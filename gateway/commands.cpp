// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands.hpp"

#include <array>
#include <string>
#include <utility>

#include "gateway/body.hpp"
#include "sync/command_fold.hpp"
#include "sync/order_hand.hpp"

namespace weir::gateway {
namespace {

using sync::CommandRecord;

constexpr std::uint64_t kMaxWaitSeconds = 30;
constexpr std::chrono::milliseconds kPoll{20};
/// Where nothing says until when an order may be decided on.
constexpr std::chrono::minutes kDecideWithin{30};

net::Response Show(const CommandRecord& record) {
  net::Response response;
  response.status = sync::IsFinal(record.status) ? 200 : 202;
  response.body = sync::ShowCommand(record);
  return response;
}

/// The command of this id once it is over, or as it is at the deadline.
boost::asio::awaitable<Result<CommandRecord>> Await(CommandEndpointParts parts,
                                                    std::string merchant, std::string id,
                                                    std::chrono::seconds patience) {
  const auto deadline = parts.clock.Monotonic() + patience;
  while (true) {
    auto record = co_await sync::ReadCommand(parts.storage, merchant, id);
    if (!record) co_return std::unexpected(record.error());
    if (!*record) co_return Fail(ErrorKind::kNotFound, "no such command");
    if (sync::IsFinal((*record)->status) || parts.clock.Monotonic() >= deadline) {
      co_return **std::move(record);
    }
    co_await parts.timer.Wait(kPoll);
  }
}

/// The entry that stands for this call: of an earlier one under its key, or of this one.
boost::asio::awaitable<Result<storage::Position>> Plan(CommandEndpointParts parts, Call call,
                                                       MakeCommand make) {
  const auto asked = ReadAsked(call);
  if (!asked) co_return std::unexpected(asked.error());
  const auto first = co_await parts.writing.Repeated(call.merchant, *asked);
  if (!first) co_return std::unexpected(first.error());
  if (*first) co_return **first;
  auto command = co_await make();
  if (!command) co_return std::unexpected(command.error());
  storage::NewEntry entry;
  entry.envelope.kind = storage::EntryKind::kCommand;
  entry.envelope.merchant = call.merchant;
  entry.envelope.connection = std::move(command->connection);
  entry.envelope.platform = std::move(command->platform);
  entry.envelope.topic = command->request.kind;
  entry.envelope.received_at = parts.clock.Now();
  entry.payload = sync::EncodeCommand(command->request);
  co_return co_await parts.writing.Append(std::move(entry), *asked);
}

/// What a shop may decide on an order: its place under /v1/orders/{id}/ and its kind.
struct Decision {
  const char* path;
  const char* kind;
  bool has_reason = false;
};
constexpr std::array kDecisions = {Decision{"accept", "order.accept"},
                                   Decision{"reject", "order.reject", true},
                                   Decision{"ready", "order.ready"},
                                   Decision{"refunds/{rid}/approve", "order.approve_refund", true},
                                   Decision{"refunds/{rid}/decline", "order.decline_refund", true}};

boost::asio::awaitable<Result<PlannedCommand>> DecisionOf(CommandEndpointParts parts,
                                                          std::string merchant,
                                                          net::PathParameters path,
                                                          sync::OrderArguments arguments,
                                                          Decision decision) {
  const auto order = co_await parts.storage.Read(storage::RecordKind::kOrder, merchant, path.at(0));
  if (!order) co_return std::unexpected(order.error());
  if (!*order || (*order)->published_seq == 0) {
    co_return Fail(ErrorKind::kNotFound, "no such order");
  }
  if (path.size() > 1) arguments.refund = path.at(1);
  const storage::RecordColumns& columns = (*order)->columns;
  co_return PlannedCommand{.request = {.kind = decision.kind,
                                       .subject = path.at(0),
                                       .platform_subject = columns.number,
                                       .deadline = parts.clock.Now() + kDecideWithin,
                                       .arguments = sync::EncodeOrderArguments(arguments)},
                           .connection = columns.connection,
                           .platform = columns.platform};
}

boost::asio::awaitable<net::Response> Decide(CommandEndpointParts parts, Call call,
                                             Decision decision) {
  sync::OrderArguments arguments;
  if (decision.has_reason) {
    BodyReader body(call.request.body, {"reason"});
    if (auto read = body.Text("reason", arguments.reason).Finish(); !read) {
      co_return Refuse(call, read.error());
    }
  }
  const MakeCommand make = [parts, merchant = call.merchant, path = call.path, arguments,
                            decision] {
    return DecisionOf(parts, merchant, path, arguments, decision);
  };
  co_return co_await Submit(parts, std::move(call), make);
}

boost::asio::awaitable<net::Response> Get(CommandEndpointParts parts, Call call) {
  const auto record = co_await sync::ReadCommand(parts.storage, call.merchant, call.path.at(0));
  if (!record) co_return Refuse(call, record.error());
  if (!*record) co_return Refuse(call, "not_found", "no such command");
  net::Response response = Show(**record);
  response.status = 200;
  co_return response;
}

}  // namespace

boost::asio::awaitable<net::Response> Submit(CommandEndpointParts parts, Call call,
                                             MakeCommand make) {
  const auto wait = call.query.Number("wait", 0, 0, kMaxWaitSeconds);
  if (!wait) co_return Refuse(call, wait.error());
  const auto position = co_await Plan(parts, call, std::move(make));
  if (!position) co_return Refuse(call, position.error());
  const auto record =
      co_await Await(parts, call.merchant, sync::CommandId(*position), std::chrono::seconds(*wait));
  co_return record ? Show(*record) : Refuse(call, record.error());
}

std::vector<EndpointRow> CommandEndpoints(const CommandEndpointParts& parts) {
  std::vector<EndpointRow> rows = {
      {"GET",
       "/v1/commands/{id}",
       Scope::kRead,
       {},
       [parts](Call call) { return Get(parts, std::move(call)); }},
  };
  for (const Decision& decision : kDecisions) {
    rows.push_back(
        {"POST",
         std::string("/v1/orders/{id}/") + decision.path,
         Scope::kWrite,
         {"wait"},
         [parts, decision](Call call) { return Decide(parts, std::move(call), decision); }});
  }
  return rows;
}

}  // namespace weir::gateway
