// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"

/// Labels (protocol §1.11): the print service answers with where the file lies.
namespace weir::connectors::sf_express {

inline constexpr std::size_t kMaxLabelBytes = std::size_t{8} << 20;

struct LabelFile {
  std::string url;
  Secret token;  ///< What opens it.
};

/// The first file of an answer that succeeded. kMalformed when it has none, or one that lies
/// neither on TLS nor beside `base_url`, or whose token no header can bear.
[[nodiscard]] Result<LabelFile> LabelFileOf(std::string_view body, std::string_view base_url);

/// kMalformed when `file` is no PDF or larger than kMaxLabelBytes.
[[nodiscard]] Result<void> CheckLabel(std::string_view file);

}  // namespace weir::connectors::sf_express
