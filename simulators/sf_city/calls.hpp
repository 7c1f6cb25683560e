// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <expected>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/json_writer.hpp"
#include "base/random.hpp"
#include "simulators/courier_life.hpp"
#include "simulators/deliveries.hpp"
#include "simulators/ledger.hpp"
#include "simulators/sf_city/options.hpp"

/// The actions of protocol notes 2.2, behind the sign.
namespace weir::simulators::sf_city {

/// Codes of refusals. The platform's list is not known: all but kBadParameter are made up here.
namespace code {
inline constexpr int kBadDeveloper = 1001;
inline constexpr int kBadSign = 1002;
inline constexpr int kTooOften = 1003;
inline constexpr int kBadParameter = 1202;  ///< Also of an order that is not known.
inline constexpr int kDuplicate = 2001;
inline constexpr int kNoSuchShop = 2002;
inline constexpr int kNoBalance = 2003;
inline constexpr int kOutOfReach = 2004;
inline constexpr int kWrongState = 2005;
inline constexpr int kNoRider = 2006;
}  // namespace code

struct Failure {
  int code = 0;
  std::string message;
};

/// Everything the actions work on. All references outlive the api.
struct Parts {
  const Options& options;
  Deliveries& book;
  CourierLife& life;
  Random& random;
  Counts& counts;
};

/// What an action works with: one call that is verified.
struct Call {
  const nlohmann::json& params;
  Instant now;
  const Parts& parts;
  std::int64_t& cancels;    ///< How often the merchant has cancelled so far.
  bool number_ids = false;  ///< This answer writes SF's order id as a number.
  bool refused = false;     ///< What it orders is out of reach.
};

/// The JSON of `result`.
using Outcome = std::expected<std::string, Failure>;

struct Action {
  std::string_view name;
  bool orders = false;  ///< Orders something: it goes wrong as CourierFaults say.
  Outcome (*run)(const Call& call) = nullptr;
};

/// nullptr when there is no such action.
[[nodiscard]] const Action* FindAction(std::string_view name);

[[nodiscard]] std::unexpected<Failure> Refused(int code, std::string message);
/// By order_id as order_type says: SF's number, or the merchant's in its shop.
[[nodiscard]] std::expected<Delivery*, Failure> DeliveryOf(const Call& call);
/// The number under `name`, text or number as this answer has it.
void WriteSfId(JsonWriter& json, std::string_view name, const Call& call, const Delivery& delivery);
/// Begins an answer with both numbers of the order.
void BeginAnswer(JsonWriter& json, const Call& call, const Delivery& delivery);

// Ordering ...
Outcome PrecreateOrder(const Call& call);
Outcome CreateOrder(const Call& call);
// ... acts ...
Outcome PrecancelOrder(const Call& call);
Outcome CancelOrder(const Call& call);
Outcome AddGratuity(const Call& call);
Outcome GetGratuity(const Call& call);
Outcome RemindOrder(const Call& call);
Outcome NotifyProductReady(const Call& call);
// ... and reads.
Outcome GetOrderStatus(const Call& call);
Outcome ListOrderFeed(const Call& call);
Outcome RiderLatestPosition(const Call& call);
Outcome RiderView(const Call& call);
Outcome GetCallbackInfo(const Call& call);
Outcome GetShopAccountBalance(const Call& call);

}  // namespace weir::simulators::sf_city
