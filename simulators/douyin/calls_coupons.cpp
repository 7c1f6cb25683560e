// SPDX-License-Identifier: Apache-2.0
// The calls on coupons (protocol notes A9).
#include <algorithm>
#include <initializer_list>
#include <map>

#include "base/text.hpp"
#include "simulators/douyin/calls.hpp"
#include "simulators/douyin/snapshot.hpp"

namespace weir::simulators::douyin {
namespace {

/// The coupon that one of the arguments names, with its order; nulls for none.
struct Named {
  Order* order = nullptr;
  const Certificate* certificate = nullptr;
};

Named NamedBy(const Call& call, const std::string& name) {
  Order* order = call.book.Find(name);
  if (order == nullptr || !order->coupons || !order->paid) {
    return {};
  }
  return {order, order->coupons->Find(name)};
}

/// Which coupons a query names: by encrypted_code, code or order_id.
std::string NameIn(const Call& call, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const std::string value = call.arguments.TextOf(name); !value.empty()) return value;
  }
  return {};
}

void WriteVerified(JsonWriter& json, const Call& call, const std::string& code,
                   const Verified& verified) {
  const Certificate* certificate = verified.certificate;
  const bool used = certificate != nullptr && certificate->used();
  json.BeginObject().Member("result", verified.result);
  json.Member("msg", verified.result == 0 ? "验券成功" : "验券失败").Member("code", code);
  json.Member("verify_id", used ? certificate->verifications.back().id : std::string());
  json.Member("certificate_id", certificate == nullptr ? std::string() : certificate->id);
  json.Member("origin_code", certificate == nullptr ? std::string() : certificate->code);
  json.Member("account_id", call.options.account_id).EndObject();
}

}  // namespace

Outcome PrepareCoupons(const Call& call) {
  const std::string name = NameIn(call, {"encrypted_data", "code"});
  if (name.empty()) {
    return std::unexpected(Failure{code::kCodeMissing, "券码缺失"});
  }
  const Named named = NamedBy(call, name);
  if (named.order == nullptr) {
    const bool scanned = !call.arguments.TextOf("encrypted_data").empty();
    return std::unexpected(
        Failure{scanned ? code::kNotDecrypted : code::kNoSuchCoupon, "券不存在"});
  }
  if (named.order->coupons->left() == 0) {
    return std::unexpected(Failure{code::kNothingLeft, "没有可核销的券"});
  }
  return ObjectText([&](JsonWriter& json) {
    json.Member("verify_token", call.life.GiveVerifyToken(*named.order, call.random));
    json.Member("order_id", named.order->id).Key("certificates").BeginArray();
    for (const Certificate& each : named.order->coupons->certificates) {
      if (each.usable()) json.Raw(PreparedJson(*named.order, each, ReaderOf(call)));
    }
    json.EndArray();
  });
}

Outcome VerifyCoupons(const Call& call) {
  constexpr int kThroughApi = 4;
  const std::string shop = call.arguments.TextOf("poi_id");
  if (!call.book.shops().contains(shop)) {
    return std::unexpected(Failure{code::kRefused, "门店不存在", code::kPoiMissing});
  }
  std::vector<std::string> codes = call.arguments.ListOf("encrypted_codes");
  Order* order = call.life.PreparedOf(call.arguments.TextOf("verify_token"));
  if (codes.empty()) {
    codes = call.arguments.ListOf("codes");
    order = NamedBy(call, call.arguments.TextOf("order_id")).order;
    if (codes.empty() || order == nullptr) {
      return std::unexpected(Failure{code::kNothingNamed, "缺少券码或订单号"});
    }
  }
  if (order == nullptr) {
    return std::unexpected(Failure{code::kCodeExpired, "券码已过期, 请重新验券准备"});
  }
  return ObjectText([&](JsonWriter& json) {
    json.Key("verify_results").BeginArray();
    for (const std::string& code : codes) {
      WriteVerified(json, call, code, call.life.Verify(*order, code, shop, kThroughApi, call.now));
    }
    json.EndArray();
  });
}

Outcome CancelVerification(const Call& call) {
  const int result = call.life.Cancel(call.arguments.TextOf("verify_id"),
                                      call.arguments.TextOf("certificate_id"), call.now);
  if (result != 0) {
    return std::unexpected(Failure{result, "撤销核销失败"});
  }
  return std::string(kNothing);
}

Outcome GetCertificate(const Call& call) {
  const Named named = NamedBy(call, NameIn(call, {"encrypted_code", "code", "order_id"}));
  if (named.order == nullptr) {
    return std::unexpected(Failure{code::kNoSuchCoupon, "券不存在"});
  }
  const Certificate& certificate = named.certificate == nullptr
                                       ? named.order->coupons->certificates.front()
                                       : *named.certificate;
  return ObjectText([&](JsonWriter& json) {
    json.Key("certificate").Raw(CertificateJson(*named.order, certificate, ReaderOf(call), true));
  });
}

Outcome QueryCertificates(const Call& call) {
  const std::string name = NameIn(call, {"encrypted_code", "order_id"});
  if (name.empty()) {
    return std::unexpected(Failure{code::kNothingNamed, "缺少券码或订单号"});
  }
  const Named named = NamedBy(call, name);
  if (named.order == nullptr) {
    return std::unexpected(Failure{code::kNoSuchCoupon, "券不存在"});
  }
  return ObjectText([&](JsonWriter& json) {
    json.Key("certificates").BeginArray();
    for (const Certificate& each : named.order->coupons->certificates) {
      if (named.certificate != nullptr && named.certificate != &each) continue;
      json.Raw(CertificateJson(*named.order, each, ReaderOf(call), false));
    }
    json.EndArray();
  });
}

Outcome QueryVerifyRecords(const Call& call) {
  const auto size = call.arguments.NumberOf("size").value_or(0);
  const auto cursor =
      ParseUint(call.arguments.Find("cursor") == nullptr ? std::string("0")
                                                         : call.arguments.TextOf("cursor"));
  constexpr std::int64_t kLargest = 100;
  if (size < 1 || size > kLargest || !cursor) {
    return std::unexpected(Failure{code::kBadArgument, "size or cursor is not valid"});
  }
  const auto from = call.arguments.NumberOf("start_time").value_or(0);
  const auto to = call.arguments.NumberOf("end_time").value_or(UnixSeconds(call.now));
  const auto shops = call.arguments.ListOf("poi_ids");
  std::map<std::uint64_t, std::string> records;  // By the record's number, which is its cursor.
  for (const Order& order : call.book.orders()) {
    if (!order.coupons) continue;
    for (const Certificate& certificate : order.coupons->certificates) {
      for (const Verification& each : certificate.verifications) {
        const std::int64_t at = UnixSeconds(each.at);
        const bool here = shops.empty() || std::ranges::find(shops, each.shop) != shops.end();
        if (!here || at < from || at > to) continue;
        records.emplace(ParseUint(each.id).value_or(0),
                        RecordJson(order, certificate, each, ReaderOf(call), call.now));
      }
    }
  }
  return ObjectText([&](JsonWriter& json) {
    json.Member("total", static_cast<std::int64_t>(records.size())).Key("records").BeginArray();
    auto record = records.upper_bound(*cursor);
    for (std::int64_t i = 0; i < size && record != records.end(); ++i, ++record) {
      json.Raw(record->second);
    }
    json.EndArray();
  });
}

}  // namespace weir::simulators::douyin
