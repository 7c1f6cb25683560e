// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/contributing_set.hpp"
#include "model/order_facts.hpp"
#include "model/order_state.hpp"

/// What an OrderState is made of; private to this module. Each part is a join of its own.
namespace weir::model {

/// One status (cancels: one per cause), joined over all facts that showed it.
struct StatusSeen {
  OrderStatus status = OrderStatus::kPlaced;
  CancelCause cause = CancelCause::kNone;
  bool timed = false;         ///< `at` is the platform's time, not a sending time.
  bool pushed = false;        ///< Any push showed it; else only reads did.
  std::optional<Instant> at;  ///< The earliest platform time, else the smallest sending time.
  friend bool operator==(const StatusSeen&, const StatusSeen&) = default;
};

/// The join of two showings; `seen` keeps its status and cause.
void Join(StatusSeen& seen, const StatusSeen& other);

/// A delivery event without what the copies of one message differ in. Ordered as the rule asks:
/// time, rank, digest, and what is left so that no two events tie.
struct DeliveryEvent {
  std::optional<Instant> at;
  ShipmentStatus status = ShipmentStatus::kCreated;
  ContentDigest digest;
  std::string rider_name;
  std::string rider_phone;
  friend auto operator<=>(const DeliveryEvent&, const DeliveryEvent&) = default;
};

/// Events with the platform's time: those that can still decide.
struct TimedDelivery {
  std::optional<DeliveryEvent> latest;      ///< Of all events; none once `delivered`.
  std::optional<DeliveryEvent> latest_end;  ///< Of delivered, returning and returned.
  bool delivered = false;                   ///< From here on only the end's events compete.

  void Add(DeliveryEvent event);
  /// Null when there is none.
  [[nodiscard]] const DeliveryEvent* winner() const;
  friend bool operator==(const TimedDelivery&, const TimedDelivery&) = default;
};

/// Events without a platform time. Their time is the smallest sending time among their copies and
/// may still sink, so all of them can still matter.
struct UntimedDelivery {
  std::vector<DeliveryEvent> events;  ///< Each once, ordered by all but their time.

  void Add(DeliveryEvent event);
  [[nodiscard]] const DeliveryEvent* winner() const;
  friend bool operator==(const UntimedDelivery&, const UntimedDelivery&) = default;
};

struct Refund {
  std::string id;
  std::optional<Instant> applied_at;  ///< The smallest.
  ContributingSet<RefundFact> steps;  ///< Without id and applied_at, which stand above.
  friend bool operator==(const Refund&, const Refund&) = default;
};

/// A step of a refund without an id, in its place among those of its flow.
struct FlowStep {
  bool opens = false;
  RefundFact step;  ///< Without flow and opens, which stand elsewhere.
  friend bool operator==(const FlowStep&, const FlowStep&) = default;
};

/// The refunds of one flow. An opening that comes late divides what was one refund, so each step
/// is kept: none is superfluous for good.
struct RefundFlow {
  std::string name;
  std::vector<FlowStep> steps;  ///< Each once, by time, step and content.

  void Add(FlowStep step);
  friend bool operator==(const RefundFlow&, const RefundFlow&) = default;
};

/// A coupon, as all that was said of it tells.
struct Certificate {
  std::string id;
  ContributingSet<CertificateFact> facts;  ///< Without the id, which stands above.
  friend bool operator==(const Certificate&, const Certificate&) = default;
};

/// Whether `a` stands before `b` in a flow; a strict total order.
[[nodiscard]] bool Precedes(const FlowStep& a, const FlowStep& b);

/// Appends the refunds that the flow's steps make, each called `<flow>-<seconds of its opening>`
/// and of steps without one before them `<flow>-0`.
void AppendRefunds(const RefundFlow& flow, std::vector<Refund>& refunds);

/// Fields a lesser snapshot may supply. `phone` brings its extension and kind, `coordinates` all
/// three of theirs: halves of two payloads make no whole.
enum class SnapshotField : unsigned {
  kPlatformShop,
  kDisplayNo,
  kPlacedAt,
  kPaidAt,
  kExpected,
  kName,
  kPhone,
  kAddress,
  kCoordinates,
  kItems,
  kCharges,
  kDiscounts,
  kTotalItems,
  kTotalCharges,
  kTotalDiscounts,
  kTotalPaid,
  kTotalCommission,
  kTotalIncome,
  kRemark,
  kInvoice,
  kDeliveryMode,
};

enum class RefundField : unsigned { kKind, kAmount, kReason, kLines, kAt };

/// `verified` fields come one by one, but none from before the coupon was unused again.
enum class CertificateField : unsigned {
  kStatus,
  kOriginal,
  kPaid,
  kRefunded,
  kExpiresAt,
  kVerifiedAt,
  kVerifyId,
  kPlatformShop,
};

[[nodiscard]] bool Outranks(const OrderSnapshot& a, const OrderSnapshot& b);
[[nodiscard]] Supply Supplied(const OrderSnapshot& snapshot);
[[nodiscard]] bool Replaces(const OrderSnapshot& a, const OrderSnapshot& b);
[[nodiscard]] bool Outranks(const RefundFact& a, const RefundFact& b);
[[nodiscard]] Supply Supplied(const RefundFact& fact);
[[nodiscard]] bool Replaces(const RefundFact& a, const RefundFact& b);
[[nodiscard]] bool Outranks(const CertificateFact& a, const CertificateFact& b);
[[nodiscard]] Supply Supplied(const CertificateFact& fact);
[[nodiscard]] bool Replaces(const CertificateFact& a, const CertificateFact& b);

struct OrderParts {
  std::string platform_display_id;  ///< The greatest, should two be told.
  ContributingSet<OrderSnapshot> snapshots;
  std::vector<StatusSeen> statuses;  ///< By status and cause.
  TimedDelivery timed_delivery;
  UntimedDelivery untimed_delivery;
  std::vector<Refund> refunds;    ///< Those with an id of the platform, by it.
  std::vector<ExtraFact> extras;  ///< By event, each with its greatest key.
  std::vector<Issue> issues;      ///< A sorted set.
  bool urged = false;
  std::optional<Instant> reread_asked;  ///< When the latest fact was sent that asked for a read.
  std::optional<Instant> detail_read;   ///< When the latest whole detail read was asked.
  std::vector<RefundFlow> flows;        ///< By name.
  /// The greatest that an event told.
  DeliveryMode told_mode = DeliveryMode::kUnknown;
  std::vector<Certificate> certificates;  ///< By id.
  std::string shipment;                   ///< Ours that carries it: the latest; empty for none.

