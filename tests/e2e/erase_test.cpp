// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/e2e/echoing_endpoint.hpp"
#include "tests/e2e/eventually.hpp"
#include "tests/e2e/files.hpp"
#include "tests/e2e/opened_folder.hpp"
#include "tests/e2e/pushes.hpp"
#include "tests/e2e/scene.hpp"

/// One customer is forgotten; all else stands.
namespace weir::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kPhone = "13812345678";
constexpr const char* kName = "欧阳独一无二";
constexpr const char* kAddress = "无二路77号5楼";
constexpr const char* kNeighbour = "13912345678";
/// Two orders of the one customer, and one of somebody else.
constexpr const char* kFirst = "10000000101";
constexpr const char* kSecond = "10000000102";
constexpr const char* kOther = "10000000103";

constexpr const char* kOperator = "the-operators-key";
constexpr const char* kOperatorBlock = R"([[key]]
id = "operator"
merchant = "demo"
scopes = ["read", "read_personal", "write", "admin"]
secret = "the-operators-key"
)";

std::set<std::string> Needles() {
  std::set<std::string> needles;
  for (const char* text : {kPhone, kName, kAddress}) AddForms(needles, text);
  return needles;
}

/// Lines that hold one of these.
std::vector<std::string> Telling(const std::vector<std::string>& lines,
                                 const std::set<std::string>& needles) {
  std::vector<std::string> telling;
  for (const std::string& line : lines) {
    const bool tells = std::ranges::any_of(
        needles, [&](const std::string& needle) { return line.find(needle) != std::string::npos; });
    if (tells) telling.push_back(line.substr(0, 200));
  }
  return telling;
}

/// A record without what says who the customer is.
json Impersonal(json record) {
  record.erase("customer");
  for (const char* member : {"remark", "invoice", "extra", "issues"}) record.erase(member);
  for (json& item : record.at("items")) item.erase("note");
  for (json& refund : record.at("refunds")) refund.erase("reason");
  return record;
}

