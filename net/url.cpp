// SPDX-License-Identifier: Apache-2.0
#include "net/url.hpp"

#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>

#include "base/text.hpp"

namespace weir::net {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

std::uint16_t DefaultPort(std::string_view scheme) {
  return scheme == "https" ? kHttpsPort : kHttpPort;
}

bool IsHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool IsVisible(char c) { return c > ' ' && c <= '~'; }

bool IsIpv6(const std::string& text) {
  boost::system::error_code error;
  boost::asio::ip::make_address_v6(text, error);
  return !error;
}

Result<void> SplitAuthority(Url& url, std::string_view authority) {
  std::string_view port;
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos) {
      return Fail(ErrorKind::kMalformed, "The URL's IPv6 address has no closing bracket.");
    }
    url.host = ToLower(authority.substr(1, close - 1));
    port = authority.substr(close + 1);
    if (!IsIpv6(url.host) || (!port.empty() && !port.starts_with(':'))) {
      return Fail(ErrorKind::kMalformed, "The URL's host is no IPv6 address.");
    }
  } else {
    const auto colon = authority.find(':');
    url.host = ToLower(authority.substr(0, colon));
    port = colon == std::string_view::npos ? std::string_view{} : authority.substr(colon);
    if (url.host.empty() || !std::ranges::all_of(url.host, IsHostCharacter)) {
      return Fail(ErrorKind::kMalformed, "The URL's host is empty or holds odd characters.");
    }
  }
  if (port.size() > 1) {
    const auto number = ParseUint(port.substr(1));
    if (!number || *number == 0 || *number > UINT16_MAX) {
      return Fail(ErrorKind::kMalformed, "The URL's port is no number from 1 to 65535.");
    }
    url.port = static_cast<std::uint16_t>(*number);
  }
  return {};
}

}  // namespace

std::string Url::authority() const {
  std::string text = host.contains(':') ? "[" + host + "]" : host;
  if (port != DefaultPort(scheme)) {
    text += ":" + std::to_string(port);
  }
  return text;
}

std::string Url::origin() const { return scheme + "://" + authority(); }

Result<Url> ParseUrl(std::string_view text) {
  if (!std::ranges::all_of(text, IsVisible)) {
    return Fail(ErrorKind::kMalformed, "The URL holds a character that has to be encoded.");
  }
  const auto scheme_end = text.find("://");
  Url url{.scheme = ToLower(text.substr(0, scheme_end))};
  if (scheme_end == std::string_view::npos || (url.scheme != "http" && url.scheme != "https")) {
    return Fail(ErrorKind::kMalformed, "The URL begins with neither http:// nor https://.");
  }
  url.port = DefaultPort(url.scheme);
  text = text.substr(scheme_end + 3);
  text = text.substr(0, text.find('#'));
  const auto authority = text.substr(0, text.find_first_of("/?"));
  if (authority.contains('@')) {
    return Fail(ErrorKind::kMalformed, "The URL holds a user name or password.");
  }
  url.target = text.substr(authority.size());
  if (!url.target.starts_with('/')) {
    url.target.insert(0, "/");
  }
  if (auto split = SplitAuthority(url, authority); !split) {
    return std::unexpected(split.error());
  }
  return url;
}

}  // namespace weir::net
