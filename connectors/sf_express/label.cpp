// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/label.hpp"

#include <algorithm>

#include "mapping/members.hpp"
#include "mapping/sf_express/answer.hpp"

namespace weir::connectors::sf_express {
namespace {

using mapping::MemberAt;
using mapping::Value;

/// Scheme and host with the slash behind them: "http://127.0.0.1:9105/".
std::string_view OriginOf(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::size_t path = url.find('/', scheme + 3);
  return path == std::string_view::npos ? std::string_view() : url.substr(0, path + 1);
}

}  // namespace

Result<LabelFile> LabelFileOf(std::string_view body, std::string_view base_url) {
  const auto answer = mapping::sf_express::Answer::Parse(body);
  if (!answer) return std::unexpected(answer.error());
  const Value files = MemberAt(MemberAt(answer->service(), "obj"), "files");
  if (!files.is_array() || files.array().size() == 0) {
    return Fail(ErrorKind::kMalformed, "SF Express's answer names no label.");
  }
  const Value file(files.array().at(0).value_unsafe());
  const std::string_view url = MemberAt(file, "url").text();
  const std::string_view origin = OriginOf(base_url);
  if (!url.starts_with("https://") && (origin.empty() || !url.starts_with(origin))) {
    return Fail(ErrorKind::kMalformed, "SF Express's label lies at no https address.");
  }
  const std::string_view token = MemberAt(file, "token").text();
  if (!std::ranges::all_of(token, [](char c) { return c > ' ' && c <= '~'; })) {
    return Fail(ErrorKind::kMalformed, "SF Express's label has a token that no header can bear.");
  }
  return LabelFile{.url = std::string(url), .token = Secret(std::string(token))};
}

Result<void> CheckLabel(std::string_view file) {
  if (file.size() > kMaxLabelBytes) {
    return Fail(ErrorKind::kMalformed, "SF Express's label is larger than 8 MiB.");
  }
  if (!file.starts_with("%PDF-")) {
    return Fail(ErrorKind::kMalformed, "SF Express's label is no PDF.");
  }
  return {};
}

}  // namespace weir::connectors::sf_express
