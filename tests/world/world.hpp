// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/core.hpp"
#include "base/fake_time.hpp"
#include "base/memory_disk.hpp"
#include "base/seeded_random.hpp"
#include "simulators/courier.hpp"
#include "simulators/merchant/simulator.hpp"
#include "simulators/platform.hpp"
#include "tests/world/clerk.hpp"
#include "tests/world/couriers.hpp"
#include "tests/world/draws.hpp"
#include "tests/world/life.hpp"
#include "tests/world/outside.hpp"
#include "tests/world/platforms.hpp"
#include "tests/world/poller.hpp"
#include "tests/world/worlds_disk.hpp"

/// A whole gateway, a platform and a merchant in one thread, from one seed.
namespace weir::world {

/// What happens to a gateway besides crashes; each at random moments of a seed.
struct Troubles {
  bool full_disks = true;
  bool failed_flushes = true;  ///< Lost, or done and not seen.
  bool wrong_clocks = true;    ///< The gateway's, by up to ten minutes either way.
  bool bad_endpoints = true;   ///< The merchant's fails for a while, on top of single failures.
};

/// A gateway that breaks a promise, to show that the audit sees it.
struct Bugs {
  bool flush_lies = false;    ///< Answers leave before anything is on stable storage.
  bool dedupe_drops = false;  ///< A second message of one topic within seconds is called a copy.
  DeliveryBug delivery = DeliveryBug::kNone;
  bool couriers_forget = false;  ///< Dada says of what it has that it knows nothing of it.
  const sync::Mappers* mappers = nullptr;  ///< Those that read the journal; null: the right ones.
};

/// What came of the couriers of a world, to show that something did.
struct Deeds {
  std::size_t shipments = 0;  ///< In the couriers' books.
  std::size_t replaced = 0;   ///< That another courier took over.
  std::size_t called_off = 0;
  std::size_t tipped = 0;
  std::size_t asked = 0;  ///< Commands whose courier was asked for the truth.
  std::size_t died = 0;   ///< Processes, soon after a courier was called.
};

struct WorldOptions {
  std::uint64_t seed = 1;
  std::vector<std::string> platforms{};  ///< Their words; none: the seed chooses.
  /// Their words; unset: the seed chooses.
  std::optional<std::vector<std::string>> couriers{};
  int orders = 12;
  int crashes = 3;  ///< Kills and power cuts, at random steps.
  Troubles troubles{};
  SwitchNames off{};  ///< Of the simulators' switches that the seed draws: not these.
  Bugs bugs{};
};

/// Runs a seed: random steps, faults and crashes, then peace until nothing moves, then the audit.
class World {
 public:
  explicit World(WorldOptions options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// The promises that were broken, in words; empty is good.
  [[nodiscard]] std::vector<std::string> Run();
  [[nodiscard]] const Deeds& deeds() const { return deeds_; }

 private:
  struct Neighbour {
    const WorldPlatform* known = nullptr;
    std::unique_ptr<simulators::Platform> platform;
  };
  struct Carrier {
    const WorldCourier* known = nullptr;
    std::unique_ptr<simulators::Courier> courier;
  };

  void Begin();
  void Crash();
  void TakeStep();
  void MakeTrouble();
  void EndTroubles();
  [[nodiscard]] Flush FateOfFlush(std::string_view path);
  void DeliverPushes(simulators::Simulator& from, std::string_view ok, std::size_t limit);
  void DeliverPushes(const Neighbour& neighbour);
  void DeliverPushes(const Carrier& carrier);
  void LetClerkAct();
  void TakeStepOfCouriers();
  /// Whether the process ends now, soon after a courier was called.
  [[nodiscard]] bool DiesInCommand();
  [[nodiscard]] const Neighbour& AnyPlatform();
  [[nodiscard]] Hosts PlatformHosts() const;
  void PollFeed();
  void Drain();
  [[nodiscard]] bool AtRest() const;
  [[nodiscard]] bool Awaits(std::string kind);
  /// Whether an order still waits for its details, or a command for its end: the next try may be an
  /// hour away.
  [[nodiscard]] bool AwaitsWork();
  [[nodiscard]] net::Response Ask(const std::string& target);
  void Audit();
  void AuditOrder(const WorldPlatform& platform, const simulators::OrderTruth& truth);
  void AuditFeed();
  void AuditCallbacks();
  void AuditReplay();
  void AuditDispatch();
  void Complain(std::string what) { broken_.push_back(std::move(what)); }

  const WorldOptions options_;
  SeededRandom random_;
  FakeClock clock_;
  SkewedClock gateways_clock_;
  std::shared_ptr<MemoryDisk> memory_;
  WorldsDisk disk_;
  std::vector<Neighbour> platforms_;
  simulators::merchant::MerchantSimulator merchant_;
  SeededRandom of_couriers_;
  std::vector<Carrier> couriers_;
  std::optional<Clerk> clerk_;
  Deeds deeds_;
  int acts_ = 0;                     ///< Of the clerk.
  std::uint64_t courier_calls_ = 0;  ///< That had come to couriers.
  std::uint64_t fuse_ = 0;           ///< So many steps until the process ends; 0: it lives on.
  app::Config config_;
  Poller poller_;
  std::uint64_t flushes_to_fail_ = 0;
  std::uint64_t flushes_failed_ = 0;
  bool disk_is_full_ = false;
  bool endpoint_is_down_ = false;
  std::map<std::string, Instant> topics_;  ///< When the last push came to each URL.
  std::uint64_t life_number_ = 0;
  std::unique_ptr<Life> life_;
  std::vector<std::string> broken_;
};

}  // namespace weir::world
