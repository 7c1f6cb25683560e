// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "connectors/doudian/credentials.hpp"
#include "net/message.hpp"

namespace weir::connectors::doudian {

/// A call of the platform's that waits for our answer (SPI, protocol B10).
struct SpiCall {
  std::string app_key;
  std::string timestamp;
  std::string sign_method;
  std::string sign;
  std::string sign_v2;     ///< May be empty.
  std::string param_json;  ///< As received.

  /// Its parameters stand in the query or in a form; param_json may be the body instead. Nothing
  /// when the request is none.
  [[nodiscard]] static std::optional<SpiCall> Of(const net::Request& request);

  /// What it signs between two secrets, with `<`, `>` and `&` escaped or not: platforms' senders do
  /// both.
  [[nodiscard]] std::string Text(bool html_escaped) const;
  [[nodiscard]] SignMethod method() const;
  /// Whether one of the signatures holds over one of the texts.
  [[nodiscard]] bool IsSignedWith(const Secret& secret) const;
};

/// {"code":0,"message":"success","data":null}: all that a call is answered when it is stored.
[[nodiscard]] net::Response SpiAccepted();

}  // namespace weir::connectors::doudian
