// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "mapping/content.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/members.hpp"
#include "model/shipment_facts.hpp"

/// What the parts of the map share; private to this module.
namespace weir::mapping::sf_city {

inline constexpr std::string_view kPlatform = "sf_city";

/// The members the map knows by name (protocol §2.2 and §2.4). All others, and those of these that
/// a message has no place for, go to `extra`.
inline constexpr NameTable kNames({
    "cancel_reason",
    "content",
    "create_time",
    "deduction_detail",
    "delivery_distance_meter",
    "ex_content",
    "expect_time",
    "feed",
    "gratuity_fee",
    "operator_name",
    "operator_phone",
    "order_id",
    "order_status",
    "out_order_id",
    "pickup_code",
    "push_time",
    "real_pay_money",
    "rider_lat",
    "rider_lng",
    "rider_name",
    "rider_phone",
    "sf_order_id",
    "shop_order_id",
    "status_desc",
    "total_gratuity_fee",
    "total_pay_money",
    "total_price",
    "upload_time",
    "url_index",
    "weight_gram",
});
using Fields = Members<kNames>;

/// By name, as ContentOf takes them.
[[nodiscard]] std::vector<Member> SortedMembersOf(const simdjson::dom::object& object);

/// What is known of an object of SF's beside what stands in it.
struct Setting {
  std::string_view number;          ///< Ours, where the object may not name it.
  std::optional<Instant> asked_at;  ///< Reads: when our request was sent; nothing for a push.
  std::string_view coordinates;     ///< The system of the coordinates: "GCJ02" or "BD09".
};

/// One status of a shipment, as an object tells it.
struct Step {
  std::string_view code;
  std::optional<Instant> at;
  std::string text;
  std::string rider_name;
  std::string rider_phone;
};

/// One object of SF's on its way to facts: what every message has in common. The object outlives
/// it.
class Shipment {
 public:
  Shipment(const simdjson::dom::object& object, const Setting& setting);
  Shipment(const Shipment&) = delete;
  Shipment& operator=(const Shipment&) = delete;

  /// Whether the object names an order at all, ours or SF's.
  [[nodiscard]] bool has_subject() const;
  [[nodiscard]] Fields& fields() { return fields_; }
  [[nodiscard]] FieldReader& reader() { return reader_; }
  [[nodiscard]] model::ShipmentLook& look() { return *facts_.look; }

  [[nodiscard]] std::string TakeText(Fields::Name name) {
    return std::string(fields_.Take(name).text());
  }
  /// The time SF says it sent this, by which looks are ordered.
  std::optional<Instant> TakePushTime();

  /// Adds the node of `step`. A status that is not known moves nothing and is an issue.
  void AddStep(Step step);
  /// Where the rider was, if the object says so.
  void AddPosition(std::optional<Instant> at);
  /// Something for `extra` that is no plain member.
  void AddRest(std::string_view name, std::string json);

  /// The facts, with what nothing took in `extra`. Once.
  [[nodiscard]] model::ShipmentFacts Take();

 private:
  Setting setting_;
  Fields fields_;
  NestedRest rest_;
  model::ShipmentFacts facts_;
  FieldReader reader_;
};

}  // namespace weir::mapping::sf_city
