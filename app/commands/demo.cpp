// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "app/commands/commands.hpp"
#include "app/commands/interrupt.hpp"
#include "app/commands/logging.hpp"
#include "app/config/config.hpp"
#include "app/demo/audit.hpp"
#include "app/demo/gateway_client.hpp"
#include "app/demo/lines.hpp"
#include "app/demo/merchant.hpp"
#include "app/demo/options.hpp"
#include "app/demo/place.hpp"
#include "app/demo/poller.hpp"
#include "app/registry.hpp"
#include "app/runtime.hpp"
#include "base/clock.hpp"
#include "simulators/meituan/simulator.hpp"
#include "simulators/merchant/simulator.hpp"
#include "simulators/shell.hpp"

namespace weir::app {
namespace {

namespace meituan = simulators::meituan;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kPortTries = 5;
constexpr unsigned kSenders = 16;
constexpr auto kSecond = seconds(1);
constexpr auto kBetweenLines = milliseconds(150);  // A terminal stays readable.
constexpr auto kPlayedOutWithin = seconds(15);
constexpr auto kReadWithin = seconds(10);  // Re-reads and the poller catch up meanwhile.
constexpr auto kAuditAgainAfter = milliseconds(500);
constexpr auto kDrainGrace = seconds(5);

void Print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

/// The platform, the gateway, the merchant's endpoint and its poller, each as it would be apart
/// from the others: they meet over HTTP only.
class Demo {
 public:
  explicit Demo(const demo::DemoOptions& options) : options_(options), folder_(options.data) {}
  ~Demo() { End(); }
  Demo(const Demo&) = delete;
  Demo& operator=(const Demo&) = delete;

  int Run();

 private:
  void Start();
  void StartEndpoint();
  void StartOn(demo::Ports ports);
  void End();
  void PrintHead() const;
  void OnChange(const demo::Change& change);
  void PrintRates();
  void Watch(milliseconds duration);
  void PlayOut();
  [[nodiscard]] bool PlayedOut();
  [[nodiscard]] demo::Audit AuditUntilRight();
  [[nodiscard]] demo::Audit AuditNow();
  [[nodiscard]] demo::Figures TakeFigures();

