// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

/// Answers that only together say something (the pages of a menu), as one payload: each as received
/// behind a line "<topic> <bytes>".
namespace weir::mapping {

/// The dialect of such a payload.
inline constexpr std::string_view kPagesDialect = "pages";
inline constexpr std::size_t kMaxPages = 1000;

struct AnswerPage {
  std::string_view topic;
  std::string_view bytes;
};

/// `topic` has no blank and no line feed.
void AppendPage(std::string& out, std::string_view topic, std::string_view bytes);

/// They point into `payload`. kMalformed when it is none, or has more than kMaxPages.
[[nodiscard]] Result<std::vector<AnswerPage>> SplitPages(std::string_view payload);

}  // namespace weir::mapping
