// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/credentials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace weir::connectors::douyin {
namespace {

constexpr std::size_t kMostDigits = 9;

/// Protocol, part A.
constexpr std::string_view kProductionUrl = "https://open.douyin.com";

struct OrderQuery {
  std::string_view name;
  std::string_view path;
};
/// Protocol A6.1, A6.2 and A6.6.
constexpr std::array kOrderQueries{
    OrderQuery{"akte", "goodlife/v1/akte/order/query"},
    OrderQuery{"hermes", "goodlife/v1/hermes/trade/order/query"},
    OrderQuery{"retail", "goodlife/v1/retail/order/query"},
    OrderQuery{"trade", "goodlife/v1/trade/order/query"},
};

std::unexpected<Error> Wrong(const ConnectionOptions& options, std::string_view name,
                             std::string_view expected) {
  return Fail(ErrorKind::kMalformed,
              fmt::format("Connection '{}': option '{}' expects {}.", options.id, name, expected));
}

/// A name that may stand in JSON as it is.
bool IsWord(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  return !text.empty() && text.size() <= kLongest && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::vector<std::string> SplitAtCommas(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(','));
    words.emplace_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return words;
}

}  // namespace

Result<Credentials> ParseCredentials(const ConnectionOptions& options) {
  if (auto checked = CheckCredentials(options, {"client_key", "client_secret", "account_id"});
      !checked) {
    return std::unexpected(checked.error());
  }
  return Credentials{
      .client_key = std::string(options.credentials.at("client_key").Reveal()),
      .client_secret = options.credentials.at("client_secret"),
      .account_id = std::string(options.credentials.at("account_id").Reveal()),
      .base_url = WithoutSlash(options.base_url.empty() ? kProductionUrl : options.base_url)};
}

Result<Options> ParseOptions(const ConnectionOptions& options) {
  Options parsed;
  for (const auto& [name, value] : options.options) {
    if (name == "token") {
      if (value != "stable" && value != "client") {
        return Wrong(options, name, "'stable' or 'client'");
      }
      parsed.stable_token = value == "stable";
    } else if (name == "refund_result" || name == "refund_processing") {
      if (!IsWord(value)) return Wrong(options, name, "letters, digits and '_'");
      (name == "refund_result" ? parsed.refund_result : parsed.refund_processing) = value;
    } else if (name == "rider_source") {
      if (value.empty() || value.size() > kMostDigits ||
          value.find_first_not_of("0123456789") != std::string::npos) {
        return Wrong(options, name, "a number");
      }
      parsed.rider_source = value;
    } else if (name == "menu") {
      if (value != "goods" && value != "dishes") return Wrong(options, name, "'goods' or 'dishes'");
      parsed.menu = value == "dishes" ? MenuQuery::kDishes : MenuQuery::kGoods;
    } else if (name == "order_queries") {
      parsed.order_queries = SplitAtCommas(value);
      const bool known = std::ranges::all_of(parsed.order_queries, [](const std::string& word) {
        return !OrderQueryPath(word).empty();
      });
      if (parsed.order_queries.empty() || !known) {
        return Wrong(options, name, "some of akte, hermes, retail, trade, parted by commas");
      }
    } else {
      return Fail(ErrorKind::kMalformed,
                  fmt::format("Connection '{}': unknown option '{}'.", options.id, name));
    }
  }
  return parsed;
}

std::string_view OrderQueryPath(std::string_view name) {
  const auto* const found = std::ranges::find(kOrderQueries, name, &OrderQuery::name);
  return found == kOrderQueries.end() ? std::string_view() : found->path;
}

}  // namespace weir::connectors::douyin
