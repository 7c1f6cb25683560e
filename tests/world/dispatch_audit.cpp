// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "tests/world/world.hpp"

namespace weir::world {
namespace {

using nlohmann::json;
using simulators::ShipmentTruth;

/// A shipment in the books of a courier.
struct Carried {
  const WorldCourier* by = nullptr;
  ShipmentTruth truth;
  std::string order;
};

/// When nobody carries it any more, as far as is known.
Instant EndOf(const ShipmentTruth& truth) { return truth.live ? Instant::max() : truth.ended; }

/// Every event was taken by the gateway.
bool IsTold(const ShipmentTruth& truth) {
  return std::ranges::all_of(truth.events, [](const simulators::Event& event) {
    return event.suppressed || event.answered_ok > 0;
  });
}

std::int64_t FenOf(const json& fen) { return fen.is_null() ? 0 : fen.get<std::int64_t>(); }

/// What it costs as far as the gateway was told: what is ordered at a quote may be told by that
/// alone, and what is weighed later by a read; `otherwise` where nobody told it.
std::int64_t FeeOf(const json& shipment, std::int64_t otherwise) {
  if (!shipment.at("fee").is_null()) return FenOf(shipment.at("fee"));
  const bool quoted = !shipment.at("quote").is_null() && otherwise != 0;
  return quoted ? FenOf(shipment.at("quote").at("fee")) : otherwise;
}

bool IsDone(const std::string& status) {
  return status == "applied" || status == "already_applied";
}

/// Compares what was dispatched with the books of all couriers.
class DispatchAudit {
 public:
  using Read = std::function<std::optional<json>(const std::string& target)>;

  DispatchAudit(Read read, std::vector<std::string>& complaints, Deeds& deeds)
      : read_(std::move(read)), complaints_(complaints), deeds_(deeds) {}

  void Take(const WorldCourier& courier, ShipmentTruth truth) {
    const auto shipment = read_("/v1/shipments/" + truth.number);
    if (!shipment) return Complain("{} carries {}, which is unknown", courier.word, truth.number);
    if (truth.ordered > 1) Complain("{} was ordered {} times", truth.number, truth.ordered);
    CheckRecord(courier, truth, *shipment);
    ++deeds_.shipments;
    if (!shipment->at("predecessor").is_null()) ++deeds_.replaced;
    Carried carried{.by = &courier, .truth = std::move(truth), .order = {}};
    const json& order = shipment->at("order");
    if (order.is_string()) carried.order = order.get<std::string>();
    const std::string number = carried.truth.number;
    if (!books_.emplace(number, std::move(carried)).second) {
      Complain("two couriers carry {}", number);
    }
  }

  /// Of one order there is one shipment that lives at any moment.
  void CheckOrders() {
    std::map<std::string, std::vector<const ShipmentTruth*>> by_order;
    for (const auto& [number, carried] : books_) {
      if (!carried.order.empty()) by_order[carried.order].push_back(&carried.truth);
    }
    for (auto& [order, truths] : by_order) {
      std::ranges::sort(truths, {}, &ShipmentTruth::created);
      for (std::size_t i = 1; i < truths.size(); ++i) {
        if (EndOf(*truths[i - 1]) <= truths[i]->created) continue;
        Complain("{} and {} carry {} at once", truths[i - 1]->number, truths[i]->number, order);
      }
    }
  }

  void CheckCommand(const std::string& id) {
    const auto command = read_("/v1/commands/" + id);
    if (!command) return Complain("{} was promised and is unknown", id);
    const std::string status = command->at("status").get<std::string>();
    const std::string kind = command->at("kind").get<std::string>();
    const bool done = IsDone(status);
    if (!done && status != "rejected") return Complain("{} ({}) is still {}", id, kind, status);
    Count(kind, done, *command);
    const std::string subject = command->at("subject").get<std::string>();
    const auto found = books_.find(subject);
    const ShipmentTruth* truth = found == books_.end() ? nullptr : &found->second.truth;
    if (kind == "shipment.create" && done != (truth != nullptr)) {
      Complain("{} is {}, and {} is {} the books", id, status, subject,
               truth != nullptr ? "in" : "not in");
    }
    if (kind == "shipment.cancel" && done && truth != nullptr && truth->live) {
      Complain("{} is {}, and {} lives", id, status, subject);
    }
    if (kind == "shipment.tip" && done) {
      auto& tip = tips_[subject];
      tip = std::max(tip, command->at("arguments").at("amount").get<std::int64_t>());
    }
  }

