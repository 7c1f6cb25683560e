// SPDX-License-Identifier: Apache-2.0
#define ZDICT_STATIC_LINKING_ONLY
// Trains the compression dictionaries of storage/dictionaries from simulated traffic. A dictionary
// that has shipped is never trained again in place: data on disk names it by its id. A better one
// gets a new id (docs/adr/0005).
#include <zdict.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/ids.hpp"
#include "mapping/meituan/map.hpp"
#include "simulators/meituan/simulator.hpp"
#include "sync/order_record.hpp"

namespace {

using weir::Instant;

constexpr std::size_t kDictionaryBytes = 32U << 10;
constexpr int kOrders = 3000;

/// Texts of one kind, as ZDICT takes them: joined, with their sizes.
struct Samples {
  std::string joined;
  std::vector<std::size_t> sizes;
  void Add(std::string_view text) {
    joined.append(text);
    sizes.push_back(text.size());
  }
};

struct AllSamples {
  Samples pushes;
  Samples states;
  Samples records;
};

/// Merges one push into its order and takes the samples that storing it would write.
void TakePush(const std::string& topic, const std::string& body, Instant now,
              std::map<std::string, weir::sync::OrderRecord>& orders, AllSamples& samples) {
  samples.pushes.Add(body);
  const auto mapped = weir::mapping::meituan::Map(
      {.pulled = false, .dialect = "double", .topic = topic, .bytes = body, .received_at = now});
  const weir::model::Surroundings around{.store = [](std::string_view) { return "sh-001"; },
                                         .sku = [](std::string_view) { return std::string(); },
                                         .accept_within = {}};
  for (const weir::model::OrderFacts& facts : mapped.orders) {
    weir::sync::OrderRecord& record = orders[facts.platform_order_id];
    record.merchant = "demo";
    record.id = weir::PlatformRecordId("meituan", facts.platform_order_id);
    record.identity = {"demo", "meituan", "mt-main", facts.platform_order_id};
    record.state.Merge(facts);
    ++record.stamps.version;
    record.stamps.created_at = record.stamps.updated_at = now;
    std::string body_json;
    std::string encoded;
    std::string json;
    record.state.AppendBody(body_json, record.identity, around);
    record.state.Encode(encoded);
    weir::model::AppendOrderJson(json, record.identity, body_json, record.stamps);
    record.body_sum = weir::Checksum(body_json);
    samples.states.Add(weir::sync::ToRow(record, "sh-001", encoded).state);
    samples.records.Add(json);
  }
}

AllSamples Simulate() {
  weir::simulators::meituan::Options options;
  options.app_secret = "test_secret_0123456789abcdef0123";
  options.push_url = "https://gw.example.com/hooks/mt-main";
  options.shops = {"shop_001", "shop_002", "shop_003"};
  options.traffic.order_every = std::chrono::seconds(2);
  weir::simulators::meituan::MeituanSimulator simulator(options);
  AllSamples samples;
  std::map<std::string, weir::sync::OrderRecord> orders;
  Instant now{std::chrono::seconds(1'763'780'400)};
  while (orders.size() < kOrders) {
    now += std::chrono::seconds(1);
    for (const auto& push : simulator.Due(now, weir::simulators::kNoLimit)) {
      if (push.method == "POST") {
        const std::string topic = push.url.substr(options.push_url.size() + 1);
        TakePush(topic, push.body, now, orders, samples);
      }
      simulator.OnPushAnswer(push.id, {.status = 200, .body = R"({"data":"ok"})"}, now);
    }
  }
  return samples;
}

void Train(const Samples& samples, unsigned id, const std::string& name,
           const std::string& folder) {
  std::string dictionary(kDictionaryBytes, '\0');
  ZDICT_fastCover_params_t parameters{};
  parameters.k = 200;
  parameters.d = 8;
  parameters.f = 20;
  parameters.accel = 1;
  parameters.zParams.dictID = id;
  parameters.zParams.compressionLevel = 1;
  const std::size_t size = ZDICT_trainFromBuffer_fastCover(
      dictionary.data(), dictionary.size(), samples.joined.data(), samples.sizes.data(),
      static_cast<unsigned>(samples.sizes.size()), parameters);
  if (ZDICT_isError(size) != 0) throw std::runtime_error(ZDICT_getErrorName(size));
  dictionary.resize(size);
  const std::string path = folder + "/" + std::to_string(id) + "-" + name + ".zdict";
  std::ofstream(path, std::ios::binary) << dictionary;
  std::printf("%s: %zu bytes from %zu samples of %zu bytes\n", path.c_str(), size,
              samples.sizes.size(), samples.joined.size() / samples.sizes.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  const AllSamples samples = Simulate();
  Train(samples.pushes, 40001, "meituan", argv[1]);
  Train(samples.states, 40002, "order_state", argv[1]);
  Train(samples.records, 40003, "order_json", argv[1]);
  return 0;
}
