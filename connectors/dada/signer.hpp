// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/secret.hpp"

/// Dada's signatures: pure functions (protocol §2 and §7.2).
namespace weir::connectors::dada {

/// What a call signs between two secrets. `body` is the text as it is sent, before it is escaped.
struct CallText {
  std::string_view app_key;
  std::string_view body;
  std::string_view source_id;
  std::string_view timestamp;

  /// Names and values without anything between them; an empty value's name stays.
  [[nodiscard]] std::string Joined() const;
};

/// Upper-case hex.
[[nodiscard]] std::string Sign(const CallText& text, const Secret& secret);

/// What a status callback signs. There is no secret in it: it tells damage, and proves nothing.
struct CallbackText {
  std::string_view client_id;
  std::string_view order_id;
  std::string_view update_time;

  /// The three values in ascending order, byte by byte.
  [[nodiscard]] std::string Joined() const;
  /// The same by their size where all three are numbers, as some of the platform's languages sort.
  [[nodiscard]] std::string JoinedAsNumbers() const;
};

/// Whether `signature`, of digits of either case, is that of one of the two orders.
[[nodiscard]] bool IsSigned(const CallbackText& text, std::string_view signature);

}  // namespace weir::connectors::dada