class Erase : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(Serve());
    scene_.BeginTraffic();
    ASSERT_NO_FATAL_FAILURE(Tell());
    ASSERT_TRUE(Eventually([&] { return scene_.last_cause_seen() > 100; }));
    ASSERT_NO_FATAL_FAILURE(TellMore());
    ASSERT_TRUE(scene_.PlayOut());
    ASSERT_NO_FATAL_FAILURE(PullReviews());
    scene_.Quiet();
    // Of one subject the callbacks wait for the first, which was answered by then.
    ASSERT_TRUE(Eventually([&] {
      const json page = Get(fmt::format("/v1/callbacks?subject=meituan-{}", kFirst));
      return std::ranges::any_of(page.at("data"),
                                 [](const json& row) { return !row.at("attempts").empty(); });
    }));
  }

  /// While the platform still answers.
  void PullReviews() {
    httplib::Client client(scene_.origin());
    client.set_bearer_token_auth(kOperator);
    const auto asked =
        client.Post("/v1/connections/mt-main/pull", R"({"feed":"reviews"})", "application/json");
    ASSERT_TRUE(asked);
    ASSERT_EQ(asked->status, 202) << asked->body;
    const std::string pull = "/v1/connections/mt-main/pulls/" +
                             json::parse(asked->body).at("position").get<std::string>();
    ASSERT_TRUE(Eventually([&] { return Get(pull).at("status") != "planned"; }));
    ASSERT_EQ(Get(pull).at("status"), "done") << Get(pull);
  }

  void Serve() {
    scene_.gateway().Start();
    ASSERT_TRUE(scene_.gateway().WaitReady()) << scene_.gateway().Log();
  }
  json Get(const std::string& target) {
    app::demo::GatewayClient client(scene_.origin(), kOperator);
    return json::parse(client.Get(target).value());
  }

  /// What Meituan says of an order of a customer at one moment.
  static Fields OrderOf(const char* number, const std::string& phone, const char* status,
                        const char* utime) {
    Fields fields = SampleFields("order_paid");
    Set(fields, "order_id", number);
    Set(fields, "wm_order_id_view", number);
    Set(fields, "recipient_phone", phone);
    Set(fields, "recipient_name", phone == kNeighbour ? "路人" : kName);
    Set(fields, "recipient_address", phone == kNeighbour ? "别处" : kAddress);
    Set(fields, "caution", phone == kNeighbour ? "" : fmt::format("call {}", phone));
    Set(fields, "status", status);
    Set(fields, "utime", utime);
    return fields;
  }
  int Send(Fields fields, const char* topic = "order/paid", bool forged = false) {
    Push push = Signed(scene_.origin(), fmt::format("/hooks/mt-main/{}", topic), std::move(fields));
    if (forged) push.body[push.body.find("sig=") + 4] ^= 1;
    httplib::Client client(scene_.origin());
    const auto answer = client.Post(push.target, push.body, "application/x-www-form-urlencoded");
    return answer ? answer->status : 0;
  }

  void Tell() {
    ASSERT_EQ(Send(OrderOf(kFirst, "138****5678", "2", "1700000001")), 200);
    // A version that nothing but the phone number makes.
    ASSERT_EQ(Send(OrderOf(kFirst, kPhone, "2", "1700000002")), 200);
    ASSERT_EQ(Send(OrderOf(kOther, kNeighbour, "2", "1700000001")), 200);
    ASSERT_EQ(Send(OrderOf(kSecond, kPhone, "2", "1700000001")), 200);
  }
  void TellMore() {
    ASSERT_EQ(Send(OrderOf(kFirst, kPhone, "4", "1700000009"), "order/confirmed"), 200);
    // What cannot be mapped, and what is forged, name the customer too.
    Fields nothing;
    Set(nothing, "about", fmt::format("{} of {} {}", kFirst, kName, kPhone));
    ASSERT_EQ(Send(nothing, "order/paid"), 200);
    ASSERT_EQ(Send(OrderOf(kSecond, kPhone, "2", "1700000003"), "order/paid", true), 401);
  }

  /// What has to stand: orders by id and the feed, as its readers got it.
  struct Standing {
    std::map<std::string, json> orders;
    std::vector<json> changes;
  };
  Standing Read() {
    Standing standing;
    for (std::string cursor;;) {
      const json page = Get("/v1/orders?limit=500" + (cursor.empty() ? "" : "&cursor=" + cursor));
      for (const json& order : page.at("data")) standing.orders[order.at("id")] = order;
      if (page.at("next_cursor").is_null()) break;
      cursor = page.at("next_cursor");
    }
    for (std::uint64_t after = 0;;) {
      const json page = Get(fmt::format("/v1/changes?limit=500&after={}", after));
      for (const json& change : page.at("data")) standing.changes.push_back(change);
      if (page.at("data").empty()) break;
      after = page.at("next");
    }
    return standing;
  }

  Finished RunErase(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"erase", "--merchant", "demo", "--config",
                                          scene_.config()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunWeir(arguments);
  }
  void ExpectReplayIdentical(const std::string& folder) {
    const Finished replay = RunWeir({"replay", "--data", folder});
    EXPECT_EQ(replay.exit_code, 0) << replay.output;
    EXPECT_THAT(replay.output, HasSubstr("identical"));
  }
  static bool IsErased(const std::string& id) {
    return id.ends_with(kFirst) || id.ends_with(kSecond);
  }
  static void ExpectSame(const json& before, const json& after) {
    if (!IsErased(before.at("id"))) {
      EXPECT_EQ(after, before);
      return;
    }
    EXPECT_EQ(Impersonal(after), Impersonal(before));
    EXPECT_EQ(after.at("customer").at("phone"), "");
    EXPECT_EQ(after.at("issues").at(0).at("code"), "erased");
  }
  /// Nothing but who the customer is has changed.
  static void ExpectSame(const Standing& before, const Standing& after) {
    ASSERT_EQ(after.orders.size(), before.orders.size());
    for (const auto& [id, order] : before.orders) ExpectSame(order, after.orders.at(id));
    ASSERT_EQ(after.changes.size(), before.changes.size());
    for (std::size_t i = 0; i < before.changes.size(); ++i) {
      json was = before.changes[i];
      json is = after.changes[i];
      ExpectSame(was.at("data"), is.at("data"));
      was.erase("data");
      is.erase("data");
      EXPECT_EQ(is, was);
    }
  }

  EchoingEndpoint endpoint_;
  Scene scene_{41, endpoint_.Declared() + kOperatorBlock};
};

