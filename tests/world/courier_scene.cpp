// SPDX-License-Identifier: Apache-2.0
#include "tests/world/courier_scene.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "tests/world/settings.hpp"

namespace weir::world {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

constexpr int kManySteps = 200'000;
constexpr std::chrono::milliseconds kTick{20};

simulators::merchant::Options CalmMerchant() {
  Draws draws(1, "merchant");
  auto options = MerchantOptions(draws);
  options.faults = {};
  return options;
}

/// All switches of a courier off.
Draws CalmDraws(const WorldCourier& courier) {
  Draws any(1, courier.word);
  (void)courier.make(any);
  (void)courier.connect(any);
  SwitchNames all;
  for (const auto& [name, drawn] : any.drawn()) all.insert(name);
  return {1, courier.word, std::move(all)};
}

}  // namespace

simulators::HttpAnswer LossyWay::Handle(const simulators::HttpCall& call, Instant now) {
  const auto names = [&call](const std::string& word) {
    return call.target.find(word) != std::string::npos || call.body.find(word) != std::string::npos;
  };
  if (!armed_ || !names(armed_->first)) return courier_.Handle(call, now);
  const Loss loss = std::exchange(armed_, std::nullopt)->second;
  lost_ = true;
  simulators::HttpAnswer answer{.headers = {}};
  if (loss != Loss::kRequest) answer = courier_.Handle(call, now);
  answer.cut = loss != Loss::kHang;
  if (loss == Loss::kHang) answer.stall = std::chrono::hours(1);
  return answer;
}

CourierScene::CourierScene(const std::vector<const WorldCourier*>& couriers)
    : merchant_(CalmMerchant()) {
  std::vector<app::ConnectionConfig> connections;
  for (const WorldCourier* known : couriers) {
    Draws draws = CalmDraws(*known);
    auto courier = known->make(draws);
    connections.push_back(known->connect(draws));
    simulators::Courier& of_way = *courier;
    carriers_.push_back({.known = known, .courier = std::move(courier), .way = LossyWay(of_way)});
  }
  config_ = GatewayConfig(std::move(connections));
  constexpr std::uint64_t kRoomy = 1ULL << 40;
  disk_->SetCapacity(kRoomy);
  Begin();
}

CourierScene::~CourierScene() { life_.reset(); }

void CourierScene::Begin() {
  Hosts hosts;
  for (Carrier& each : carriers_) hosts.emplace(each.known->host, &each.way);
  life_ =
      std::make_unique<Life>(Surroundings{.config = config_,
                                          .disk = *disk_,
                                          .clock = clock_,
                                          .gateways_clock = clock_,
                                          .platforms = std::move(hosts),
                                          .endpoints = {{std::string(kEndpointHost), &merchant_}}},
                             ++life_number_);
}

void CourierScene::Crash() {
  disk_->KillProcess();
  life_.reset();
  Begin();
}

void CourierScene::Step() {
  (void)life_->core->journal().Step();
  life_->io.restart();
  if (life_->io.poll_one() == 0) life_->timer.Advance(kTick);
}

bool CourierScene::RunUntil(const std::function<bool()>& done) {
  for (int i = 0; i < kManySteps; ++i) {
    if (done()) return true;
    Step();
  }
  return false;
}

void CourierScene::Send(const std::string& method, const std::string& target,
                        const std::string& body, const std::string& key) {
  net::Request request;
  request.method = method;
  request.target = target;
  request.body = body;
  request.headers.Add("Authorization", fmt::format("Bearer {}", kKey));
  request.headers.Add("Content-Type", "application/json");
  if (!key.empty()) request.headers.Add("Idempotency-Key", key);
  answer_.reset();
  asio::co_spawn(life_->io, life_->core->router().Handle(std::move(request)),
                 [this, life = life_number_](std::exception_ptr thrown, net::Response response) {
                   if (!thrown && life == life_number_) answer_ = std::move(response);
                 });
}

net::Response CourierScene::Ask(const std::string& method, const std::string& target,
                                const std::string& body, const std::string& key) {
  constexpr unsigned kBusy = 503;
  for (int tries = 0; tries < kManySteps; ++tries) {
    Send(method, target, body, key);
    (void)RunUntil([this] { return answer_.has_value(); });
    if (!answer_ || answer_->status != kBusy) break;
    Step();
  }
  return answer_.value_or(net::Response{.status = 0});
}

std::vector<simulators::ShipmentTruth> CourierScene::Shipments() const {
  std::vector<simulators::ShipmentTruth> all;
  for (const Carrier& each : carriers_) {
    for (simulators::ShipmentTruth& truth : each.courier->Shipments()) {
      all.push_back(std::move(truth));
    }
  }
  return all;
}

std::string ShipmentBody(const std::vector<std::string>& couriers) {
  const auto person = [](const char* name, const char* address) {
    return json{{"name", name},          {"phone", "13800001234"}, {"province", "上海市"},
                {"city", "上海市"},      {"district", "杨浦区"},   {"address", address},
                {"latitude", "31.2300"}, {"longitude", "121.5900"}};
  };
  return json{{"store", "sh-001"},
              {"policy", {{"couriers", couriers}}},
              {"sender", person("店铺", "示例路1号")},
              {"receiver", person("测试", "示例路200号")},
              {"goods", json::array({{{"name", "饭"}, {"quantity", "1"}}})},
              {"goods_value", 5000},
              {"weight_g", 1500}}
      .dump();
}

}  // namespace weir::world
