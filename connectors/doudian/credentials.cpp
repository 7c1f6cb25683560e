// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/credentials.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "base/text.hpp"

namespace weir::connectors::doudian {
namespace {

/// Protocol B.
constexpr std::string_view kProductionUrl = "https://openapi-fxg.jinritemai.com";

template <typename Word>
struct Row {
  std::string_view word;
  Word value;
};
constexpr std::array kTransports{Row{"body", Transport::kBody}, Row{"form", Transport::kForm},
                                 Row{"query", Transport::kQuery}};
constexpr std::array kTimestamps{Row{"seconds", TimestampForm::kSeconds},
                                 Row{"text", TimestampForm::kText}};
constexpr std::array kSignMethods{Row{Name(SignMethod::kHmacSha256), SignMethod::kHmacSha256},
                                  Row{Name(SignMethod::kMd5), SignMethod::kMd5}};
constexpr std::array kAnswers{Row{"true", true}, Row{"false", false}};

/// Sets `value` to what the word stands for; the words it could be when it is none of them.
template <typename Word, std::size_t N>
std::optional<std::string> Choose(const std::array<Row<Word>, N>& words, std::string_view told,
                                  Word& value) {
  std::string expected;
  for (const auto& [word, meant] : words) {
    if (word == told) {
      value = meant;
      return std::nullopt;
    }
    expected += fmt::format("{}'{}'", expected.empty() ? "" : " or ", word);
  }
  return expected;
}

/// What was expected of the option; nothing when it was set.
std::optional<std::string> Set(Manner& manner, std::string_view name, const std::string& told) {
  if (name == "transport") return Choose(kTransports, told, manner.transport);
  if (name == "timestamp") return Choose(kTimestamps, told, manner.timestamp);
  if (name == "sign_method") return Choose(kSignMethods, told, manner.sign_method);
  if (name == "test_shop") return Choose(kAnswers, told, manner.test_shop);
  if (name != "authorization_code")
    return "one of authorization_code, sign_method, test_shop, timestamp, transport";
  manner.authorization_code = Secret(told);
  return told.empty() ? std::optional<std::string>("a code") : std::nullopt;
}

Result<Manner> ParseOptions(const ConnectionOptions& options) {
  Manner manner;
  for (const auto& [name, told] : options.options) {
    if (const auto expected = Set(manner, name, told)) {
      return Fail(ErrorKind::kMalformed, fmt::format("Connection '{}': option '{}' expects {}.",
                                                     options.id, name, *expected));
    }
  }
  return manner;
}

}  // namespace

Result<Credentials> ParseCredentials(const ConnectionOptions& options) {
  if (auto checked = CheckCredentials(options, {"app_key", "app_secret", "shop_id"}); !checked) {
    return std::unexpected(checked.error());
  }
  auto manner = ParseOptions(options);
  if (!manner) return std::unexpected(std::move(manner.error()));
  Credentials credentials{
      .app_key = std::string(options.credentials.at("app_key").Reveal()),
      .app_secret = options.credentials.at("app_secret"),
      .shop_id = std::string(options.credentials.at("shop_id").Reveal()),
      .base_url = WithoutSlash(options.base_url.empty() ? kProductionUrl : options.base_url),
      .manner = *std::move(manner)};
  if (!ParseUint(credentials.shop_id)) {
    return Fail(ErrorKind::kMalformed,
                fmt::format("Connection '{}': shop_id must be a number.", options.id));
  }
  return credentials;
}

}  // namespace weir::connectors::doudian
