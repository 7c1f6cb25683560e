// SPDX-License-Identifier: Apache-2.0
#include "connectors/reasons.hpp"

namespace weir::connectors {
namespace {

struct Text {
  std::string_view word;
  std::string_view text;
};
constexpr std::array kTexts{
    Text{reason::kSoldOut, "商品已售完"},
    Text{reason::kClosed, "商家已打烊"},
    Text{reason::kTooBusy, "商家太忙"},
    Text{reason::kOutOfRange, "超出配送范围"},
    Text{reason::kWrongContact, "联系不上收货人"},
    Text{"", "商家原因"},
};

}  // namespace

std::string ReasonText(std::string_view reason) {
  const auto* const row = std::ranges::find(kTexts, reason, &Text::word);
  return std::string(row == kTexts.end() ? reason : row->text);
}

}  // namespace weir::connectors
