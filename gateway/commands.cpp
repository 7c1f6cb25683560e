// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands.hpp"

#include <utility>

#include "sync/command_fold.hpp"

namespace weir::gateway {
namespace {

using sync::CommandRecord;

constexpr std::uint64_t kMaxWaitSeconds = 30;
constexpr std::chrono::milliseconds kPoll{20};
/// Where nothing says until when an order may be accepted.
constexpr std::chrono::minutes kAcceptWithin{30};

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

boost::asio::awaitable<Result<PlannedCommand>> AcceptanceOf(CommandEndpointParts parts,
                                                            std::string merchant, std::string id) {
  const auto order = co_await parts.storage.Read(storage::RecordKind::kOrder, merchant, id);
  if (!order) co_return std::unexpected(order.error());
  if (!*order || (*order)->published_seq == 0) {
    co_return Fail(ErrorKind::kNotFound, "no such order");
  }
  const storage::RecordColumns& columns = (*order)->columns;
  co_return PlannedCommand{.request = {.kind = "order.accept",
                                       .subject = std::move(id),
                                       .platform_subject = columns.number,
                                       .deadline = parts.clock.Now() + kAcceptWithin},
                           .connection = columns.connection,
                           .platform = columns.platform};
}

boost::asio::awaitable<net::Response> Accept(CommandEndpointParts parts, Call call) {
  const MakeCommand make = [parts, merchant = call.merchant, id = call.path.at(0)] {
    return AcceptanceOf(parts, merchant, id);
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
  return {
      {"POST",
       "/v1/orders/{id}/accept",
       Scope::kWrite,
       {"wait"},
       [parts](Call call) { return Accept(parts, std::move(call)); }},
      {"GET",
       "/v1/commands/{id}",
       Scope::kRead,
       {},
       [parts](Call call) { return Get(parts, std::move(call)); }},
  };
}

}  // namespace weir::gateway
