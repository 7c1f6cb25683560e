// SPDX-License-Identifier: Apache-2.0
#include "connectors/roles.hpp"

namespace weir::connectors {
namespace {

std::unexpected<Error> Unsupported() {
  return std::unexpected(Error{.kind = ErrorKind::kRejected,
                               .message = "The platform has no call for it.",
                               .remote_code = "unsupported"});
}

}  // namespace

boost::asio::awaitable<Result<void>> OrderDesk::Refuse(std::string /*platform_order_id*/,
                                                       std::string /*reason*/) {
  co_return Unsupported();
}

boost::asio::awaitable<Result<void>> OrderDesk::Ready(std::string /*platform_order_id*/) {
  co_return Unsupported();
}

boost::asio::awaitable<Result<void>> OrderDesk::DecideRefund(std::string /*platform_order_id*/,
                                                             std::string /*refund_id*/,
                                                             bool /*approve*/,
                                                             std::string /*reason*/) {
  co_return Unsupported();
}

boost::asio::awaitable<Result<void>> OrderDesk::TellDelivery(DeliveryNews /*news*/) {
  co_return Unsupported();
}

}  // namespace weir::connectors
