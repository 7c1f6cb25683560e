// SPDX-License-Identifier: Apache-2.0
#include "sync/order_hand.hpp"

#include <utility>

#include "model/words.hpp"

namespace weir::sync {

using boost::asio::awaitable;

// What the order's record says of the command.
awaitable<Result<std::optional<CommandVerdict>>> OrderHand::Truth(CommandRecord record) {
  const auto order =
      co_await storage_.Read(storage::RecordKind::kOrder, record.merchant, record.request.subject);
  if (!order) co_return std::unexpected(order.error());
  if (!*order) co_return std::nullopt;
  const auto status = model::ParseOrderStatus((*order)->columns.status);
  if (!status || *status < model::OrderStatus::kAccepted) co_return std::nullopt;
  if (*status >= model::OrderStatus::kExpired) {
    co_return CommandVerdict{.status = CommandStatus::kRejected,
                             .error = Rejection("order_closed", "the order is not open any more")};
  }
  co_return CommandVerdict{.status = record.sent == 0 ? CommandStatus::kAlreadyApplied
                                                      : CommandStatus::kApplied};
}

awaitable<Result<CommandChoice>> OrderHand::Choose(CommandRecord record) {
  const auto reader = readers_(record.merchant, record.connection);
  if (!reader || !reader->orders || !reader->desk) {
    co_return Fail(ErrorKind::kNotFound, "the connection cannot be reached for commands");
  }
  co_return CommandChoice{.connection = record.connection, .platform = record.platform};
}

awaitable<Result<std::vector<connectors::PulledItem>>> OrderHand::Do(CommandRecord record) {
  const auto reader = readers_(record.merchant, record.connection);
  const auto done = co_await reader->desk->Accept(record.request.platform_subject);
  if (!done) co_return std::unexpected(done.error());
  co_return std::vector<connectors::PulledItem>();
}

awaitable<Result<CommandAnswer>> OrderHand::Ask(CommandRecord record) {
  const auto reader = readers_(record.merchant, record.connection);
  auto item = co_await reader->orders->GetOrder(record.request.platform_subject);
  if (!item) co_return std::unexpected(item.error());
  CommandAnswer answer;
  answer.items.push_back(*std::move(item));
  co_return answer;
}

}  // namespace weir::sync
