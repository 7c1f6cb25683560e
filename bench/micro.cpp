// SPDX-License-Identifier: Apache-2.0
// What one push of a paid order costs, step by step, without sockets and disk.
#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "app/bench/place.hpp"
#include "app/bench/signed_orders.hpp"
#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/memory_disk.hpp"
#include "base/random.hpp"
#include "connectors/meituan/push.hpp"
#include "mapping/meituan/map.hpp"
#include "model/order_state.hpp"
#include "storage/dictionary.hpp"
#include "storage/journal_format.hpp"
#include "sync/order_record.hpp"

namespace {

namespace mapping = weir::mapping::meituan;
using weir::app::bench::PushSource;
using weir::app::bench::SignedOrders;

constexpr std::size_t kOrders = 256;
constexpr std::uint64_t kSeed = 1;
constexpr std::string_view kTopic = "order/paid";

const PushSource& Source() {
  static const PushSource source = weir::app::bench::BenchSource();
  return source;
}

const SignedOrders& Orders() {
  static const SignedOrders orders(Source(), kSeed, weir::SystemClock().Now());
  return orders;
}

/// Requests as the server hands them on.
const std::vector<weir::net::Request>& Requests() {
  static const std::vector<weir::net::Request> requests = [] {
    std::vector<weir::net::Request> made;
    for (std::size_t i = 0; i < kOrders; ++i) {
      std::string text;
      Orders().AppendRequest(i, text);
      weir::net::Request& request = made.emplace_back();
      request.method = "POST";
      request.target = Source().path();
      request.headers.Add("Content-Type", "application/x-www-form-urlencoded");
      request.body = text.substr(text.find("\r\n\r\n") + 4);
    }
    return made;
  }();
  return requests;
}

const std::vector<weir::model::OrderFacts>& Facts() {
  static const std::vector<weir::model::OrderFacts> facts = [] {
    std::vector<weir::model::OrderFacts> made;
    for (const weir::net::Request& request : Requests()) {
      auto mapped = mapping::Map({.pulled = false,
                                  .dialect = "double",
                                  .topic = kTopic,
                                  .bytes = request.body,
                                  .received_at = weir::SystemClock().Now()});
      if (mapped.orders.size() != 1) throw std::logic_error("a paid order does not map");
      made.push_back(std::move(mapped.orders.front()));
    }
    return made;
  }();
  return facts;
}

weir::model::OrderState::Identity IdentityOf(const weir::model::OrderFacts& facts) {
  return {"bench", facts.platform, "mt-main", facts.platform_order_id};
}

const weir::model::Surroundings& Around() {
  static const weir::model::Surroundings around{
      .store = [](std::string_view) { return std::string("st-shop_001"); },
      .sku = [](std::string_view) { return std::string(); },
      .accept_within = {}};
  return around;
}

void SignOneOrder(benchmark::State& state) {
  std::string text;
  std::uint64_t number = 0;
  for (auto _ : state) {
    text.clear();
    Orders().AppendRequest(number++, text);
    benchmark::DoNotOptimize(text.data());
  }
}
BENCHMARK(SignOneOrder);

void DecodeForm(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(mapping::Form::Decode(Requests()[i++ % kOrders].body, {}));
  }
}
BENCHMARK(DecodeForm);

void DecodeVerifyAndMap(benchmark::State& state) {
  const weir::connectors::meituan::Pushes pushes({.app_id = Source().app_id,
                                                  .app_secret = weir::Secret(Source().app_secret),
                                                  .base_url = "",
                                                  .public_url = Source().origin});
  std::size_t i = 0;
  for (auto _ : state) {
    auto push = pushes.Verify(Requests()[i++ % kOrders], kTopic);
    if (!push) state.SkipWithError(push.error().message.c_str());
    benchmark::DoNotOptimize(push);
  }
}
BENCHMARK(DecodeVerifyAndMap);

void MapDecodedForm(benchmark::State& state) {
  std::vector<mapping::Form> forms;
  for (const auto& request : Requests()) {
    forms.push_back(*mapping::Form::Decode(request.body, {}));
  }
  std::size_t i = 0;
  for (auto _ : state) {
    const mapping::Form& form = forms[i++ % kOrders];
    benchmark::DoNotOptimize(mapping::MapFields(form, kTopic, {}));
  }
}
BENCHMARK(MapDecodedForm);

