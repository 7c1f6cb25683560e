// SPDX-License-Identifier: Apache-2.0
#include "tests/world/life.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <utility>

#include "tests/world/settings.hpp"

namespace weir::world {

namespace asio = boost::asio;

Life::Life(Surroundings around, std::uint64_t life_number)
    : timer(around.clock),
      random(around.seed + life_number),
      platform(std::move(around.platforms), around.clock, timer),
      asked(platform, around.couriers_forget),
      calls(asked, {}, around.gateways_clock, timer, random),
      merchant(std::move(around.endpoints), around.clock, timer),
      callbacks(merchant, around.clock, around.delivery),
      number(life_number) {
  app::CoreOptions options;
  options.fold_version = kWorldsFold;
  options.journal_mappers = around.mappers;
  options.journal.segment_bytes = 256U << 10;
  options.cached_orders = 8;
  core.emplace(around.config,
               app::Outside{.disk = around.disk,
                            .clock = around.gateways_clock,
                            .timer = timer,
                            .random = random,
                            .transport = calls,
                            .readers = io.get_executor(),
                            .callbacks = io.get_executor(),
                            .public_only = &callbacks,
                            .anywhere = &callbacks},
               options);
  asio::co_spawn(io, core->FoldLoop(), [this](std::exception_ptr thrown, Result<void> ended) {
    failed = failed || thrown || !ended;
  });
  asio::co_spawn(io, core->ErrandLoop(), asio::detached);
  asio::co_spawn(io, core->CallbackLoop(), asio::detached);
}

}  // namespace weir::world
