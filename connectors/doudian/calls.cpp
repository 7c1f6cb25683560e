// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/calls.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace weir::connectors::doudian {
namespace {

std::string TimestampOf(TimestampForm form, Instant now) {
  if (form == TimestampForm::kSeconds) return fmt::format("{}", UnixSeconds(now));
  std::string text = ToRfc3339(now + Zone::China().offset());
  text.resize(text.find('.'));
  text[text.find('T')] = ' ';
  return text;
}

void Append(std::string& query, std::string_view name, std::string_view value) {
  if (!query.empty()) query += '&';
  query.append(name).append("=").append(PercentEncode(value));
}

}  // namespace

net::Request CallOf(const Credentials& credentials, std::string_view method,
                    std::string_view param_json, const Secret& token, Instant now) {
  const Manner& manner = credentials.manner;
  const std::string timestamp = TimestampOf(manner.timestamp, now);
  const CallText text{.app_key = credentials.app_key,
                      .method = method,
                      .param_json = param_json,
                      .timestamp = timestamp};
  std::string parameters;
  Append(parameters, "app_key", credentials.app_key);
  Append(parameters, "method", method);
  if (!token.empty()) Append(parameters, "access_token", token.Reveal());
  Append(parameters, "timestamp", timestamp);
  Append(parameters, "v", "2");
  Append(parameters, "sign_method", Name(manner.sign_method));
  Append(parameters, "sign", Sign(text.OfCall(), credentials.app_secret, manner.sign_method));

  net::Request request;
  request.method = "POST";
  std::string path(method);
  std::ranges::replace(path, '.', '/');
  request.target = credentials.base_url + "/" + path;
  request.headers.Add("x-open-no-old-err-code", "1");
  if (manner.transport == Transport::kBody) {
    request.target += "?" + parameters;
    request.headers.Add("Content-Type", "application/json;charset=UTF-8");
    request.body = param_json;
    return request;
  }
  Append(parameters, "param_json", param_json);
  if (manner.transport == Transport::kQuery) {
    request.target += "?" + parameters;
    return request;
  }
  request.headers.Add("Content-Type", "application/x-www-form-urlencoded");
  request.body = std::move(parameters);
  return request;
}

}  // namespace weir::connectors::doudian
