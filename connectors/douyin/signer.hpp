// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/secret.hpp"
#include "net/query.hpp"

/// The signatures of what Douyin sends (protocol A7 and A8). Our calls carry a token and no
/// signature. All are digests of the secret and a text behind it, in lower-case hex.
namespace weir::connectors::douyin {

/// `X-Douyin-Signature` of a webhook with this body.
[[nodiscard]] Sha1Digest SignWebhook(std::string_view body, const Secret& secret);

/// The text without CR and LF: Douyin's own example drops them before it signs.
[[nodiscard]] std::string WithoutBreaks(std::string_view body);

/// Whether the webhook is signed so, over its body as it is or without its line breaks.
[[nodiscard]] bool WebhookHolds(std::string_view body, std::string_view signature,
                                const Secret& secret);

/// What an SPI call signs without the secret: `&name=value` of its query but `sign`, by name and
/// value, then `&http_body=` and the body unless that is empty. Personal data is in it.
[[nodiscard]] std::string SpiText(net::Parameters query, std::string_view body);

/// `x-life-sign`, of a text that SpiText made.
[[nodiscard]] Sha256Digest SignSpi(std::string_view text, const Secret& secret);
/// `sign` of the query, the older one.
[[nodiscard]] Md5Digest SignSpiOld(std::string_view text, const Secret& secret);

}  // namespace weir::connectors::douyin
