// SPDX-License-Identifier: Apache-2.0
#include "net/router.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/text.hpp"

namespace weir::net {
namespace {

struct Endpoint {
  std::string method;
  std::string pattern;
  Handler handler;
};

/// One place in the tree of path segments.
struct Node {
  std::vector<std::pair<std::string, std::unique_ptr<Node>>> literals;
  std::unique_ptr<Node> parameter;
  std::vector<Endpoint> endpoints;  ///< Paths that end here.
  std::vector<Endpoint> rest;       ///< Paths that end here or anywhere below.
};

/// Takes the first segment off `path`, which is what stands behind a '/'.
/// `more` tells whether another '/' followed.
struct Segment {
  std::string_view text;
  std::string_view behind;
  bool more;
};

Segment TakeSegment(std::string_view path) {
  const auto slash = path.find('/');
  if (slash == std::string_view::npos) {
    return {path, {}, false};
  }
  return {path.substr(0, slash), path.substr(slash + 1), true};
}

/// The child under a segment of a pattern, made if missing.
Node& Descend(Node& node, std::string_view segment) {
  std::unique_ptr<Node>* child = &node.parameter;
  if (!segment.starts_with('{') || !segment.ends_with('}')) {
    auto found = std::ranges::find(node.literals, segment,
                                   &std::pair<std::string, std::unique_ptr<Node>>::first);
    if (found == node.literals.end()) {
      found = node.literals.emplace(found, segment, nullptr);
    }
    child = &found->second;
  }
  if (!*child) {
    *child = std::make_unique<Node>();
  }
  return **child;
}

const Endpoint* FindMethod(const std::vector<Endpoint>& endpoints, std::string_view method) {
  const auto found = std::ranges::find(endpoints, method, &Endpoint::method);
  return found == endpoints.end() ? nullptr : &*found;
}

/// A walk down the tree: literals first, and back again when a branch leads nowhere.
class Search {
 public:
  explicit Search(std::string_view method) : method_(method) {}

  /// `path` is what follows the node's own '/'; without `more` the path ended at the node.
  const Endpoint* Walk(const Node& node, std::string_view path, bool more) {
    if (!more) {
      if (const Endpoint* endpoint = Take(node.endpoints)) {
        return endpoint;
      }
      return TakeRest(node, path);
    }
    const Segment segment = TakeSegment(path);
    for (const auto& [literal, child] : node.literals) {
      if (literal == segment.text) {
        if (const Endpoint* endpoint = Walk(*child, segment.behind, segment.more)) {
          return endpoint;
        }
        break;
      }
    }
    if (node.parameter && !segment.text.empty()) {
      raw_.push_back(segment.text);
      if (const Endpoint* endpoint = Walk(*node.parameter, segment.behind, segment.more)) {
        return endpoint;
      }
      raw_.pop_back();
    }
    return TakeRest(node, path);
  }

  [[nodiscard]] const std::vector<std::string_view>& raw() const { return raw_; }
  [[nodiscard]] const std::vector<std::string_view>& allowed() const { return allowed_; }

 private:
  const Endpoint* Take(const std::vector<Endpoint>& endpoints) {
    if (const Endpoint* endpoint = FindMethod(endpoints, method_)) {
      return endpoint;
    }
    if (method_ == "HEAD") {
      if (const Endpoint* endpoint = FindMethod(endpoints, "GET")) {
        return endpoint;
      }
    }
    for (const Endpoint& endpoint : endpoints) {
      allowed_.push_back(endpoint.method);
    }
    return nullptr;
  }

  const Endpoint* TakeRest(const Node& node, std::string_view path) {
    const Endpoint* endpoint = node.rest.empty() ? nullptr : Take(node.rest);
    if (endpoint) {
      raw_.push_back(path);
    }
    return endpoint;
  }