void MergeWriteAndEncode(benchmark::State& state) {
  std::string body;
  std::string json;
  std::string encoded;
  std::size_t i = 0;
  for (auto _ : state) {
    weir::sync::OrderRecord record;
    const weir::model::OrderFacts& facts = Facts()[i++ % kOrders];
    record.identity = IdentityOf(facts);
    record.state.Merge(facts);
    body.clear();
    json.clear();
    encoded.clear();
    record.state.AppendBody(body, record.identity, Around());
    record.state.Encode(encoded);
    weir::model::AppendOrderJson(json, record.identity, body, {});
    benchmark::DoNotOptimize(weir::sync::ToRow(record, "st-shop_001", encoded));
  }
  state.counters["json_bytes"] = static_cast<double>(json.size());
  state.counters["state_bytes"] = static_cast<double>(encoded.size());
}
BENCHMARK(MergeWriteAndEncode);

void WriteBody(benchmark::State& state) {
  weir::model::OrderState order;
  order.Merge(Facts().front());
  const auto identity = IdentityOf(Facts().front());
  std::string body;
  for (auto _ : state) {
    body.clear();
    order.AppendBody(body, identity, Around());
    benchmark::DoNotOptimize(body.data());
  }
}
BENCHMARK(WriteBody);

void EncodeState(benchmark::State& state) {
  weir::model::OrderState order;
  order.Merge(Facts().front());
  std::string encoded;
  for (auto _ : state) {
    encoded.clear();
    order.Encode(encoded);
    benchmark::DoNotOptimize(encoded.data());
  }
}
BENCHMARK(EncodeState);

void CompressChange(benchmark::State& state) {
  weir::model::OrderState order;
  order.Merge(Facts().front());
  std::string body;
  std::string json;
  order.AppendBody(body, IdentityOf(Facts().front()), Around());
  weir::model::AppendOrderJson(json, IdentityOf(Facts().front()), body, {});
  const auto* dictionary = weir::storage::Dictionary::ByName("order_json");
  std::string out;
  for (auto _ : state) {
    out.clear();
    weir::storage::Compress(dictionary, json, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.counters["bytes"] = static_cast<double>(out.size());
}
BENCHMARK(CompressChange);

void EncodeJournalFrame(benchmark::State& state) {
  const weir::storage::Envelope envelope{.kind = weir::storage::EntryKind::kPush,
                                         .merchant = "bench",
                                         .connection = "mt-main",
                                         .platform = "meituan",
                                         .dialect = "double",
                                         .topic = std::string(kTopic),
                                         .received_at = weir::SystemClock().Now()};
  std::string frame;
  std::size_t i = 0;
  for (auto _ : state) {
    frame.clear();
    weir::storage::AppendFrame(frame, envelope, Requests()[i++ % kOrders].body);
    benchmark::DoNotOptimize(frame.data());
  }
  state.counters["bytes"] = static_cast<double>(frame.size());
}
BENCHMARK(EncodeJournalFrame);

/// What sealing adds to EncodeJournalFrame; the writer's thread pays it.
void SealJournalFrame(benchmark::State& state) {
  weir::MemoryDisk disk;
  weir::SystemRandom random;
  if (!disk.MakeFolder("data")) throw std::runtime_error("no folder");
  const auto keys = weir::storage::KeyRing::Open(disk, random, "data", {}).value();
  auto nonces = keys->MakeNonces();
  const weir::storage::Envelope envelope{
      .merchant = "bench", .platform = "meituan", .topic = std::string(kTopic)};
  std::string frame;
  weir::storage::AppendFrame(frame, envelope, Requests().front().body,
                             weir::storage::Sealing::kLater);
  const auto now = weir::SystemClock().Now();
  for (auto _ : state) {
    if (!weir::storage::SealFrames(frame, 1, now, *keys, nonces)) {
      throw std::runtime_error("not sealed");
    }
    benchmark::DoNotOptimize(frame.data());
  }
  state.counters["bytes"] = static_cast<double>(frame.size());
}
BENCHMARK(SealJournalFrame);

}  // namespace

BENCHMARK_MAIN();
