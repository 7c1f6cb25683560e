// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <cstdint>

#include "net/message.hpp"

/// HTTP/1.x parsing straight into our messages; the state machine is Beast's.
namespace weir::net {

/// What a message may weigh. Start line and fields are each held to `header_bytes`.
struct MessageLimits {
  std::uint32_t header_bytes = 8 * 1024;
  std::uint64_t body_bytes = 1024 * 1024;
};

/// Parses one request. Stricter than Beast where laxness lets two readers see different messages:
/// an HTTP/1.1 request names exactly one Host, the only transfer coding is chunked, trailers are
/// dropped.
class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  explicit RequestParser(MessageLimits limits);

  /// The message, complete once is_done(); to be moved out. An absolute-form target has become
  /// origin form.
  [[nodiscard]] Request& message() { return message_; }
  /// The client waits for "100 Continue" before it sends the body.
  [[nodiscard]] bool expects_continue() const { return expects_continue_; }
  [[nodiscard]] bool is_old() const { return is_old_; }  ///< HTTP/1.0

 private:
  using Verb = boost::beast::http::verb;
  using Field = boost::beast::http::field;
  using Text = boost::beast::string_view;
  using Code = boost::beast::error_code;

  void on_request_impl(Verb verb, Text method, Text target, int version, Code& error) override;
  void on_response_impl(int, Text, int, Code&) override {}
  void on_field_impl(Field field, Text name, Text value, Code& error) override;
  void on_header_impl(Code& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, Code& error) override;
  std::size_t on_body_impl(Text body, Code& error) override;
  void on_chunk_header_impl(std::uint64_t, Text, Code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t remain, Text body, Code& error) override;
  void on_finish_impl(Code&) override {}

  Request message_;
  unsigned hosts_ = 0;
  bool is_old_ = false;
  bool has_header_ = false;
  bool expects_continue_ = false;
};

/// Parses one response; the same strictness about transfer codings.
class ResponseParser final : public boost::beast::http::basic_parser<false> {
 public:
  explicit ResponseParser(MessageLimits limits);

  [[nodiscard]] Response& message() { return message_; }

 private:
  using Verb = boost::beast::http::verb;
  using Field = boost::beast::http::field;
  using Text = boost::beast::string_view;
  using Code = boost::beast::error_code;

  void on_request_impl(Verb, Text, Text, int, Code&) override {}
  void on_response_impl(int status, Text reason, int version, Code& error) override;
  void on_field_impl(Field field, Text name, Text value, Code& error) override;
  void on_header_impl(Code&) override { has_header_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, Code& error) override;
  std::size_t on_body_impl(Text body, Code& error) override;
  void on_chunk_header_impl(std::uint64_t, Text, Code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t remain, Text body, Code& error) override;
  void on_finish_impl(Code&) override {}

  Response message_;
  bool has_header_ = false;
};

}  // namespace weir::net
