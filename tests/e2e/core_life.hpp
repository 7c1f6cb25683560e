// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/core.hpp"
#include "base/fake_time.hpp"
#include "base/memory_disk.hpp"
#include "base/seeded_random.hpp"
#include "net/transport.hpp"
#include "sync/replay.hpp"
#include "tests/e2e/pushes.hpp"
#include "tests/e2e/seen_feed.hpp"

namespace weir::e2e {

/// One merchant, one store, one connection named `connection` to Meituan, a key that may do all.
[[nodiscard]] app::Config TestConfig(const std::string& connection);

/// What a gateway in this process stands on, and what outlives it.
struct Ground {
  explicit Ground(const std::string& connection = "mt-main")
      : config(TestConfig(connection)), disk(std::make_shared<MemoryDisk>()) {}

  app::Config config;
  FakeClock clock;
  std::shared_ptr<MemoryDisk> disk;
  /// The platform's API; no answer while empty.
  std::function<Result<net::Response>(const net::Request&)> platform;
};

/// One life of a gateway, in this thread and on a disk in memory.
class CoreLife {
 public:
  /// Throws what app::Core throws. `ground` outlives the life.
  explicit CoreLife(Ground& ground, app::CoreOptions options = {});
  ~CoreLife();
  CoreLife(const CoreLife&) = delete;
  CoreLife& operator=(const CoreLife&) = delete;

  /// Runs until nothing more happens without time passing.
  void Settle();
  /// Lets time pass, and what is due happen.
  void Pass(std::chrono::milliseconds time);

  /// The answer, after everything has settled; status 0 when none came.
  net::Response Send(const Push& push);
  /// The push becomes durable; nobody is answered and nothing is folded.
  void MakeDurable(const Push& push);
  /// GET with the key that may do all.
  net::Response Get(const std::string& target);
  /// POST with that key, and a moment in which what it asks for is folded.
  net::Response Post(const std::string& target, const std::string& body);
  /// The body of a 200, null otherwise.
  nlohmann::json GetJson(const std::string& target);
  /// Reads the whole feed from its beginning.
  void ReadFeed(SeenFeed& feed);

  /// Folds the journal anew, by this life's program; throws when that cannot be done.
  sync::ReplayReport Replay();

  [[nodiscard]] app::Core& core() { return *core_; }
  /// Why the fold gave up; nullopt while it goes on.
  [[nodiscard]] const std::optional<Error>& fold_error() const { return fold_error_; }

 private:
  class PlatformTransport;
  net::Response Ask(net::Request request);

  const Clock& clock_;
  const app::CoreOptions options_;
  boost::asio::io_context io_{1};
  FakeTimer timer_;
  SeededRandom random_{1};
  std::unique_ptr<PlatformTransport> transport_;
  std::optional<Error> fold_error_;
  std::optional<app::Core> core_;
};

/// Every file of a disk, as far as it is written; and a disk that holds exactly these.
using DiskImage = std::map<std::string, std::string>;
[[nodiscard]] DiskImage ImageOf(const MemoryDisk& disk, const std::string& folder);
[[nodiscard]] std::shared_ptr<MemoryDisk> DiskOf(const DiskImage& image);

}  // namespace weir::e2e
