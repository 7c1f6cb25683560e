// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mapping/amounts.hpp"
#include "mapping/doudian/event.hpp"
#include "model/order_facts.hpp"

/// The parts of the map of a read order; private to this module. Each takes from the order's fields
/// what it has a place for and adds what could not be read to the issues its reader writes to.
namespace weir::mapping::doudian {

/// What was read along with an order; empty values where it was not.
struct BesideOrder {
  Contacts contacts;
  Value shipment;  ///< `data` of superm.getShipmentInfo.
  Value track;     ///< `data` of logistics.trackNoRouteDetail.
};

/// All that an element of shop_order_list, or shop_order_detail, says; nothing when it has no id.
[[nodiscard]] std::optional<model::OrderFacts> MapOrder(const Value& object,
                                                        const BesideOrder& beside,
                                                        Instant asked_at);

/// The whole order, under `key`.
[[nodiscard]] model::OrderSnapshot MapSnapshot(ReadOrder& order, const model::SnapshotKey& key);

/// Charges, discounts and totals into `snapshot`, and the identities that must hold. All amounts
/// are fen (protocol B4). After the items.
void MapMoney(ReadOrder& order, FieldReader& reader, model::OrderSnapshot& snapshot);

/// The coupons and campaigns of promotion_detail; nothing unless they add up to `total`.
[[nodiscard]] std::optional<std::vector<model::Discount>> NamedPromotions(const Value& detail,
                                                                          Money total,
                                                                          FieldReader& reader);

/// The lines of sku_order_list.
struct Lines {
  std::vector<model::Item> items;
  MaybeMoney sum = Money();  ///< Of their sum_amount; nothing when one could not be read.
  std::string store;         ///< The first store that a line names.
  bool all_fetched = false;  ///< The customer fetches every one of them.
};
/// Nothing when there is no list. A line that breaks its own product is an issue of `snapshot`.
[[nodiscard]] std::optional<Lines> MapLines(ReadOrder& order, FieldReader& reader,
                                            model::OrderSnapshot& snapshot);

}  // namespace weir::mapping::doudian
