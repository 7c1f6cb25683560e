// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/desk.hpp"

#include "base/json_writer.hpp"

namespace weir::connectors::douyin {

boost::asio::awaitable<Result<void>> Desk::Accept(std::string platform_order_id) {
  std::string body;
  JsonWriter(body).BeginObject().Member("order_id", platform_order_id).EndObject();
  const auto answer = co_await client_->Post("goodlife/v1/trade/buy/merchant_confirm_order",
                                             std::move(body), false);
  if (!answer) co_return std::unexpected(answer.error());
  co_return Result<void>{};
}

}  // namespace weir::connectors::douyin