  void Merge(OrderFacts&& facts);
  void AddIssue(Issue issue);
  void LinkShipment(std::string id);
  void Erase();
  [[nodiscard]] bool erased() const;

  /// The snapshot whose value of `field` holds; an empty one while there is none.
  [[nodiscard]] const OrderSnapshot& For(SnapshotField field) const;
  /// The snapshots' shop; of a voucher that names none, that of its first verified certificate.
  [[nodiscard]] const std::string& platform_shop() const;
  /// Null when no event was told.
  [[nodiscard]] const DeliveryEvent* delivery() const;
  [[nodiscard]] DeliveryMode delivery_mode() const;
  /// Every refund, by id. Those of flows are made in `room`, where the answer then points to.
  [[nodiscard]] const std::vector<Refund>& AllRefunds(std::vector<Refund>& room) const;
  /// An event without time says otherwise, was sent later, and no detail read came since.
  [[nodiscard]] bool delivery_in_doubt() const;

  friend bool operator==(const OrderParts&, const OrderParts&) = default;

 private:
  void MergeSnapshot(OrderSnapshot&& snapshot, std::optional<Instant> sent_at);
  void MergeStatus(const StatusFact& fact);
  void MergeDelivery(DeliveryFact&& fact);
  void MergeRefund(RefundFact&& fact);
  void MergeFlowStep(RefundFact&& fact);
  void MergeCertificate(CertificateFact&& fact);
  void MergeExtra(ExtraFact&& fact);
};

/// A refund as all its steps together tell it.
struct RefundView {
  RefundStatus status = RefundStatus::kApplied;
  RefundKind kind = RefundKind::kFull;
  std::optional<Money> amount;
  const std::string* reason = nullptr;
  const std::vector<RefundLine>* lines = nullptr;  ///< Null when no step told any.
  std::optional<Instant> at;

  /// Applied for, or appealed, and not decided.
  [[nodiscard]] bool open() const {
    return status == RefundStatus::kApplied || status == RefundStatus::kAppealed;
  }
};

/// Points into `refund`.
[[nodiscard]] RefundView View(const Refund& refund);

/// A coupon as all facts together tell it; points into `certificate`.
struct CertificateView {
  const CertificateFact* status = nullptr;
  std::optional<Money> original;
  std::optional<Money> paid;
  std::optional<Money> refunded;
  std::optional<Instant> expires_at;
  std::optional<Instant> verified_at;
  const std::string* verify_id = nullptr;
  const std::string* platform_shop = nullptr;

  /// Whether anything tells of a verification that holds.
  [[nodiscard]] bool verified() const {
    return verified_at || !verify_id->empty() || !platform_shop->empty();
  }
};

[[nodiscard]] CertificateView View(const Certificate& certificate);

struct HistoryStep {
  std::optional<Instant> at;
  Source source = Source::kPush;
  bool implied = false;
};

/// Indexed by the status.
using History = std::array<std::optional<HistoryStep>, 12>;

/// The status under which a fact appears, given all others: cancels project by their cause.
[[nodiscard]] OrderStatus Projected(const StatusSeen& seen, const std::vector<StatusSeen>& all);
/// The highest projected status of those that count; placed when nothing was told.
[[nodiscard]] OrderStatus StatusOf(const std::vector<StatusSeen>& all);
/// `kind` is unknown while there is no snapshot.
[[nodiscard]] History HistoryOf(const std::vector<StatusSeen>& all, std::optional<OrderKind> kind);

struct OrderState::Impl : OrderParts {};

}  // namespace weir::model
