// SPDX-License-Identifier: Apache-2.0
#include "app/explain/facts.hpp"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

namespace weir::app::explain {
namespace {

constexpr std::size_t kShortestShownPhone = 11;

std::string TimeText(const std::optional<Instant>& at) {
  return at && *at != Instant{} ? ToRfc3339(*at) : "-";
}

std::string MoneyText(const std::optional<Money>& money) { return money ? money->ToYuan() : "-"; }

std::string_view Name(model::SnapshotKey::Class klass) {
  using Class = model::SnapshotKey::Class;
  switch (klass) {
    case Class::kBirthPush:
      return "birth push";
    case Class::kLaterPush:
      return "later push";
    case Class::kEdit:
      return "edit";
    case Class::kDetailRead:
      return "detail read";
  }
  return "unknown";
}

std::string_view Name(model::CancelCause cause) {
  switch (cause) {
    case model::CancelCause::kNone:
      return "";
    case model::CancelCause::kNotPaidOrAccepted:
      return " (not paid or not accepted in time)";
    case model::CancelCause::kMerchant:
      return " (by the merchant)";
    case model::CancelCause::kOther:
      return " (explicit)";
    case model::CancelCause::kRefunded:
      return " (refunded in full)";
  }
  return "";
}

/// Of a platform without refund ids its flow, in which the merge finds the refund.
const std::string& IdOrFlow(const model::RefundFact& fact) {
  return fact.flow.empty() ? fact.id : fact.flow;
}

/// Writes one payload's facts.
class Writer {
 public:
  explicit Writer(bool personal) : personal_(personal) {}

  void Add(const model::OrderFacts& facts) {
    Say("order {} of {}, sent {}", facts.platform_order_id, facts.platform,
        TimeText(facts.sent_at));
    if (!facts.platform_display_id.empty()) Say("  also called {}", facts.platform_display_id);
    if (facts.snapshot) Add(*facts.snapshot);
    for (const model::StatusFact& fact : facts.statuses) {
      Say("  status    {}{}, at {}, sent {}, by {}", model::Name(fact.status), Name(fact.cause),
          TimeText(fact.at), TimeText(fact.sent_at), model::Name(fact.source));
    }
    for (const model::DeliveryFact& fact : facts.deliveries) {
      Say("  delivery  {}, at {}, sent {}, rider {} {}", model::Name(fact.status),
          TimeText(fact.at), TimeText(fact.sent_at), Person(fact.rider_name),
          Phone(fact.rider_phone));
    }
    for (const model::RefundFact& fact : facts.refunds) Add(fact);
    if (facts.delivery_mode != model::DeliveryMode::kUnknown) {
      Say("  delivered by {}", model::Name(facts.delivery_mode));
    }
    if (facts.extra) AddExtra(*facts.extra);
    if (facts.urged) Say("  urged");
    if (facts.wants_reread) Say("  a detail read would know more");
    Add(facts.issues);
  }

  void Add(const model::ShipmentFacts& facts) {
    Say("shipment {} of {}, waybill {}", facts.number.empty() ? "-" : facts.number, facts.platform,
        facts.waybill.empty() ? "-" : facts.waybill);
    if (facts.look) Add(*facts.look);
    for (const model::TrackingNode& node : facts.nodes) {
      Say("  step      {} ({}), at {}, sent {}, rider {} {}: {}",
          node.status ? model::Name(*node.status) : "no status", node.code, TimeText(node.at),
          TimeText(node.sent_at), Person(node.rider_name), Phone(node.rider_phone),
          Hidden(node.text));
    }
    for (const model::Waybill& waybill : facts.waybills) Say("  waybill   {}", waybill.no);
    if (facts.position) {
      Say("  rider at  {}, {}, {}", Hidden(facts.position->latitude),
          Hidden(facts.position->longitude), TimeText(facts.position->at));
    }
    if (facts.asks) {
      Say("  the rider asks to be let off, at {}: {}", TimeText(facts.asks->at),
          Hidden(facts.asks->reason));
    }
    Add(facts.issues);
  }

