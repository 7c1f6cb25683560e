// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/seeded_random.hpp"
#include "simulators/meituan/simulator.hpp"
#include "tests/e2e/core_life.hpp"
#include "tests/e2e/scale.hpp"
#include "tests/e2e/scene.hpp"

/// In whatever order an order's pushes come, and however often: one record.
namespace weir::e2e {
namespace {

namespace meituan = simulators::meituan;
using nlohmann::json;

struct Life {
  const char* name;
  meituan::Fate fate;
};

std::vector<Life> Lives() {
  const auto route = meituan::PlainRoute();
  return {
      {"Delivered", {.urged = true, .route = route}},
      {"CancelledWhenConfirmed",
       {.cancelled_from = 4, .cancellation = meituan::kSupportOther, .route = {}}},
      {"RefundedInPart", {.refund = meituan::RefundFate{.partial = true}, .route = route}},
      {"RefundedAtTheEnd",
       {.refund = meituan::RefundFate{.after_completion = true}, .route = route}},
  };
}

/// All pushes of one order's life, in their order, with copies among them.
struct Told {
  std::string order;
  std::vector<Push> pushes;
};

Told PushesOf(const meituan::Fate& fate, std::string_view public_url, std::uint64_t seed) {
  meituan::Options options;
  options.app_id = kAppId;
  options.app_secret = kAppSecret;
  options.push_url = std::string(public_url) + "/hooks/mt-main";
  options.seed = seed;
  options.faults.duplicated = 0.4;
  options.quirks.encoding = meituan::Encoding::kMixed;
  options.quirks.get_for_cancel_and_refund = true;
  meituan::MeituanSimulator platform(options);
  Instant now(std::chrono::seconds(1'764'000'000));
  Told told{.order = platform.CreateOrder(now, fate), .pushes = {}};
  while (const auto next = platform.NextDue()) {
    now = std::max(now, *next);
    for (auto& push : platform.Due(now, simulators::kNoLimit)) {
      platform.OnPushAnswer(push.id, {.status = 200, .body = R"({"data":"ok"})"}, now);
      told.pushes.push_back({.method = push.method,
                             .target = push.url.substr(public_url.size()),
                             .body = std::move(push.body)});
    }
  }
  return told;
}

/// A copy in another order, some pushes twice.
std::vector<Push> Shuffled(std::vector<Push> pushes, SeededRandom& random) {
  const std::size_t told = pushes.size();
  for (std::size_t i = 0; i < told; ++i) {
    if (random.Below(3) == 0) pushes.push_back(pushes[i]);
  }
  for (std::size_t i = pushes.size(); i > 1; --i) std::swap(pushes[i - 1], pushes[random.Below(i)]);
  return pushes;
}

/// Without version and our own stamps.
json Essence(json record) {
  for (const char* ours : {"version", "created_at", "updated_at"}) record.erase(ours);
  return record;
}

json RecordOf(const std::string& order, const std::vector<Push>& pushes) {
  Ground ground;
  CoreLife life(ground);
  life.Settle();
  for (const Push& push : pushes) {
    EXPECT_EQ(life.Send(push).body, R"({"data":"ok"})");
    ground.clock.Advance(std::chrono::milliseconds(700));
  }
  const json record = life.GetJson("/v1/orders/meituan-" + order);
  return record.is_object() ? Essence(record) : record;
}

TEST(Arrival, AnyOrderAndDuplicationGivesOneRecord) {
  const int rounds = Times("WEIR_E2E_SHUFFLES", 30, 5);
  SeededRandom random(3);
  for (const Life& life : Lives()) {
    const Told told = PushesOf(life.fate, kPublicUrl, 5);
    ASSERT_GT(told.pushes.size(), 3U) << life.name;
    const json expected = RecordOf(told.order, told.pushes);
    ASSERT_TRUE(expected.is_object()) << life.name;
    for (int i = 0; i < rounds; ++i) {
      ASSERT_EQ(RecordOf(told.order, Shuffled(told.pushes, random)), expected)
          << life.name << ", round " << i;
    }
  }
}

/// Posts or gets the push; the answer's status.
int SendOver(httplib::Client& client, const Push& push) {
  const auto answer = push.method == "GET" ? client.Get(push.target)
                                           : client.Post(push.target, push.body,
                                                         "application/x-www-form-urlencoded");
  return answer ? answer->status : 0;
}

TEST(Arrival, OverSocketsToo) {
  Scene scene(1);
  scene.gateway().Start();
  ASSERT_TRUE(scene.gateway().WaitReady()) << scene.gateway().Log();
  httplib::Client client(scene.origin());
  SeededRandom random(4);
  std::uint64_t seed = 5;
  for (const Life& life : Lives()) {
    // The same orders would be one order: each life has numbers of its own.
    const Told local = PushesOf(life.fate, kPublicUrl, ++seed);
    const Told told = PushesOf(life.fate, scene.origin(), seed);
    for (const Push& push : Shuffled(told.pushes, random)) {
      ASSERT_EQ(SendOver(client, push), 200) << life.name;
    }
    scene.WaitUntilFolded();
    app::demo::GatewayClient api(scene.origin(), app::demo::kApiKey);
    const auto record = api.Order("meituan-" + told.order);
    ASSERT_TRUE(record && *record) << life.name;
    EXPECT_EQ(Essence(**record), RecordOf(local.order, local.pushes)) << life.name;
  }
}

Push SamplePushOf(const std::string& topic, const std::string& status, const std::string& utime) {
  Fields fields = SampleFields("order_paid");
  Set(fields, "status", status);
  Set(fields, "utime", utime);
  return Signed(kPublicUrl, "/hooks/mt-main/" + topic, std::move(fields));
}

TEST(Arrival, AnExplicitCancelWinsInAnyOrder) {
  Fields cancel = SampleFields("order_cancel");
  Set(cancel, "reason_code", "1204");
  std::vector<Push> pushes = {SamplePushOf("order/paid", "2", "1700000000"),
                              SamplePushOf("order/confirmed", "4", "1700000100"),
                              SamplePushOf("order/completed", "8", "1700000900"),
                              Signed(kPublicUrl, "/hooks/mt-main/order/cancelled", cancel)};
  std::vector<std::size_t> order = {0, 1, 2, 3};
  std::set<json> records;
  do {
    std::vector<Push> permuted;
    for (const std::size_t i : order) permuted.push_back(pushes[i]);
    records.insert(RecordOf("10000000001", permuted));
  } while (std::ranges::next_permutation(order).found);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records.begin()->at("status"), "cancelled");
}

TEST(Arrival, ADegradedSnapshotErasesNothing) {
  const Push whole = SamplePushOf("order/paid", "2", "1700000000");
  Fields poorer = SampleFields("order_paid");
  Set(poorer, "status", "4");
  Set(poorer, "utime", "1700000100");
  Set(poorer, "incmp_code", "-1");
  Set(poorer, "incmp_modules", "[0,1,4,6]");
  for (const char* lost :
       {"detail", "extras", "poi_receive_detail", "recipient_address", "recipient_phone"}) {
    Remove(poorer, lost);
  }
  const Push degraded = Signed(kPublicUrl, "/hooks/mt-main/order/confirmed", std::move(poorer));
  const json before = RecordOf("10000000001", {whole});
  for (const auto& pushes : {std::vector{whole, degraded}, std::vector{degraded, whole}}) {
    const json record = RecordOf("10000000001", pushes);
    EXPECT_EQ(record.at("status"), "accepted");
    for (const char* kept : {"items", "charges", "discounts", "totals", "customer", "display_no"}) {
      EXPECT_EQ(record.at(kept), before.at(kept)) << kept;
    }
  }
}

}  // namespace
}  // namespace weir::e2e
