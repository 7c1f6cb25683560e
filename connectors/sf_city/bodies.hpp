// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/instant.hpp"
#include "base/json_writer.hpp"
#include "connectors/courier.hpp"
#include "connectors/sf_city/credentials.hpp"

/// The bodies of calls, each written once: what is signed is what is sent.
namespace weir::connectors::sf_city {

/// What SF adds at least to a tip (protocol §2.2).
inline constexpr Money kLeastTip = Money::FromFen(100);

/// The body of createorder. kRejected for what SF could not take: a tip below kLeastTip, a product
/// that is no product_type.
[[nodiscard]] Result<std::string> CreateBody(const Credentials& credentials,
                                             const Consignment& consignment, Instant now);

/// The body of precreateorder; fails as CreateBody does.
[[nodiscard]] Result<std::string> QuoteBody(const Credentials& credentials,
                                            const Consignment& consignment, Instant now);

/// The body of a call about one order: its key (SF's number where it is known, else ours with the
/// shop), and whatever more the call takes.
class OrderBody {
 public:
  OrderBody(const Credentials& credentials, const ShipmentRef& shipment, Instant now);
  OrderBody(const OrderBody&) = delete;
  OrderBody& operator=(const OrderBody&) = delete;

  [[nodiscard]] JsonWriter& json() { return json_; }
  /// Once.
  [[nodiscard]] std::string Take();

 private:
  std::string text_;
  JsonWriter json_;
};

/// At most `count` characters of the text.
[[nodiscard]] std::string Shortened(std::string_view text, std::size_t count);

}  // namespace weir::connectors::sf_city
