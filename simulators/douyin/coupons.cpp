// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/coupons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "simulators/chance.hpp"
#include "simulators/douyin/life.hpp"
#include "simulators/douyin/messages.hpp"
#include "simulators/douyin/snapshot.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr int kInShop = 1;  // verify_type of a till.

// Of protocol notes A3.
constexpr int kUsedAlready = 1208;
constexpr int kUsedAlreadyToo = 2;
constexpr int kNoSuchCoupon = 1212;
constexpr int kCouponOver = 1250;
constexpr int kCancelledAlready = 1265;

struct Offer {
  std::string_view sku;
  std::string_view name;
  std::string_view code;
  Fen original;
  Fen pay;
};
constexpr std::array kOffers = {
    Offer{"1730440745530376", "双人火锅套餐", "GB-1", 19900, 12800},
    Offer{"1730440745530377", "100元代金券", "GB-2", 10000, 8850},
    Offer{"1730440745530378", "\"招牌\"下午茶 🍰", "GB-3", 6800, 3999},
    Offer{"1730440745530379", "自助午餐(单人)", "GB-4", 12800, 12800},
};

}  // namespace

Coupons::Coupons(const Options& options, Book& book, PushDesk& desk, Random& random)
    : options_(options), book_(book), desk_(desk), random_(random) {
  constexpr std::uint64_t kOthers = 6'000'000'000'000'000'000;
  last_number_ = kOthers + random_.Below(500'000'000'000'000'000);
  last_record_ = last_number_ / 7;
}

std::chrono::milliseconds Coupons::Stage(int stages) {
  return About(random_, options_.traffic.pace * stages);
}

CouponOrder Coupons::Draw(Instant now, const CouponFate& fate) {
  const Offer& offer = Pick(random_, kOffers);
  CouponOrder order{.id = NextId(random_, last_number_),
                    .shop = {},
                    .intended = Pick(random_, options_.shops),
                    .sku_id = std::string(offer.sku),
                    .sku_name = std::string(offer.name),
                    .sku_code = std::string(offer.code),
                    .original_each = offer.original,
                    .pay_each = offer.pay,
                    .contact = "李小姐",
                    .phone = fmt::format("13{}", Between(random_, 100'000'000, 999'999'999)),
                    .certificates = {},
                    .style = DrawStyle(random_, options_.quirks),
                    .fate = fate,
                    .created = now,
                    .updated = UnixSeconds(now)};
  for (std::size_t i = 0; i < fate.count; ++i) {
    const std::string id = NextId(random_, last_record_);
    order.certificates.push_back(
        {.id = id,
         .item_id = fmt::format("{}{:08}", order.id, i + 1),
         .code = fmt::format("10{}", id.substr(id.size() - 10)),
         .encrypted = "CgwIARDhJxjLLyABKAESLgos" + ToBase64(fmt::format("{:->33}", id))});
  }
  return order;
}

CouponOrder& Coupons::Create(Instant now, std::optional<CouponFate> fate) {
  Advance(now);
  const CouponFate drawn = DrawCouponFate(random_, options_.traffic);
  CouponOrder& order = book_.coupons.Add(Draw(now, fate.value_or(drawn)));
  Plan(order.fate.unpaid ? Step::kClose : Step::kPay, order, now + Stage());
  return order;
}

void Coupons::Plan(Step step, const CouponOrder& order, Instant at, std::size_t certificate) {
  agenda_.Add(at, {step, order.id, certificate});
}

void Coupons::Advance(Instant now) {
  while (const auto due = agenda_.Take(now)) {
    if (CouponOrder* order = book_.coupons.Find(due->item.order)) Take(*order, due->item, due->at);
  }
}

void Coupons::Take(CouponOrder& order, const Planned& planned, Instant at) {
  Certificate& certificate = order.certificates[planned.certificate];
  switch (planned.step) {
    case Step::kPay:
      Pay(order, at);
      break;
    case Step::kClose:
      order.closed = true;
      Touch(order, at);
      break;
    case Step::kVerify:
      Verify(order, certificate.id, order.intended, kInShop, at);
      break;
    case Step::kCancel:
      if (certificate.used()) {
        TakeBack(order, certificate, at);
        Plan(Step::kVerify, order, at + Stage(), planned.certificate);
      }
      break;
    case Step::kRefund:
      RefundLast(order, at);
      break;
  }
}

void Coupons::Pay(CouponOrder& order, Instant at) {
  order.paid = at;
  Touch(order, at);
  desk_.Tell(order.id, order.events, kCouponOrder, "status paid",
             CouponContent(order, options_.account_id), at);
  const CouponFate& fate = order.fate;
  Instant next = at;
  for (std::size_t i = 0; i < fate.verified; ++i) {
    next += Stage();
    Plan(Step::kVerify, order, next, i);
  }
  if (fate.cancelled && fate.verified > 0) {
    next += Stage();
    Plan(Step::kCancel, order, next);
  }
  if (fate.refunded > 0) {
    Plan(Step::kRefund, order, next + Stage(3));
  }
}

Verified Coupons::Verify(CouponOrder& order, std::string_view code, std::string_view shop, int type,
                         Instant at) {
  const auto found = std::ranges::find_if(order.certificates, [code](const Certificate& each) {
    return each.id == code || each.code == code || each.encrypted == code;
  });
  if (found == order.certificates.end() || !order.paid) {
    return {.result = kNoSuchCoupon};
  }
  if (found->used()) {
    const bool two = Chance(random_, options_.quirks.used_says_two);
    return {.result = two ? kUsedAlreadyToo : kUsedAlready, .certificate = &*found};
  }
  if (found->refunded || at - order.created > kCouponLife) {
    return {.result = kCouponOver, .certificate = &*found};
  }
  Touch(order, at);
  found->verifications.push_back({.id = NextId(random_, last_record_),
                                  .shop = std::string(shop),
                                  .at = at,
                                  .type = type});
  order.shop = shop;
  order.was_used_up = order.was_used_up || order.left() == 0;
  desk_.Tell(order.id, order.events, kCertificate, "certificate " + found->id + " verified",
             CertificateContent(order, *found, "verify", options_.account_id, at), at);
  return {.result = 0, .certificate = &*found};
}

void Coupons::TakeBack(CouponOrder& order, Certificate& certificate, Instant at) {
  certificate.verifications.back().cancelled = at;
  Touch(order, at);
  desk_.Tell(order.id, order.events, kCertificate, "certificate " + certificate.id + " taken back",
             CertificateContent(order, certificate, "cancel_verify", options_.account_id, at), at);
}

int Coupons::Cancel(std::string_view verification, std::string_view certificate, Instant at) {
  CouponOrder* order = book_.coupons.Find(certificate);
  if (order == nullptr) {
    return kNoSuchCoupon;
  }
  const auto found = std::ranges::find(order->certificates, certificate, &Certificate::id);
  if (found == order->certificates.end() || found->verifications.empty() ||
      found->verifications.back().id != verification) {
    return kNoSuchCoupon;
  }
  const Verification& last = found->verifications.back();
  if (last.cancelled) {
    return kCancelledAlready;
  }
  if (at - last.at > kCancelWithin) {
    return kCouponOver;
  }
  TakeBack(*order, *found, at);
  return 0;
}

void Coupons::RefundLast(CouponOrder& order, Instant at) {
  Fen amount = 0;
  Touch(order, at);
  std::size_t wanted = order.fate.refunded;
  for (auto each = order.certificates.rbegin(); each != order.certificates.rend(); ++each) {
    if (wanted == 0 || !each->usable()) continue;
    each->refunded = order.updated;
    amount += order.pay_each;
    --wanted;
  }
  if (amount == 0) {
    return;
  }
  const Refund& refund =
      order.refunds.emplace_back(Refund{.id = NextId(random_, last_record_),
                                        .out_id = {},
                                        .partial = amount < order.pay(),
                                        .amount = amount,
                                        .words = {},
                                        .steps = {RefundStep::kRefunded},
                                        .refunded_at = order.updated});
  const bool any_used = std::ranges::any_of(order.certificates, &Certificate::used);
  order.was_used_up = order.was_used_up || (order.left() == 0 && any_used);
  desk_.Tell(order.id, order.events, refund.partial ? kPartRefundComplete : kRefundComplete,
             "refund " + refund.id + " refunded",
             RefundContent(order.id, order.intended, refund, order.style), at);
}

std::string Coupons::Prepare(const CouponOrder& order) {
  constexpr std::uint64_t kSpread = 1'000'000'000'000;
  std::string token = fmt::format("211ecb01-9f97-46e1-98db-{:012}", random_.Below(kSpread));
  prepared_[token] = order.id;
  return token;
}

CouponOrder* Coupons::OrderOf(std::string_view token) {
  const auto found = prepared_.find(token);
  return found == prepared_.end() ? nullptr : book_.coupons.Find(found->second);
}

}  // namespace weir::simulators::douyin
