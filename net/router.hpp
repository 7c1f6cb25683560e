// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/message.hpp"

namespace weir::net {

/// Decoded path parameters of the matched route, in pattern order.
using PathParameters = std::vector<std::string>;

using Handler = std::function<boost::asio::awaitable<Response>(Request, PathParameters)>;

struct Route {
  std::string method;  ///< "GET", "POST" ...
  std::string
      pattern;  ///< "/v1/orders/{id}"; a last "{rest...}" takes all that follows, or nothing.
};

/// Finds the handler of a request. Built before serving, then read from any thread.
///
/// Literal segments win over parameters, which take one segment, never an empty one, and arrive
/// decoded. A path that is known under other methods answers 405 with Allow; an unknown one goes to
/// the fallback. HEAD is served by GET's handler; HttpServer leaves the body out.
class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  /// Throws std::logic_error when the same method and pattern is added twice.
  void Add(std::string method, std::string pattern, Handler handler);
  /// Answers what no route takes. `status` is 400 (a target that cannot be decoded), 404, 405 or
  /// 500 (the handler threw; then `request` holds method, path and id only).
  void SetFallback(std::function<Response(const Request&, unsigned status)> fallback);

  /// Runs the request's handler. A handler that throws is answered by 500 through the fallback and
  /// logged; nothing else escapes.
  [[nodiscard]] boost::asio::awaitable<Response> Handle(Request request) const;

  [[nodiscard]] std::vector<Route> routes() const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace weir::net
