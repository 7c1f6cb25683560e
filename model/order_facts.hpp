// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"
#include "model/words.hpp"

/// What one payload says of one order, in the platform's words, before anything is merged.
/// Mapping makes these; the fold merges them into model/order_state.hpp.
namespace weir::model {

struct Issue {
  std::string code;    ///< Of the closed list in openapi.json, e.g. "totals_mismatch".
  std::string detail;  ///< Both sides, numbers, codes; never personal data.
  friend auto operator<=>(const Issue&, const Issue&) = default;
};

struct Option {
  std::string group;
  std::string name;
  Money price;
  std::int64_t quantity = 1;
  friend bool operator==(const Option&, const Option&) = default;
};

struct Component {
  std::string group;
  std::string name;
  std::string platform_sku;
  std::string quantity = "1";
  Money unit_price;
  std::vector<Option> options;
  friend bool operator==(const Component&, const Component&) = default;
};

struct Item {
  std::string line;
  std::string name;
  std::string platform_sku;
  std::string product_id;     ///< The platform item the SKU belongs to.
  std::string merchant_code;  ///< E.g. Meituan's upc.
  std::string spec;
  std::string quantity = "1";  ///< Integer or decimal text (sold by weight).
  Money unit_price;
  Money amount;
  std::vector<Option> options;
  std::vector<Component> components;
  std::string basket;
  bool gift = false;
  std::string note;
  friend bool operator==(const Item&, const Item&) = default;
};

struct Charge {
  std::string kind;  ///< "delivery", "packaging", "bag", "service", "other".
  Money amount;
  friend bool operator==(const Charge&, const Charge&) = default;
};

struct Discount {
  std::string
      kind;  ///< "full_reduction", "first_order", "coupon" ...; "other" with the code in name.
  std::string name;
  Money amount;
  std::optional<Money> platform_share;
  std::optional<Money> merchant_share;
  std::optional<Money> other_share;
  friend bool operator==(const Discount&, const Discount&) = default;
};

struct Customer {
  std::string name;
  std::string phone;
  std::string phone_extension;
  std::string phone_kind;  ///< "real", "virtual", "masked" or empty.
  std::string address;
  std::string latitude;  ///< Plain degrees as decimal text, e.g. "31.230416".
  std::string longitude;
  std::string coordinate_system;  ///< "GCJ02" ...
  friend bool operator==(const Customer&, const Customer&) = default;
};

struct Invoice {
  std::string title;
  std::string tax_id;
  friend bool operator==(const Invoice&, const Invoice&) = default;
};

/// As reported; absent where the platform does not say.
struct Totals {
  std::optional<Money> items;
  std::optional<Money> charges;
  std::optional<Money> discounts;
  std::optional<Money> paid;
  std::optional<Money> commission;
  std::optional<Money> merchant_income;
  friend bool operator==(const Totals&, const Totals&) = default;
};

struct Expected {
  bool asap = true;
  std::optional<Instant> from;
  std::optional<Instant> to;
  friend bool operator==(const Expected&, const Expected&) = default;
};

/// Which of two snapshots decides (the greater one): docs of the rule in model/README.md.
struct SnapshotKey {
  enum class Class : std::uint8_t { kBirthPush = 1, kLaterPush, kEdit, kDetailRead };

