// SPDX-License-Identifier: Apache-2.0
#include "net/parser.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

namespace weir::net {
namespace {

namespace http = boost::beast::http;

// A peer may announce more than it will ever send; beyond this the body grows as it comes.
constexpr std::uint64_t kReserveAtMost = 64 * 1024;
constexpr std::size_t kUsualHeaderCount = 12;

std::string ToString(boost::beast::string_view text) { return {text.data(), text.size()}; }

void ReserveBody(std::string& body, const boost::optional<std::uint64_t>& length) {
  if (length) {
    body.reserve(static_cast<std::size_t>(std::min(*length, kReserveAtMost)));
  }
}

bool IsForeignCoding(http::field field, boost::beast::string_view value) {
  return field == http::field::transfer_encoding && !boost::beast::iequals(value, "chunked");
}

/// "http://host/path?x" -> "/path?x"; origin form stays as it is.
std::string OriginForm(boost::beast::string_view target) {
  std::string text = ToString(target);
  if (text.starts_with('/')) {
    return text;
  }
  const auto scheme = text.find("://");
  if (scheme == std::string::npos) {
    return text;
  }
  const auto rest = text.find_first_of("/?", scheme + 3);
  if (rest == std::string::npos) {
    return "/";
  }
  return text[rest] == '/' ? text.substr(rest) : "/" + text.substr(rest);
}

}  // namespace

RequestParser::RequestParser(MessageLimits limits) {
  header_limit(limits.header_bytes);
  body_limit(limits.body_bytes);
  eager(true);
}

void RequestParser::on_request_impl(Verb, Text method, Text target, int version, Code&) {
  is_old_ = version < 11;
  message_.method = ToString(method);
  message_.target = OriginForm(target);
  message_.headers.Reserve(kUsualHeaderCount);
}

void RequestParser::on_field_impl(Field field, Text name, Text value, Code& error) {
  if (has_header_) {
    return;
  }
  if (IsForeignCoding(field, value)) {
    error = http::error::bad_transfer_encoding;
    return;
  }
  if (field == Field::host) {
    ++hosts_;
  } else if (field == Field::expect) {
    expects_continue_ = boost::beast::iequals(value, "100-continue");
  }
  message_.headers.Add(ToString(name), ToString(value));
}

void RequestParser::on_header_impl(Code& error) {
  has_header_ = true;
  if (hosts_ > 1 || (hosts_ == 0 && !is_old_)) {
    error = http::error::bad_field;
  } else if (is_old_ && chunked()) {
    error = http::error::bad_transfer_encoding;
  }
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Code&) {
  ReserveBody(message_.body, length);
}

std::size_t RequestParser::on_body_impl(Text body, Code&) {
  message_.body.append(body.data(), body.size());
  return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text body, Code&) {
  message_.body.append(body.data(), body.size());
  return body.size();
}

ResponseParser::ResponseParser(MessageLimits limits) {
  header_limit(limits.header_bytes);
  body_limit(limits.body_bytes);
  eager(true);
  message_.content_type.clear();
}

void ResponseParser::on_response_impl(int status, Text, int, Code&) {
  message_.status = static_cast<unsigned>(status);
  message_.headers.Reserve(kUsualHeaderCount);
}

void ResponseParser::on_field_impl(Field field, Text name, Text value, Code& error) {
  if (has_header_) {
    return;
  }
  if (IsForeignCoding(field, value)) {
    error = http::error::bad_transfer_encoding;
    return;
  }
  if (field == Field::content_type) {
    message_.content_type = ToString(value);
  }
  message_.headers.Add(ToString(name), ToString(value));
}

void ResponseParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Code&) {
  ReserveBody(message_.body, length);
}

std::size_t ResponseParser::on_body_impl(Text body, Code&) {
  message_.body.append(body.data(), body.size());
  return body.size();
}

std::size_t ResponseParser::on_chunk_body_impl(std::uint64_t, Text body, Code&) {
  message_.body.append(body.data(), body.size());
  return body.size();
}

}  // namespace weir::net
