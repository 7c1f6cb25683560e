// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/json_writer.hpp"
#include "base/random.hpp"
#include "simulators/doudian/book.hpp"
#include "simulators/doudian/life.hpp"
#include "simulators/doudian/options.hpp"
#include "simulators/doudian/outcome.hpp"
#include "simulators/doudian/tokens.hpp"
#include "simulators/shelves.hpp"

/// The methods of protocol notes B2 and B4 to B7, behind signature and token.
namespace weir::simulators::doudian {

/// What a method works with: one verified call.
struct Call {
  const nlohmann::json& params;
  Instant now;
  const Options& options;
  OrderBook& book;
  Life& life;
  TokenServer& tokens;
  Shelves& shelves;
  Random& random;
};

struct Method {
  std::string_view name;
  bool needs_token = true;
  Outcome (*run)(const Call& call) = nullptr;
};

/// nullptr when there is no such method.
[[nodiscard]] const Method* FindMethod(std::string_view name);

// What the files of methods share.
[[nodiscard]] std::unexpected<Failure> BadArgument(std::string_view message);
[[nodiscard]] std::unexpected<Failure> BusinessFailed(std::string_view sub_code,
                                                      std::string_view message);
/// A member of param_json as text, whether it came as text or number; nullopt without one.
[[nodiscard]] std::optional<std::string> TextOf(const Call& call, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> NumberOf(const Call& call, std::string_view name);
/// By `shop_order_id` or `order_id`.
[[nodiscard]] std::expected<Order*, Failure> OrderOf(const Call& call);

/// A page of a list as a method is asked for it.
struct Page {
  std::int64_t number = 0;
  std::int64_t size = 0;
  std::int64_t first = 0;  ///< The number of the first page.

  /// Whether the `index`-th thing of the list is on it.
  [[nodiscard]] bool holds(std::int64_t index) const {
    const std::int64_t start = (number - first) * size;
    return index >= start && index < start + size;
  }
};
/// nullopt when `page` is before `first`, or `size` not in 1 to 100.
[[nodiscard]] std::optional<Page> PageOf(const Call& call, std::int64_t first);

// Tokens ...
Outcome CreateToken(const Call& call);
Outcome RefreshToken(const Call& call);
// ... orders ...
Outcome SearchList(const Call& call);
Outcome OrderDetail(const Call& call);
Outcome BatchDecrypt(const Call& call);
Outcome LogisticsAdd(const Call& call);
Outcome LogisticsCompanyList(const Call& call);
// ... riders and tracks ...
Outcome GetShipmentInfo(const Call& call);
Outcome ShopOrderDispatcher(const Call& call);
Outcome GetDispatcherInfo(const Call& call);
Outcome TrackNoRouteDetail(const Call& call);
// ... after-sales ...
Outcome AfterSaleList(const Call& call);
Outcome AfterSaleDetail(const Call& call);
Outcome AfterSaleOperate(const Call& call);
// ... products, stores and warehouses.
Outcome ProductList(const Call& call);
Outcome ProductDetail(const Call& call);
Outcome SkuList(const Call& call);
Outcome GetStoreList(const Call& call);
Outcome GetStoreDetail(const Call& call);
Outcome WarehouseList(const Call& call);

}  // namespace weir::simulators::doudian
