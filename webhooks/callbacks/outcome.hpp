// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "net/message.hpp"

namespace weir::webhooks {

enum class Verdict {
  kDelivered,  ///< 2xx.
  kFailed,     ///< Tried again after the next pause of its row, then parked.
  kPaused,     ///< The endpoint asked everybody to come later; costs no try.
  kGone,       ///< 410: the endpoint wants no more callbacks at all.
};

/// What one attempt came to.
struct Outcome {
  Verdict verdict = Verdict::kFailed;
  std::string_view word;  ///< A closed list, as openapi.json shows it.
  unsigned status = 0;    ///< 0: no answer came.
  std::optional<std::chrono::seconds> retry_after;
  std::string answer;  ///< Its first 16 KB.
};

inline constexpr std::size_t kAnswerKept = 16 * 1024;

/// `took_all` says that the whole time-out went by. A redirect is a failure: callbacks go where the
/// merchant declared, nowhere else.
[[nodiscard]] Outcome Judge(const Result<net::Response>& answer, bool took_all, Instant now);

}  // namespace weir::webhooks
