// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "model/order_facts.hpp"
#include "model/review_facts.hpp"

namespace weir::model {

/// Facts as bytes, for what stands in the place of an erased payload, and back. Decode never trusts
/// its input: kMalformed for any other text.
void Encode(std::string& out, const OrderFacts& facts);
void Encode(std::string& out, const StoreFact& fact);
void Encode(std::string& out, const ReviewFacts& facts);
[[nodiscard]] Result<OrderFacts> DecodeOrderFacts(std::string_view bytes);
[[nodiscard]] Result<StoreFact> DecodeStoreFact(std::string_view bytes);
[[nodiscard]] Result<ReviewFacts> DecodeReviewFacts(std::string_view bytes);

}  // namespace weir::model
