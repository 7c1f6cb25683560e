// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/signer.hpp"

#include <algorithm>
#include <array>

#include "connectors/answers.hpp"

namespace weir::connectors::dada {
namespace {

using Values = std::array<std::string_view, 3>;

bool IsNumber(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool IsLess(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

std::string Concatenated(const Values& values) {
  std::string text;
  for (const std::string_view value : values) text += value;
  return text;
}

}  // namespace

std::string CallText::Joined() const {
  std::string text;
  for (const std::string_view piece :
       {std::string_view("app_key"), app_key, std::string_view("body"), body,
        std::string_view("formatjsonsource_id"), source_id, std::string_view("timestamp"),
        timestamp, std::string_view("v1.0")}) {
    text += piece;
  }
  return text;
}

std::string Sign(const CallText& text, const Secret& secret) {
  Md5Stream md5;
  md5.Update(secret.Reveal());
  md5.Update(text.Joined());
  md5.Update(secret.Reveal());
  return ToUpperHex(md5.Finish());
}

std::string CallbackText::Joined() const {
  Values values{client_id, order_id, update_time};
  std::ranges::sort(values);
  return Concatenated(values);
}

std::string CallbackText::JoinedAsNumbers() const {
  Values values{client_id, order_id, update_time};
  if (!std::ranges::all_of(values, IsNumber)) return Joined();
  std::ranges::sort(values, IsLess);
  return Concatenated(values);
}

bool IsSigned(const CallbackText& text, std::string_view signature) {
  return MatchesHex(Md5(text.Joined()), signature) ||
         MatchesHex(Md5(text.JoinedAsNumbers()), signature);
}

}  // namespace weir::connectors::dada
