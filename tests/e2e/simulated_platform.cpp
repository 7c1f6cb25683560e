// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/simulated_platform.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "tests/e2e/pushes.hpp"

namespace weir::e2e {
namespace {

constexpr const char* kElemeSecret = "test_secret_eleme";

template <typename Traffic>
void CalmDown(Traffic& traffic) {
  traffic.unpaid = traffic.cancelled = traffic.refunded = 0;
  traffic.urged = traffic.self_delivery = traffic.rider_trouble = traffic.shop_rests = 0;
  traffic.pace = std::chrono::seconds(10);
}

app::ConnectionConfig ConnectionTo(const std::string& id, const std::string& platform,
                                   const std::string& shop) {
  return {.id = id,
          .merchant = "demo",
          .platform = platform,
          .base_url = "http://platform.example.com/api/v1",
          .credentials = {},
          .stores = {{shop, "sh-001"}},
          .accept_within = {}};
}

}  // namespace

LogCapture::LogCapture() : former_(spdlog::default_logger()) {
  auto logger = std::make_shared<spdlog::logger>(
      "captured", std::make_shared<spdlog::sinks::ostream_sink_mt>(text_));
  logger->set_pattern("%l %v");
  spdlog::set_default_logger(std::move(logger));
}

LogCapture::~LogCapture() { spdlog::set_default_logger(std::move(former_)); }

void LogCapture::Begin() { spdlog::default_logger()->set_level(spdlog::level::info); }

std::vector<std::string> LogCapture::Lines(const std::vector<std::string>& levels,
                                           std::string_view part) const {
  std::vector<std::string> lines;
  std::istringstream all(text_.str());
  for (std::string line; std::getline(all, line);) {
    const bool wanted = std::ranges::any_of(
        levels, [&line](const std::string& level) { return line.starts_with(level); });
    if (wanted && line.find(part) != std::string::npos) lines.push_back(line);
  }
  return lines;
}

simulators::eleme::Options CalmEleme() {
  simulators::eleme::Options options;
  options.app_secret = kElemeSecret;
  options.push_url = std::string(kPublicUrl) + "/hooks/el-main";
  CalmDown(options.traffic);
  return options;
}

simulators::meituan::Options CalmMeituan() {
  simulators::meituan::Options options;
  options.app_id = kAppId;
  options.app_secret = kAppSecret;
  options.push_url = std::string(kPublicUrl) + "/hooks/mt-main";
  options.shops = {"shop_001"};
  CalmDown(options.traffic);
  return options;
}

app::ConnectionConfig ElemeConnection() {
  const simulators::eleme::Options known;
  app::ConnectionConfig connection = ConnectionTo("el-main", "eleme", "10001");
  connection.credentials = {{"app_id", Secret(std::to_string(known.app_id))},
                            {"app_key", Secret(known.app_key)},
                            {"app_secret", Secret(std::string(kElemeSecret))}};
  return connection;
}

app::ConnectionConfig MeituanConnection() {
  app::ConnectionConfig connection = ConnectionTo("mt-main", "meituan", "shop_001");
  connection.credentials = {{"app_id", Secret(std::string(kAppId))},
                            {"app_secret", Secret(std::string(kAppSecret))}};
  return connection;
}

PlatformScene::PlatformScene(simulators::Platform& platform, app::ConnectionConfig connection)
    : platform_(platform), connection_(connection.id) {
  ground_.config.connections = {std::move(connection)};
  ground_.platform = [this](const net::Request& request) { return Answer(request); };
  life_.emplace(ground_);
  life_->Pass(std::chrono::seconds(1));
}

Result<net::Response> PlatformScene::Answer(const net::Request& request) {
  net::Response response;
  if (is_down) {
    response.status = 503;
    return response;
  }
  simulators::HttpCall call{
      .method = request.method, .target = request.target, .body = request.body};
  for (const auto& [name, value] : request.headers.items()) {
    // Below the transport, who would unpack it?
    if (name != "Accept-Encoding") call.headers.emplace_back(name, value);
  }
  const simulators::HttpAnswer answer = platform_.Handle(call, platform_now());
  response.status = answer.status;
  response.body = answer.body;
  return response;
}

void PlatformScene::Deliver() {
  for (const simulators::OutgoingPush& push : platform_.Due(platform_now(), simulators::kNoLimit)) {
    net::Response answer{.status = 200};
    if (!drops_pushes) {
      answer = life_->Send(
          {.method = push.method, .target = push.url.substr(kPublicUrl.size()), .body = push.body});
    } else {
      answer.body = R"({"message":"ok","data":"ok"})";
    }
    platform_.OnPushAnswer(push.id, {answer.status, answer.body}, platform_now());
  }
}

void PlatformScene::Pass(std::chrono::seconds time) {
  for (; time.count() > 0; --time) {
    life_->Pass(std::chrono::seconds(1));
    Deliver();
  }
}

nlohmann::json PlatformScene::Connection() {
  return life_->GetJson("/v1/connections/" + connection_);
}

nlohmann::json PlatformScene::Pull(const std::string& feed) {
  const std::string calls = "/v1/connections/" + connection_;
  const auto asked = life_->Post(calls + "/pull", nlohmann::json{{"feed", feed}}.dump());
  life_->Pass(std::chrono::seconds(2));
  const auto position = nlohmann::json::parse(asked.body).value("position", "");
  return life_->GetJson(calls + "/pulls/" + position);
}

std::optional<double> PlatformScene::Metric(const std::string& name) {
  std::istringstream page(life_->Get("/metrics").body);
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with(name + " ")) return std::stod(line.substr(name.size() + 1));
  }
  return std::nullopt;
}

}  // namespace weir::e2e
