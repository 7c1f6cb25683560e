// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/desk.hpp"

#include "base/json_writer.hpp"

namespace weir::connectors::eleme {

boost::asio::awaitable<Result<void>> Desk::Accept(std::string platform_order_id) {
  std::string params;
  JsonWriter(params).BeginObject().Member("orderId", platform_order_id).EndObject();
  const auto answer = co_await client_->Call("eleme.order.confirmOrderLite", std::move(params));
  if (!answer) co_return std::unexpected(answer.error());
  co_return Result<void>{};
}

}  // namespace weir::connectors::eleme
