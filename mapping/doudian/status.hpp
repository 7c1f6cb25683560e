// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mapping/codes.hpp"
#include "model/order_facts.hpp"
#include "model/words.hpp"

/// Doudian's tags and codes and our words: protocol B4, B5 and B9, projected by the rules of
/// merging. Of a message its tag decides, never the codes beside it; of an answer its codes do.
namespace weir::mapping::doudian {

struct OrderTag {
  std::string_view code;
  std::optional<model::OrderStatus> status;
  std::string_view event;  ///< Under which `extra` is kept.
};
/// Messages of an order. None of them brings the order.
inline constexpr std::array kOrderTags{
    OrderTag{"100", model::OrderStatus::kPendingPayment, "created"},
    OrderTag{"101", model::OrderStatus::kPendingPayment, "paid"},  // risk is checked still
    OrderTag{"110", model::OrderStatus::kPlaced, "placed"},
    OrderTag{"102", model::OrderStatus::kDispatched, "shipped"},
    OrderTag{"108", model::OrderStatus::kDispatched, "partly_shipped"},
    OrderTag{"103", model::OrderStatus::kCompleted, "completed"},
    OrderTag{"106", model::OrderStatus::kCancelled, "cancelled"},
    OrderTag{"104", std::nullopt, "logistics_changed"},
    OrderTag{"105", std::nullopt, "address_changed"},
    OrderTag{"109", std::nullopt, "amount_changed"},
    OrderTag{"111", std::nullopt, "address_change_applied"},
    OrderTag{"112", std::nullopt, "appointed"},
    OrderTag{"113", std::nullopt, "memo_changed"},
    OrderTag{"126", std::nullopt, "deadline_changed"},
};
inline constexpr std::string_view kPaidTag = "101";

struct RefundStep {
  model::RefundStatus status;
  std::uint16_t rank;  ///< Of an after-sale's steps the greatest decides, of equal ones the latest.
};

struct RefundTag {
  std::string_view code;
  std::optional<RefundStep> step;  ///< Nothing: the message tells of no step.
};
/// As long as shop and buyer deal with each other, the latest word is what counts: what was refused
/// may be asked for again and refused again.
inline constexpr std::uint16_t kDealing = 1;
/// Messages of an after-sale. Arbitration stands above any refusal, the end above all.
inline constexpr std::array kRefundTags{
    RefundTag{"200", RefundStep{model::RefundStatus::kApplied, kDealing}},
    RefundTag{"204", RefundStep{model::RefundStatus::kDeclined, kDealing}},
    RefundTag{"208", RefundStep{model::RefundStatus::kApplied, kDealing}},   // changed by the buyer
    RefundTag{"202", RefundStep{model::RefundStatus::kApproved, kDealing}},  // goods may come back
    RefundTag{"203",
              RefundStep{model::RefundStatus::kApproved, kDealing}},  // they are on their way
    RefundTag{"205", RefundStep{model::RefundStatus::kDeclined, kDealing}},  // they were not taken
    RefundTag{"212", RefundStep{model::RefundStatus::kAppealed, 7}},         // 212-218: arbitration
    RefundTag{"213", RefundStep{model::RefundStatus::kAppealed, 7}},
    RefundTag{"214", RefundStep{model::RefundStatus::kAppealed, 7}},
    RefundTag{"215", RefundStep{model::RefundStatus::kAppealed, 7}},
    RefundTag{"216", RefundStep{model::RefundStatus::kAppealed, 7}},
    RefundTag{"217", RefundStep{model::RefundStatus::kAppealed, 7}},
    RefundTag{"218", RefundStep{model::RefundStatus::kAppealed, 7}},
    RefundTag{"207", RefundStep{model::RefundStatus::kWithdrawn, 8}},
    RefundTag{"201", RefundStep{model::RefundStatus::kApproved, 9}},
    RefundTag{"211", RefundStep{model::RefundStatus::kApproved, 10}},  // the exchange is on its way
    RefundTag{"206", RefundStep{model::RefundStatus::kRefunded, 12}},
    RefundTag{"209", std::nullopt},
    RefundTag{"224", std::nullopt},
    RefundTag{"225", std::nullopt},
    RefundTag{"226", std::nullopt},
    RefundTag{"227", std::nullopt},
};

struct AfterSaleCode {
  std::int64_t code;
  std::optional<RefundStep> step;
};
/// `after_sale_status` (protocol B4), ranked with the messages' steps.
inline constexpr std::array kAfterSaleCodes{
    AfterSaleCode{0, std::nullopt},
    AfterSaleCode{6, RefundStep{model::RefundStatus::kApplied, kDealing}},
    AfterSaleCode{27, RefundStep{model::RefundStatus::kDeclined, kDealing}},
    AfterSaleCode{7, RefundStep{model::RefundStatus::kApproved, kDealing}},
    AfterSaleCode{11, RefundStep{model::RefundStatus::kApproved, kDealing}},
    AfterSaleCode{29, RefundStep{model::RefundStatus::kDeclined, kDealing}},
    AfterSaleCode{28, RefundStep{model::RefundStatus::kWithdrawn, 8}},  // closed without money
    AfterSaleCode{51, RefundStep{model::RefundStatus::kWithdrawn, 8}},
    AfterSaleCode{13, RefundStep{model::RefundStatus::kApproved, 10}},
    AfterSaleCode{14, RefundStep{model::RefundStatus::kApproved, 10}},
    AfterSaleCode{53, RefundStep{model::RefundStatus::kApproved, 10}},
    AfterSaleCode{12, RefundStep{model::RefundStatus::kRefunded, 12}},
};
/// An after-sale that came to its end while its money did not: `refund_status` beside 12.
struct RefundCode {
  std::int64_t code;
  RefundStep step;
};
inline constexpr std::array kRefundCodes{
    RefundCode{1, RefundStep{model::RefundStatus::kApproved, 9}},
    RefundCode{4, RefundStep{model::RefundStatus::kFailed, 11}},
};
inline constexpr std::int64_t kAfterSaleDone = 12;
/// `aftersale_type`: money is paid back for a price that was too high.
inline constexpr std::int64_t kPriceDifference = 6;

/// Changes of a product: nothing of an order or a shop.
inline constexpr std::array<std::string_view, 2> kSilentTags{"400", "417"};

struct OrderCode {
  std::int64_t code;
  model::OrderStatus status;
};
/// `order_status`.
inline constexpr std::array kOrderCodes{
    OrderCode{1, model::OrderStatus::kPendingPayment},
    OrderCode{105, model::OrderStatus::kPendingPayment},
    OrderCode{2, model::OrderStatus::kPlaced},
    OrderCode{101, model::OrderStatus::kDispatched},
    OrderCode{3, model::OrderStatus::kDispatched},
    OrderCode{5, model::OrderStatus::kCompleted},
    OrderCode{4, model::OrderStatus::kCancelled},
};
/// `accept_order_status`: the shop has taken the order.
inline constexpr std::string_view kTaken = "1";

/// `trade_type` of what is delivered within the hour.
inline constexpr std::string_view kHourly = "18";
/// `receive_type`: the customer fetches it.
inline constexpr std::string_view kPickup = "2";

struct ShipmentCode {
  std::int64_t code;
  model::ShipmentStatus status;
  std::optional<model::OrderStatus> order;  ///< What it makes of the order.
};
/// `shipment_status`.
inline constexpr std::array kShipmentCodes{
    ShipmentCode{1, model::ShipmentStatus::kSearching, std::nullopt},
    ShipmentCode{2, model::ShipmentStatus::kAssigned, std::nullopt},
    ShipmentCode{3, model::ShipmentStatus::kAtPickup, std::nullopt},
    ShipmentCode{4, model::ShipmentStatus::kPickedUp, model::OrderStatus::kDispatched},
    ShipmentCode{5, model::ShipmentStatus::kPickedUp, model::OrderStatus::kDispatched},
    ShipmentCode{6, model::ShipmentStatus::kException, std::nullopt},
    ShipmentCode{7, model::ShipmentStatus::kReturning, std::nullopt},
    ShipmentCode{8, model::ShipmentStatus::kReturned, std::nullopt},
    ShipmentCode{9, model::ShipmentStatus::kDelivered, model::OrderStatus::kDelivered},
};

}  // namespace weir::mapping::doudian
