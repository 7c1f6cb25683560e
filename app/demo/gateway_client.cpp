// SPDX-License-Identifier: Apache-2.0
#include "app/demo/gateway_client.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <cstdlib>
#include <functional>
#include <utility>

#include "base/text.hpp"

namespace weir::app::demo {
namespace {

constexpr auto kConnectTimeout = std::chrono::seconds(5);
constexpr auto kReadTimeout = std::chrono::seconds(30);

ErrorKind KindOf(int status) {
  switch (status) {
    case 401:
    case 403:
      return ErrorKind::kUnauthorized;
    case 404:
      return ErrorKind::kNotFound;
    case 503:
      return ErrorKind::kRateLimited;
    default:
      return status >= 500 ? ErrorKind::kTransport : ErrorKind::kRejected;
  }
}

// The problem's own words.
std::string DetailOf(const std::string& body) {
  const auto problem = nlohmann::json::parse(body, nullptr, false);
  if (!problem.is_object() || !problem.contains("detail")) return "";
  const auto& detail = problem["detail"];
  return detail.is_string() ? ": " + detail.get<std::string>() : "";
}

struct Page {
  std::string body;
  std::uint64_t feed_end = 0;
};

}  // namespace

struct GatewayClient::Impl {
  explicit Impl(const std::string& origin, const std::string& key) : client(origin) {
    client.set_keep_alive(true);
    client.set_tcp_nodelay(true);
    client.set_connection_timeout(kConnectTimeout);
    client.set_read_timeout(kReadTimeout);
    client.set_bearer_token_auth(key);
  }

  Result<Page> Get(const std::string& target) {
    auto answer = client.Get(target);
    if (!answer) {
      return Fail(ErrorKind::kTransport,
                  "GET " + target + ": " + httplib::to_string(answer.error()));
    }
    if (answer->status != 200) {
      return Fail(KindOf(answer->status),
                  fmt::format("GET {}: {}{}", target, answer->status, DetailOf(answer->body)));
    }
    const auto seq = ParseUint(answer->get_header_value("Weir-Seq"));
    return Page{.body = std::move(answer->body), .feed_end = seq.value_or(0)};
  }

  Result<std::string> Post(const std::string& target, const std::string& body,
                           const std::string& key) {
    auto answer = client.Post(target, {{"Idempotency-Key", key}}, body, "application/json");
    if (!answer) {
      return Fail(ErrorKind::kTransport,
                  "POST " + target + ": " + httplib::to_string(answer.error()));
    }
    if (answer->status != 200 && answer->status != 202) {
      return Fail(KindOf(answer->status),
                  fmt::format("POST {}: {}{}", target, answer->status, DetailOf(answer->body)));
    }
    return std::move(answer->body);
  }

  /// Lets `visit` see each record of a list; gives Weir-Seq as it began.
  Result<std::uint64_t> List(const std::string& path,
                             const std::function<void(nlohmann::json&)>& visit) {
    std::uint64_t feed_end = 0;
    std::string cursor;
    for (bool first = true; first || !cursor.empty(); first = false) {
      auto page =
          Get(path + "?limit=500" + (cursor.empty() ? "" : "&cursor=" + PercentEncode(cursor)));
      if (!page) return std::unexpected(page.error());
      if (first) feed_end = page->feed_end;
      try {
        auto answer = nlohmann::json::parse(page->body);
        for (auto& record : answer.at("data")) visit(record);
        const auto& next = answer.at("next_cursor");
        cursor = next.is_null() ? "" : next.get<std::string>();
      } catch (const nlohmann::json::exception& error) {
        return Fail(ErrorKind::kMalformed, "GET " + path + ": " + error.what());
      }
    }
    return feed_end;
  }

  httplib::Client client;
};

GatewayClient::GatewayClient(const std::string& origin, const std::string& key)
    : impl_(std::make_unique<Impl>(origin, key)) {}

GatewayClient::~GatewayClient() = default;

Result<std::string> GatewayClient::Get(const std::string& target) {
  auto page = impl_->Get(target);
  if (!page) return std::unexpected(page.error());
  return std::move(page->body);
}

Result<std::optional<nlohmann::json>> GatewayClient::Order(const std::string& id) {
  auto page = impl_->Get("/v1/orders/" + PercentEncode(id));
  if (!page && page.error().kind == ErrorKind::kNotFound) return std::nullopt;
  if (!page) return std::unexpected(page.error());
  auto record = nlohmann::json::parse(page->body, nullptr, false);
  if (!record.is_object()) return Fail(ErrorKind::kMalformed, "order " + id + " is no JSON object");
  return record;
}

Result<std::string> GatewayClient::Post(const std::string& target, const std::string& body,
                                        const std::string& key) {
  return impl_->Post(target, body, key);
}

Result<OrderList> GatewayClient::Orders() {
  OrderList list;
  const auto feed_end = impl_->List("/v1/orders", [&list](nlohmann::json& record) {
    list.ids.insert(record.at("id").get<std::string>());
  });
  if (!feed_end) return std::unexpected(feed_end.error());
  list.feed_end = *feed_end;
  return list;
}

Result<std::map<std::string, nlohmann::json>> GatewayClient::Shipments() {
  std::map<std::string, nlohmann::json> shipments;
  const auto listed = impl_->List("/v1/shipments", [&shipments](nlohmann::json& record) {
    const std::string id = record.at("id").get<std::string>();
    shipments.emplace(id, std::move(record));
  });
  if (!listed) return std::unexpected(listed.error());
  return shipments;
}

double MetricOf(std::string_view page, std::string_view name) {
  double sum = 0;
  while (!page.empty()) {
    const std::size_t end = std::min(page.find('\n'), page.size());
    const std::string line(page.substr(0, end));
    page.remove_prefix(std::min(end + 1, page.size()));
    if (!line.starts_with(name)) continue;
    const char behind = line.size() > name.size() ? line[name.size()] : '\0';
    const std::size_t blank = line.rfind(' ');
    if ((behind == ' ' || behind == '{') && blank != std::string::npos) {
      sum += std::strtod(line.c_str() + blank, nullptr);
    }
  }
  return sum;
}

}  // namespace weir::app::demo