TEST_F(Erase, ForgetsACustomerAndNothingElse) {
  const Standing before = Read();
  ASSERT_EQ(before.orders.at(fmt::format("meituan-{}", kFirst)).at("version"), 3);
  const Finished running = RunErase({"--phone", kPhone, "--yes"});
  EXPECT_EQ(running.exit_code, 1);
  EXPECT_THAT(running.output, HasSubstr("stop its gateway first"));
  ASSERT_EQ(scene_.gateway().Stop(), 0);

  const auto lines = OpenedFolder(scene_.data());
  ASSERT_GE(Telling(lines, Needles()).size(), 10U);
  const Finished looked = RunErase({"--phone", kPhone});
  EXPECT_EQ(looked.exit_code, 0) << looked.output;
  EXPECT_THAT(looked.output, AllOf(HasSubstr(kFirst), HasSubstr(kSecond), Not(HasSubstr(kOther)),
                                   HasSubstr("nothing was written")));
  EXPECT_EQ(OpenedFolder(scene_.data()), lines);

  const Finished erased = RunErase({"--phone", kPhone, "--yes"});
  ASSERT_EQ(erased.exit_code, 0) << erased.output;
  EXPECT_THAT(Telling({erased.output}, Needles()), IsEmpty());
  EXPECT_THAT(Telling(OpenedFolder(scene_.data()), Needles()), IsEmpty());
  EXPECT_THAT(Grep(scene_.data(), Needles()), IsEmpty());
  ExpectReplayIdentical(scene_.data());

  ASSERT_NO_FATAL_FAILURE(Serve());
  ExpectSame(before, Read());
}

TEST_F(Erase, WhatIsLeftCanBeReadAndGoesOn) {
  const auto seen = Read().changes.size();
  const json timeline = Get(fmt::format("/v1/orders/meituan-{}/timeline", kFirst));
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  ASSERT_EQ(RunErase({"--order", fmt::format("meituan-{}", kFirst), "--yes"}).exit_code, 0);
  const std::string position = timeline.at("data").at(0).at("position");
  const Finished explained =
      RunWeir({"explain", position, "--config", scene_.config(), "--personal"});
  EXPECT_EQ(explained.exit_code, 0) << explained.output;
  EXPECT_THAT(explained.output, HasSubstr("its payload was overwritten"));
  EXPECT_THAT(Telling({explained.output}, Needles()), IsEmpty());

  ASSERT_NO_FATAL_FAILURE(Serve());
  const json entry = Get("/v1/journal/" + position);
  EXPECT_EQ(entry.at("erased"), true);
  EXPECT_TRUE(entry.at("payload").is_null());
  httplib::Client client(scene_.origin());
  client.set_bearer_token_auth(kOperator);
  const auto redriven = client.Post("/v1/journal/" + position + "/redrive");
  ASSERT_TRUE(redriven);
  EXPECT_EQ(redriven->status, 409) << redriven->body;
  const json acts = Get("/v1/audit");
  EXPECT_EQ(acts.at("data").at(0).at("source"), "command") << acts;
  EXPECT_EQ(acts.at("data").at(0).at("call"), "weir erase");

  // The same customer's other order was not named.
  EXPECT_EQ(Get(fmt::format("/v1/orders/meituan-{}", kSecond)).at("customer").at("phone"), kPhone);
  // A late message is taken, and the customer stays forgotten.
  ASSERT_EQ(Send(OrderOf(kFirst, kPhone, "8", "1700000099"), "order/completed"), 200);
  scene_.WaitUntilFolded();
  const json order = Get(fmt::format("/v1/orders/meituan-{}", kFirst));
  EXPECT_EQ(order.at("status"), "completed");
  EXPECT_EQ(order.at("customer").at("phone"), "");
  EXPECT_EQ(order.at("remark"), "");
  EXPECT_EQ(Read().changes.size(), seen + 1);
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  ExpectReplayIdentical(scene_.data());
  // What it said is in the journal, and can be erased like the rest.
  ASSERT_EQ(RunErase({"--phone", kPhone, "--yes"}).exit_code, 0);
  EXPECT_THAT(Telling(OpenedFolder(scene_.data()), Needles()), IsEmpty());
  ExpectReplayIdentical(scene_.data());
}

