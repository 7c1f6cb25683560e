// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/credentials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace weir::connectors::dada {
namespace {

/// Protocol §1.
constexpr std::string_view kProductionUrl = "https://newopen.imdada.cn";

/// Protocol §9.3.
constexpr std::array<std::int64_t, 27> kCargoTypes{1,  2,  3,  5,  8,  9,  13, 19, 20,
                                                   21, 24, 25, 26, 27, 28, 29, 31, 50,
                                                   51, 53, 55, 57, 59, 61, 63, 65, 66};
static_assert(std::ranges::is_sorted(kCargoTypes));

std::string_view OptionOf(const ConnectionOptions& options, const char* name) {
  const auto found = options.options.find(name);
  return found == options.options.end() ? std::string_view() : found->second;
}

bool IsToken(std::string_view text) {
  constexpr std::size_t kShortest = 16;
  constexpr std::size_t kLongest = 128;
  return text.size() >= kShortest && text.size() <= kLongest &&
         std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '-' || c == '_';
         });
}

std::unexpected<Error> Wrong(const ConnectionOptions& options, std::string_view what) {
  return Fail(ErrorKind::kMalformed, fmt::format("Connection '{}': {}", options.id, what));
}

Result<void> ReadOptions(const ConnectionOptions& options, Credentials& credentials) {
  const std::string_view token = OptionOf(options, "callback_token");
  if (!IsToken(token)) {
    return Wrong(options,
                 "callback_token must be 16 to 128 letters, digits, '-' or '_' that nobody can "
                 "guess, e.g. of `openssl rand -hex 16`: Dada's callbacks prove nothing else.");
  }
  credentials.callback_token = Secret(std::string(token));
  credentials.city_code = OptionOf(options, "city_code");
  if (!credentials.city_code.empty() && !ParseUint(credentials.city_code)) {
    return Wrong(options, "city_code must be a telephone area code, e.g. \"021\".");
  }
  if (const std::string_view cargo = OptionOf(options, "cargo_type"); !cargo.empty()) {
    credentials.cargo_type = ParseInt(cargo);
    if (!credentials.cargo_type ||
        !std::ranges::binary_search(kCargoTypes, *credentials.cargo_type)) {
      return Wrong(options,
                   "cargo_type must be one of Dada's numbers of goods, e.g. \"1\" (food).");
    }
  }
  return {};
}

}  // namespace

std::string Credentials::CallbackUrl() const {
  return fmt::format("{}/{}", hook_url, callback_token.Reveal());
}

Result<Credentials> ParseCredentials(const ConnectionOptions& options) {
  const auto checked = CheckCredentials(options, {"app_key", "app_secret", "source_id"});
  if (!checked) return std::unexpected(checked.error());
  if (options.public_url.empty()) {
    return Wrong(options,
                 "public_url of [server] is missing: each order tells Dada where to call.");
  }
  Credentials credentials{
      .app_key = std::string(options.credentials.at("app_key").Reveal()),
      .app_secret = options.credentials.at("app_secret"),
      .source_id = std::string(options.credentials.at("source_id").Reveal()),
      .base_url = WithoutSlash(options.base_url.empty() ? kProductionUrl : options.base_url),
      .hook_url = fmt::format("{}/hooks/{}", options.public_url, options.id),
      .callback_token = {},
      .city_code = {},
      .cargo_type = std::nullopt};
  if (auto read = ReadOptions(options, credentials); !read) {
    return std::unexpected(std::move(read.error()));
  }
  return credentials;
}

}  // namespace weir::connectors::dada
