// SPDX-License-Identifier: Apache-2.0
#include "app/explain/capture.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/text.hpp"

namespace weir::app::explain {
namespace {

namespace http = boost::beast::http;
using nlohmann::json;

std::string WithoutLastBreak(std::string_view text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  return std::string(text);
}

bool IsRequest(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  return line.find(" HTTP/1.") != std::string_view::npos &&
         (line.starts_with("POST ") || line.starts_with("GET "));
}

/// Where the head ends, its empty line included; npos when it does not.
std::size_t EndOfHead(std::string_view text) {
  const std::size_t plain = text.find("\n\n");
  const std::size_t exact = text.find("\r\n\r\n");
  const std::size_t end_of_plain = plain == std::string_view::npos ? plain : plain + 2;
  const std::size_t end_of_exact = exact == std::string_view::npos ? exact : exact + 4;
  return std::min(end_of_plain, end_of_exact);
}

/// The head with the line breaks of the wire, whatever an editor made of them.
std::string WireHead(std::string_view head) {
  std::string wire;
  for (const char c : head) {
    if (c == '\r') continue;
    if (c == '\n') wire += '\r';
    wire += c;
  }
  return wire;
}

Result<net::Request> ReadRequest(std::string_view text) {
  const std::size_t head = EndOfHead(text);
  if (head == std::string_view::npos) {
    return Fail(ErrorKind::kMalformed, "expected an empty line between the headers and the body");
  }
  http::request_parser<http::empty_body> parser;
  parser.skip(true);
  boost::beast::error_code failed;
  parser.put(boost::asio::buffer(WireHead(text.substr(0, head))), failed);
  if (failed) return Fail(ErrorKind::kMalformed, "not an HTTP request: " + failed.message());

  net::Request request;
  request.method = parser.get().method_string();
  request.target = TargetOf(parser.get().target());
  for (const auto& field : parser.get()) {
    request.headers.Add(std::string(field.name_string()), std::string(field.value()));
  }
  const std::string_view body = text.substr(head);
  const auto length = ParseUint(request.headers.Find("Content-Length"));
  request.body = length ? std::string(body.substr(0, *length)) : WithoutLastBreak(body);
  return request;
}

Result<net::Request> ReadObject(const json& capture) {
  const Error expected{
      .kind = ErrorKind::kMalformed,
      .message = "expected url and body, and perhaps method and headers, each a text"};
  try {
    net::Request request;
    request.target = TargetOf(capture.at("url").get<std::string>());
    request.method = capture.value("method", "POST");
    request.body = WithoutLastBreak(capture.value("body", ""));
    for (const auto& [name, value] : capture.value("headers", json::object()).items()) {
      request.headers.Add(name, value.get<std::string>());
    }
    return request;
  } catch (const json::exception&) {
    return std::unexpected(expected);
  }
}

}  // namespace

Result<net::Request> ReadCapture(std::string_view text) {
  if (IsRequest(text)) return ReadRequest(text);
  const json capture = json::parse(text, nullptr, false);
  if (capture.is_object() && capture.contains("url")) return ReadObject(capture);
  net::Request request;
  request.method = "POST";
  request.body = WithoutLastBreak(text);
  return request;
}

std::string TargetOf(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (url.starts_with('/') || scheme == std::string_view::npos) return std::string(url);
  const std::size_t path = url.find('/', scheme + 3);
  return path == std::string_view::npos ? "/" : std::string(url.substr(path));
}

}  // namespace weir::app::explain
