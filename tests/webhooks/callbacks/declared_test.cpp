// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/declared.hpp"

#include <algorithm>

#include "tests/webhooks/callbacks/world.hpp"

/// Subscriptions that come, change and go while the dispatcher runs.
namespace weir::webhooks {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::CallbackTest;
using ::testing::ElementsAre;
using testing::Endpoint;
using ::testing::IsEmpty;
using testing::kSecret;
using ::testing::SizeIs;
using testing::Status;

constexpr const char* kNewSecret = "whsec_bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3";

class DeclaredTest : public CallbackTest {
 protected:
  void Change(const sync::SubscriptionSetting& setting) {
    Declare(setting);
    TakeSettings();
  }
  void Deliver(std::string disabled) {
    Declare(sync::DeliverySetting{
        .subscription = "erp", .disabled = std::move(disabled), .endpoint = {}});
    TakeSettings();
  }
  std::string SignedBy(const Endpoint::Message& message, const char* secret) {
    return Sign(std::vector{*SigningKey::Parse(secret)}, message.id, message.at,
                message.request.body);
  }
  std::string Signature(const Endpoint::Message& message) {
    return std::string(message.request.headers.Find("webhook-signature"));
  }
};

TEST_F(DeclaredTest, ANewOneBeginsWithWhatComes) {
  Start({});
  Publish("o-1");
  Change(Erp());
  Publish("o-2");
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(2));
}

TEST_F(DeclaredTest, ANewOnesCursorIsDurableAtOnce) {
  Start({});
  Publish("o-1");
  Change(Erp());
  Kill();
  EXPECT_EQ(WrittenCursor(), 1U);
}

TEST_F(DeclaredTest, AChangedOneGoesOnElsewhere) {
  Start({Erp()});
  auto erp = Erp();
  erp.url = "https://erp.example/new";
  erp.types = {"order.cancelled"};
  Change(erp);
  Publish("o-1", "order.placed");
  Publish("o-1", "order.cancelled");
  Run(seconds(1));
  ASSERT_THAT(endpoint_.Seqs(), ElementsAre(2));
  EXPECT_EQ(endpoint_.got[0].request.target, "https://erp.example/new");
}

TEST_F(DeclaredTest, AnotherUrlIsTriedAtOnce) {
  endpoint_.answer = [](const Endpoint::Message& message) {
    return Status(message.request.target.ends_with("new") ? 204 : 500);
  };
  Start({Erp()});
  for (int i = 0; i < 10; ++i) Publish("o-" + std::to_string(i));
  Run(minutes(10));
  auto erp = Erp();
  erp.url = "https://erp.example/new";
  Change(erp);
  EXPECT_FALSE(dispatcher_->subscribers()->front()->figures().holding);
}

TEST_F(DeclaredTest, ADeletedOneIsSentNothingMore) {
  Start({Erp()});
  auto erp = Erp();
  erp.enabled = false;
  erp.deleted = true;
  erp.secrets.clear();
  Change(erp);
  Publish("o-1");
  Run(seconds(5));
  EXPECT_THAT(endpoint_.got, IsEmpty());
  EXPECT_THAT(*dispatcher_->subscribers(), IsEmpty());
}

TEST_F(DeclaredTest, OfADeletedOneNothingStaysOpen) {
  endpoint_.answer = [](const Endpoint::Message&) { return Status(500); };
  Start({Erp()});
  Publish("o-1");
  Run(seconds(1));
  ASSERT_TRUE(Row(1));
  auto erp = Erp();
  erp.enabled = false;
  erp.deleted = true;
  Change(erp);
  Run(seconds(1));
  EXPECT_FALSE(Row(1));
  EXPECT_THAT(Ask(log_.Subscriptions()).value(), IsEmpty());
}

TEST_F(DeclaredTest, WhatAKilledProcessDidNotForgetTheNextOneDoes) {
  Start({Erp()});
  Kill();
  auto erp = Erp();
  erp.enabled = false;
  erp.deleted = true;
  Declare(erp);
  Start({});
  Run(seconds(1));
  EXPECT_THAT(Ask(log_.Subscriptions()).value(), IsEmpty());
}