  const demo::DemoOptions options_;
  Interrupt interrupt_;
  const SystemClock clock_;
  demo::DataFolder folder_;
  std::atomic<bool> fatal_{false};
  std::unique_ptr<Runtime> gateway_;
  std::unique_ptr<meituan::MeituanSimulator> platform_;
  std::unique_ptr<simulators::HttpShell> shell_;
  std::unique_ptr<simulators::merchant::MerchantSimulator> endpoint_;
  std::unique_ptr<simulators::HttpShell> endpoint_shell_;
  std::unique_ptr<demo::GatewayClient> client_;
  std::unique_ptr<demo::Poller> poller_;
  std::string gateway_origin_;
  std::chrono::nanoseconds started_{};
  std::chrono::nanoseconds figured_{};
  std::chrono::nanoseconds printed_{};  ///< The last change; of the poller's thread.
  demo::Figures figures_;
};

void Demo::StartEndpoint() {
  endpoint_ =
      std::make_unique<simulators::merchant::MerchantSimulator>(demo::DemoMerchant(options_.seed));
  endpoint_shell_ = std::make_unique<simulators::HttpShell>(
      *endpoint_, clock_, simulators::ShellOptions{.port = 0, .senders = 1});
  if (auto started = endpoint_shell_->Start(); !started) {
    throw std::runtime_error(started.error().message);
  }
}

void Demo::StartOn(demo::Ports ports) {
  StartEndpoint();
  gateway_origin_ = demo::OriginOf(ports.gateway);
  const auto traffic =
      demo::DemoPlatform(options_, gateway_origin_ + "/hooks/" + demo::kConnection);
  const std::string text =
      demo::GatewayConfig(folder_.path(), ports, traffic.app_id, traffic.app_secret) +
      demo::SubscriptionConfig(endpoint_shell_->origin());
  if (folder_.kept()) std::ofstream(folder_.path() + "/weir.toml") << text;
  gateway_ = std::make_unique<Runtime>(
      ParseConfig(text, "weir.toml", SystemSources(CredentialNames)), [this](const Error& error) {
        spdlog::critical("event=fatal error=\"{}\"", error.message);
        fatal_ = true;
      });
  gateway_->Start();
  platform_ = std::make_unique<meituan::MeituanSimulator>(traffic);
  shell_ = std::make_unique<simulators::HttpShell>(
      *platform_, clock_,
      simulators::ShellOptions{.port = static_cast<int>(ports.platform), .senders = kSenders});
  if (auto started = shell_->Start(); !started) throw std::runtime_error(started.error().message);
}

void Demo::Start() {
  for (int tries = 1;; ++tries) {
    try {
      StartOn(demo::FindFreePorts());
      break;
    } catch (const std::runtime_error&) {
      End();
      if (tries == kPortTries) throw;
    }
  }
  started_ = figured_ = clock_.Monotonic();
  client_ = std::make_unique<demo::GatewayClient>(gateway_origin_, demo::kApiKey);
  poller_ =
      std::make_unique<demo::Poller>(gateway_origin_, demo::kApiKey, clock_,
                                     [this](const demo::Change& change) { OnChange(change); });
  poller_->Start();
}

// Readers first, so that nobody meets a server that is gone.
void Demo::End() {
  poller_.reset();
  client_.reset();
  shell_.reset();
  platform_.reset();
  if (gateway_) gateway_->Stop(kDrainGrace);
  gateway_.reset();
  endpoint_shell_.reset();
  endpoint_.reset();
}

void Demo::PrintHead() const {
  const simulators::Faults& faults = platform_->options().faults;
  const auto percent = [](double share) { return share * 100; };
  Print(fmt::format(R"(gateway    {}, data in {}{}
platform   {}, a simulated Meituan, seed {}: {} orders a second for {} s
           {} % of its pushes come twice, {} % late, {} % lack a part, {} % with a forged copy;
           {} % of paid orders are not pushed until they are confirmed
merchant   takes callbacks at {}, where now and then one fails,
           and follows {}/v1/changes; some of what it reads:

)",
                    gateway_origin_, folder_.path(), folder_.kept() ? "" : ", removed at the end",
                    shell_->origin(), options_.seed, options_.orders_per_second, options_.seconds,
                    percent(faults.duplicated), percent(faults.reordered), percent(faults.degraded),
                    percent(faults.forged), percent(faults.missing_paid), endpoint_shell_->origin(),
                    gateway_origin_) +
        demo::ChangeHeading());
}

void Demo::OnChange(const demo::Change& change) {
  const auto now = clock_.Monotonic();
  if (now - printed_ < kBetweenLines || !change.type.starts_with("order.")) return;
  printed_ = now;
  Print(demo::ChangeLine(change));
}

demo::Figures Demo::TakeFigures() {
  simulators::Counts counts;
  shell_->With([&] { counts = platform_->counts(); });
  const auto progress = poller_->TakeProgress();
  const std::string metrics = client_->Get("/metrics").value_or("");
  return {.orders = counts.orders,
          .pushes = counts.pushes + counts.forged,
          .answered_ok = counts.answered_ok,
          .duplicates =
              static_cast<std::uint64_t>(demo::MetricOf(metrics, "weir_pushes_duplicate_total")),
          .forged_refused =
              static_cast<std::uint64_t>(demo::MetricOf(metrics, "weir_hook_refused_total")),
          .changes = progress.changes,
          .lag = progress.lag};
}

void Demo::PrintRates() {
  const demo::Figures now = TakeFigures();
  const auto at = clock_.Monotonic();
  Print(demo::RatesLine(std::chrono::round<seconds>(at - started_), figures_, now,
                        std::chrono::round<milliseconds>(at - figured_)));
  figures_ = now;
  figured_ = at;
}

void Demo::Watch(milliseconds duration) {
  const auto end = clock_.Monotonic() + duration;
  while (clock_.Monotonic() < end && !fatal_) {
    if (interrupt_.WaitFor(kSecond)) return;
    PrintRates();
  }
}

bool Demo::PlayedOut() {
  bool played_out = false;
  shell_->With([&] { played_out = !platform_->NextDue(); });
  return played_out;
}

void Demo::PlayOut() {
  shell_->With([&] { platform_->StopTraffic(); });
  Print("no more orders; the last ones are played out\n");
  const auto end = clock_.Monotonic() + kPlayedOutWithin;
  while (!PlayedOut() && clock_.Monotonic() < end && !fatal_) {
    std::this_thread::sleep_for(kSecond);
    PrintRates();
  }
}

demo::Audit Demo::AuditNow() {
  demo::Audit audit;
  std::vector<simulators::OrderTruth> ledger;
  shell_->With([&] {
    ledger = platform_->Orders();
    audit.CheckForgeries(platform_->counts());
  });
  auto list = client_->Orders();
  if (!list) {
    audit.NoteFailure(list.error().message);
    return audit;
  }
  audit.CheckKnown(list->ids, ledger);
  const demo::FeedLog log = poller_->log();
  audit.CheckFeed(log, list->feed_end);
  endpoint_shell_->With([&] { audit.CheckCallbacks(*endpoint_, log, list->feed_end); });
  for (const simulators::OrderTruth& truth : ledger) {
    const std::string id = demo::CanonicalId(truth);
    const auto record = client_->Order(id);
    if (!record) {
      audit.NoteFailure(record.error().message);
      continue;
    }
    const auto seen = log.records().find(id);
    audit.CheckOrder(truth, *record, seen == log.records().end() ? nullptr : &seen->second);
  }
  return audit;
}

demo::Audit Demo::AuditUntilRight() {
  const auto end = clock_.Monotonic() + kReadWithin;
  while (true) {
    demo::Audit audit = AuditNow();
    if (audit.ok() || clock_.Monotonic() >= end || fatal_) return audit;
    std::this_thread::sleep_for(kAuditAgainAfter);
  }
}

int Demo::Run() {
  StartLogging("warn");
  Start();
  PrintHead();
  Watch(seconds(options_.seconds));
  PlayOut();
  Print("\n");
  const demo::Audit audit = AuditUntilRight();
  Print(demo::AuditText(audit));
  return audit.ok() && !fatal_ ? 0 : 1;
}

}  // namespace

void AddDemo(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "demo",
      "Runs a platform, the gateway and a merchant's systems with live orders, then audits");
  auto options = std::make_shared<demo::DemoOptions>();
  demo::AddDemoOptions(*command, *options);
  command->callback([options, &exit_code] { exit_code = Demo(*options).Run(); });
}

}  // namespace weir::app
