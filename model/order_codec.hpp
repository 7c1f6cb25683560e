// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/binary.hpp"
#include "model/order_parts.hpp"

/// The order's parts as bytes; private to this module. Each struct names its fields once, in
/// Describe, for writing and for reading. The bytes are canonical: equal values, equal bytes.
namespace weir::model {

template <typename Self, typename T>
concept Same = std::same_as<std::remove_const_t<Self>, T>;

void Describe(auto& archive, Same<ContentDigest> auto& d) { archive.Digest(d); }

void Describe(auto& archive, Same<Issue> auto& i) { archive(i.code, i.detail); }

void Describe(auto& archive, Same<Option> auto& o) {
  archive(o.group, o.name, o.price, o.quantity);
}

void Describe(auto& archive, Same<Component> auto& c) {
  archive(c.group, c.name, c.platform_sku, c.quantity, c.unit_price, c.options);
}

void Describe(auto& archive, Same<Item> auto& i) {
  archive(i.line, i.name, i.platform_sku, i.product_id, i.merchant_code, i.spec, i.quantity,
          i.unit_price, i.amount, i.options, i.components, i.basket, i.gift, i.note);
}

void Describe(auto& archive, Same<Charge> auto& c) { archive(c.kind, c.amount); }

void Describe(auto& archive, Same<Discount> auto& d) {
  archive(d.kind, d.name, d.amount, d.platform_share, d.merchant_share, d.other_share);
}

void Describe(auto& archive, Same<Customer> auto& c) {
  archive(c.name, c.phone, c.phone_extension, c.phone_kind, c.address, c.latitude, c.longitude,
          c.coordinate_system);
}

void Describe(auto& archive, Same<Invoice> auto& i) { archive(i.title, i.tax_id); }

void Describe(auto& archive, Same<Totals> auto& t) {
  archive(t.items, t.charges, t.discounts, t.paid, t.commission, t.merchant_income);
}

void Describe(auto& archive, Same<Expected> auto& e) { archive(e.asap, e.from, e.to); }

void Describe(auto& archive, Same<SnapshotKey> auto& k) {
  archive(k.complete, k.updated_at, k.klass, k.status_rank, k.asked_at, k.digest, k.generation);
}

void Describe(auto& archive, Same<OrderSnapshot> auto& s) {
  archive(s.key, s.platform_shop, s.display_no, s.kind, s.placed_at, s.paid_at, s.expected,
          s.customer, s.items, s.charges, s.discounts, s.totals, s.remark, s.invoice,
          s.delivery_mode, s.issues);
}

void Describe(auto& archive, Same<StatusSeen> auto& s) {
  archive(s.status, s.cause, s.timed, s.pushed, s.at);
}

void Describe(auto& archive, Same<DeliveryEvent> auto& e) {
  archive(e.at, e.status, e.digest, e.rider_name, e.rider_phone);
}

void Describe(auto& archive, Same<RefundLine> auto& l) {
  archive(l.name, l.platform_sku, l.quantity, l.amount);
}

/// As a step of a Refund: its id and applied_at stand there.
void Describe(auto& archive, Same<RefundFact> auto& f) {
  archive(f.step, f.status, f.kind, f.amount, f.reason, f.lines, f.at, f.digest);
}

void Describe(auto& archive, Same<Refund> auto& r) { archive(r.id, r.applied_at, r.steps); }

void Describe(auto& archive, Same<FlowStep> auto& s) { archive(s.opens, s.step); }

void Describe(auto& archive, Same<RefundFlow> auto& f) { archive(f.name, f.steps); }

void Describe(auto& archive, Same<ExtraFact> auto& e) { archive(e.event, e.key, e.members); }

void Describe(auto& archive, Same<OrderParts> auto& p) {
  archive(p.platform_display_id, p.snapshots, p.statuses, p.timed_delivery.latest,
          p.timed_delivery.latest_end, p.timed_delivery.delivered, p.untimed_delivery.events,
          p.refunds, p.extras, p.issues, p.urged, p.reread_asked, p.detail_read);
}

/// What version 2 of the bytes adds.
void DescribeAdded(auto& archive, Same<OrderParts> auto& p) { archive(p.flows, p.told_mode); }

/// What a RefundFact holds beside what a step of a Refund does.
struct RefundHead {
  std::string id;
  std::optional<Instant> applied_at;
  std::string flow;
  bool opens = false;
};

void Describe(auto& archive, Same<RefundHead> auto& h) {
  archive(h.id, h.applied_at, h.flow, h.opens);
}

void Describe(auto& archive, Same<StatusFact> auto& s) {
  archive(s.status, s.cause, s.at, s.sent_at, s.source);
}

void Describe(auto& archive, Same<DeliveryFact> auto& d) {
  archive(d.status, d.at, d.sent_at, d.rider_name, d.rider_phone, d.digest);
}

void Describe(auto& archive, Same<StoreFact> auto& s) {
  archive(s.platform_shop, s.state, s.cause, s.reason, s.at, s.sent_at, s.digest);
}

/// All but the heads of refunds.
void Describe(auto& archive, Same<OrderFacts> auto& f) {
  archive(f.platform, f.platform_order_id, f.platform_display_id, f.sent_at, f.snapshot, f.statuses,
          f.deliveries, f.refunds, f.delivery_mode, f.extra, f.urged, f.wants_reread, f.issues,
          f.effect);
}

/// Writes described values.
class Encoder {
 public:
  explicit Encoder(std::string& out) : writer_(out) {}

