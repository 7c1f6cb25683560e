// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "connectors/meituan/push.hpp"
#include "connectors/meituan/signer.hpp"

namespace weir::connectors::meituan {
namespace {

using mapping::meituan::Dialect;
using mapping::meituan::Encoding;
using mapping::meituan::Form;
using mapping::meituan::FormField;

/// Fields whose values say nothing of a person (protocol §1.4 to §1.6). Any other may.
constexpr auto kHarmless = std::to_array<std::string_view>({
    "app_id",         "app_poi_code",
    "city_id",        "ctime",
    "day_seq",        "deal_op_type",
    "delivery_time",  "has_invoiced",
    "incmp_code",     "incmp_modules",
    "is_appeal",      "is_third_shipping",
    "logistics_code", "logistics_status",
    "money",          "notify_type",
    "op_type",        "operate_time",
    "operate_user",   "order_id",
    "original_price", "package_bag_money",
    "pay_type",       "pick_type",
    "poi_status",     "reason_code",
    "refund_id",      "refund_status",
    "res_type",       "service_type",
    "shipping_fee",   "sig",
    "status",         "time",
    "timestamp",      "total",
    "utime",          "wm_order_id_view",
});
constexpr std::size_t kLongestHarmless = 64;

bool IsHarmless(const FormField& field) {
  return field.value.size() <= kLongestHarmless &&
         std::ranges::find(kHarmless, field.name) != kHarmless.end();
}

/// The fields as they may be shown; `texts` holds what stands for the hidden values.
std::vector<FormField> Shown(const Form& form, bool personal, std::deque<std::string>& texts) {
  std::vector<FormField> shown(form.fields().begin(), form.fields().end());
  for (FormField& field : shown) {
    if (personal || field.value.empty() || IsHarmless(field)) continue;
    field.value = texts.emplace_back(fmt::format("<{} bytes>", field.value.size()));
  }
  return shown;
}

}  // namespace

std::string Pushes::Explain(const net::Request& request, bool personal) const {
  const Carried carried(request);
  const std::string url = UrlOf(request);
  std::string text;
  const auto say = [&text]<typename... Args>(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text), format, std::forward<Args>(args)...);
    text += '\n';
  };
  say("{} {}", request.method, request.path());
  say("signed URL: {}", url);
  for (const Encoding encoding : {Encoding::kDouble, Encoding::kSingle}) {
    const Dialect dialect{.encoding = encoding, .query_and_body = carried.query_and_body};
    say("\nread as \"{}\":", Name(dialect));
    const auto form = Form::Decode(carried.bytes, dialect);
    if (!form) {
      say("  {}", form.error().message);
      return text;
    }
    if (form->empty()) {
      say("  no field at all: a probe, answered ok");
      return text;
    }
    std::deque<std::string> texts;
    const auto shown = Shown(*form, personal, texts);
    for (const auto& [name, value] : shown) {
      say("  {} = {}", name, value);
    }
    say("  signed text: {}<app_secret>", SignedText(url, shown));
    say("  md5 computed: {}", ToHex(Sign(url, form->fields(), credentials_.app_secret)));
    say("  md5 received: {}", form->Find("sig"));
    const auto checked = Check(carried.bytes, url, dialect);
    say("  verdict: {}", checked ? "the signature holds" : checked.error().message);
    if (checked) {
      break;
    }
  }
  return text;
}

}  // namespace weir::connectors::meituan
