// SPDX-License-Identifier: Apache-2.0
#include "app/demo/courier_audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <set>
#include <utility>

#include "base/instant.hpp"

namespace weir::app::demo {
namespace {

using nlohmann::json;
using simulators::ShipmentTruth;

/// Couriers of parcels: their steps are routes, and what they cost is told apart from them.
constexpr std::string_view kOfParcels = "sf_express";

// The member of this name, null when there is none.
json At(const json& record, const char* name) {
  const auto found = record.find(name);
  return found == record.end() ? json() : *found;
}

std::string TextAt(const json& record, const char* name) {
  const json value = At(record, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

// What nobody told of is nothing.
json SumAt(const json& record, const char* name) {
  const json value = At(record, name);
  return value.is_null() ? json(0) : value;
}

// What it cost, else what it was to cost: an answer that tells it may be lost.
json FeeOf(const json& record) {
  const json told = At(record, "fee");
  const json quote = At(record, "quote");
  return told.is_null() && quote.is_object() ? At(quote, "fee") : told;
}

/// What a shipment's record must say, and how the book and the record say it.
struct Fact {
  const char* what;
  json (*truth)(const ShipmentTruth&);
  json (*record)(const json&);
};

constexpr std::array kFacts = {
    Fact{"status", [](const ShipmentTruth& truth) { return json(std::string(truth.status)); },
         [](const json& record) { return At(record, "status"); }},
    Fact{"number", [](const ShipmentTruth& truth) { return json(truth.platform_no); },
         [](const json& record) { return At(record, "platform_no"); }},
    Fact{"tip", [](const ShipmentTruth& truth) { return json(truth.tip); },
         [](const json& record) { return SumAt(record, "tip"); }},
    Fact{"cancel fee", [](const ShipmentTruth& truth) { return json(truth.cancel_fee); },
         [](const json& record) { return SumAt(record, "cancel_fee"); }},
};

constexpr const Fact& kNumber = kFacts[1];

// Places in checks_: these, then one for each fact, then the rest.
enum : std::size_t { kSettled, kPresent, kFirstFact };
enum : std::size_t {
  kFee = kFirstFact + kFacts.size(),
  kWay,
  kTakenOver,
  kKnown,
  kAlone,
  kOrders,
  kForgeries
};

bool IsSettled(const ShipmentTruth& truth) {
  return std::ranges::all_of(truth.events, [](const simulators::Event& event) {
    return event.suppressed || event.answered_ok > 0;
  });
}

/// One node of a way, as both sides know it.
struct Node {
  Instant at{};
  std::string code;
  friend auto operator<=>(const Node&, const Node&) = default;
};

/// Nullopt when a node has no time, comes twice or comes before an earlier one.
std::optional<std::vector<Node>> WayOf(const json& record) {
  std::vector<Node> way;
  std::set<std::string> keys;
  for (const json& step : At(record, "tracking")) {
    if (TextAt(step, "code").empty()) continue;
    const auto at = ParseRfc3339(TextAt(step, "at"));
    const bool is_new = keys.insert(TextAt(step, "key")).second;
    if (!at || !is_new || (!way.empty() && *at < way.back().at)) return std::nullopt;
    way.push_back({.at = *at, .code = TextAt(step, "code")});
  }
  std::ranges::sort(way);  // Within a second nothing says which was first.
  return way;
}

std::vector<Node> WayOf(const ShipmentTruth& truth) {
  constexpr std::string_view kWord = "opCode ";
  std::vector<Node> way;
  for (const simulators::Event& event : truth.events) {
    if (!event.what.starts_with(kWord)) continue;
    way.push_back({.at = std::chrono::floor<std::chrono::seconds>(event.at),
                   .code = event.what.substr(kWord.size())});
  }
  std::ranges::sort(way);
  return way;
}

/// From when to when a courier had an order.
struct Hold {
  Instant begin{};
  Instant end{};
  std::string shipment;
};

std::string NameOf(const std::string& courier, const std::string& shipment) {
  return fmt::format("{}/{}", courier, shipment);
}

}  // namespace

CourierAudit::CourierAudit(std::vector<std::string> couriers, bool eventful)
    : Checks("couriers", std::move(couriers)), eventful_(eventful) {
  checks_.push_back({.what = "each callback answered ok"});
  checks_.push_back({.what = "shipment of the book listed"});
  for (const Fact& fact : kFacts) checks_.push_back({.what = fmt::format("  its {}", fact.what)});
  checks_.push_back({.what = "  its fee, told or quoted"});
  checks_.push_back({.what = "  a parcel's way, in order"});
  checks_.push_back({.what = "  taken over from another"});
  checks_.push_back({.what = "listed shipment in its book"});
  checks_.push_back({.what = "order with one courier at a time"});
  checks_.push_back({.what = "order naming its last shipment"});
  checks_.push_back({.what = "forged push refused"});
}

void CourierAudit::CheckBooks(const Books& books, const Records& shipments) {
  for (const auto& [courier, book] : books) {
    for (const ShipmentTruth& truth : book) {
      Judge(kSettled, courier, IsSettled(truth),
            truth.number + ": the gateway has not answered ok to all its callbacks");
      const auto record = shipments.find(truth.number);
      Judge(kPresent, courier, record != shipments.end(),
            truth.number + ": GET /v1/shipments does not list it");
      if (record != shipments.end()) CheckShipment(courier, truth, record->second);
    }
  }
}

void CourierAudit::CheckShipment(const std::string& courier, const ShipmentTruth& truth,
                                 const json& record) {
  for (std::size_t i = 0; i < kFacts.size(); ++i) {
    const json expected = kFacts.at(i).truth(truth);
    const json found = kFacts.at(i).record(record);
    // What never began is told by our number alone.
    if (&kFacts.at(i) == &kNumber && truth.status == "failed") continue;
    Judge(kFirstFact + i, courier, expected == found,
          fmt::format("{} of {}: {} is {}, the courier says {}", truth.number, courier,
                      kFacts.at(i).what, found.dump(), expected.dump()));
  }
  const bool is_parcel = courier == kOfParcels;
  const json fee = is_parcel ? At(record, "fee") : FeeOf(record);
  if (!fee.is_null() || !is_parcel) {
    Judge(kFee, courier, fee == json(truth.fee),
          fmt::format("{} of {}: fee is {}, the courier says {}", truth.number, courier, fee.dump(),
                      truth.fee));
  }
  if (is_parcel) CheckWay(courier, truth, record);
}

void CourierAudit::CheckWay(const std::string& courier, const ShipmentTruth& truth,
                            const json& record) {
  const std::vector<Node> expected = WayOf(truth);
  if (expected.empty()) return;
  const auto found = WayOf(record);
  Judge(kWay, courier, found == expected,
        found ? fmt::format("{}: its way has {} nodes, the courier's {}, or others", truth.number,
                            found->size(), expected.size())
              : truth.number + ": its way has a node twice, or out of its order");
}

void CourierAudit::CheckKnown(const Books& books, const Records& shipments) {
  std::set<std::string> known;
  for (const auto& [courier, book] : books) {
    for (const ShipmentTruth& truth : book) known.insert(NameOf(courier, truth.number));
  }
  for (const auto& [id, record] : shipments) {
    const std::string courier = TextAt(record, "platform");
    if (TextAt(record, "status") != "failed") {
      Judge(kKnown, courier, known.contains(NameOf(courier, id)),
            fmt::format("{}: {}, but not in the book of {}", id, TextAt(record, "status"),
                        courier.empty() ? "anybody" : courier));
    }
    const auto former = shipments.find(TextAt(record, "predecessor"));
    if (former == shipments.end() || !known.contains(NameOf(courier, id))) continue;
    const bool is_another = TextAt(former->second, "connection") != TextAt(record, "connection");
    Judge(kTakenOver, courier, is_another, id + ": was given to the same courier again");
    ++taken_over_;
  }
}

void CourierAudit::CheckAlone(const Books& books, const Records& shipments) {
  std::map<std::string, std::vector<Hold>> holds;
  for (const auto& [courier, book] : books) {
    for (const ShipmentTruth& truth : book) {
      const auto record = shipments.find(truth.number);
      const std::string order =
          record == shipments.end() ? std::string() : TextAt(record->second, "order");
      if (order.empty()) continue;
      holds[order].push_back({.begin = truth.created,
                              .end = truth.live ? Instant::max() : truth.ended,
                              .shipment = truth.number});
    }
  }
  for (auto& [order, all] : holds) {
    std::ranges::sort(all, {}, &Hold::begin);
    const auto overlap = std::ranges::adjacent_find(
        all, [](const Hold& a, const Hold& b) { return b.begin < a.end; });
    Judge(kAlone, {}, overlap == all.end(),
          overlap == all.end() ? std::string()
                               : fmt::format("{}: {} was not over when another courier had it",
                                             order, overlap->shipment));
  }
}

void CourierAudit::CheckOrders(const Records& shipments, const Records& orders) {
  std::set<std::string> succeeded;
  for (const auto& [id, record] : shipments) succeeded.insert(TextAt(record, "predecessor"));
  for (const auto& [id, record] : shipments) {
    const std::string order = TextAt(record, "order");
    if (order.empty() || succeeded.contains(id)) continue;
    const auto found = orders.find(order);
    const std::string named =
        found == orders.end() ? std::string() : TextAt(At(found->second, "delivery"), "shipment");
    Judge(kOrders, {}, named == id,
          fmt::format("{}: names the shipment \"{}\", its last is {}", order, named, id));
  }
}

void CourierAudit::CheckForgeries(std::string_view courier, const simulators::Counts& counts) {
  Check& check = checks_[kForgeries];
  check.checked += counts.forged;
  check.of_platform[std::string(courier)] += counts.forged;
  check.wrong += counts.forged_accepted;
  if (counts.forged_accepted > 0) {
    Keep(fmt::format("{} forged pushes of {} were answered ok", counts.forged_accepted, courier));
  }
}

bool CourierAudit::ok() const {
  const auto flowed = [this](const std::string& courier) {
    return checks_[kPresent].of_platform.contains(courier);
  };
  if (wrong() > 0 || !eventful_) return wrong() == 0;
  return std::ranges::all_of(platforms(), flowed) && taken_over_ > 0 && checks_[kWay].checked > 0;
}

}  // namespace weir::app::demo
