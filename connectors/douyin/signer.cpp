// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/signer.hpp"

#include <algorithm>

#include "connectors/answers.hpp"

namespace weir::connectors::douyin {
namespace {

std::string Signed(std::string_view text, const Secret& secret) {
  std::string all(secret.Reveal());
  all.append(text);
  return all;
}

}  // namespace

Sha1Digest SignWebhook(std::string_view body, const Secret& secret) {
  return Sha1(Signed(body, secret));
}

std::string WithoutBreaks(std::string_view body) {
  std::string text(body);
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
  return text;
}

bool WebhookHolds(std::string_view body, std::string_view signature, const Secret& secret) {
  if (MatchesHex(SignWebhook(body, secret), signature)) {
    return true;
  }
  return body.find_first_of("\r\n") != std::string_view::npos &&
         MatchesHex(SignWebhook(WithoutBreaks(body), secret), signature);
}

std::string SpiText(net::Parameters query, std::string_view body) {
  std::ranges::sort(query);
  std::string text;
  for (const auto& [name, value] : query) {
    if (name != "sign") {
      text.append("&").append(name).append("=").append(value);
    }
  }
  if (!body.empty()) {
    text.append("&http_body=").append(body);
  }
  return text;
}

Sha256Digest SignSpi(std::string_view text, const Secret& secret) {
  return Sha256(Signed(text, secret));
}

Md5Digest SignSpiOld(std::string_view text, const Secret& secret) {
  return Md5(Signed(text, secret));
}

}  // namespace weir::connectors::douyin
