// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "net/message.hpp"

/// Messages as the bytes of HTTP/1.1. Everything is appended, so that a connection reuses one
/// buffer.
namespace weir::net {

/// How one answer is framed, which is the connection's business and not the handler's.
struct Framing {
  bool keep_alive = true;
  bool is_old = false;   ///< The request was HTTP/1.0.
  bool is_head = false;  ///< The request was HEAD: the answer's length is told, its body left out.
};

/// True when an answer with this status may carry a body.
[[nodiscard]] bool MayHaveBody(unsigned status) noexcept;

/// Status line and fields, to the empty line. Framing fields among the response's own are left out;
/// line breaks in values become spaces, so that no value can add a field.
void AppendHead(std::string& out, const Response& response, Framing framing,
                std::string_view request_id);

/// The head of a request of ours. `host` is the Host field, `target` the origin form.
void AppendHead(std::string& out, const Request& request, std::string_view host,
                std::string_view target);

}  // namespace weir::net
