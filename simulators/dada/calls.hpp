// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <expected>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/json_writer.hpp"
#include "simulators/courier_life.hpp"
#include "simulators/dada/codes.hpp"
#include "simulators/dada/options.hpp"
#include "simulators/dada/quotes.hpp"
#include "simulators/dada/shop.hpp"
#include "simulators/deliveries.hpp"
#include "simulators/ledger.hpp"

/// The calls of protocol notes 3 to 6, behind the signature.
namespace weir::simulators::dada {

/// Everything the calls work on. All references outlive the api.
struct Parts {
  const Options& options;
  Deliveries& book;
  CourierLife& life;
  Random& random;
  Counts& counts;
};

/// What a call works with: one that is verified.
struct Call {
  const nlohmann::json& params;
  Instant now;
  const Parts& parts;
  Shops& shops;
  Quotes& quotes;
  bool refused = false;  ///< What it orders is out of reach.
};

/// The JSON of `result`, or the code of the refusal.
using Outcome = std::expected<std::string, int>;

enum class CallKind : std::uint8_t {
  kPlain,
  kOrder,    ///< Orders something: it goes wrong as CourierFaults say.
  kSandbox,  ///< Moves an order by hand.
};

struct Action {
  std::string_view path;
  CallKind kind = CallKind::kPlain;
  Outcome (*run)(const Call& call) = nullptr;
};

/// nullptr when there is no such path.
[[nodiscard]] const Action* FindAction(std::string_view path);

inline constexpr std::string_view kNothing = "null";  ///< The result of most acts.

/// The delivery under `name`; kNoOrderId or kNoSuchOrder.
[[nodiscard]] std::expected<Delivery*, int> DeliveryOf(const Call& call,
                                                       std::string_view name = "order_id");
/// Yuan, as a JSON number.
void WriteYuan(JsonWriter& json, std::string_view name, Fen amount);
/// Degrees, as a JSON number.
void WriteDegrees(JsonWriter& json, std::string_view name, std::int64_t micro_degrees);

/// What an order's parameters say, priced but not ordered.
[[nodiscard]] std::expected<Delivery, int> ReadOrder(const Call& call);

// Orders ...
Outcome AddOrder(const Call& call);
Outcome ReAddOrder(const Call& call);
Outcome QueryDeliverFee(const Call& call);
Outcome AddAfterQuery(const Call& call);
Outcome AddTip(const Call& call);
Outcome FormalCancel(const Call& call);
Outcome CancelReasons(const Call& call);
Outcome ConfirmGoods(const Call& call);
Outcome ConfirmMessage(const Call& call);
// ... what is known of them ...
Outcome QueryStatus(const Call& call);
Outcome TransporterPosition(const Call& call);
Outcome TransporterTrack(const Call& call);
// ... the sandbox's hand ...
Outcome SimulateAccept(const Call& call);
Outcome SimulateFetch(const Call& call);
Outcome SimulateFinish(const Call& call);
Outcome SimulateCancel(const Call& call);
Outcome SimulateExpire(const Call& call);
// ... shops, cities and money.
Outcome AddShops(const Call& call);
Outcome UpdateShop(const Call& call);
Outcome ShopDetail(const Call& call);
Outcome CityCodes(const Call& call);
Outcome QueryBalance(const Call& call);

}  // namespace weir::simulators::dada
