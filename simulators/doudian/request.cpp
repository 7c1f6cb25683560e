// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/request.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "simulators/target.hpp"

namespace weir::simulators::doudian {
namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";

}  // namespace

std::string_view Request::Of(std::string_view name) const {
  const std::string* found = Find(fields, name);
  return found == nullptr ? std::string_view() : std::string_view(*found);
}

const std::string* HeaderOf(const HttpCall& call, std::string_view name) {
  const auto found = std::ranges::find_if(
      call.headers, [name](const auto& header) { return EqualIgnoreCase(header.first, name); });
  return found == call.headers.end() ? nullptr : &found->second;
}

std::optional<Request> ReadRequest(const HttpCall& call) {
  const Target target = TargetOf(call);
  const std::string* type = HeaderOf(call, "Content-Type");
  const bool is_form = type != nullptr && type->starts_with(kForm);
  auto fields = ParseForm(target.query);
  auto of_body = ParseForm(is_form ? std::string_view(call.body) : std::string_view());
  if (!fields || !of_body) {
    return std::nullopt;
  }
  fields->insert(fields->end(), of_body->begin(), of_body->end());
  Request request{.path_method = target.path, .fields = *std::move(fields), .param_json = {}};
  request.path_method.erase(0, request.path_method.find_first_not_of('/'));
  std::ranges::replace(request.path_method, '/', '.');
  const std::string* param = Find(request.fields, "param_json");
  request.param_json = param != nullptr ? *param : is_form ? std::string() : call.body;
  return request;
}

}  // namespace weir::simulators::doudian
