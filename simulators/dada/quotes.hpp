// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "simulators/delivery.hpp"

namespace weir::simulators::dada {

/// A delivery that was priced and may be ordered under the quote's number.
struct Quote {
  std::string no;
  Delivery delivery;
  Instant at{};
  bool used = false;
};

/// The quotes given, the latest 10,000.
class Quotes {
 public:
  Quote& Give(const Delivery& delivery, Instant at);
  /// nullptr when unknown.
  [[nodiscard]] Quote* Find(std::string_view no);
  /// When this order was priced last.
  [[nodiscard]] std::optional<Instant> LastOf(const std::string& number) const;

 private:
  std::map<std::string, Quote, std::less<>> by_no_;
  std::map<std::string, Instant> last_;
  std::deque<std::string> order_;
  std::uint64_t given_ = 0;
};

}  // namespace weir::simulators::dada
