// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/tokens.hpp"

#include <fmt/format.h>

#include <chrono>

#include "base/json_writer.hpp"
#include "simulators/form.hpp"

namespace weir::simulators::sf_express {
namespace {

constexpr auto kLife = std::chrono::hours(2);

bool Says(const Fields& fields, std::string_view name, std::string_view value) {
  const std::string* found = Find(fields, name);
  return found != nullptr && *found == value;
}

}  // namespace

HttpAnswer TokenServer::Give(const HttpCall& call, Instant now) {
  const auto fields = ParseForm(call.body).value_or(Fields{});
  const bool known = Says(fields, "partnerID", options_.partner_id) &&
                     Says(fields, "secret", options_.check_word) &&
                     Says(fields, "grantType", "password");
  HttpAnswer answer;
  JsonWriter json(answer.body);
  json.BeginObject().Member("apiResultCode", known ? "A1000" : "A1011");
  json.Member("apiErrorMsg", known ? "success" : "auth_error:partnerID_or_secret");
  json.Member("apiResponseID", "0001");
  if (!known) {
    json.Key("accessToken").Null().Key("expiresIn").Null().EndObject();
    return answer;
  }
  if (!Accepts(token_, now)) {
    token_ = fmt::format("{:016X}{:016X}", random_.Below(~0ULL), random_.Below(~0ULL));
    until_ = now + kLife;
    ++issued_;
  }
  json.Member("accessToken", token_);
  json.Member("expiresIn", std::chrono::duration_cast<std::chrono::seconds>(until_ - now).count());
  json.EndObject();
  return answer;
}

bool TokenServer::Accepts(std::string_view token, Instant now) const {
  return !token_.empty() && token == token_ && now < until_;
}

}  // namespace weir::simulators::sf_express
