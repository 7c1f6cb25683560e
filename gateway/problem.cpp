// SPDX-License-Identifier: Apache-2.0
#include "gateway/problem.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

#include "base/json_writer.hpp"

namespace weir::gateway {
namespace {

constexpr std::array kKinds = {
    ProblemKind{"bad_request", 400, "The request cannot be understood"},
    ProblemKind{"unknown_parameter", 400, "A parameter is not known"},
    ProblemKind{"invalid_parameter", 400, "A parameter's value is not valid"},
    ProblemKind{"unauthorized", 401, "No valid key was given"},
    ProblemKind{"forbidden", 403, "The key may not do this"},
    ProblemKind{"not_found", 404, "There is no such thing"},
    ProblemKind{"method_not_allowed", 405, "The path does not take this method"},
    ProblemKind{"request_timeout", 408, "The request came too slowly"},
    ProblemKind{"conflict", 409, "The state of the thing does not allow this"},
    ProblemKind{"managed_by_file", 409, "The configuration file declares this"},
    ProblemKind{"cursor_expired", 410, "The feed no longer reaches back that far"},
    ProblemKind{"precondition_failed", 412, "It is not as it was read"},
    ProblemKind{"body_too_large", 413, "The body is too large"},
    ProblemKind{"idempotency_key_reused", 422, "The key stands for another request"},
    ProblemKind{"header_too_large", 431, "The header is too large"},
    ProblemKind{"internal", 500, "The gateway failed"},
    ProblemKind{"busy", 503, "The gateway cannot take this now"},
    ProblemKind{"http_version", 505, "Only HTTP/1.0 and 1.1 are spoken"},
};

const ProblemKind* Find(std::string_view code) {
  const auto* const found = std::ranges::find(kKinds, code, &ProblemKind::code);
  return found != kKinds.end() ? found : nullptr;
}

net::Response Busy(const Error& error, std::string_view request_id) {
  net::Response response = Problem("busy", error.message, request_id);
  if (!error.retry_after) return response;
  net::Headers headers;
  headers.Add("Retry-After", std::to_string(error.retry_after->count()));
  response.headers = std::move(headers);
  return response;
}

net::Response OurFault(const Error& error, std::string_view request_id) {
  spdlog::error("event=request_failed request={} kind={} error=\"{}\"", request_id,
                Name(error.kind), error.message);
  return Problem("internal", "the log tells more under this request_id", request_id);
}

}  // namespace

std::span<const ProblemKind> ProblemKinds() { return kKinds; }

net::Response Problem(std::string_view code, std::string_view detail, std::string_view request_id) {
  const ProblemKind* found = Find(code);
  const ProblemKind& kind = found != nullptr ? *found : *Find("internal");
  net::Response response;
  response.status = kind.status;
  response.content_type = "application/problem+json";
  JsonWriter(response.body)
      .BeginObject()
      .Member("type", "about:blank")
      .Member("title", kind.title)
      .Member("status", static_cast<int>(kind.status))
      .Member("detail", detail)
      .Member("code", kind.code)
      .Member("request_id", request_id)
      .EndObject();
  if (kind.status == 401) response.headers.Add("WWW-Authenticate", "Bearer");
  if (kind.status == 503) response.headers.Add("Retry-After", "1");
  return response;
}

net::Response ProblemOf(const Error& error, std::string_view request_id) {
  switch (error.kind) {
    case ErrorKind::kRejected:
      return Find(error.remote_code) != nullptr
                 ? Problem(error.remote_code, error.message, request_id)
                 : Problem("conflict", error.message, request_id);
    case ErrorKind::kNotFound:
      return Problem("not_found", error.message, request_id);
    case ErrorKind::kConflict:
      return Problem("conflict", error.message, request_id);
    case ErrorKind::kRateLimited:
      return Busy(error, request_id);
    default:
      return OurFault(error, request_id);
  }
}

net::Response ProblemOfStatus(unsigned status, std::string_view why, std::string_view request_id) {
  const auto* const found = std::ranges::find(kKinds, status, &ProblemKind::status);
  return Problem(found != kKinds.end() ? found->code : "internal", why, request_id);
}

}  // namespace weir::gateway
