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
/// Of an order's facts: adds its certificates, and is written only of those that have some.
constexpr std::uint8_t kWithCertificates = 2;

std::unexpected<Error> Damaged() {
  return Fail(ErrorKind::kMalformed, "Stored facts are damaged or of an unknown version.");
}

template <typename T>
void EncodeVersioned(std::string& out, std::uint8_t version, const T& value) {
  BinaryWriter(out).U8(version);
  Encoder encode(out);
  encode(value);
}

bool IsOfVersion(std::string_view bytes, std::uint8_t version) {
  return !bytes.empty() && static_cast<std::uint8_t>(bytes.front()) == version;
}

/// The ids of certificates, which stand beside them.
std::vector<std::string> IdsOf(const std::vector<CertificateFact>& certificates) {
  std::vector<std::string> ids;
  ids.reserve(certificates.size());
  for (const CertificateFact& fact : certificates) ids.push_back(fact.id);
  return ids;
}

template <typename T>
Result<T> DecodeVersioned(std::string_view bytes) {
  if (!IsOfVersion(bytes, kVersion)) return Damaged();
  T value;
  Decoder decode(bytes.substr(1));
  decode(value);
  if (!decode.done()) return Damaged();
  return value;
}

}  // namespace

void Encode(std::string& out, const OrderFacts& facts) {
  const bool certificates = !facts.certificates.empty();
  EncodeVersioned(out, certificates ? kWithCertificates : kVersion, facts);
  std::vector<RefundHead> heads;
  heads.reserve(facts.refunds.size());
  for (const RefundFact& fact : facts.refunds) {
    heads.emplace_back(fact.id, fact.applied_at, fact.flow, fact.opens);
  }
  Encoder encode(out);
  encode(heads);
  if (certificates) {
    encode(facts.certificates, IdsOf(facts.certificates));
  }
}

void Encode(std::string& out, const StoreFact& fact) { EncodeVersioned(out, kVersion, fact); }

void Encode(std::string& out, const ReviewFacts& facts) { EncodeVersioned(out, kVersion, facts); }

Result<OrderFacts> DecodeOrderFacts(std::string_view bytes) {
  const bool certificates = IsOfVersion(bytes, kWithCertificates);
  if (!certificates && !IsOfVersion(bytes, kVersion)) return Damaged();
  OrderFacts facts;
  std::vector<RefundHead> heads;
  std::vector<std::string> ids;
  Decoder decode(bytes.substr(1));
  decode(facts, heads);
  if (certificates) decode(facts.certificates, ids);
  if (!decode.done() || heads.size() != facts.refunds.size() ||
      ids.size() != facts.certificates.size() || ids.empty() == certificates) {
    return Damaged();
  }
  for (std::size_t i = 0; i < heads.size(); ++i) {
    facts.refunds[i].id = std::move(heads[i].id);
    facts.refunds[i].applied_at = heads[i].applied_at;
    facts.refunds[i].flow = std::move(heads[i].flow);
    facts.refunds[i].opens = heads[i].opens;
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    facts.certificates[i].id = std::move(ids[i]);
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
