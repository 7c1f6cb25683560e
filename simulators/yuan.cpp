// SPDX-License-Identifier: Apache-2.0
#include "simulators/yuan.hpp"

namespace weir::simulators {

std::string Yuan(Fen amount) {
  const Fen size = amount < 0 ? -amount : amount;
  std::string text = amount < 0 ? "-" : "";
  text += std::to_string(size / 100) + '.' + static_cast<char>('0' + size % 100 / 10);
  if (size % 10 != 0) {
    text += static_cast<char>('0' + size % 10);
  }
  return text;
}

std::string ShortYuan(Fen amount) {
  std::string text = Yuan(amount);
  if (text.ends_with(".0")) {
    text.resize(text.size() - 2);
  }
  return text;
}

}  // namespace weir::simulators
