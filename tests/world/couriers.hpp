// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/config/config.hpp"
#include "base/secret.hpp"
#include "simulators/courier_options.hpp"
#include "tests/world/draws.hpp"

/// The couriers that may live in a simulated world.
namespace weir::world {

struct WorldCourier {
  std::string_view word;
  std::string_view connection;
  std::string_view host;      ///< Its API's.
  std::string_view api_path;  ///< Behind its origin.
  std::string_view ok;        ///< The answer it takes for well.
  /// Whether a read tells what a cancel cost; else only the cancel's own answer does.
  bool reads_tell_cancel_fee = true;
  /// One whose every switch is drawn.
  std::unique_ptr<simulators::Courier> (*make)(Draws& draws) = nullptr;
  /// The gateway's way to it, whose every option that may be chosen freely is drawn.
  app::ConnectionConfig (*connect)(Draws& draws) = nullptr;
};

extern const WorldCourier kDada;
extern const WorldCourier kSfCity;
extern const WorldCourier kSfExpress;

/// What makes a callback's URL that of a connection, where a signature proves nothing.
inline constexpr std::string_view kCallbackToken = "token-of-the-worlds-couriers";

/// All of them; a new courier is one line there.
[[nodiscard]] std::span<const WorldCourier* const> WorldCouriers();

/// Those named, or, where nothing says which, those that the seed chooses: none, or any set of
/// them.
[[nodiscard]] std::vector<const WorldCourier*> ChooseCouriers(
    const std::optional<std::vector<std::string>>& named, std::uint64_t seed);

// What a courier's options and connection have from being in a world.
void DrawRetry(Draws& draws, simulators::RetryPlan& plan);
void DrawTraffic(Draws& draws, simulators::CourierTraffic& traffic);
void DrawCallFaults(Draws& draws, simulators::CourierFaults& faults);
void DrawPushFaults(Draws& draws, simulators::Faults& faults);
void FitToWorld(simulators::CourierOptions& options, Draws& draws);
[[nodiscard]] std::string HookOf(const WorldCourier& courier);
[[nodiscard]] app::ConnectionConfig ConnectionTo(const WorldCourier& courier,
                                                 std::map<std::string, Secret> credentials);

}  // namespace weir::world
