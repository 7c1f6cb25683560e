// SPDX-License-Identifier: Apache-2.0
#include "net/query.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace weir::net {
namespace {

/// A piece between two '%', the first character excluded: decoded if it can be, else as it stands.
void AppendTolerant(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const auto next = text.find('%', 1);
    const auto piece = text.substr(0, next);
    const auto before = out.size();
    if (!AppendPercentDecoded(out, piece, true)) {
      out.resize(before);
      out += '%';
      if (!AppendPercentDecoded(out, piece.substr(1), true)) {
        std::unreachable();  // no '%' is left in it
      }
    }
    text.remove_prefix(piece.size());
  }
}

bool Decode(std::string& out, std::string_view text, Decoding decoding) {
  out.reserve(text.size());
  if (decoding == Decoding::kStrict) {
    return AppendPercentDecoded(out, text, true);
  }
  AppendTolerant(out, text);
  return true;
}

}  // namespace

Result<Parameters> ParseQuery(std::string_view text, Decoding decoding) {
  Parameters parameters;
  parameters.reserve(text.empty() ? 0
                                  : static_cast<std::size_t>(std::ranges::count(text, '&')) + 1);
  while (!text.empty()) {
    const auto piece = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(piece.size() + 1, text.size()));
    if (piece.empty()) {
      continue;
    }
    const auto equals = piece.find('=');
    auto& [name, value] = parameters.emplace_back();
    if (!Decode(name, piece.substr(0, equals), decoding)) {
      return Fail(ErrorKind::kMalformed, "A parameter's name is not percent-encoded correctly.");
    }
    if (equals != std::string_view::npos && !Decode(value, piece.substr(equals + 1), decoding)) {
      return Fail(ErrorKind::kMalformed, "The value of parameter '" +
                                             RepairUtf8(name.substr(0, 64)) +
                                             "' is not percent-encoded correctly.");
    }
  }
  return parameters;
}

const std::string* FindParameter(const Parameters& parameters, std::string_view name) {
  const auto found =
      std::ranges::find(parameters, name, &std::pair<std::string, std::string>::first);
  return found == parameters.end() ? nullptr : &found->second;
}

}  // namespace weir::net
