// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "simulators/form.hpp"

/// Meituan's pushes as these tests send them.
namespace weir::e2e {

using simulators::Fields;

inline constexpr std::string_view kPublicUrl = "https://gw.example.com";
inline constexpr const char* kConnection = "mt-main";
inline constexpr std::string_view kAppId = "9001";
inline constexpr std::string_view kAppSecret = "test_secret_0123456789abcdef0123";

struct Push {
  std::string method = "POST";
  std::string target;
  std::string body;
};

/// Puts `value` under `name`, in place of what stands there.
void Set(Fields& fields, std::string_view name, std::string value);
void Remove(Fields& fields, std::string_view name);

/// A push of `fields` to `public_url` + `target`, with app_id, timestamp and sig, values encoded
/// twice.
[[nodiscard]] Push Signed(std::string_view public_url, std::string target, Fields fields,
                          std::string timestamp = "1700000000");

/// A file of tests/data/meituan.
[[nodiscard]] std::string ReadData(const std::string& name);
/// The fields of push_<name>.fields.json, without those of the transport.
[[nodiscard]] Fields SampleFields(const std::string& name);
/// The push of push_<name>.fields.json as it was signed there.
[[nodiscard]] Push SamplePush(const std::string& name);

}  // namespace weir::e2e