  /// Each tip that was given is given once; one that was refused, never.
  void CheckTips() {
    for (const auto& [number, carried] : books_) {
      const auto given = tips_.find(number);
      const std::int64_t should = given == tips_.end() ? 0 : given->second;
      if (carried.truth.tip != should) {
        Complain("the tip of {} is {}, given were {}", number, carried.truth.tip, should);
      }
    }
  }

 private:
  void CheckRecord(const WorldCourier& courier, const ShipmentTruth& truth, const json& shipment) {
    const auto expect = [&](std::string_view what, const json& is, const json& should) {
      if (is == should) return;
      Complain("shipment {}: {} is {}, at {} {}", truth.number, what, is.dump(), courier.word,
               should.dump());
    };
    expect("connection", shipment.at("connection"), std::string(courier.connection));
    if (!IsTold(truth)) return Complain("not all of {} was told", truth.number);
    expect("status", shipment.at("status"), std::string(truth.status));
    if (shipment.at("platform_no").is_string()) {
      expect("platform_no", shipment.at("platform_no"), truth.platform_no);
    }
    expect("fee", FeeOf(shipment, truth.fee), truth.fee);
    expect("tip", FenOf(shipment.at("tip")), truth.tip);
    const json& cancel_fee = shipment.at("cancel_fee");
    // Where only the answer that was lost would have told it, nobody knows.
    const bool unknown = cancel_fee.is_null() && !courier.reads_tell_cancel_fee;
    if (!unknown) expect("cancel_fee", FenOf(cancel_fee), truth.cancel_fee);
  }
  void Count(const std::string& kind, bool done, const json& command) {
    if (done && kind == "shipment.cancel") ++deeds_.called_off;
    if (done && kind == "shipment.tip") ++deeds_.tipped;
    const json& tries = command.at("attempts");
    const bool asked =
        std::ranges::any_of(tries, [](const json& one) { return one.at("asks").get<bool>(); });
    if (asked) ++deeds_.asked;
  }
  template <typename... Args>
  void Complain(fmt::format_string<Args...> text, Args&&... args) {
    complaints_.push_back(fmt::format(text, std::forward<Args>(args)...));
  }

  const Read read_;
  std::vector<std::string>& complaints_;
  Deeds& deeds_;
  std::map<std::string, Carried> books_;      ///< By number.
  std::map<std::string, std::int64_t> tips_;  ///< The greatest that was given, by number.
};

}  // namespace

void World::AuditDispatch() {
  const auto read = [this](const std::string& target) -> std::optional<json> {
    const net::Response response = Ask(target);
    if (response.status != 200) return std::nullopt;
    return json::parse(response.body);
  };
  DispatchAudit audit(read, broken_, deeds_);
  for (const Carrier& each : couriers_) {
    for (ShipmentTruth& truth : each.courier->Shipments()) {
      audit.Take(*each.known, std::move(truth));
    }
    if (each.courier->counts().forged_accepted != 0) Complain("a forged push was answered ok");
  }
  audit.CheckOrders();
  std::set<std::string> commands = clerk_->promised();
  for (const auto& [subject, data] : poller_.records()) {
    if (subject.starts_with("cmd-")) commands.insert(subject);
  }
  for (const std::string& id : commands) audit.CheckCommand(id);
  audit.CheckTips();
  for (const std::string& complaint : clerk_->complaints()) Complain(complaint);
}

}  // namespace weir::world
