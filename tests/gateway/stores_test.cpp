// SPDX-License-Identifier: Apache-2.0
#include "sync/settings.hpp"
#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using ::testing::SizeIs;

class StoresTest : public ApiTest {
 protected:
  StoresTest() {
    const sync::ConnectionSetting connection{
        .id = "mt-main",
        .platform = "meituan",
        .stores = {{"shop_001", "sh-001"}, {"shop_002", "sh-002"}},
        .accept_within = {}};
    Put(storage::RecordKind::kSetting, SettingId(connection), EncodeSetting(connection));
    for (const char* id : {"sh-001", "sh-002"}) {
      const sync::StoreSetting store{.id = id, .name = "店", .code = "ERP"};
      Put(storage::RecordKind::kSetting, SettingId(store), EncodeSetting(store));
    }
  }

  void Put(storage::RecordKind kind, const std::string& id, std::string state,
           storage::Batch batch = {}) {
    storage::RecordRow row;
    row.kind = kind;
    row.merchant = "demo";
    row.id = id;
    row.version = 1;
    row.published_seq = batch.changes.empty() ? 0 : batch.changes.back().seq;
    row.state = std::move(state);
    batch.puts.push_back(std::move(row));
    Apply(std::move(batch));
  }
};

TEST_F(StoresTest, AreShownAsDeclared) {
  const json store = Get("/v1/stores/sh-001");
  EXPECT_EQ(store["name"], "店");
  EXPECT_EQ(store["code"], "ERP");
  ASSERT_THAT(store["links"], SizeIs(1));
  EXPECT_EQ(store["links"][0]["platform_shop"], "shop_001");
  EXPECT_EQ(store["links"][0]["state"], nullptr);
}

TEST_F(StoresTest, ShowWhatPlatformsLastSaid) {
  const json link = {{"connection", "mt-main"},
                     {"platform_shop", "shop_001"},
                     {"state", "resting"},
                     {"cause", "merchant"},
                     {"reason", ""},
                     {"at", "2026-11-22T03:00:00.000Z"}};
  storage::Batch batch;
  batch.changes = {{.merchant = "demo",
                    .seq = 1,
                    .cause = {.offset = 1},
                    .type = "store.status_changed",
                    .subject = "sh-001",
                    .version = 1,
                    .data = json{{"id", "sh-001"}, {"links", json::array({link})}}.dump()}};
  Put(storage::RecordKind::kStore, "sh-001", "{}", std::move(batch));
  EXPECT_EQ(Get("/v1/stores/sh-001")["links"][0]["state"], "resting");
  EXPECT_EQ(Get("/v1/stores/sh-002")["links"][0]["state"], nullptr);
}

TEST_F(StoresTest, AreListedByIdPageByPage) {
  const json first = Get("/v1/stores?limit=1");
  EXPECT_EQ(first["data"][0]["id"], "sh-001");
  const json second = Get("/v1/stores?cursor=" + first["next_cursor"].get<std::string>());
  EXPECT_EQ(second["data"][0]["id"], "sh-002");
  EXPECT_EQ(second["next_cursor"], nullptr);
}

TEST_F(StoresTest, ThatNobodyDeclaredAreNotThere) {
  EXPECT_EQ(Refusal("/v1/stores/sh-003"), "404 not_found");
  EXPECT_EQ(Refusal("/v1/stores?limit=0"), "400 invalid_parameter");
}

}  // namespace
}  // namespace weir::gateway::testing
