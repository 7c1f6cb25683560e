// SPDX-License-Identifier: Apache-2.0
#include "model/facts_codec.hpp"

#include <cstddef>
#include <utility>
#include <vector>

#include "model/order_codec.hpp"
#include "model/review_codec.hpp"

namespace weir::model {
namespace {

constexpr std::uint8_t kVersion = 1;

std::unexpected<Error> Damaged() {
  return Fail(ErrorKind::kMalformed, "Stored facts are damaged or of an unknown version.");
}

template <typename T>
void EncodeVersioned(std::string& out, const T& value) {
  BinaryWriter(out).U8(kVersion);
  Encoder encode(out);
  encode(value);
}

bool IsOfThisVersion(std::string_view bytes) {
  return !bytes.empty() && static_cast<std::uint8_t>(bytes.front()) == kVersion;
}

template <typename T>
Result<T> DecodeVersioned(std::string_view bytes) {
  if (!IsOfThisVersion(bytes)) return Damaged();
  T value;
  Decoder decode(bytes.substr(1));
  decode(value);
  if (!decode.done()) return Damaged();
  return value;
}

}  // namespace

void Encode(std::string& out, const OrderFacts& facts) {
  EncodeVersioned(out, facts);
  std::vector<RefundHead> heads;
  for (const RefundFact& fact : facts.refunds) {
    heads.emplace_back(fact.id, fact.applied_at, fact.flow, fact.opens);
  }
  Encoder encode(out);
  encode(heads);
}

void Encode(std::string& out, const StoreFact& fact) { EncodeVersioned(out, fact); }

void Encode(std::string& out, const ReviewFacts& facts) { EncodeVersioned(out, facts); }

Result<OrderFacts> DecodeOrderFacts(std::string_view bytes) {
  if (!IsOfThisVersion(bytes)) return Damaged();
  OrderFacts facts;
  std::vector<RefundHead> heads;
  Decoder decode(bytes.substr(1));
  decode(facts, heads);
  if (!decode.done() || heads.size() != facts.refunds.size()) return Damaged();
  for (std::size_t i = 0; i < heads.size(); ++i) {
    facts.refunds[i].id = std::move(heads[i].id);
    facts.refunds[i].applied_at = heads[i].applied_at;
    facts.refunds[i].flow = std::move(heads[i].flow);
    facts.refunds[i].opens = heads[i].opens;
  }
  return facts;
}

Result<StoreFact> DecodeStoreFact(std::string_view bytes) {
  return DecodeVersioned<StoreFact>(bytes);
}

Result<ReviewFacts> DecodeReviewFacts(std::string_view bytes) {
  return DecodeVersioned<ReviewFacts>(bytes);
}

}  // namespace weir::model
