// SPDX-License-Identifier: Apache-2.0
// How long reading one shipment takes when a million tracking nodes are stored: shipments of 500
// nodes each, folded in shuffled batches, read in no order.
//   weir_tracking [shipments]
#include <fmt/core.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/disk.hpp"
#include "base/seeded_random.hpp"
#include "base/timer.hpp"
#include "storage/embedded/embedded_storage.hpp"
#include "sync/shipment_fold.hpp"

namespace {

using namespace weir;  // NOLINT(google-build-using-namespace)

constexpr std::size_t kNodes = 500;
constexpr std::size_t kBatches = 5;
constexpr std::size_t kReads = 2000;
constexpr double kAcceptedMs = 2;
constexpr const char* kMerchant = "bench";

template <typename T>
T Run(boost::asio::awaitable<T> work) {
  boost::asio::io_context io;
  std::optional<T> done;
  boost::asio::co_spawn(io, std::move(work), [&done](std::exception_ptr thrown, T result) {
    if (thrown) std::rethrow_exception(thrown);
    done = std::move(result);
  });
  io.run();
  return std::move(done).value();
}

template <typename T>
T OrThrow(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

boost::asio::awaitable<bool> Finish(boost::asio::awaitable<void> work) {
  co_await std::move(work);
  co_return true;
}

boost::asio::awaitable<bool> Finish(
    boost::asio::awaitable<std::optional<sync::ShipmentMove>> work) {
  co_return (co_await std::move(work)).has_value();
}

std::string IdOf(std::size_t shipment) { return fmt::format("shp-{}", shipment); }

/// The way of one shipment, as a courier tells it; out of order.
std::vector<model::TrackingNode> WayOf(std::size_t shipment, Random& random) {
  std::vector<model::TrackingNode> way;
  for (std::size_t i = 0; i < kNodes; ++i) {
    model::TrackingNode node;
    node.at = Instant(std::chrono::seconds(1'795'316'400 + static_cast<std::int64_t>(i) * 60));
    node.key = fmt::format("SF{}/30/{}", shipment, i);
    node.status = model::ShipmentStatus::kInTransit;
    node.code = "30";
    node.text = fmt::format("快件在【上海浦东集散中心】完成分拣, 准备发往下一站 {}", i);
    node.place = "上海市";
    way.push_back(std::move(node));
  }
  for (std::size_t i = way.size(); i > 1; --i) std::swap(way[i - 1], way[random.Below(i)]);
  return way;
}

/// A gateway's view with shipments in it.
class Stock {
 public:
  explicit Stock(const std::string& folder)
      : storage_(OrThrow(storage::EmbeddedStorage::Open(
            disk_, clock_, timer_, {.folder = folder, .readers = io_.get_executor()}, nullptr))),
        fence_(OrThrow(Run(storage_->AcquireLease(0)))),
        orders_(*storage_, connections_, 1, 16),
        fold_(*storage_, orders_, 1) {}

  void Add(std::size_t shipment) {
    model::ShipmentIntent intent;
    intent.store = "sh-001";
    intent.consignment.receiver.name = "张三";
    Do([&](const sync::FoldPoint& at, sync::FoldBatch& batch) {
      return Finish(fold_.Create(at, IdOf(shipment), std::move(intent), batch));
    });
    Do([&](const sync::FoldPoint& at, sync::FoldBatch& batch) {
      return Finish(fold_.Choose(
          at, IdOf(shipment), {.platform = "sf_express", .connection = "sfx", .quote = {}}, batch));
    });
    const auto way = WayOf(shipment, random_);
    for (std::size_t i = 0; i < kBatches; ++i) {
      model::ShipmentFacts facts;
      facts.platform = "sf_express";
      facts.number = IdOf(shipment);
      const auto size = static_cast<std::ptrdiff_t>(kNodes / kBatches);
      const auto begin = way.begin() + static_cast<std::ptrdiff_t>(i) * size;
      facts.nodes.assign(begin, begin + size);
      Do([&](const sync::FoldPoint& at, sync::FoldBatch& batch) {
        return Finish(fold_.Merge(at, std::move(facts), batch));
      });
    }
  }

  /// The record's size.
  std::size_t Read(std::size_t shipment) {
    const auto found = OrThrow(RunHere(
        storage_->ReadPublished(storage::RecordKind::kShipment, kMerchant, IdOf(shipment))));
    if (!found) throw std::logic_error("a shipment is missing");
    return found->json.size();
  }

 private:
  template <typename T>
  T RunHere(boost::asio::awaitable<T> work) {
    std::optional<T> done;
    boost::asio::co_spawn(io_, std::move(work), [&done](std::exception_ptr thrown, T result) {
      if (thrown) std::rethrow_exception(thrown);
      done = std::move(result);
    });
    while (!done) {
      io_.restart();
      io_.poll();
    }
    return std::move(done).value();
  }

  /// Folds one entry that does `work`.
  template <typename Work>
  void Do(Work work) {
    const storage::Position last{.shard = 0, .offset = entries_};
    const storage::Position position{.shard = 0, .offset = ++entries_};
    sync::FoldBatch batch(
        [this](const std::string& merchant) { return storage_->FeedEnd(merchant); });
    const sync::FoldPoint at{
        .position = position, .stamp = clock_.Now(), .merchant = kMerchant, .connection = "sfx"};
    if (!RunHere(work(at, batch))) throw std::logic_error("nothing was folded");
    OrThrow(RunHere(storage_->Apply(fence_, last, std::move(batch).Finish(position))));
  }

  boost::asio::io_context io_{1};
  SystemDisk disk_;
  SystemClock clock_;
  SystemTimer timer_;
  SeededRandom random_{1};
  std::unique_ptr<storage::EmbeddedStorage> storage_;
  storage::Fence fence_;
  sync::ConnectionSettings connections_{*storage_};
  sync::OrderFold orders_;
  sync::ShipmentFold fold_;
  std::uint64_t entries_ = 0;
};

int Measure(std::size_t shipments, const std::string& folder) {
  Stock stock(folder);
  for (std::size_t i = 0; i < shipments; ++i) stock.Add(i);
  SeededRandom random(2);
  std::vector<double> times;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < kReads; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    bytes = stock.Read(random.Below(shipments));
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    times.push_back(took.count());
  }
  std::ranges::sort(times);
  fmt::print(
      "{} tracking nodes in {} shipments; one of {} nodes, {} bytes, reads in p50 {:.2f}, p99 "
      "{:.2f} ms, accept {}\n",
      shipments * kNodes, shipments, kNodes, bytes, times[times.size() / 2],
      times[times.size() * 99 / 100], kAcceptedMs);
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::size_t shipments = argc > 1 ? std::stoul(argv[1]) : 2000;
  const auto folder = std::filesystem::temp_directory_path() / "weir_tracking";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const int code = Measure(shipments, folder.string());
  std::filesystem::remove_all(folder);
  return code;
} catch (const std::exception& error) {
  fmt::print(stderr, "weir_tracking: {}\n", error.what());
  return 1;
}
