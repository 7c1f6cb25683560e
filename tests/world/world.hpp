// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/core.hpp"
#include "base/fake_time.hpp"
#include "base/memory_disk.hpp"
#include "base/seeded_random.hpp"
#include "simulators/meituan/simulator.hpp"
#include "tests/world/poller.hpp"

/// A whole gateway, a platform and a merchant in one thread, from one seed.
namespace weir::world {

struct WorldOptions {
  std::uint64_t seed = 1;
  int orders = 12;
  int crashes = 3;  ///< Kills and power cuts, at random steps.
  std::uint32_t fold_version = 1;
  const sync::Mappers* mappers = nullptr;
  /// A journal whose flush returns before anything is on stable storage.
  bool lying_flush = false;
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

 private:
  /// One life of the gateway process. Destroyed in the order a process would lose things.
  struct Life;
  class PlatformTransport;

  void Begin();
  void Crash();
  void TakeStep();
  void DeliverPushes();
  void PollFeed();
  void Drain();
  [[nodiscard]] net::Response Ask(const std::string& target);
  void Audit();
  void AuditOrder(const simulators::meituan::OrderTruth& truth);
  void AuditReplay();
  void Complain(std::string what) { broken_.push_back(std::move(what)); }

  const WorldOptions options_;
  SeededRandom random_;
  FakeClock clock_;
  std::shared_ptr<MemoryDisk> memory_;
  std::unique_ptr<Disk> disk_;  ///< The memory disk, or the one that lies about it.
  simulators::meituan::MeituanSimulator platform_;
  std::unique_ptr<PlatformTransport> transport_;
  app::Config config_;
  Poller poller_;
  std::uint64_t life_number_ = 0;
  std::unique_ptr<Life> life_;
  std::vector<std::string> broken_;
};

}  // namespace weir::world
