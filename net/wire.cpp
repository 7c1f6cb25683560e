// SPDX-License-Identifier: Apache-2.0
#include "net/wire.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http/status.hpp>

#include "base/text.hpp"

namespace weir::net {
namespace {

namespace http = boost::beast::http;

/// Fields this file writes itself.
bool IsFraming(std::string_view name) {
  switch (name.size()) {
    case 4:
      return EqualIgnoreCase(name, "Host");
    case 10:
      return EqualIgnoreCase(name, "Connection");
    case 14:
      return EqualIgnoreCase(name, "Content-Length");
    case 17:
      return EqualIgnoreCase(name, "Transfer-Encoding");
    default:
      return false;
  }
}

bool BreaksLine(char c) { return c == '\r' || c == '\n' || c == '\0'; }

void AppendField(std::string& out, std::string_view name, std::string_view value) {
  const auto begin = out.size();
  out.append(name).append(": ").append(value);
  std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), BreaksLine, ' ');
  out.append("\r\n");
}

void AppendNumber(std::string& out, std::size_t number) {
  const fmt::format_int text(number);
  out.append(text.data(), text.size());
}

void AppendLength(std::string& out, std::size_t length) {
  out.append("Content-Length: ");
  AppendNumber(out, length);
  out.append("\r\n");
}

void AppendFields(std::string& out, const Headers& headers) {
  for (const auto& [name, value] : headers.items()) {
    if (!IsFraming(name)) {
      AppendField(out, name, value);
    }
  }
}

void AppendStatusLine(std::string& out, unsigned status) {
  if (status == 200) {
    out.append("HTTP/1.1 200 OK\r\n");
    return;
  }
  out.append("HTTP/1.1 ");
  AppendNumber(out, status);
  const auto reason = http::obsolete_reason(http::int_to_status(status));
  out.append(" ").append(reason.data(), reason.size()).append("\r\n");
}

}  // namespace

bool MayHaveBody(unsigned status) noexcept {
  return status >= 200 && status != 204 && status != 304;
}

void AppendHead(std::string& out, const Response& response, Framing framing,
                std::string_view request_id) {
  AppendStatusLine(out, response.status);
  if (!response.body.empty() && MayHaveBody(response.status)) {
    AppendField(out, "Content-Type", response.content_type);
  }
  if (MayHaveBody(response.status)) {
    AppendLength(out, response.body.size());
  }
  if (!framing.keep_alive) {
    out.append("Connection: close\r\n");
  } else if (framing.is_old) {
    out.append("Connection: keep-alive\r\n");
  }
  out.append("X-Request-Id: ").append(request_id).append("\r\n");
  AppendFields(out, response.headers);
  out.append("\r\n");
}

void AppendHead(std::string& out, const Request& request, std::string_view host,
                std::string_view target) {
  out.append(request.method).append(" ").append(target).append(" HTTP/1.1\r\n");
  AppendField(out, "Host", host);
  if (!request.body.empty() || (request.method != "GET" && request.method != "HEAD")) {
    AppendLength(out, request.body.size());
  }
  AppendFields(out, request.headers);
  out.append("\r\n");
}

}  // namespace weir::net
