// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "model/order_facts.hpp"

namespace weir::model {

/// What an order's projection looks up outside its own facts, at one position of the fold.
struct Surroundings {
  /// The merchant's store for the platform's shop; empty when not linked.
  std::function<std::string(std::string_view platform_shop)> store;
  /// The merchant's SKU for the platform's; empty when not mapped.
  std::function<std::string(std::string_view platform_sku)> sku;
  /// accept_by = paying (else placing) time plus this; unset: accept_by is null.
  std::optional<std::chrono::minutes> accept_within;
};

/// Stamps that are ours, not the platform's.
struct OurStamps {
  std::uint64_t version = 0;
  Instant created_at{};
  Instant updated_at{};
};

/// Everything known of one order: the join of all facts ever merged into it.
///
/// Merging is commutative, associative and idempotent: any order of arrival and any duplication of
/// the same payloads gives the same state. What does not contribute to the record is not kept.
/// A value type; one thread at a time. One that was moved from may only be assigned or destroyed.
class OrderState {
 public:
  OrderState();
  ~OrderState();
  OrderState(const OrderState&);
  OrderState(OrderState&&) noexcept;
  OrderState& operator=(const OrderState&);
  OrderState& operator=(OrderState&&) noexcept;

  /// Adds what a payload says.
  void Merge(OrderFacts facts);

  /// True until the first snapshot: kept, re-read, in no list and not in the feed.
  [[nodiscard]] bool partial() const;
  /// True when a detail read would make the record better: partial, degraded only, or asked for.
  [[nodiscard]] bool wants_reread() const;

  /// Whether the snapshot that decides is this content (SnapshotKey::digest).
  [[nodiscard]] bool Shows(const ContentDigest& content) const;

  /// The status all facts together give.
  [[nodiscard]] OrderStatus status() const;
  /// The victor's shop word, for the surroundings; empty when unknown.
  [[nodiscard]] std::string_view platform_shop() const;
  [[nodiscard]] std::optional<Instant> placed_at() const;
  [[nodiscard]] std::string_view display_no() const;
  /// What the last published version said, so that a change of kind is named after what changed.
  struct Summary {
    OrderStatus status = OrderStatus::kPlaced;
    std::optional<ShipmentStatus> delivery;
    std::string shipment;
    bool urged = false;
    std::vector<std::pair<std::string, RefundStatus>> refunds;
    std::uint64_t money = 0;  ///< Checksum of items, charges, discounts and reported totals.
    friend bool operator==(const Summary&, const Summary&) = default;
  };
  [[nodiscard]] Summary Summarise() const;

  /// Adds an issue that only time could find ("incomplete"); idempotent.
  void AddIssue(Issue issue);

  /// A shipment of ours carries it: of several the latest, whichever is told first.
  void LinkShipment(std::string id);

  /// Forgets the customer (see model/erasing.hpp), for good: what is merged from now on is erased
  /// first. The same state as if all facts had been erased before they were merged; idempotent.
  void Erase();
  [[nodiscard]] bool erased() const;

  /// Appends the canonical record's members that facts and surroundings decide, as JSON members
  /// without braces, "id", "merchant" and the stamps; equal states and surroundings give equal
  /// bytes. A partial record has kind null.
  struct Identity {
    std::string merchant;
    std::string platform;
    std::string connection;
    std::string platform_order_id;
  };
  void AppendBody(std::string& out, const Identity& identity, const Surroundings& around) const;

  /// The state as bytes, for storage, and back. Decode never trusts its input.
  void Encode(std::string& out) const;
  [[nodiscard]] static Result<OrderState> Decode(std::string_view bytes);

  friend bool operator==(const OrderState&, const OrderState&);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The whole record: a body that AppendBody made, with id, merchant and stamps, in the contract's
/// member order.
void AppendOrderJson(std::string& out, const OrderState::Identity& identity, std::string_view body,
                     const OurStamps& stamps);
/// The body that AppendOrderJson made `json` of; empty for any other text.
[[nodiscard]] std::string BodyOf(std::string_view json, const OrderState::Identity& identity,
                                 const OurStamps& stamps);

}  // namespace weir::model