  template <typename... Ts>
  void operator()(const Ts&... values) {
    (Put(values), ...);
  }
  void Digest(const ContentDigest& digest) {
    writer_.U64(digest.high);
    writer_.U64(digest.low);
  }

 private:
  void Put(const std::string& text) { writer_.Text(text); }
  void Put(Money money) { writer_.SignedVarint(money.fen()); }
  void Put(Instant at) { writer_.SignedVarint(at.time_since_epoch().count()); }
  template <std::integral T>
  void Put(T value) {
    if constexpr (std::signed_integral<T>) {
      writer_.SignedVarint(value);
    } else {
      writer_.Varint(value);
    }
  }
  template <typename T>
    requires std::is_enum_v<T>
  void Put(T value) {
    writer_.U8(std::to_underlying(value));
  }
  template <typename T>
  void Put(const std::optional<T>& value) {
    writer_.U8(value ? 1 : 0);
    if (value) {
      Put(*value);
    }
  }
  template <typename T>
  void Put(const std::vector<T>& values) {
    writer_.Varint(values.size());
    for (const T& value : values) {
      Put(value);
    }
  }
  template <typename T>
  void Put(const ContributingSet<T>& set) {
    Put(set.elements());
  }
  template <typename T>
    requires std::is_class_v<T>
  void Put(const T& value) {
    Describe(*this, value);
  }

  BinaryWriter writer_;
};

/// The words a byte may stand for.
template <typename Enum>
struct Bounds {
  Enum first;
  Enum last;
};

constexpr Bounds<OrderStatus> BoundsOf(OrderStatus) {
  return {OrderStatus::kPendingPayment, OrderStatus::kCancelled};
}
constexpr Bounds<OrderKind> BoundsOf(OrderKind) {
  return {OrderKind::kDelivery, OrderKind::kParcel};
}
constexpr Bounds<DeliveryMode> BoundsOf(DeliveryMode) {
  return {DeliveryMode::kUnknown, DeliveryMode::kNone};
}
constexpr Bounds<ShipmentStatus> BoundsOf(ShipmentStatus) {
  return {ShipmentStatus::kCreated, ShipmentStatus::kFailed};
}
constexpr Bounds<RefundStatus> BoundsOf(RefundStatus) {
  return {RefundStatus::kApplied, RefundStatus::kRefunded};
}
constexpr Bounds<RefundKind> BoundsOf(RefundKind) {
  return {RefundKind::kFull, RefundKind::kPriceDifference};
}
constexpr Bounds<CancelCause> BoundsOf(CancelCause) {
  return {CancelCause::kNone, CancelCause::kOther};
}
constexpr Bounds<Source> BoundsOf(Source) { return {Source::kPush, Source::kPull}; }
constexpr Bounds<Effect> BoundsOf(Effect) { return {Effect::kNone, Effect::kVersion}; }
constexpr Bounds<SnapshotKey::Class> BoundsOf(SnapshotKey::Class) {
  return {SnapshotKey::Class::kBirthPush, SnapshotKey::Class::kDetailRead};
}

/// Reads described values. After the first damage all that follows is empty and ok() is false.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : reader_(bytes) {}

  template <typename... Ts>
  void operator()(Ts&... values) {
    (Get(values), ...);
  }
  void Digest(ContentDigest& digest) {
    digest.high = reader_.U64();
    digest.low = reader_.U64();
  }
  [[nodiscard]] bool ok() const { return ok_ && reader_.ok(); }
  [[nodiscard]] bool done() const { return ok_ && reader_.done(); }

 private:
  void Get(std::string& text) { text = reader_.Text(); }
  void Get(Money& money) { money = Money::FromFen(reader_.SignedVarint()); }
  void Get(Instant& at) { at = Instant(std::chrono::milliseconds(reader_.SignedVarint())); }
  void Get(std::int64_t& value) { value = reader_.SignedVarint(); }
  template <std::unsigned_integral T>
  void Get(T& value) {
    const std::uint64_t read = reader_.Varint();
    ok_ = ok_ && read <= std::numeric_limits<T>::max();
    value = static_cast<T>(read);
  }
  template <typename T>
    requires std::is_enum_v<T>
  void Get(T& value) {
    const auto read = static_cast<T>(reader_.U8());
    ok_ = ok_ && read >= BoundsOf(T{}).first && read <= BoundsOf(T{}).last;
    value = ok_ ? read : BoundsOf(T{}).first;
  }
  template <typename T>
  void Get(std::optional<T>& value) {
    bool given = false;
    Get(given);
    value.reset();
    if (given && ok()) {
      Get(value.emplace());
    }
  }
  template <typename T>
  void Get(std::vector<T>& values) {
    // No room is made ahead: a count may lie, and elements are far larger than their bytes.
    for (std::size_t left = reader_.Count(); left > 0 && ok(); --left) {
      Get(values.emplace_back());
    }
  }
  template <typename T>
  void Get(ContributingSet<T>& set) {
    std::vector<T> elements;
    Get(elements);
    ok_ = ok() && set.Restore(std::move(elements));
  }
  template <typename T>
    requires std::is_class_v<T>
  void Get(T& value) {
    Describe(*this, value);
  }

  BinaryReader reader_;
  bool ok_ = true;
};

/// True for exactly one of (a, b) and (b, a) when they differ: the order of their bytes.
template <typename T>
[[nodiscard]] bool EncodesAbove(const T& a, const T& b) {
  const auto encoded = [](const T& value) {
    std::string bytes;
    Encoder encode(bytes);
    encode(value);
    return bytes;
  };
  return encoded(a) > encoded(b);
}

}  // namespace weir::model
