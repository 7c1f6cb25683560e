// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "mapping/amounts.hpp"
#include "mapping/douyin/contacts.hpp"
#include "mapping/douyin/event.hpp"
#include "mapping/douyin/status.hpp"
#include "model/order_facts.hpp"

/// The parts of the order map; private to this module. Each takes from the event's fields what it
/// has a place for and adds what could not be read to the issues its reader writes to.
namespace weir::mapping::douyin {

/// All that a webhook or an SPI call says of its order; nothing when it names none.
[[nodiscard]] std::optional<model::OrderFacts> MapOrder(Event& event, const EventRow& row);

/// All that one order of an answer says; nothing when it has no number.
[[nodiscard]] std::optional<model::OrderFacts> MapReadOrder(Event& event, const Contacts& contacts);

/// Whether the event brings a whole takeaway order.
[[nodiscard]] bool IsTakeaway(const Fields& fields);
/// The whole takeaway order (A6.4), under `key`.
[[nodiscard]] model::OrderSnapshot MapTakeaway(Event& event, const model::SnapshotKey& key,
                                               const Contacts& contacts);
/// The whole order of coupons (A6.1), under `key`.
[[nodiscard]] model::OrderSnapshot MapVoucher(Event& event, const model::SnapshotKey& key,
                                              const Contacts& contacts);

/// Who gets it and where: `receiver_info` and `buyer_info`.
void MapReceiver(Event& event, FieldReader& reader, model::Customer& customer);

/// Of `contacts` the first, where nothing better is known of the customer. What was not decrypted
/// stays in `extra`.
void MapContacts(Event& event, FieldReader& reader, const Contacts& contacts,
                 model::Customer& customer);

/// `products`, each a set whose groups hold its components.
[[nodiscard]] std::optional<std::vector<model::Item>> MapProducts(Event& event, FieldReader& reader,
                                                                  model::OrderSnapshot& snapshot);

/// `amount_info` into charges, discounts and totals, and the identities that must hold. False when
/// there is none.
bool MapAmountInfo(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot);
/// The amounts of an order of coupons.
void MapVoucherAmounts(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot);

/// A step of a refund.
void MapRefund(Event& event, const EventRow& row, FieldReader& reader, std::optional<Instant> at,
               model::OrderFacts& facts);

/// The coupons of an order that was read; `at_shop` is where it says that they were used.
void MapCertificates(Event& event, FieldReader& reader, model::OrderFacts& facts);
/// The coupon a webhook tells of. Its order's number goes into `facts`.
void MapCertificateEvent(Event& event, FieldReader& reader, std::optional<Instant> at,
                         model::OrderFacts& facts);
/// One coupon that was asked for by itself; nothing when it names none.
[[nodiscard]] std::optional<model::CertificateFact> MapCertificate(
    const Value& object, Instant asked_at, std::vector<model::Issue>& issues);

/// One record of a verification, which does not say where; nothing when it was taken back, or names
/// no coupon.
[[nodiscard]] std::optional<model::CertificateFact> MapVerifyRecord(
    const Value& object, Instant asked_at, std::vector<model::Issue>& issues);

/// A fact of this event.
[[nodiscard]] model::StatusFact StatusAt(const Event& event, model::OrderStatus status,
                                         std::optional<Instant> at);

}  // namespace weir::mapping::douyin