  bool complete = true;  ///< False for a degraded snapshot.
  Instant updated_at{};  ///< The platform's update time; zero where it sends none.
  Class klass = Class::kBirthPush;
  std::uint8_t status_rank = 0;
  Instant asked_at{};    ///< Reads without platform time: when the request was sent; else zero.
  ContentDigest digest;  ///< Of the content without transport fields.
  /// The fold version whose map read the payload. A redrive reads it again with a later one, and
  /// what that says replaces what the earlier one said.
  std::uint32_t generation = 0;
  friend auto operator<=>(const SnapshotKey&, const SnapshotKey&) = default;
};

/// The whole order in one payload. Lists are absent (not empty) where the payload lacks them.
struct OrderSnapshot {
  SnapshotKey key;
  std::string platform_shop;  ///< The platform's word for the shop, as in a connection's `stores`.
  std::string display_no;
  OrderKind kind = OrderKind::kDelivery;
  std::optional<Instant> placed_at;
  std::optional<Instant> paid_at;
  std::optional<Expected> expected;
  Customer customer;
  std::optional<std::vector<Item>> items;
  std::optional<std::vector<Charge>> charges;
  std::optional<std::vector<Discount>> discounts;
  Totals totals;
  std::string remark;
  std::optional<Invoice> invoice;
  DeliveryMode delivery_mode = DeliveryMode::kUnknown;
  std::vector<Issue> issues;  ///< Found while mapping: broken identities, net prices.
  friend bool operator==(const OrderSnapshot&, const OrderSnapshot&) = default;
};

/// A cancel projects by its cause; see the order status rules. kNone is a status word without a
/// reason: it tells of the same end as a cancel that has one. kRefunded is an end by giving all
/// money back, which does not count once the order is completed.
enum class CancelCause : std::uint8_t {
  kNone = 0,
  kNotPaidOrAccepted,
  kMerchant,
  kOther,
  kRefunded
};

/// "The order has reached this status." For cancels the status is kCancelled and the cause is set.
struct StatusFact {
  OrderStatus status = OrderStatus::kPlaced;
  CancelCause cause = CancelCause::kNone;
  std::optional<Instant> at;       ///< The platform's time of it.
  std::optional<Instant> sent_at;  ///< The sending timestamp of the message (or of our request).
  Source source = Source::kPush;
};

struct DeliveryFact {
  ShipmentStatus status = ShipmentStatus::kCreated;
  std::optional<Instant> at;
  std::optional<Instant> sent_at;
  std::string rider_name;
  std::string rider_phone;
  ContentDigest digest;
};

struct RefundLine {
  std::string name;
  std::string platform_sku;
  std::string quantity;
  std::optional<Money> amount;
  friend bool operator==(const RefundLine&, const RefundLine&) = default;
};

struct RefundFact {
  std::string id;  ///< The platform's refund id; empty where it gives none and `flow` stands.
  /// The flow the step belongs to, e.g. "cancel", of a platform without refund ids. There the
  /// latest step decides; each opening begins a refund, which takes the later steps in.
  std::string flow;
  bool opens = false;  ///< Begins a refund of its flow.
  /// Rank of the platform's step; the greater one decides, of equal ones the later.
  std::uint16_t step = 0;
  RefundStatus status = RefundStatus::kApplied;
  std::optional<RefundKind> kind;
  std::optional<Money> amount;
  std::string reason;
  std::optional<std::vector<RefundLine>> lines;
  std::optional<Instant> applied_at;
  std::optional<Instant> at;  ///< When this step happened.
  ContentDigest digest;
  friend bool operator==(const RefundFact&, const RefundFact&) = default;
};

/// What is said of one coupon of a voucher order.
struct CertificateFact {
  std::string id;   ///< The platform's.
  SnapshotKey key;  ///< Its update time is that of the coupon.
  /// kUnknown says nothing. kUnused says, too, that no verification holds.
  CertificateStatus status = CertificateStatus::kUnknown;
  std::string platform_status;  ///< The word or number that `status` was read from.
  std::optional<Money> original;
  std::optional<Money> paid;
  std::optional<Money> refunded;
  std::optional<Instant> expires_at;
  std::optional<Instant> verified_at;
  std::string verify_id;
  std::string platform_shop;  ///< Where it was verified, as in a connection's `stores`.
  friend bool operator==(const CertificateFact&, const CertificateFact&) = default;
};

/// Members of the payload that no field above took, per kind of event; JSON object text.
struct ExtraFact {
  std::string event;  ///< "paid", "confirmed", "cancelled", "detail" ...
  SnapshotKey key;
  std::string members;
  friend bool operator==(const ExtraFact&, const ExtraFact&) = default;
};

/// What an entry did to its order's record.
enum class Effect : std::uint8_t { kNone, kState /**< Nothing that shows. */, kVersion };

/// All that one payload says of one order.
struct OrderFacts {
  std::string platform;
  std::string platform_order_id;
  std::string platform_display_id;  ///< Another number of the platform for it; empty if the same.
  /// The message's sending timestamp; for a read, when our request was sent. A detail read answers
  /// the wish for one that was sent no later.
  std::optional<Instant> sent_at;
  std::optional<OrderSnapshot> snapshot;
  std::vector<StatusFact> statuses;
  std::vector<DeliveryFact> deliveries;
  std::vector<RefundFact> refunds;
  std::vector<CertificateFact> certificates{};
  /// Who delivers, where an event says so. It stands above what snapshots say.
  DeliveryMode delivery_mode = DeliveryMode::kUnknown;
  std::optional<ExtraFact> extra;
  bool urged = false;
  /// The payload shows that a detail read would know more (an edit without content).
  bool wants_reread = false;
  std::vector<Issue> issues;  ///< E.g. "unknown_status"; kept with the record for ever.
  /// Of an erased entry: what it did when it was folded, which without the customer cannot be seen
  /// any more.
  std::optional<Effect> effect;
};

/// What of a shop a state is the state of. Each is told, and stands, for itself.
enum class StoreAspect : std::uint8_t {
  kOther = 0,     ///< A state whose code is not known.
  kBusiness = 1,  ///< Whether it is open: "open", "resting".
  kListing = 2,   ///< Whether customers find it: "online", "offline", "setting_up".
};

/// What a platform says of a shop's state.
struct StoreFact {
  StoreAspect aspect = StoreAspect::kOther;
  Source source = Source::kPush;
  std::string platform_shop;
  std::string state;  ///< A word of its aspect, or the raw code when unknown.
  std::string cause;  ///< "merchant", "platform", ... who caused it.
  std::string reason;
  std::optional<Instant> at;
  std::optional<Instant> sent_at;
  ContentDigest digest;
};

/// What a platform says of the connection itself.
struct ConnectionFact {
  enum class Kind : std::uint8_t { kAuthorizationRevoked = 1 };

  Kind kind = Kind::kAuthorizationRevoked;
  std::string platform_shop;  ///< Empty when it is said of all.
  std::optional<Instant> at;
  std::optional<Instant> sent_at;
};

}  // namespace weir::model
