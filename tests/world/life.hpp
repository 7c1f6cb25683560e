// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <optional>

#include "app/core.hpp"
#include "base/fake_time.hpp"
#include "base/seeded_random.hpp"
#include "net/retrying_transport.hpp"
#include "tests/world/outside.hpp"
#include "tests/world/world.hpp"

namespace weir::world {

/// One life of the gateway process. Destroyed in the order a process would lose things.
struct World::Life {
  Life(World& world, std::uint64_t life_number);

  boost::asio::io_context io{1};
  FakeTimer timer;
  SeededRandom random;
  SimulatorTransport platform;
  net::RetryingTransport calls;  ///< As a gateway's calls leave: what only reads is repeated.
  SimulatorTransport merchant;
  BuggyTransport callbacks;
  std::optional<app::Core> core;
  std::uint64_t number;
  bool failed = false;
};

}  // namespace weir::world
