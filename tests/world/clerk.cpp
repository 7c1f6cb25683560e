// SPDX-License-Identifier: Apache-2.0
#include "tests/world/clerk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "tests/world/settings.hpp"

namespace weir::world {
namespace {

using nlohmann::json;

constexpr const char* kKeyHeader = "Idempotency-Key";
constexpr std::array kBy = {"preferred", "cheapest", "fastest", "weighted"};
constexpr std::array kPatience = {0, 20, 60, 300};
constexpr std::array kTips = {100, 300, 500};
constexpr std::array kReasons = {"customer", "not_needed", "no_rider", "rider"};

bool IsOrder(const json& record) {
  return record.contains("totals") && record.contains("customer");
}

json Person(const char* name, const char* phone, const char* address) {
  return {{"name", name},          {"phone", phone},         {"province", "上海市"},
          {"city", "上海市"},      {"district", "杨浦区"},   {"address", address},
          {"latitude", "31.2300"}, {"longitude", "121.5900"}};
}

}  // namespace

std::optional<net::Request> Clerk::Act(const Records& known) {
  std::vector<std::string> orders;
  std::vector<std::string> shipments;
  for (const auto& [subject, data] : known) {
    if (subject.starts_with("cmd-")) continue;
    if (subject.starts_with("shp-")) {
      shipments.push_back(subject);
    } else if (IsOrder(json::parse(data))) {
      orders.push_back(subject);
    }
  }
  constexpr std::uint64_t kActs = 12;
  const std::uint64_t act = random_.Below(kActs);
  if (act == 0 && repeatable_) return repeatable_;
  if (orders.empty()) return std::nullopt;
  if (act == 1) return Post("/v1/orders/" + Any(orders) + "/accept", "{}");
  if (shipments.empty() || act > 5) return Post("/v1/shipments", ShipmentOf(Any(orders)));
  const std::string shipment = "/v1/shipments/" + Any(shipments);
  if (act > 3) {
    return Post(shipment + "/tip", json{{"amount", kTips.at(random_.Below(kTips.size()))}}.dump());
  }
  return Post(shipment + "/cancel",
              json{{"reason", kReasons.at(random_.Below(kReasons.size()))}}.dump());
}

std::string Clerk::ShipmentOf(const std::string& order) {
  std::vector<std::string> couriers = couriers_;
  for (std::size_t left = couriers.size(); left > 1; --left) {
    std::swap(couriers[left - 1], couriers[random_.Below(left)]);
  }
  if (random_.Below(4) == 0) couriers.resize(1);
  const json policy = {{"by", kBy.at(random_.Below(kBy.size()))},
                       {"couriers", couriers},
                       {"accept_within_seconds", kPatience.at(random_.Below(kPatience.size()))}};
  return json{{"order", order},
              {"store", "sh-001"},
              {"policy", policy},
              {"sender", Person("店铺", "13700000000", "示例路1号")},
              {"receiver", Person("测试", "13800001234", "示例路200号")},
              {"goods", json::array({{{"name", "饭"}, {"quantity", "1"}}})},
              {"goods_value", 5000},
              {"weight_g", 1500}}
      .dump();
}

net::Request Clerk::Post(std::string target, std::string body) {
  net::Request request;
  request.method = "POST";
  request.target = std::move(target);
  request.body = std::move(body);
  request.headers.Add("Authorization", fmt::format("Bearer {}", kKey));
  request.headers.Add("Content-Type", "application/json");
  if (random_.Below(2) == 0) return request;
  request.headers.Add(kKeyHeader, fmt::format("key-{}", ++keys_));
  repeatable_ = request;
  return request;
}

void Clerk::Take(const std::string& key, const net::Response& response) {
  if (response.status != 200 && response.status != 202) return;
  const std::string id = json::parse(response.body).at("id").get<std::string>();
  promised_.insert(id);
  if (key.empty()) return;
  const auto [known, fresh] = ids_.emplace(key, id);
  if (!fresh && known->second != id) {
    complaints_.push_back(fmt::format("{} made {} and {}", key, known->second, id));
  }
}

}  // namespace weir::world