TEST_F(DeclaredTest, ARotatedSecretSignsTooUntilItsTime) {
  Start({Erp()});
  auto erp = Erp();
  erp.secrets = {{.secret = Secret(kNewSecret), .until = {}},
                 {.secret = Secret(kSecret), .until = clock_.Now() + hours(24)}};
  Change(erp);
  Publish("o-1");
  Run(hours(23));
  Publish("o-1");
  Run(hours(2));
  Publish("o-1");
  Run(seconds(1));
  ASSERT_THAT(endpoint_.got, SizeIs(3));
  for (const int i : {0, 1}) {
    const auto& message = endpoint_.got[static_cast<std::size_t>(i)];
    EXPECT_EQ(Signature(message), SignedBy(message, kNewSecret) + " " + SignedBy(message, kSecret));
  }
  EXPECT_EQ(Signature(endpoint_.got[2]), SignedBy(endpoint_.got[2], kNewSecret));
}

TEST_F(DeclaredTest, ADisabledOneIsSentAllOnceItIsEnabled) {
  Start({Erp()});
  Deliver("asked");
  Publish("o-1");
  Run(minutes(5));
  EXPECT_THAT(endpoint_.got, IsEmpty());
  Deliver("");
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(1));
}

TEST_F(DeclaredTest, ATestThatIsTakenEnablesNoneThatSomebodyDisabled) {
  Start({Erp()});
  Deliver("asked");
  ASSERT_TRUE(Ask(dispatcher_->Test("demo", "erp")));
  Publish("o-1");
  Run(seconds(5));
  EXPECT_THAT(endpoint_.Ids(), SizeIs(1));
}

TEST_F(DeclaredTest, GoneBecomesAnEntry) {
  endpoint_.answer = [](const Endpoint::Message&) { return Status(410); };
  Start({Erp()});
  for (int i = 0; i < 3; ++i) Publish("o-" + std::to_string(i));
  Run(seconds(2));
  const auto entries = Ask(storage_.Scan({0, 1}, 10, 1U << 20)).value();
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(sync::DecodeDeliverySetting(entries[0].payload)->disabled, "gone");
}

TEST_F(DeclaredTest, WhatTheEndpointSaidIsNotUndoneByAnotherChange) {
  endpoint_.answer = [](const Endpoint::Message&) { return Status(410); };
  Start({Erp()});
  Publish("o-1");
  Run(seconds(1));
  auto erp = Erp();
  erp.personal = true;
  Change(erp);
  EXPECT_TRUE(dispatcher_->subscribers()->front()->figures().disabled);
}

TEST_F(DeclaredTest, OneWithoutASecretIsSentNothing) {
  auto erp = Erp();
  erp.made_by_api = false;
  erp.secrets.clear();
  Start({erp});
  Publish("o-1");
  Run(seconds(1));
  EXPECT_THAT(endpoint_.got, IsEmpty());
  EXPECT_EQ(Ask(dispatcher_->Test("demo", "erp")).error().kind, ErrorKind::kConflict);
}

TEST_F(DeclaredTest, OneOfTheFileBeginsBeforeTheViewDeclaresIt) {
  secrets_[{"demo", "erp"}] = {*SigningKey::Parse(kSecret)};
  Start({});
  Publish("o-1");
  auto erp = Erp();
  erp.made_by_api = false;
  erp.secrets.clear();
  Change(erp);
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(1));
}

TEST_F(DeclaredTest, TheFilesSecretsAndOptionsAreTakenWhileItRuns) {
  auto erp = Erp();
  erp.made_by_api = false;
  erp.secrets.clear();
  Start({erp});
  FileSecrets secrets;
  secrets[{"demo", "erp"}] = {*SigningKey::Parse(kSecret)};
  CallbackOptions options;
  options.retries = {seconds(1)};
  endpoint_.answer = [](const Endpoint::Message&) { return Status(500); };
  ASSERT_TRUE(Ask(dispatcher_->TakeFile(std::move(options), std::move(secrets))));
  Publish("o-1");
  Run(seconds(5));
  EXPECT_THAT(endpoint_.got, SizeIs(2));
  EXPECT_EQ(Row(1)->status, storage::CallbackStatus::kParked);
}

}  // namespace
}  // namespace weir::webhooks
