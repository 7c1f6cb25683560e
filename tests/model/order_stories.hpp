// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <cstdint>
#include <sstream>
#include <vector>

#include "model/order_facts.hpp"

/// What platforms may tell of one order, made from numbers, so that failing stories shrink.
namespace weir::model::testing {

/// One payload: its kind, then what varies in it.
using Told = std::array<std::uint8_t, 8>;

/// The facts of one payload. Values come from small sets: stories are full of ties in one second,
/// equal digests over different content, masked and missing fields.
[[nodiscard]] OrderFacts FactsOf(const Told& told);

/// The same facts in as many pieces as can come apart.
[[nodiscard]] std::vector<OrderFacts> Split(const OrderFacts& facts);

/// Up to a dozen payloads.
[[nodiscard]] rc::Gen<std::vector<Told>> Stories();

/// Runs `property` on `cases` inputs within the current test.
template <typename Property>
void CheckMany(int cases, Property property) {
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = cases;
  const auto result =
      rc::detail::checkTestable(std::move(property), rc::detail::TestMetadata{}, params);
  if (!result.template is<rc::detail::SuccessResult>()) {
    std::ostringstream message;
    rc::detail::printResultMessage(result, message);
    FAIL() << message.str();
  }
}

}  // namespace weir::model::testing