TEST_F(Erase, ForgetsAReviewAndKeepsItsScore) {
  const json reviews = Get("/v1/reviews").at("data");
  ASSERT_FALSE(reviews.empty());
  const json& before = reviews.at(0);
  const std::string id = before.at("id");
  const auto seen = Read().changes.size();
  ASSERT_EQ(scene_.gateway().Stop(), 0);

  const Finished erased = RunErase({"--review", id, "--yes"});
  ASSERT_EQ(erased.exit_code, 0) << erased.output;
  EXPECT_THAT(erased.output, HasSubstr(id));
  ExpectReplayIdentical(scene_.data());
  ASSERT_NO_FATAL_FAILURE(Serve());
  const json after = Get("/v1/reviews/" + id);
  EXPECT_EQ(after.at("text"), "");
  EXPECT_EQ(after.at("pictures"), json::array());
  EXPECT_EQ(after.at("extra"), json::object());
  EXPECT_EQ(after.at("issues").at(0).at("code"), "erased");
  for (const char* kept : {"rating", "posted_at", "version", "updated_at", "store"}) {
    EXPECT_EQ(after.at(kept), before.at(kept)) << kept;
  }
  const auto changes = Read().changes;
  EXPECT_EQ(changes.size(), seen);
  for (const json& change : changes) {
    if (change.at("data").at("id") == id) EXPECT_EQ(change.at("data").at("text"), "");
  }
}

TEST_F(Erase, KilledAnywhereASecondRunEndsTheSame) {
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  const auto folder_of = [&](const std::string& name) {
    const std::string folder = (fs::path(scene_.data()).parent_path() / name).string();
    fs::copy(scene_.data(), folder, fs::copy_options::recursive);
    return folder;
  };
  const auto arguments = [](const std::string& folder) -> std::vector<std::string> {
    return {"erase", "--merchant", "demo", "--phone", kPhone, "--yes", "--data", folder};
  };
  const std::string whole = folder_of("whole");
  ASSERT_EQ(RunWeir(arguments(whole)).exit_code, 0);
  const auto expected = OpenedFolder(whole);

  int met = 0;
  for (const std::string stage :
       {"erase.unfinished", "journal/erased", "journal/erasing.segment", "view.db.unfinished",
        "callbacks.db.unfinished", "refusals.db.unfinished", "snapshots/view.unfinished"}) {
    SCOPED_TRACE(stage);
    const std::string folder = folder_of("killed at " + fs::path(stage).filename().string());
    const auto path = fs::path(folder) / stage;
    const Finished killed = RunWeirUntil(arguments(folder), [&] { return fs::exists(path); });
    // A stage may pass between two looks at it: then the run came to its end.
    if (killed.exit_code == -1) {
      ++met;
    } else {
      EXPECT_EQ(killed.exit_code, 0) << killed.output;
    }
    // Whoever does not know of it can go on, too.
    EXPECT_NO_THROW(std::ignore = OpenedFolder(folder));
    const Finished again = RunWeir(arguments(folder));
    ASSERT_EQ(again.exit_code, 0) << again.output;
    const auto lines = OpenedFolder(folder);
    EXPECT_THAT(Telling(lines, Needles()), IsEmpty());
    // Behind what was there before, each finished run notes itself.
    for (const std::string& line : expected) {
      if (line.find("weir erase") == std::string::npos) EXPECT_THAT(lines, Contains(line));
    }
    EXPECT_FALSE(fs::exists(folder + "/erase.unfinished"));
    ExpectReplayIdentical(folder);
  }
  EXPECT_GT(met, 0);
}

TEST_F(Erase, AWrongCallSaysSo) {
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  const Finished unknown = RunErase({"--order", "meituan-999999999", "--yes"});
  EXPECT_EQ(unknown.exit_code, 1);
  EXPECT_THAT(unknown.output, HasSubstr("has no order 'meituan-999999999'"));
  const Finished masked = RunErase({"--phone", "138****5678"});
  EXPECT_EQ(masked.exit_code, 1);
  EXPECT_THAT(masked.output, HasSubstr("expected a whole number"));
}

}  // namespace
}  // namespace weir::e2e
