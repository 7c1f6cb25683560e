// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/config/config.hpp"
#include "base/fake_time.hpp"
#include "base/memory_disk.hpp"
#include "simulators/courier.hpp"
#include "simulators/merchant/simulator.hpp"
#include "tests/world/couriers.hpp"
#include "tests/world/life.hpp"

namespace weir::world {

/// What happens to a call.
enum class Loss {
  kRequest,  ///< It never arrives, and nobody answers.
  kAnswer,   ///< It has its effect, and nobody answers.
  kHang,     ///< The answer takes an hour.
};

/// The way to a courier, where one call gets lost.
class LossyWay final : public simulators::Simulator {
 public:
  explicit LossyWay(simulators::Courier& courier) : courier_(courier) {}

  /// The next call that holds `word` in its target or body, once.
  void Lose(std::string word, Loss loss) { armed_ = {std::move(word), loss}; }
  [[nodiscard]] bool lost() const { return lost_; }

  simulators::HttpAnswer Handle(const simulators::HttpCall& call, Instant now) override;
  std::vector<simulators::OutgoingPush> Due(Instant now, std::size_t limit) override {
    return courier_.Due(now, limit);
  }
  void OnPushAnswer(std::uint64_t push, const simulators::PushAnswer& answer,
                    Instant now) override {
    courier_.OnPushAnswer(push, answer, now);
  }
  [[nodiscard]] std::optional<Instant> NextDue() const override { return courier_.NextDue(); }

 private:
  simulators::Courier& courier_;
  std::optional<std::pair<std::string, Loss>> armed_;
  bool lost_ = false;
};

/// A gateway with couriers and nothing else, moved step by step: what a world does at random, done
/// on purpose. The couriers' own switches are all off.
class CourierScene {
 public:
  explicit CourierScene(const std::vector<const WorldCourier*>& couriers);
  ~CourierScene();
  CourierScene(const CourierScene&) = delete;
  CourierScene& operator=(const CourierScene&) = delete;

  /// One turn of the gateway: of its journal, of what is ready, else of time.
  void Step();
  /// SIGKILL, and another process.
  void Crash();
  /// Steps until `done`; false when it takes too long.
  bool RunUntil(const std::function<bool()>& done);
  /// Begins a request; its answer is in answer() some steps later, unless the process dies before.
  void Send(const std::string& method, const std::string& target, const std::string& body = {},
            const std::string& key = {});
  [[nodiscard]] const std::optional<net::Response>& answer() const { return answer_; }
  /// Sends and steps until it is answered, again as long as the gateway says that it is busy.
  [[nodiscard]] net::Response Ask(const std::string& method, const std::string& target,
                                  const std::string& body = {}, const std::string& key = {});

  [[nodiscard]] LossyWay& way(std::size_t place = 0) { return carriers_.at(place).way; }
  /// What all couriers have in their books.
  [[nodiscard]] std::vector<simulators::ShipmentTruth> Shipments() const;
  [[nodiscard]] FakeClock& clock() { return clock_; }

 private:
  struct Carrier {
    const WorldCourier* known = nullptr;
    std::unique_ptr<simulators::Courier> courier;
    LossyWay way;
  };

  void Begin();

  FakeClock clock_;
  std::shared_ptr<MemoryDisk> disk_ = std::make_shared<MemoryDisk>();
  simulators::merchant::MerchantSimulator merchant_;
  std::deque<Carrier> carriers_;
  app::Config config_;
  std::uint64_t life_number_ = 0;
  std::unique_ptr<Life> life_;
  std::optional<net::Response> answer_;
};

/// What a merchant sends to have something carried by `couriers`.
[[nodiscard]] std::string ShipmentBody(const std::vector<std::string>& couriers);

}  // namespace weir::world