  void Add(const model::StoreFact& fact) {
    Say("shop {}: {}, caused by {}, at {}, sent {}", fact.platform_shop, fact.state,
        fact.cause.empty() ? "-" : fact.cause, TimeText(fact.at), TimeText(fact.sent_at));
    if (!fact.reason.empty()) Say("  reason    {}", fact.reason);
  }

  void Add(const model::ConnectionFact& fact) {
    Say("authorisation revoked, of shop {}, at {}, sent {}",
        fact.platform_shop.empty() ? "-" : fact.platform_shop, TimeText(fact.at),
        TimeText(fact.sent_at));
  }

  template <typename... Args>
  void Say(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }

  [[nodiscard]] std::string Take() { return std::move(text_); }

 private:
  void Add(const model::OrderSnapshot& snapshot) {
    Say("  snapshot  {}", KeyText(snapshot.key));
    Say("    shop {}, number {}, {}, placed {}, paid {}",
        snapshot.platform_shop.empty() ? "-" : snapshot.platform_shop,
        snapshot.display_no.empty() ? "-" : snapshot.display_no, model::Name(snapshot.kind),
        TimeText(snapshot.placed_at), TimeText(snapshot.paid_at));
    if (snapshot.expected) {
      Say("    expected {}, from {} to {}",
          snapshot.expected->asap ? "as soon as possible" : "later",
          TimeText(snapshot.expected->from), TimeText(snapshot.expected->to));
    }
    const model::Customer& customer = snapshot.customer;
    Say("    customer {} {} {}, at {}", Person(customer.name), Phone(customer.phone),
        Hidden(customer.phone_extension), Hidden(customer.address));
    AddLines(snapshot);
    const model::Totals& totals = snapshot.totals;
    Say("    totals: items {}, charges {}, discounts {}, paid {}, commission {}, income {}",
        MoneyText(totals.items), MoneyText(totals.charges), MoneyText(totals.discounts),
        MoneyText(totals.paid), MoneyText(totals.commission), MoneyText(totals.merchant_income));
    if (!snapshot.remark.empty()) Say("    remark {}", Hidden(snapshot.remark));
    if (snapshot.invoice) {
      Say("    invoice {} {}", Hidden(snapshot.invoice->title), Hidden(snapshot.invoice->tax_id));
    }
    Add(snapshot.issues);
  }

  void Add(const model::ShipmentLook& look) {
    Say("  look      number {}, fee {}, tip {}, cancelling {}, {} m, updated {}, asked {}",
        look.platform_no.empty() ? "-" : look.platform_no, MoneyText(look.fee), MoneyText(look.tip),
        MoneyText(look.cancel_fee), look.distance_m ? fmt::format("{}", *look.distance_m) : "-",
        TimeText(look.key.updated_at), TimeText(look.key.asked_at));
    if (!look.cancel_reason.empty()) Say("    cancelled because {}", Hidden(look.cancel_reason));
    if (!look.extra.empty()) Say("    extra {}", Members(look.extra));
    Add(look.issues);
  }

  void AddLines(const model::OrderSnapshot& snapshot) {
    if (!snapshot.items) Say("    no list of items");
    for (const model::Item& item : snapshot.items.value_or(std::vector<model::Item>{})) {
      Say("    item {}: {} {} x {} at {} = {}", item.line, item.name, item.spec, item.quantity,
          item.unit_price.ToYuan(), item.amount.ToYuan());
    }
    for (const model::Charge& charge : snapshot.charges.value_or(std::vector<model::Charge>{})) {
      Say("    charge {} {}", charge.kind, charge.amount.ToYuan());
    }
    for (const model::Discount& discount :
         snapshot.discounts.value_or(std::vector<model::Discount>{})) {
      Say("    discount {} {} {}: platform {}, merchant {}", discount.kind, discount.name,
          discount.amount.ToYuan(), MoneyText(discount.platform_share),
          MoneyText(discount.merchant_share));
    }
  }

