// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "connectors/dada/credentials.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::dada {

/// A call of the API (protocol §3).
struct Endpoint {
  std::string_view path;
  bool read = false;  ///< It changes nothing: the client stack may repeat it.

  /// What is asked, in the platform's words: "addOrder", "status/query", "message/confirm".
  [[nodiscard]] constexpr std::string_view topic() const {
    constexpr std::string_view kApi = "/api/";
    constexpr std::string_view kOrder = "/api/order/";
    return path.substr(path.starts_with(kOrder) ? kOrder.size() : kApi.size());
  }
};

inline constexpr Endpoint kAddOrder{"/api/order/addOrder"};
/// A read that Dada refuses to be asked twice at once (2067), so it is not repeated.
inline constexpr Endpoint kQueryDeliverFee{"/api/order/queryDeliverFee"};
inline constexpr Endpoint kAddAfterQuery{"/api/order/addAfterQuery"};
inline constexpr Endpoint kAddTip{"/api/order/addTip"};
inline constexpr Endpoint kStatusQuery{"/api/order/status/query", true};
inline constexpr Endpoint kFormalCancel{"/api/order/formalCancel"};
inline constexpr Endpoint kConfirmGoods{"/api/order/confirm/goods"};
inline constexpr Endpoint kPosition{"/api/order/transporter/position", true};
inline constexpr Endpoint kMessageConfirm{"/api/message/confirm"};

/// Calls Dada's API: builds, signs, sends and unwraps. `parts` outlive it.
class Client {
 public:
  Client(Credentials credentials, ConnectorParts parts)
      : credentials_(std::move(credentials)), parts_(std::move(parts)) {}

  /// Calls `endpoint` with its parameters as JSON ("" for none). The item is the whole answer, its
  /// topic the endpoint's.
  boost::asio::awaitable<Result<PulledItem>> Call(Endpoint endpoint, std::string body);

  [[nodiscard]] const Credentials& credentials() const { return credentials_; }
  [[nodiscard]] Instant Now() const { return parts_.clock.Now(); }

 private:
  [[nodiscard]] net::Request RequestOf(Endpoint endpoint, std::string_view body, Instant at) const;

  Credentials credentials_;
  ConnectorParts parts_;
};

}  // namespace weir::connectors::dada
