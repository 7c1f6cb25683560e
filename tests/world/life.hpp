// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <optional>

#include "app/config/config.hpp"
#include "app/core.hpp"
#include "base/disk.hpp"
#include "base/fake_time.hpp"
#include "base/seeded_random.hpp"
#include "net/retrying_transport.hpp"
#include "tests/world/outside.hpp"

namespace weir::world {

/// What a gateway of a simulated world stands in. All of it outlives it.
struct Surroundings {
  const app::Config& config;
  Disk& disk;
  FakeClock& clock;       ///< The world's.
  Clock& gateways_clock;  ///< May be wrong.
  Hosts platforms;
  Hosts endpoints;
  std::uint64_t seed = 1;
  DeliveryBug delivery = DeliveryBug::kNone;
  bool couriers_forget = false;            ///< See ForgetfulTransport.
  const sync::Mappers* mappers = nullptr;  ///< Those that read the journal; null: the right ones.
};

/// One life of the gateway process. Destroyed in the order a process would lose things.
struct Life {
  Life(Surroundings around, std::uint64_t life_number);

  boost::asio::io_context io{1};
  FakeTimer timer;
  SeededRandom random;
  SimulatorTransport platform;
  ForgetfulTransport asked;
  net::RetryingTransport calls;  ///< As a gateway's calls leave: what only reads is repeated.
  SimulatorTransport merchant;
  BuggyTransport callbacks;
  std::optional<app::Core> core;
  std::uint64_t number;
  bool failed = false;
};

}  // namespace weir::world
