// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// HTTP messages as the rest of Weir sees them: no socket, no Beast.
namespace weir::net {

/// In arrival order; names compare without case.
class Headers {
 public:
  void Add(std::string name, std::string value) {
    items_.emplace_back(std::move(name), std::move(value));
  }
  void Reserve(std::size_t count) { items_.reserve(count); }
  /// The first value under `name`, or empty.
  [[nodiscard]] std::string_view Find(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& items() const {
    return items_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> items_;
};

/// What a client sent us, or what we send to a platform.
struct Request {
  std::string method = "GET";
  /// Origin form as on the wire, still encoded: "/hooks/mt-main/order/paid?x=1". For requests of
  /// ours: the absolute URL.
  std::string target;
  Headers headers;
  std::string body;
  std::string remote;      ///< Peer address, for logs; empty in simulated worlds.
  std::string request_id;  ///< Ours; echoed in answers and logs.
  /// Requests of ours only: twice does no more than once, so the client stack may send it again.
  bool idempotent = false;

  [[nodiscard]] std::string_view path() const;  ///< Target before '?', still encoded.
  [[nodiscard]] std::string_view query()
      const;  ///< Target behind '?', still encoded; may be empty.
};

struct Response {
  unsigned status = 200;
  Headers headers;
  std::string body;
  std::string content_type = "application/json";
};

}  // namespace weir::net
