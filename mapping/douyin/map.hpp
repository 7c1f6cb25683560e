// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/douyin/push.hpp"
#include "mapping/mapped.hpp"

/// Douyin's webhooks, SPI calls and answers -> facts. What the model has no field for goes to
/// `extra`; a broken field is an issue and costs only itself.
namespace weir::mapping::douyin {

/// Maps a push or an answer; answers.hpp lists which. A pure function; callable from any thread.
///
/// Unmappable reasons: "malformed_payload" (no JSON, no content, no answer), "missing_subject" (a
/// known message without what it is about) and "unknown_topic".
[[nodiscard]] Mapped Map(const Payload& payload);

/// The same of a webhook that is decoded already. `content` is webhook.Content().
[[nodiscard]] Mapped MapWebhook(const Webhook& webhook, const ContentDigest& content);

/// What an SPI call was told as, where its content decides it; else empty.
struct SpiCall {
  Mapped mapped;
  ContentDigest content;
  std::string_view action;  ///< kRefundApply, or empty for what is not understood.
};
/// Maps the body of an SPI call (A8).
[[nodiscard]] SpiCall MapSpi(std::string_view body);

}  // namespace weir::mapping::douyin
