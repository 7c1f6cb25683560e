// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/credentials.hpp"

#include <fmt/format.h>

namespace weir::connectors::eleme {
namespace {

/// Protocol §1.1.
constexpr std::string_view kProductionUrl = "https://open-api.shop.ele.me/api/v1";
/// Protocol §2.
constexpr std::string_view kRetailUrl = "https://api-be.ele.me";
constexpr std::string_view kRetailTokenUrl = "https://open-auth.ele.me/oauth2/token";

/// Tokens are asked for outside the API's versions: ".../token" beside ".../api/v1".
std::string TokenUrlOf(std::string_view base_url) {
  constexpr std::string_view kApi = "/api/v1";
  if (base_url.ends_with(kApi)) {
    base_url.remove_suffix(kApi.size());
  }
  return std::string(base_url) + "/token";
}

void SetUrls(const ConnectionOptions& options, Credentials& credentials) {
  const bool own = !options.base_url.empty();
  if (credentials.envelope == Envelope::kNop) {
    credentials.base_url = WithoutSlash(own ? options.base_url : kProductionUrl);
    credentials.token_url = TokenUrlOf(credentials.base_url);
    return;
  }
  credentials.base_url = WithoutSlash(own ? options.base_url : kRetailUrl);
  credentials.token_url =
      own ? credentials.base_url + "/oauth2/token" : std::string(kRetailTokenUrl);
}

Result<void> SetOptions(const ConnectionOptions& options, Credentials& credentials) {
  const auto envelope = ChooseOption(options, "envelope", {"nop", "retail"});
  if (!envelope) return std::unexpected(envelope.error());
  credentials.envelope = *envelope == "retail" ? Envelope::kRetail : Envelope::kNop;
  const auto use = ChooseOption(options, "access_token", {"none", "signed", "unsigned"});
  if (!use) return std::unexpected(use.error());
  credentials.token_use = *use == "none"     ? TokenUse::kNone
                          : *use == "signed" ? TokenUse::kSigned
                                             : TokenUse::kUnsigned;
  if (const auto found = options.options.find("redirect_uri"); found != options.options.end()) {
    credentials.redirect_uri = found->second;
  }
  return {};
}

/// What only both together mean.
Result<void> CheckTogether(const ConnectionOptions& options, const Credentials& credentials) {
  const auto fail = [&](std::string_view what) {
    return Fail(ErrorKind::kMalformed, fmt::format("Connection '{}': {}", options.id, what));
  };
  const bool coded = !credentials.authorization_code.empty();
  const bool retail = credentials.envelope == Envelope::kRetail;
  const bool with_token = credentials.token_use != TokenUse::kNone;
  if (!retail && with_token) {
    return fail(
        "options.access_token is of envelope \"retail\"; calls of \"nop\" always bring one.");
  }
  if (credentials.app_key.empty() && (!retail || with_token)) {
    return fail("missing credential 'app_key'; calls and tokens are asked for under it.");
  }
  if (coded && credentials.redirect_uri.empty()) {
    return fail("authorization_code needs options.redirect_uri, where the code was sent to.");
  }
  if (retail && with_token != coded) {
    return fail("options.access_token and authorization_code go together.");
  }
  return {};
}

}  // namespace

Result<Credentials> ParseCredentials(const ConnectionOptions& options) {
  if (auto checked =
          CheckCredentials(options, {"app_id", "app_secret"}, {"app_key", "authorization_code"});
      !checked) {
    return std::unexpected(checked.error());
  }
  const auto optional = [&](const char* name) {
    const auto found = options.credentials.find(name);
    return found == options.credentials.end() ? Secret() : found->second;
  };
  Credentials credentials{.app_id = std::string(options.credentials.at("app_id").Reveal()),
                          .app_key = std::string(optional("app_key").Reveal()),
                          .app_secret = options.credentials.at("app_secret"),
                          .base_url = {},
                          .token_url = {},
                          .authorization_code = optional("authorization_code")};
  if (auto set = SetOptions(options, credentials); !set) return std::unexpected(set.error());
  if (auto checked = CheckTogether(options, credentials); !checked) {
    return std::unexpected(checked.error());
  }
  SetUrls(options, credentials);
  return credentials;
}

}  // namespace weir::connectors::eleme
