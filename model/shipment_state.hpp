// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "model/contributing_set.hpp"
#include "model/shipment_facts.hpp"
#include "model/shipment_intent.hpp"

namespace weir::model {

/// Fields of a shipment that a lesser look may supply.
enum class ShipmentField : unsigned {
  kPlatformNo,
  kFee,
  kTip,
  kCancelFee,
  kDistance,
  kWeight,
  kExpectedAt,
  kPickupCode,
  kCancelReason,
};

// What ContributingSet asks of what it holds.
[[nodiscard]] bool Outranks(const ShipmentLook& a, const ShipmentLook& b);
[[nodiscard]] bool Replaces(const ShipmentLook& a, const ShipmentLook& b);
[[nodiscard]] Supply Supplied(const ShipmentLook& look);

/// What the merchant said to a rider who asked.
struct RiderAnswer {
  RiderAsks asked;
  bool agreed = false;
  friend auto operator<=>(const RiderAnswer&, const RiderAnswer&) = default;
};

/// Why somebody should look after a shipment. Numbers are on disk.
enum class AlertReason : std::uint8_t {
  kLate = 1,   ///< The time by which it was to arrive is over.
  kStuck,      ///< Nothing was heard of it for long.
  kException,  ///< Its courier says that something is wrong ...
  kReturning,  ///< ... that it comes back ...
  kFailed,     ///< ... or that it failed, after somebody had it.
};

[[nodiscard]] std::string_view Name(AlertReason reason) noexcept;

struct ShipmentAlert {
  AlertReason reason = AlertReason::kLate;
  Instant since{};  ///< When it should have arrived, when it was last heard of, when it was told.
  Instant at{};     ///< When we said so; of what a courier told, when that was.
  friend auto operator<=>(const ShipmentAlert&, const ShipmentAlert&) = default;
};

/// Everything known of one shipment: the join of all that was ever merged into it. Any order, any
/// repetition and any division of the same facts give the same state.
///
/// Of steps that say where it stands the latest of the current life decides: by the courier's time,
/// then precedence, then rank, then key. Lives follow each other by the earliest of their steps; a
/// step that names none belongs to the current one. Steps without a time decide only while no step
/// with one does. `delivered` is left only for returning and returned.
class ShipmentState {
 public:
  /// So many steps are kept; the earliest go, and `tracking_overflow` says so. Of what is earliest
  /// time decides, then key, which no copy of a step changes: what went would go again.
  static constexpr std::size_t kMaxNodes = 2'000;
  /// So many numbers are kept, the least ones.
  static constexpr std::size_t kMaxWaybills = 1'000;
  /// So many alerts that time raised are kept, the latest.
  static constexpr std::size_t kMaxAlerts = 16;

  // What was decided here. Each is decided once; of two the one with the greater bytes is kept.
  void Create(ShipmentIntent intent);
  void Choose(ShipmentChoice choice);
  void Fail(ShipmentFailure failure);
  /// Answers what the rider asked latest; nothing when none did.
  void Answer(bool agreed);

  void Merge(ShipmentFacts facts);

  /// What time alone says of a shipment that began at `created_at`: that it is late, once, and that
  /// it is stuck, once for each time it was last heard of. Nothing once it has come to an end.
  void RaiseAlerts(Instant created_at, Instant now);
  /// When RaiseAlerts will next have something to say, should nothing be told until then.
  [[nodiscard]] std::optional<Instant> NextAlert(Instant created_at) const;
  /// Those, and what a courier told that calls for somebody; by their time.
  [[nodiscard]] std::vector<ShipmentAlert> alerts() const;

  /// Null before it was decided.
  [[nodiscard]] const ShipmentIntent* intent() const { return intent_ ? &*intent_ : nullptr; }
  [[nodiscard]] const ShipmentChoice* choice() const { return choice_ ? &*choice_ : nullptr; }
  [[nodiscard]] const ShipmentFailure* failure() const { return failure_ ? &*failure_ : nullptr; }
  [[nodiscard]] ShipmentStatus status() const;
  /// Whether somebody may still carry it: neither delivered nor returned, cancelled or failed.
  [[nodiscard]] bool live() const;
  /// The courier's number for the whole; empty until it is told.
  [[nodiscard]] const std::string& platform_no() const;
  /// The whole tip, as far as it was told.
  [[nodiscard]] const std::optional<Money>& tip() const;
  /// The latest that no answer was given to.
  [[nodiscard]] const RiderAsks* open_ask() const;
  /// What decides where it stands; null while no step does.
  [[nodiscard]] const TrackingNode* deciding() const;

  /// Appends the canonical record's members before the stamps, without braces.
  void AppendBody(std::string& out) const;
  /// Appends "extra" and "issues", the members behind the stamps, likewise.
  void AppendTail(std::string& out) const;

  /// The state as bytes, for storage, and back. Decode never trusts its input.
  void Encode(std::string& out) const;
  [[nodiscard]] static Result<ShipmentState> Decode(std::string_view bytes);

  friend bool operator==(const ShipmentState&, const ShipmentState&) = default;

 private:
  void Add(TrackingNode node);
  void Add(Waybill waybill);
  /// The look whose value of `field` holds; an empty one while there is none.
  [[nodiscard]] const ShipmentLook& For(ShipmentField field) const;
  /// What a step says of the whole. One whose key begins with a waybill ("<waybill>/...") says
  /// nothing where that is a child or a sign-back, and that it comes back where it is a return.
  [[nodiscard]] std::optional<ShipmentStatus> Said(const TrackingNode& node) const;
  /// When the courier expects it to arrive, else when whoever sends it does.
  [[nodiscard]] std::optional<Instant> expected_at() const;
  /// What time will say next: that it is late, that it is stuck. Nothing where it has said so.
  [[nodiscard]] std::optional<ShipmentAlert> NextLate() const;
  [[nodiscard]] std::optional<ShipmentAlert> NextStuck(Instant created_at) const;
  /// Whether the latest position is that of the rider who has it now.
  [[nodiscard]] bool position_holds() const;
  [[nodiscard]] bool IsCanonical() const;

  std::optional<ShipmentIntent> intent_;
  std::optional<ShipmentChoice> choice_;
  std::optional<ShipmentFailure> failure_;
  /// By time, then key; those without a time first. Copies of one step are one where they agree on
  /// its time.
  std::vector<TrackingNode> nodes_;
  bool overflown_ = false;
  ContributingSet<ShipmentLook> looks_;
  std::vector<Waybill> waybills_;          ///< By number.
  std::optional<RiderPosition> position_;  ///< The latest.
  std::optional<RiderAsks> asks_;          ///< The latest.
  std::optional<RiderAnswer> answer_;      ///< To the latest that was answered.
  std::vector<Issue> issues_;              ///< A sorted set.
  std::vector<ShipmentAlert> alerts_;      ///< Those of time, as they were raised.
};

}  // namespace weir::model