  std::string_view method_;
  std::vector<std::string_view> raw_;      ///< Parameters as on the wire.
  std::vector<std::string_view> allowed_;  ///< Methods met where the path fits but the method not.
};

std::string AllowValue(std::vector<std::string_view> methods) {
  if (std::ranges::find(methods, "GET") != methods.end()) {
    methods.emplace_back("HEAD");
  }
  std::ranges::sort(methods);
  methods.erase(std::ranges::unique(methods).begin(), methods.end());
  return fmt::format("{}", fmt::join(methods, ", "));
}

/// Whether every '%' is followed by two hex digits.
bool IsPercentEncoded(std::string_view path) {
  std::string decoded;
  return !path.contains('%') || AppendPercentDecoded(decoded, path, false);
}

/// False when a parameter is no text: broken UTF-8 or a NUL, which no id of anything holds.
bool DecodeAll(const std::vector<std::string_view>& raw, PathParameters& out) {
  out.reserve(raw.size());
  for (const std::string_view text : raw) {
    std::string& value = out.emplace_back();
    if (!text.contains('%')) {
      value = text;
    } else if (!AppendPercentDecoded(value, text, false) || value.contains('\0')) {
      return false;
    }
    if (!IsValidUtf8(value)) {
      return false;
    }
  }
  return true;
}

Response PlainFallback(const Request&, unsigned status) {
  return {.status = status, .headers = {}, .body = {}, .content_type = "text/plain"};
}

}  // namespace

struct Router::Tree {
  Node root;
  std::function<Response(const Request&, unsigned)> fallback = PlainFallback;
  std::vector<Route> routes;
};

Router::Router() : tree_(std::make_unique<Tree>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::Add(std::string method, std::string pattern, Handler handler) {
  if (!pattern.starts_with('/')) {
    throw std::logic_error("route pattern '" + pattern + "' does not begin with '/'");
  }
  Node* node = &tree_->root;
  auto* endpoints = &node->endpoints;
  Segment segment{.text = {}, .behind = std::string_view(pattern).substr(1), .more = true};
  while (segment.more) {
    segment = TakeSegment(segment.behind);
    if (segment.text.starts_with('{') && segment.text.ends_with("...}")) {
      if (segment.more) {
        throw std::logic_error("route pattern '" + pattern + "' goes on behind its rest");
      }
      endpoints = &node->rest;
    } else {
      node = &Descend(*node, segment.text);
      endpoints = &node->endpoints;
    }
  }
  if (FindMethod(*endpoints, method)) {
    throw std::logic_error("route " + method + " " + pattern + " is added twice");
  }
  endpoints->push_back({method, pattern, std::move(handler)});
  tree_->routes.push_back({std::move(method), std::move(pattern)});
}

void Router::SetFallback(std::function<Response(const Request&, unsigned status)> fallback) {
  tree_->fallback = std::move(fallback);
}

boost::asio::awaitable<Response> Router::Handle(Request request) const {
  const std::string_view path = request.path();
  if (!path.starts_with('/') || !IsPercentEncoded(path)) {
    co_return tree_->fallback(request, 400);
  }
  Search search(request.method);
  const Endpoint* endpoint = search.Walk(tree_->root, path.substr(1), true);
  if (!endpoint) {
    if (search.allowed().empty()) {
      co_return tree_->fallback(request, 404);
    }
    Response response = tree_->fallback(request, 405);
    response.headers.Add("Allow", AllowValue(search.allowed()));
    co_return response;
  }
  PathParameters parameters;
  if (!DecodeAll(search.raw(), parameters)) {
    co_return tree_->fallback(request, 400);
  }
  // What the fallback needs if the handler throws; the rest goes to the handler.
  Request trace{.method = request.method,
                .target = std::string(path),
                .headers = {},
                .body = {},
                .remote = {},
                .request_id = request.request_id};
  try {
    co_return co_await endpoint->handler(std::move(request), std::move(parameters));
  } catch (const std::exception& failure) {
    // The pattern, not the path: some platforms' paths hold a token.
    spdlog::error("event=handler_failed request={} route=\"{} {}\" error=\"{}\"", trace.request_id,
                  trace.method, endpoint->pattern, failure.what());
  } catch (...) {
    spdlog::error("event=handler_failed request={} route=\"{} {}\"", trace.request_id, trace.method,
                  endpoint->pattern);
  }
  co_return tree_->fallback(trace, 500);
}

std::vector<Route> Router::routes() const { return tree_->routes; }

}  // namespace weir::net
