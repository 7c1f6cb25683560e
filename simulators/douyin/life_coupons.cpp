// SPDX-License-Identifier: Apache-2.0
// Coupons' lives: bought, verified in the shop or through the API, taken back, refunded.
#include <fmt/format.h>

#include <algorithm>
#include <array>

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

CouponSale Life::DrawSale(const std::string& order, const CouponFate& fate) {
  const Offer& offer = Pick(random_, kOffers);
  CouponSale sale{.intended = {},
                  .sku_id = std::string(offer.sku),
                  .sku_name = std::string(offer.name),
                  .sku_code = std::string(offer.code),
                  .original_each = offer.original,
                  .pay_each = offer.pay,
                  .certificates = {}};
  for (std::size_t i = 0; i < fate.count; ++i) {
    const std::string id = NextId(random_, last_other_);
    sale.certificates.push_back(
        {.id = id,
         .item_id = fmt::format("{}{:08}", order, i + 1),
         .code = "10" + id.substr(id.size() - 10),
         .encrypted = "CgwIARDhJxjLLyABKAESLgos" + ToBase64(fmt::format("{:->33}", id))});
  }
  return sale;
}

void Life::PlanCoupons(const Order& order, Instant at) {
  const CouponFate& fate = *order.fate.coupons;
  Instant next = at;
  for (std::size_t i = 0; i < fate.verified; ++i) {
    next += Stage();
    Plan([this, i](Order& found, Instant due) { VerifyInShop(found, i, due); }, order, next);
  }
  if (fate.cancelled && fate.verified > 0) {
    next += Stage();
    Plan([this](Order& found, Instant due) { UseAgain(found, due); }, order, next);
  }
  if (fate.refunded > 0) {
    Plan(&Life::RefundUnused, order, next + Stage(4));
  }
}

void Life::VerifyInShop(Order& order, std::size_t certificate, Instant at) {
  const CouponSale& sale = *order.coupons;
  Verify(order, sale.certificates[certificate].id, sale.intended, kInShop, at);
}

Verified Life::Verify(Order& order, std::string_view code, std::string_view shop, int type,
                      Instant at) {
  CouponSale& sale = *order.coupons;
  Certificate* found = sale.Find(code);
  if (found == nullptr || !order.paid) {
    return {.result = kNoSuchCoupon};
  }
  if (found->used()) {
    const bool two = Chance(random_, options_.quirks.used_says_two);
    return {.result = two ? kUsedAlreadyToo : kUsedAlready, .certificate = found};
  }
  if (found->refunded || at - order.created > kCouponLife) {
    return {.result = kCouponOver, .certificate = found};
  }
  found->verifications.push_back(
      {.id = NextId(random_, last_other_), .shop = std::string(shop), .at = at, .type = type});
  order.TouchApart(at);
  order.shop = shop;
  sale.was_used_up = sale.was_used_up || sale.all_used();
  desk_.Tell(order, kCertificate, "certificate " + found->id + " verified",
             CertificateContent(order, *found, "verify", options_.account_id), at);
  return {.result = 0, .certificate = found};
}

void Life::TakeBack(Order& order, Certificate& certificate, Instant at) {
  certificate.verifications.back().cancelled = at;
  order.TouchApart(at);
  desk_.Tell(order, kCertificate, "certificate " + certificate.id + " taken back",
             CertificateContent(order, certificate, "cancel_verify", options_.account_id), at);
}

void Life::UseAgain(Order& order, Instant at) {
  Certificate& first = order.coupons->certificates.front();
  if (!first.used()) {
    return;
  }
  TakeBack(order, first, at);
  Plan([this](Order& found, Instant due) { VerifyInShop(found, 0, due); }, order, at + Stage());
}

int Life::Cancel(std::string_view verification, std::string_view certificate, Instant at) {
  Order* order = book_.Find(certificate);
  Certificate* found =
      order != nullptr && order->coupons ? order->coupons->Find(certificate) : nullptr;
  if (found == nullptr || found->verifications.empty() ||
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

bool Life::RefundUnused(Order& order, Instant at) {
  CouponSale& sale = *order.coupons;
  std::size_t wanted = std::min(order.fate.coupons->refunded, sale.left());
  if (wanted == 0) {
    return false;
  }
  order.Touch(at);
  const Fen amount = sale.pay_each * static_cast<Fen>(wanted);
  for (auto each = sale.certificates.rbegin(); wanted > 0; ++each) {
    if (!each->usable()) continue;
    each->refunded = order.updated;
    --wanted;
  }
  const Refund& refund = order.refunds.emplace_back(Refund{.id = NextId(random_, last_other_),
                                                           .out_id = {},
                                                           .partial = amount < sale.pay(),
                                                           .amount = amount,
                                                           .words = {},
                                                           .steps = {RefundStep::kRefunded},
                                                           .refunded_at = order.updated});
  desk_.Tell(order, refund.partial ? kPartRefundComplete : kRefundComplete,
             "refund " + refund.id + " refunded", RefundContent(order, refund), at);
  return true;
}

std::string Life::GiveVerifyToken(const Order& order, Random& random) {
  constexpr std::uint64_t kSpread = 1'000'000'000'000;
  std::string token = fmt::format("211ecb01-9f97-46e1-98db-{:012}", random.Below(kSpread));
  prepared_[token] = order.id;
  return token;
}

Order* Life::PreparedOf(std::string_view token) {
  const auto found = prepared_.find(token);
  return found == prepared_.end() ? nullptr : book_.Find(found->second);
}

}  // namespace weir::simulators::douyin
