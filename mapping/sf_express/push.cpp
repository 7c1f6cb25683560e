// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/push.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "mapping/content.hpp"

namespace weir::mapping::sf_express {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// The form's field `content`, decoded; nothing without one.
std::optional<std::string> ContentField(std::string_view form) {
  constexpr std::string_view kField = "content=";
  while (!form.empty()) {
    const std::string_view piece = form.substr(0, form.find('&'));
    form.remove_prefix(std::min(piece.size() + 1, form.size()));
    std::string content;
    if (piece.starts_with(kField) &&
        AppendPercentDecoded(content, piece.substr(kField.size()), true)) {
      return content;
    }
  }
  return std::nullopt;
}

/// Where the records of a JSON push stand; the whole where it is one record itself.
Value RecordsOf(PushKind kind, const Value& root) {
  if (kind == PushKind::kRoutes) return MemberAt(MemberAt(root, "Body"), "WaybillRoute");
  if (const Value states = MemberAt(root, "orderState");
      kind == PushKind::kStates && !states.empty()) {
    return states;
  }
  return root;
}

/// Attributes, and the children that are nothing but a text.
std::vector<Member> MembersOfXml(const XmlElement& element) {
  std::vector<Member> members;
  for (const auto& [name, value] : element.attributes) {
    members.push_back({.name = name, .value = Value(std::string_view(value))});
  }
  for (const XmlElement& child : element.children) {
    if (child.children.empty()) {
      members.push_back({.name = child.name, .value = Value(std::string_view(child.text))});
    }
  }
  return members;
}

}  // namespace

std::string_view Name(PushKind kind) noexcept {
  switch (kind) {
    case PushKind::kRoutes:
      return "routes";
    case PushKind::kStates:
      return "orders";
    case PushKind::kFees:
      return "fees";
  }
  return {};
}

std::optional<PushKind> ParsePushKind(std::string_view topic) noexcept {
  for (const PushKind kind : {PushKind::kRoutes, PushKind::kStates, PushKind::kFees}) {
    if (Name(kind) == topic) return kind;
  }
  return std::nullopt;
}

Result<Push> Push::Decode(PushKind kind, std::string_view dialect, std::string_view bytes) {
  Push push(kind);
  Result<void> read;
  if (bytes.find_first_not_of(kBlanks) == std::string_view::npos) return push;
  if (dialect == kFormDialect) {
    const auto content = ContentField(bytes);
    if (!content) return Fail(ErrorKind::kMalformed, "The form has no field 'content'.");
    read = content->starts_with('{') ? push.ReadJson(*content) : push.ReadXml(*content);
  } else if (dialect == kXmlDialect) {
    read = push.ReadXml(bytes);
  } else if (dialect == kJsonDialect) {
    read = push.ReadJson(bytes);
  } else {
    return Fail(ErrorKind::kMalformed, "The push's dialect is unknown.");
  }
  if (!read) return std::unexpected(std::move(read.error()));
  if (push.records_.empty()) return Fail(ErrorKind::kMalformed, "The push holds no record.");
  return push;
}

Result<void> Push::ReadJson(std::string_view bytes) {
  auto document = JsonDocument::Parse(bytes);
  if (!document) return std::unexpected(std::move(document.error()));
  document_ = *std::move(document);
  const Value records = RecordsOf(kind_, Value(document_->root()));
  if (records.is_object()) {
    Add(MembersOf(records.object()));
  } else if (records.is_array()) {
    for (const simdjson::dom::element element : records.array()) {
      if (const Value record(element); record.is_object()) Add(MembersOf(record.object()));
    }
  }
  return {};
}

Result<void> Push::ReadXml(std::string_view bytes) {
  auto root = ParseXml(bytes.substr(std::min(bytes.find_first_not_of(kBlanks), bytes.size())));
  if (!root) return std::unexpected(std::move(root.error()));
  xml_ = std::make_unique<const XmlElement>(*std::move(root));
  if (kind_ != PushKind::kRoutes) {
    Add(MembersOfXml(*xml_));
    return {};
  }
  const XmlElement* const body = ChildOf(*xml_, "Body");
  if (body == nullptr) return {};
  for (const XmlElement& route : body->children) {
    if (route.name == "WaybillRoute") Add(MembersOfXml(route));
  }
  return {};
}

void Push::Add(std::vector<Member> record) {
  if (record.empty()) return;
  std::ranges::sort(record, {}, &Member::name);
  records_.push_back(std::move(record));
}

ContentDigest Push::Content() const {
  ContentHasher hasher;
  hasher.Update(Name(kind_));
  for (const std::vector<Member>& record : records_) {
    const ContentDigest digest = ContentOf(record);
    hasher.Update(std::to_string(digest.high));
    hasher.Update(std::to_string(digest.low));
  }
  return hasher.Finish();
}

}  // namespace weir::mapping::sf_express
