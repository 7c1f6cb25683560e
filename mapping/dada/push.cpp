// SPDX-License-Identifier: Apache-2.0
#include "mapping/dada/push.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "mapping/codes.hpp"
#include "mapping/content.hpp"

namespace weir::mapping::dada {
namespace {

struct OtherName {
  std::string_view code;  ///< In camel case.
  std::string_view name;
};
/// One source models callbacks with these names too (protocol §7.1).
constexpr std::array kOtherNames{
    OtherName{"cancelFrom", "cancel_from"},   OtherName{"cancelReason", "cancel_reason"},
    OtherName{"clientId", "client_id"},       OtherName{"dmId", "dm_id"},
    OtherName{"dmMobile", "dm_mobile"},       OtherName{"dmName", "dm_name"},
    OtherName{"finishCode", "finish_code"},   OtherName{"orderId", "order_id"},
    OtherName{"orderStatus", "order_status"}, OtherName{"repeatReasonType", "repeat_reason_type"},
    OtherName{"updateTime", "update_time"},
};

void TakeOtherNames(std::vector<Member>& members) {
  for (Member& member : members) {
    const OtherName* const other = FindCode(kOtherNames, member.name);
    if (other != nullptr) member.name = other->name;
  }
  std::ranges::sort(members, {}, &Member::name);
}

}  // namespace

Result<Push> Push::Decode(std::string_view body) {
  Push push;
  if (body.empty()) return push;
  auto document = JsonDocument::Parse(body);
  if (!document) return std::unexpected(std::move(document.error()));
  push.document_ = *std::move(document);
  const Value root(push.document_->root());
  if (!root.is_object()) return Fail(ErrorKind::kMalformed, "The push is no JSON object.");
  push.members_ = SortedMembersOf(root);
  if (push.members_.empty()) return push;
  push.kind_ = push.At("messageType").empty() ? Kind::kStatus : Kind::kMessage;
  const bool usual = !push.At("order_id").empty();
  if (push.kind_ == Kind::kStatus && !usual) TakeOtherNames(push.members_);
  return push;
}

Value Push::At(std::string_view name) const {
  const auto found = std::ranges::find(members_, name, &Member::name);
  return found == members_.end() ? Value() : found->value;
}

ContentDigest Push::Content() const {
  std::vector<Member> content = members_;
  std::erase_if(content, [](const Member& member) { return member.name == "signature"; });
  return ContentOf(content);
}

}  // namespace weir::mapping::dada
