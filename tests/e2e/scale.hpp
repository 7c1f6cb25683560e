// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <string>

/// How much a test does: sanitized programs are many times slower.
namespace weir::e2e {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WEIR_E2E_SLOW 1
#endif
#endif
#ifdef WEIR_E2E_SLOW
inline constexpr bool kSlow = true;
#else
inline constexpr bool kSlow = false;
#endif

/// `full` times, or `slow` under a sanitizer; the environment variable `name` overrides both.
inline int Times(const char* name, int full, int slow) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::stoi(text) : kSlow ? slow : full;
}

}  // namespace weir::e2e
