// SPDX-License-Identifier: Apache-2.0
#include "app/demo/dispatcher.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "app/demo/dada.hpp"
#include "app/demo/sf_city.hpp"
#include "app/demo/sf_express.hpp"

namespace weir::app::demo {
namespace {

using nlohmann::json;

constexpr std::size_t kMostWaiting = 32;
constexpr int kTries = 5;
constexpr auto kPause = std::chrono::milliseconds(100);
constexpr std::uint64_t kEveryParcel = 4;
constexpr std::uint64_t kEveryTipped = 5;
constexpr std::uint64_t kEveryCalledOff = 9;
constexpr int kAcceptWithinSeconds = 1;
constexpr int kTipFen = 200;
constexpr int kParcelGrams = 1500;

std::string TextAt(const json& record, const char* path) {
  const json::json_pointer pointer(path);
  if (!record.contains(pointer) || !record.at(pointer).is_string()) return "";
  return record.at(pointer).get<std::string>();
}

bool IsOpen(const std::string& status) {
  constexpr std::array<std::string_view, 4> kOpen = {"placed", "accepted", "preparing", "ready"};
  return std::ranges::find(kOpen, status) != kOpen.end();
}

bool HasPlace(const json& order) {
  const json::json_pointer latitude("/customer/latitude");
  return order.contains(latitude) && order.at(latitude).is_number();
}

std::string ByPolicy(const std::string& order) {
  return json{{"order", order},
              {"weight_g", kParcelGrams},
              {"policy",
               {{"by", "cheapest"},
                {"couriers", {kDada.connection, kSfCity.connection}},
                {"accept_within_seconds", kAcceptWithinSeconds}}}}
      .dump();
}

std::string AsParcel(const std::string& order) {
  return json{{"order", order},
              {"weight_g", kParcelGrams},
              {"courier", kSfExpress.connection},
              {"sender",
               {{"name", "示例店"},
                {"phone", "13700000000"},
                {"province", "上海市"},
                {"city", "上海市"},
                {"address", "杨浦区示例路1号"}}}}
      .dump();
}

}  // namespace

Dispatcher::Dispatcher(std::string origin, std::string key)
    : origin_(std::move(origin)), key_(std::move(key)) {}

Dispatcher::~Dispatcher() { Stop(); }

void Dispatcher::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Dispatcher::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Dispatcher::Take(const Change& change) {
  const std::lock_guard lock(mutex_);
  if (change.type.starts_with("order.")) TakeOrder(change);
  if (change.type.starts_with("shipment.")) TakeShipment(change);
}

void Dispatcher::TakeOrder(const Change& change) {
  const bool is_ours =
      TextAt(change.data, "/delivery/mode") == "merchant" && IsOpen(TextAt(change.data, "/status"));
  if (resting_ || !is_ours || !seen_.insert(change.subject).second) return;
  if (waiting_.size() >= kMostWaiting) return;
  ++dispatched_;
  const bool is_parcel = dispatched_ % kEveryParcel == 0 || !HasPlace(change.data);
  Ask({.target = "/v1/shipments",
       .body = is_parcel ? AsParcel(change.subject) : ByPolicy(change.subject),
       .key = "dispatch-" + change.subject});
}

void Dispatcher::TakeShipment(const Change& change) {
  const std::string connection = TextAt(change.data, "/connection");
  if (!connection.empty()) connection_of_[change.subject] = connection;
  const std::string predecessor = TextAt(change.data, "/predecessor");
  if (change.type == "shipment.created" && !predecessor.empty()) {
    ++taken_over_[connection_of_[predecessor]];
  }
  if (change.type != "shipment.status_changed") return;
  const std::string status = TextAt(change.data, "/status");
  if (status == "cancelled") ++cancelled_[connection];
  if (resting_ || status != "assigned" || connection == kSfExpress.connection) return;
  ++assigned_;
  const std::string path = "/v1/shipments/" + change.subject;
  if (assigned_ % kEveryTipped == 0) {
    Ask({.target = path + "/tip",
         .body = json{{"amount", kTipFen}}.dump(),
         .key = "tip-" + change.subject});
  } else if (assigned_ % kEveryCalledOff == 0) {
    Ask({.target = path + "/cancel",
         .body = json{{"reason", "not_needed"}}.dump(),
         .key = "cancel-" + change.subject});
  }
}

void Dispatcher::Ask(Call call) {
  waiting_.push_back(std::move(call));
  changed_.notify_all();
}

void Dispatcher::Rest() {
  const std::lock_guard lock(mutex_);
  resting_ = true;
}

bool Dispatcher::idle() const {
  const std::lock_guard lock(mutex_);
  return waiting_.empty() && !calling_;
}

Dispatcher::Tally Dispatcher::cancelled() const {
  const std::lock_guard lock(mutex_);
  return cancelled_;
}

Dispatcher::Tally Dispatcher::taken_over() const {
  const std::lock_guard lock(mutex_);
  return taken_over_;
}

std::string Dispatcher::complaint() const {
  const std::lock_guard lock(mutex_);
  return complaint_;
}

void Dispatcher::Run() {
  GatewayClient client(origin_, key_);
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    const Call call = std::move(waiting_.front());
    waiting_.pop_front();
    calling_ = true;
    lock.unlock();
    Carry(client, call);
    lock.lock();
    calling_ = false;
  }
}

// The same key each time: however often it arrives, it is done once.
void Dispatcher::Carry(GatewayClient& client, const Call& call) {
  for (int tries = 1;; ++tries) {
    const auto answer = client.Post(call.target, call.body, call.key);
    if (answer) return;
    std::unique_lock lock(mutex_);
    if (!IsTransient(answer.error().kind) || tries == kTries || stopping_) {
      complaint_ = answer.error().message;
      return;
    }
    changed_.wait_for(lock, kPause, [this] { return stopping_; });
  }
}

}  // namespace weir::app::demo
