// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <spdlog/spdlog.h>
#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "app/commands/commands.hpp"
#include "app/commands/interrupt.hpp"
#include "app/commands/logging.hpp"
#include "app/config/config.hpp"
#include "app/demo/audit.hpp"
#include "app/demo/courier_audit.hpp"
#include "app/demo/fleet.hpp"
#include "app/demo/gateway_client.hpp"
#include "app/demo/lines.hpp"
#include "app/demo/merchant.hpp"
#include "app/demo/options.hpp"
#include "app/demo/place.hpp"
#include "app/demo/platforms.hpp"
#include "app/demo/poller.hpp"
#include "app/registry.hpp"
#include "app/runtime.hpp"
#include "base/clock.hpp"
#include "base/ids.hpp"
#include "simulators/merchant/simulator.hpp"
#include "simulators/shell.hpp"

namespace weir::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kPortTries = 5;
constexpr unsigned kSenders = 8;  // Of each platform.
constexpr auto kSecond = seconds(1);
constexpr auto kBetweenLines = milliseconds(150);  // A terminal stays readable.
constexpr auto kBetweenShipments = milliseconds(400);
constexpr auto kPlayedOutWithin = seconds(15);
constexpr auto kReadWithin = seconds(10);  // Re-reads and the poller catch up meanwhile.
constexpr auto kAuditAgainAfter = milliseconds(500);
constexpr auto kDrainGrace = seconds(5);

void Print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

/// A platform that runs beside the gateway.
struct Running {
  const demo::SimulatedPlatform* known = nullptr;
  std::unique_ptr<simulators::Platform> platform;
  std::unique_ptr<simulators::HttpShell> shell;

  [[nodiscard]] std::string word() const { return std::string(known->word); }
};

/// What an audit found of orders, and of what couriers carried.
struct Verdict {
  demo::Audit orders;
  demo::CourierAudit shipments;

  [[nodiscard]] bool ok() const { return orders.ok() && shipments.ok(); }
};

/// The platforms, the couriers, the gateway, the merchant's endpoint and its poller, each as it
/// would be apart from the others: they meet over HTTP only.
class Demo {
 public:
  explicit Demo(const demo::DemoOptions& options)
      : options_(options),
        lives_(isatty(STDOUT_FILENO) == 1),
        folder_(options.data),
        fleet_(options_, clock_) {}
  ~Demo() { End(); }
  Demo(const Demo&) = delete;
  Demo& operator=(const Demo&) = delete;

  int Run();

 private:
  void Start();
  void StartEndpoint();
  void StartGateway(std::uint16_t port, std::vector<ConnectionConfig> connections);
  void StartPlatform(const demo::SimulatedPlatform& known, std::uint16_t port);
  void StartAll();
  void End();
  void PrintHead() const;
  void OnChange(const demo::Change& change);
  void PrintFigures();
  void Watch(milliseconds duration);
  void PlayOut();
  [[nodiscard]] bool PlayedOut();
  [[nodiscard]] Verdict AuditUntilRight();
  [[nodiscard]] demo::Audit AuditNow();
  void AuditOrders(const Running& running, const demo::FeedLog& log,
                   const std::vector<simulators::OrderTruth>& ledger, demo::Audit& audit);
  void CountCallbacks();
  [[nodiscard]] std::vector<demo::Row> TakeRows(
      const std::map<std::string, std::uint64_t>& changes_of);

