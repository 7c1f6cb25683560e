// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "mapping/envelope.hpp"
#include "mapping/json.hpp"

/// What Douyin's life services send (protocol A7 and A8).
namespace weir::mapping::douyin {

/// How payloads are written: a webhook's envelope; the bare body of an SPI call; an answer.
inline constexpr std::string_view kWebhookDialect = "webhook";
inline constexpr std::string_view kSpiDialect = "spi";
inline constexpr std::string_view kAnswerDialect = "json";
/// Asks us to prove that the URL is ours.
inline constexpr std::string_view kVerifyEvent = "verify_webhook";

/// A decoded webhook. It stays on the thread that made it.
class Webhook {
 public:
  /// kMalformed for what is no JSON object.
  [[nodiscard]] static Result<Webhook> Decode(std::string_view body);

  [[nodiscard]] std::string_view event() const { return event_; }
  [[nodiscard]] std::string_view client_key() const { return client_key_; }
  /// What the event says, whether it came as an object or as text that holds one. Anything else
  /// that came as content opens as an empty value.
  [[nodiscard]] const Value& content() const { return content_; }
  /// Digest of what copies of a message have in common: the event and its content as written.
  [[nodiscard]] ContentDigest Content() const;

 private:
  /// What an envelope gave; moves with the webhook.
  struct Texts {
    std::string event;
    std::string client_key;
    std::string content;
  };

  Webhook() = default;
  explicit Webhook(const Envelope& envelope);
  void Open();

  std::unique_ptr<Texts> texts_;
  std::optional<JsonDocument> document_;
  std::optional<Structure> opened_;
  std::string_view event_;
  std::string_view client_key_;
  Value written_;  ///< The content as it stands in the envelope.
  Value content_;
};

}  // namespace weir::mapping::douyin