  void Add(const model::RefundFact& fact) {
    Say("  refund    {}: step {}, {}{}{}, amount {}, at {}", IdOrFlow(fact), fact.step,
        model::Name(fact.status), fact.kind ? " " : "", fact.kind ? model::Name(*fact.kind) : "",
        MoneyText(fact.amount), TimeText(fact.at));
    if (!fact.reason.empty()) Say("    reason {}", Hidden(fact.reason));
    for (const model::RefundLine& line : fact.lines.value_or(std::vector<model::RefundLine>{})) {
      Say("    line {} {} x {}: {}", line.platform_sku, line.name, line.quantity,
          MoneyText(line.amount));
    }
  }

  void AddExtra(const model::ExtraFact& extra) {
    Say("  extra     {}: {}", extra.event, Members(extra.members));
  }

  // Members nobody has classified may hold anything: their names only.
  [[nodiscard]] std::string Members(const std::string& object) const {
    if (personal_) return object;
    std::string names;
    const auto members = nlohmann::json::parse(object, nullptr, false);
    if (members.is_object()) {
      for (const auto& [name, value] : members.items()) names += (names.empty() ? "" : ", ") + name;
    }
    return names;
  }

  void Add(const std::vector<model::Issue>& issues) {
    for (const model::Issue& issue : issues) Say("  issue     {}: {}", issue.code, issue.detail);
  }

  [[nodiscard]] std::string Person(const std::string& name) const {
    if (personal_ || name.empty()) return name.empty() ? "-" : name;
    std::size_t size = 1;
    while (size < name.size() && (static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80U) ++size;
    return name.substr(0, size) + "**";
  }
  [[nodiscard]] std::string Phone(const std::string& phone) const {
    if (personal_ || phone.empty()) return phone.empty() ? "-" : phone;
    if (phone.size() < kShortestShownPhone) return "****";
    return phone.substr(0, 3) + "****" + phone.substr(phone.size() - 4);
  }
  [[nodiscard]] std::string Hidden(const std::string& text) const {
    return text.empty() ? "-" : personal_ ? text : "***";
  }

  const bool personal_;
  std::string text_;
};

}  // namespace

std::string KeyText(const model::SnapshotKey& key) {
  std::string text =
      fmt::format("{}, updated {}, {}, status rank {}", key.complete ? "whole" : "degraded",
                  TimeText(key.updated_at), Name(key.klass), key.status_rank);
  if (key.asked_at != Instant{}) text += ", asked " + ToRfc3339(key.asked_at);
  return text + fmt::format(", content {:016x}", key.digest.high);
}

std::string Gist(const model::OrderFacts& facts) {
  std::string gist;
  const auto add = [&gist](const std::string& what) { gist += (gist.empty() ? "" : ", ") + what; };
  if (facts.snapshot) add(facts.snapshot->key.complete ? "snapshot" : "degraded snapshot");
  for (const model::StatusFact& fact : facts.statuses) {
    add(fmt::format("status {}{}", model::Name(fact.status), Name(fact.cause)));
  }
  for (const model::DeliveryFact& fact : facts.deliveries) {
    add(fmt::format("delivery {}", model::Name(fact.status)));
  }
  for (const model::RefundFact& fact : facts.refunds) {
    add(fmt::format("refund {} {}", IdOrFlow(fact), model::Name(fact.status)));
  }
  if (facts.urged) add("urged");
  if (facts.extra) add("extra members");
  return gist.empty() ? "nothing" : gist;
}

std::string FactsText(const mapping::Mapped& mapped, bool personal) {
  Writer writer(personal);
  if (mapped.unmappable) {
    writer.Say("cannot be mapped: {}: {}", mapped.unmappable->reason, mapped.unmappable->detail);
  }
  for (const model::OrderFacts& facts : mapped.orders) writer.Add(facts);
  for (const model::ShipmentFacts& facts : mapped.shipments) writer.Add(facts);
  for (const model::StoreFact& fact : mapped.stores) writer.Add(fact);
  for (const model::ConnectionFact& fact : mapped.connections) writer.Add(fact);
  std::string text = writer.Take();
  return text.empty() ? "no fact at all: a probe\n" : text;
}

}  // namespace weir::app::explain
