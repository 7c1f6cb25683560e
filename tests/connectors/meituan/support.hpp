// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "connectors/meituan/push.hpp"
#include "connectors/meituan/signer.hpp"
#include "tests/mapping/meituan/samples.hpp"

namespace weir::connectors::meituan {

using mapping::meituan::EncodeForm;
using mapping::meituan::Encoding;
using mapping::meituan::FieldMap;
using mapping::meituan::ReadData;
using mapping::meituan::ReadSample;

inline constexpr std::string_view kPublicUrl = "https://gw.example.com";
inline constexpr std::string_view kSecret = "test_secret_0123456789abcdef0123";

inline Credentials TestCredentials() {
  return {.app_id = "9001",
          .app_secret = Secret(std::string(kSecret)),
          .base_url = "https://waimaiopen.meituan.com/api/v1",
          .public_url = std::string(kPublicUrl)};
}

/// `fields` with the common ones and a signature for `path` added.
inline FieldMap Signed(FieldMap fields, const std::string& path) {
  fields.emplace("app_id", "9001");
  fields.emplace("timestamp", "1700000000");
  std::vector<mapping::meituan::FormField> sorted;
  for (const auto& [name, value] : fields) {
    sorted.push_back({.name = name, .value = value});
  }
  fields["sig"] = ToHex(Sign(std::string(kPublicUrl) + path, sorted, Secret(std::string(kSecret))));
  return fields;
}

inline net::Request Post(std::string target, std::string body) {
  net::Request request;
  request.method = "POST";
  request.target = std::move(target);
  request.body = std::move(body);
  return request;
}

inline net::Request Get(std::string target) {
  net::Request request;
  request.target = std::move(target);
  return request;
}

}  // namespace weir::connectors::meituan