  const demo::DemoOptions options_;
  const bool lives_;  ///< On a terminal: one table that changes, instead of lines.
  Interrupt interrupt_;
  const SystemClock clock_;
  demo::DataFolder folder_;
  std::atomic<bool> fatal_{false};
  std::unique_ptr<Runtime> gateway_;
  std::vector<Running> platforms_;
  demo::Fleet fleet_;
  std::unique_ptr<simulators::merchant::MerchantSimulator> endpoint_;
  std::unique_ptr<simulators::HttpShell> endpoint_shell_;
  std::unique_ptr<demo::GatewayClient> client_;
  std::unique_ptr<demo::Poller> poller_;
  std::string gateway_origin_;
  std::chrono::nanoseconds started_{};
  std::chrono::nanoseconds figured_{};
  // The last change; of the poller's thread.
  std::chrono::nanoseconds printed_order_{};
  std::chrono::nanoseconds printed_shipment_{};
  demo::Figures figures_;
  std::string table_;                               ///< As it stands on the terminal.
  std::map<std::string, std::uint64_t> callbacks_;  ///< By the platform's word.
  std::size_t callbacks_counted_ = 0;
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

void Demo::StartGateway(std::uint16_t port, std::vector<ConnectionConfig> connections) {
  gateway_origin_ = demo::OriginOf(port);
  const std::string text = demo::GatewayConfig(folder_.path(), port, std::move(connections)) +
                           demo::SubscriptionConfig(endpoint_shell_->origin());
  if (folder_.kept()) std::ofstream(folder_.path() + "/weir.toml") << text;
  gateway_ = std::make_unique<Runtime>(
      ParseConfig(text, "weir.toml", SystemSources(KeysOfPlatform)), [this](const Error& error) {
        spdlog::critical("event=fatal error=\"{}\"", error.message);
        fatal_ = true;
      });
  gateway_->Start();
}

void Demo::StartPlatform(const demo::SimulatedPlatform& known, std::uint16_t port) {
  Running running{
      .known = &known,
      .platform = known.make(options_, gateway_origin_ + "/hooks/" + std::string(known.connection)),
      .shell = nullptr};
  running.shell = std::make_unique<simulators::HttpShell>(
      *running.platform, clock_,
      simulators::ShellOptions{.port = static_cast<int>(port), .senders = kSenders});
  if (auto started = running.shell->Start(); !started) {
    throw std::runtime_error(started.error().message);
  }
  platforms_.push_back(std::move(running));
}

void Demo::StartAll() {
  const auto all = demo::SimulatedPlatforms();
  const auto ports = demo::FindFreePorts(1 + all.size() + demo::SimulatedCouriers().size());
  const std::span<const std::uint16_t> of_couriers(ports.begin() + 1 + std::ssize(all),
                                                   ports.end());
  StartEndpoint();
  std::vector<ConnectionConfig> connections;
  connections.reserve(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    connections.push_back(demo::ConnectionTo(*all[i], demo::OriginOf(ports[1 + i])));
  }
  std::ranges::move(demo::Fleet::Connections(of_couriers), std::back_inserter(connections));
  StartGateway(ports.front(), std::move(connections));
  fleet_.Start(gateway_origin_, of_couriers);
  for (std::size_t i = 0; i < all.size(); ++i) StartPlatform(*all[i], ports[1 + i]);
}

void Demo::Start() {
  for (int tries = 1;; ++tries) {
    try {
      StartAll();
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
  fleet_.Stop();
  for (Running& running : platforms_) running.shell.reset();
  platforms_.clear();
  if (gateway_) gateway_->Stop(kDrainGrace);
  gateway_.reset();
  endpoint_shell_.reset();
  endpoint_.reset();
}

void Demo::PrintHead() const {
  const auto percent = [](double share) { return share * 100; };
  std::string text = fmt::format("gateway    {}, data in {}{}\n", gateway_origin_, folder_.path(),
                                 folder_.kept() ? "" : ", removed at the end");
  for (const Running& running : platforms_) {
    text += fmt::format("{:<10} at {}, simulated\n", running.known->name, running.shell->origin());
  }
  const simulators::Faults& faults = platforms_.front().platform->faults();
  text += fmt::format(R"(           each has {} orders a second for {} s, seed {};
           {} % of its pushes come twice, {} % late, {} % with a forged copy;
           {} % of orders' pushes lack a part; {} % of paid orders come first when accepted
)",
                      options_.orders_per_second, options_.seconds, options_.seed,
                      percent(faults.duplicated), percent(faults.reordered), percent(faults.forged),
                      percent(faults.degraded), percent(faults.missing_paid));
  text += fleet_.Head();
  text += fmt::format(R"(merchant   takes callbacks at {}, where now and then one fails,
           and follows {}/v1/changes{}

)",
                      endpoint_shell_->origin(), gateway_origin_,
                      lives_ ? "" : "; some of what it reads:");
  Print(lives_ ? text : text + demo::ChangeHeading());
}

void Demo::OnChange(const demo::Change& change) {
  fleet_.Take(change);
  const bool is_order = change.type.starts_with("order.");
  const bool is_shipment = change.type.starts_with("shipment.");
  if (lives_ || (!is_order && !is_shipment)) return;
  std::chrono::nanoseconds& printed = is_order ? printed_order_ : printed_shipment_;
  const auto pause = is_order                 ? kBetweenLines
                     : demo::IsMishap(change) ? milliseconds(0)
                                              : kBetweenShipments;
  const auto now = clock_.Monotonic();
  if (now - printed < pause) return;
  printed = now;
  Print(is_order ? demo::ChangeLine(change) : demo::ShipmentLine(change));
}

void Demo::CountCallbacks() {
  endpoint_shell_->With([this] {
    const auto& taken = endpoint_->taken();
    for (; callbacks_counted_ < taken.size(); ++callbacks_counted_) {
      const std::string& subject = taken[callbacks_counted_].subject;
      ++callbacks_[subject.substr(0, subject.find('-'))];
    }
  });
}

std::vector<demo::Row> Demo::TakeRows(const std::map<std::string, std::uint64_t>& changes_of) {
  CountCallbacks();
  std::vector<demo::Row> rows;
  for (const Running& running : platforms_) {
    simulators::Counts counts;
    running.shell->With([&] { counts = running.platform->counts(); });
    const auto changes = changes_of.find(running.word());
    rows.emplace_back(running.known->name,
                      demo::Figures{.orders = counts.orders,
                                    .pushes = counts.pushes + counts.forged,
                                    .answered_ok = counts.answered_ok,
                                    .duplicates = counts.duplicated,
                                    .refused = counts.forged - counts.forged_accepted,
                                    .changes = changes == changes_of.end() ? 0 : changes->second,
                                    .callbacks = callbacks_[running.word()]});
  }
  return rows;
}

void Demo::PrintFigures() {
  const demo::Poller::Progress progress = poller_->TakeProgress();
  const auto rows = TakeRows(progress.changes_of);
  const demo::Figures now = demo::Sum(rows);
  const auto at = clock_.Monotonic();
  const auto since = std::chrono::round<seconds>(at - started_);
  if (lives_) {
    const std::string table =
        demo::CourierTable(fleet_.Rows()) + '\n' + demo::LivingTable(since, rows, progress.lag);
    Print(demo::Over(table_, table));
    table_ = table;
  } else {
    Print(demo::RatesLine(since, figures_, now, std::chrono::round<milliseconds>(at - figured_),
                          progress.lag) +
          demo::CourierLine(fleet_.Rows()));
  }
  figures_ = now;
  figured_ = at;
}

void Demo::Watch(milliseconds duration) {
  const auto end = clock_.Monotonic() + duration;
  while (clock_.Monotonic() < end && !fatal_) {
    if (interrupt_.WaitFor(kSecond)) return;
    PrintFigures();
  }
}

bool Demo::PlayedOut() {
  return fleet_.PlayedOut() && std::ranges::all_of(platforms_, [](const Running& running) {
           bool played_out = false;
           running.shell->With([&] { played_out = !running.platform->NextDue(); });
           return played_out;
         });
}

void Demo::PlayOut() {
  for (const Running& running : platforms_) {
    running.shell->With([&] { running.platform->StopTraffic(); });
  }
  fleet_.Rest();
  if (!lives_) Print("no more orders; the last ones are played out\n");
  const auto end = clock_.Monotonic() + kPlayedOutWithin;
  while (!PlayedOut() && clock_.Monotonic() < end && !fatal_) {
    std::this_thread::sleep_for(kSecond);
    PrintFigures();
  }
}

void Demo::AuditOrders(const Running& running, const demo::FeedLog& log,
                       const std::vector<simulators::OrderTruth>& ledger, demo::Audit& audit) {
  for (const simulators::OrderTruth& truth : ledger) {
    const std::string id = PlatformRecordId(running.word(), truth.id);
    const auto record = client_->Order(id);
    if (!record) {
      audit.NoteFailure(record.error().message);
      continue;
    }
    const auto seen = log.records().find(id);
    audit.CheckOrder(running.word(), truth, *record,
                     seen == log.records().end() ? nullptr : &seen->second);
  }
}

demo::Audit Demo::AuditNow() {
  std::vector<std::string> words;
  words.reserve(platforms_.size());
  for (const Running& running : platforms_) words.push_back(running.word());
  demo::Audit audit(words);
  std::vector<std::vector<simulators::OrderTruth>> ledgers;
  std::set<std::string> known;
  for (const Running& running : platforms_) {
    running.shell->With([&] {
      ledgers.push_back(running.platform->Orders());
      audit.CheckForgeries(running.word(), running.platform->counts());
    });
    for (const auto& truth : ledgers.back()) {
      known.insert(PlatformRecordId(running.word(), truth.id));
    }
  }
  const auto list = client_->Orders();
  if (!list) {
    audit.NoteFailure(list.error().message);
    return audit;
  }
  audit.CheckKnown(list->ids, known);
  const demo::FeedLog log = poller_->log();
  audit.CheckFeed(log, list->feed_end);
  endpoint_shell_->With([&] { audit.CheckCallbacks(*endpoint_, log, list->feed_end); });
  for (std::size_t i = 0; i < platforms_.size(); ++i) {
    AuditOrders(platforms_[i], log, ledgers[i], audit);
  }
  return audit;
}

Verdict Demo::AuditUntilRight() {
  const auto end = clock_.Monotonic() + kReadWithin;
  while (true) {
    Verdict verdict{.orders = AuditNow(), .shipments = fleet_.Audit(*client_)};
    if (verdict.ok() || clock_.Monotonic() >= end || fatal_) return verdict;
    std::this_thread::sleep_for(kAuditAgainAfter);
  }
}

int Demo::Run() {
  // Expected warnings, of forged pushes, would tear the table; it counts them.
  StartLogging(lives_ ? "error" : "warn");
  Start();
  PrintHead();
  Watch(seconds(options_.seconds));
  PlayOut();
  Print("\n");
  const Verdict verdict = AuditUntilRight();
  Print(demo::AuditText({&verdict.orders, &verdict.shipments}));
  return verdict.ok() && !fatal_ ? 0 : 1;
}

}  // namespace

void AddDemo(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "demo",
      "Runs every platform and courier, the gateway and a merchant's systems with live orders, "
      "then audits");
  auto options = std::make_shared<demo::DemoOptions>();
  demo::AddDemoOptions(*command, *options);
  command->callback([options, &exit_code] { exit_code = Demo(*options).Run(); });
}

}  // namespace weir::app
