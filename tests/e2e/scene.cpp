// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/scene.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>
#include <utility>

#include "app/demo/audit.hpp"
#include "app/demo/meituan.hpp"
#include "app/demo/platforms.hpp"
#include "base/ids.hpp"
#include "tests/e2e/pushes.hpp"
#include "tests/e2e/scale.hpp"

namespace weir::e2e {
namespace {

namespace demo = app::demo;
namespace meituan = simulators::meituan;

constexpr unsigned kSenders = 16;
constexpr auto kGlance = std::chrono::milliseconds(20);
constexpr auto kPatience = std::chrono::minutes(2);

meituan::Options PlatformOptions(std::uint64_t seed, const std::string& hooks) {
  meituan::Options options;
  options.app_id = kAppId;
  options.app_secret = kAppSecret;
  options.push_url = hooks;
  options.shops = {"shop_001", "shop_002", "shop_003"};
  options.seed = seed;
  options.retry.timeout = std::chrono::seconds(5);
  options.retry.retries.assign(2000, std::chrono::milliseconds(50));
  options.calls_per_second = 0;
  options.traffic.pace = std::chrono::milliseconds(60);
  options.faults = {.duplicated = 0.2,
                    .reordered = 0.3,
                    .reordered_within = std::chrono::milliseconds(150),
                    .forged = 0.02};
  options.quirks.encoding = meituan::Encoding::kMixed;
  options.quirks.get_for_cancel_and_refund = true;
  options.traffic.order_every = std::chrono::milliseconds(kSlow ? 40 : 10);
  return options;
}

}  // namespace

Scene::Scene(std::uint64_t seed, const std::string& more)
    : folder_(""),
      ports_(demo::FindFreePorts(2)),
      data_(folder_.path() + "/data"),
      config_(folder_.path() + "/weir.toml"),
      origin_(demo::OriginOf(ports_.front())),
      gateway_(config_, origin_, folder_.path() + "/log") {
  auto connection = demo::ConnectionTo(demo::kMeituan, demo::OriginOf(ports_.back()));
  connection.credentials = {{"app_id", Secret(std::string(kAppId))},
                            {"app_secret", Secret(std::string(kAppSecret))}};
  std::ofstream(config_) << demo::GatewayConfig(data_, ports_.front(), {connection}) << more;
  platform_.emplace(PlatformOptions(seed, hooks()));
  recorder_.emplace(*platform_, hooks());
  shell_ = std::make_unique<simulators::HttpShell>(
      *recorder_, clock_,
      simulators::ShellOptions{.port = static_cast<int>(ports_.back()), .senders = kSenders});
  reader_ = std::thread([this] { Follow(); });
}

Scene::~Scene() { Quiet(); }

void Scene::WaitUntilFolded() {
  demo::GatewayClient client(origin_, demo::kApiKey);
  const auto end = clock_.Monotonic() + kPatience;
  while (clock_.Monotonic() < end) {
    const std::string page = client.Get("/metrics").value_or("");
    const double journal = demo::MetricOf(page, "weir_journal_end");
    if (journal > 0 && demo::MetricOf(page, "weir_view_position") >= journal) return;
    std::this_thread::sleep_for(kGlance);
  }
  throw std::runtime_error("the fold does not reach the journal's end");
}

void Scene::BeginTraffic() {
  if (auto started = shell_->Start(); !started) throw std::runtime_error(started.error().message);
}

void Scene::PauseTraffic() { shell_->Stop(); }

void Scene::Quiet() {
  shell_->Stop();
  stopping_ = true;
  if (reader_.joinable()) reader_.join();
}

void Scene::Complain(std::string what) {
  const std::lock_guard lock(mutex_);
  feed_.Complain(std::move(what));
}

std::uint64_t Scene::last_seen() {
  const std::lock_guard lock(mutex_);
  return feed_.last();
}

// A merchant's program: asks on from where it stands, whoever answers.
void Scene::Follow() {
  demo::GatewayClient client(origin_, demo::kApiKey);
  std::uint64_t after = 0;
  while (!stopping_) {
    const auto page = client.Get(fmt::format("/v1/changes?limit=500&wait=1&after={}", after));
    if (!page) {
      // A reader that is told it stands ahead of the feed has been lied to before.
      if (page.error().kind == ErrorKind::kRejected) Complain(page.error().message);
      std::this_thread::sleep_for(kGlance);
      continue;
    }
    const std::lock_guard lock(mutex_);
    feed_.Take(after, *page);
    after = feed_.last();
  }
}

bool Scene::PlayOut() {
  shell_->With([this] { platform_->StopTraffic(); });
  demo::GatewayClient client(origin_, demo::kApiKey);
  const auto end = clock_.Monotonic() + kPatience;
  while (clock_.Monotonic() < end) {
    bool done = false;
    shell_->With([&] { done = !platform_->NextDue() && platform_->counts().outstanding == 0; });
    if (done) WaitUntilFolded();
    const auto list = client.Orders();
    if (done && list && last_seen() >= list->feed_end) return true;
    std::this_thread::sleep_for(kGlance);
  }
  return false;
}

// What was ever read is read again, equal.
void Scene::ReadAgain() {
  demo::GatewayClient client(origin_, demo::kApiKey);
  const std::lock_guard lock(mutex_);
  std::uint64_t after = 0;
  while (after < feed_.last()) {
    const auto page = client.Get(fmt::format("/v1/changes?limit=500&after={}", after));
    if (!page) return feed_.Complain("reading again: " + page.error().message);
    feed_.Take(after, *page);
    const auto next = nlohmann::json::parse(*page).at("next").get<std::uint64_t>();
    if (next == after) return feed_.Complain(fmt::format("the feed ends at {} now", after));
    after = next;
  }
}

std::vector<std::string> Scene::Audit() {
  ReadAgain();
  demo::Audit audit({"meituan"});
  demo::GatewayClient client(origin_, demo::kApiKey);
  std::vector<simulators::OrderTruth> ledger;
  shell_->With([&] {
    ledger = platform_->Orders();
    audit.CheckForgeries("meituan", platform_->counts());
  });
  demo::FeedLog log;
  const std::lock_guard lock(mutex_);
  while (log.last_seq() < feed_.last()) {
    const auto page = client.Get(fmt::format("/v1/changes?limit=500&after={}", log.last_seq()));
    if (!page || !log.Take(*page)) {
      audit.NoteFailure("the feed cannot be read");
      break;
    }
  }
  audit.CheckFeed(log, feed_.last());
  for (const simulators::OrderTruth& truth : ledger) {
    const std::string id = PlatformRecordId("meituan", truth.id);
    const auto record = client.Order(id);
    if (!record) audit.NoteFailure(record.error().message);
    const auto seen = log.records().find(id);
    if (record) {
      audit.CheckOrder("meituan", truth, *record,
                       seen == log.records().end() ? nullptr : &seen->second);
    }
  }
  std::vector<std::string> broken = feed_.complaints();
  broken.insert(broken.end(), audit.differences().begin(), audit.differences().end());
  if (!audit.ok() && broken.empty()) broken.emplace_back("the audit is not content");
  return broken;
}

std::uint64_t Scene::last_cause_seen() {
  const std::lock_guard lock(mutex_);
  return feed_.last_cause();
}

}  // namespace weir::e2e
