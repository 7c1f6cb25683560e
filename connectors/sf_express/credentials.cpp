// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/credentials.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace weir::connectors::sf_express {
namespace {

/// Protocol §1.1.
constexpr std::string_view kProductionUrl = "https://bspgw.sf-express.com/std/service";

/// Tokens are asked for beside the services: ".../oauth2/accessToken" beside ".../std/service".
std::string TokenUrlOf(std::string_view base_url) {
  constexpr std::string_view kServices = "/std/service";
  if (base_url.ends_with(kServices)) base_url.remove_suffix(kServices.size());
  return std::string(base_url) + "/oauth2/accessToken";
}

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A word that nobody guesses, and that a URL's path takes as it is.
bool IsToken(std::string_view text) {
  constexpr std::size_t kShortest = 16;
  return text.size() >= kShortest &&
         text.find_first_not_of(
             "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") ==
             std::string_view::npos;
}

/// Reads a connection's options into its credentials.
class OptionReader {
 public:
  OptionReader(const ConnectionOptions& options, Credentials& credentials)
      : options_(options), credentials_(credentials) {}

  Result<void> Read() {
    if (auto chosen = Choose(); !chosen) return chosen;
    credentials_.express_type = Text("express_type", "1");
    credentials_.monthly_card = Text("monthly_card", "");
    credentials_.print_template =
        Text("template", fmt::format("fm_76130_standard_{}", credentials_.partner_id));
    const std::string token = Text("callback_token", "");
    credentials_.callback_token = Secret(token);
    if (!token.empty() && !IsToken(token)) {
      return Broken("callback_token", "at least 16 letters, digits, '-' or '_'");
    }
    if (!IsDigits(credentials_.express_type)) return Broken("express_type", "a number");
    if (!credentials_.monthly_card.empty() && !IsDigits(credentials_.monthly_card)) {
      return Broken("monthly_card", "digits");
    }
    return {};
  }

 private:
  Result<void> Choose() {
    const auto proof = ChooseOption(options_, "auth", {"digest", "simple_digest", "oauth2"});
    if (!proof) return std::unexpected(proof.error());
    const auto payer = ChooseOption(options_, "pay_method", {"1", "2", "3"});
    if (!payer) return std::unexpected(payer.error());
    const auto language =
        ChooseOption(options_, "language", {"zh-CN", "zh-TW", "zh-HK", "zh-MO", "en"});
    if (!language) return std::unexpected(language.error());
    const auto call = ChooseOption(options_, "call_courier", {"yes", "no"});
    if (!call) return std::unexpected(call.error());
    credentials_.proof = *proof == "digest"          ? Proof::kDigest
                         : *proof == "simple_digest" ? Proof::kSimpleDigest
                                                     : Proof::kToken;
    credentials_.pay_method = *payer;
    credentials_.language = *language;
    credentials_.call_courier = *call == "yes";
    return {};
  }

  [[nodiscard]] std::string Text(const char* name, std::string_view otherwise) const {
    const auto found = options_.options.find(name);
    return std::string(found == options_.options.end() ? otherwise : found->second);
  }

  [[nodiscard]] Result<void> Broken(std::string_view name, std::string_view expected) const {
    return Fail(ErrorKind::kMalformed,
                fmt::format("Connection '{}': options.{} is not {}.", options_.id, name, expected));
  }

  const ConnectionOptions& options_;
  Credentials& credentials_;
};

}  // namespace

Result<Credentials> ParseCredentials(const ConnectionOptions& options) {
  if (auto checked = CheckCredentials(options, {"partner_id", "check_word"}); !checked) {
    return std::unexpected(checked.error());
  }
  Credentials credentials;
  credentials.partner_id = options.credentials.at("partner_id").Reveal();
  credentials.check_word = options.credentials.at("check_word");
  credentials.base_url =
      WithoutSlash(options.base_url.empty() ? kProductionUrl : std::string_view(options.base_url));
  credentials.token_url = TokenUrlOf(credentials.base_url);
  if (auto read = OptionReader(options, credentials).Read(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  return credentials;
}

}  // namespace weir::connectors::sf_express
