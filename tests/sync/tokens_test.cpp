// SPDX-License-Identifier: Apache-2.0
#include "sync/tokens.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <set>

#include "base/seeded_random.hpp"
#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

using connectors::Token;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A platform that gives "a1", "a2" ... for an hour each, a second after it was asked.
class Platform final : public connectors::TokenIssuer {
 public:
  Platform(const Clock& clock, Timer& timer) : clock_(clock), timer_(timer) {}

  boost::asio::awaitable<Result<Token>> Issue(std::optional<Token> former) override {
    asked.emplace_back(former ? former->refresh.Reveal() : "credentials");
    co_await timer_.Wait(seconds(1));
    if (failure) co_return std::unexpected(*failure);
    if (former && !takes.contains(std::string(former->refresh.Reveal()))) {
      co_return Fail(ErrorKind::kUnauthorized, "the refresh token is not known");
    }
    const std::string number = std::to_string(++given);
    takes.insert("r" + number);
    co_return Token{.access = Secret("a" + number),
                    .refresh = Secret("r" + number),
                    .obtained_at = clock_.Now(),
                    .expires_at = clock_.Now() + hours(1),
                    .refresh_expires_at = {}};
  }

  std::vector<std::string> asked;  ///< With what.
  std::set<std::string> takes;     ///< Refresh tokens.
  std::optional<Error> failure;
  int given = 0;

 private:
  const Clock& clock_;
  Timer& timer_;
};

class TokensTest : public ::testing::Test {
 protected:
  using Vault = std::shared_ptr<connectors::TokenVault>;

  Vault VaultOf(Tokens& tokens, const std::string& credentials = "app") const {
    auto vault = tokens.VaultOf({.merchant = "demo",
                                 .connection = "ele-main",
                                 .platform = "eleme",
                                 .credentials = credentials});
    vault->Use(platform_);
    return vault;
  }

  std::future<Result<Secret>> Begin(boost::asio::awaitable<Result<Secret>> call) {
    return boost::asio::co_spawn(io_, std::move(call), boost::asio::use_future);
  }
  /// Lets the platform answer what it was asked so far.
  void Answer() { scene_.timer.RunFor(io_, seconds(3)); }
  /// The token, or the error's kind.
  std::string Call(boost::asio::awaitable<Result<Secret>> call) {
    auto future = Begin(std::move(call));
    Answer();
    return TextOf(future.get());
  }
  static std::string TextOf(const Result<Secret>& answer) {
    return answer ? std::string(answer->Reveal()) : std::string(Name(answer.error().kind));
  }
  std::vector<std::string> ChangeTypes() {
    scene_.FoldAll();
    std::vector<std::string> types;
    const auto page = scene_.Must(scene_.Run(scene_.storage.ReadChanges("demo", 0, 100, {})));
    for (const storage::ChangeRow& change : page.changes) types.push_back(change.type);
    return types;
  }
  /// A push of the platform: the merchant took the authorisation back.
  void Revoke(Instant at) {
    auto mapped = std::make_shared<mapping::Mapped>();
    mapped->connections.push_back({.kind = model::ConnectionFact::Kind::kAuthorizationRevoked,
                                   .platform_shop = "10001",
                                   .at = at,
                                   .sent_at = {}});
    scene_.Append({.envelope = {.kind = storage::EntryKind::kPush,
                                .merchant = "demo",
                                .connection = "ele-main",
                                .platform = "eleme",
                                .dialect = {},
                                .topic = "100",
                                .request = {},
                                .received_at = at},
                   .payload = "p",
                   .attachment = std::move(mapped)});
  }
  void PassHours(int count) { scene_.clock.Advance(hours(count)); }

  FoldScene scene_;
  boost::asio::io_context io_{1};
  SeededRandom random_{1};
  std::shared_ptr<Platform> platform_ = std::make_shared<Platform>(scene_.clock, scene_.timer);
  storage::LeaseTable lease_table_{scene_.clock};
  storage::LocalLeases leases_{lease_table_, "one"};
  Tokens tokens_{scene_.storage, leases_, scene_.clock, random_};
};

TEST_F(TokensTest, AreAskedForOnceAndServeToNearTheirEnd) {
  const Vault vault = VaultOf(tokens_);
  EXPECT_EQ(Call(vault->Access()), "a1");
  scene_.clock.Advance(minutes(50));
  EXPECT_EQ(Call(vault->Access()), "a1");
  EXPECT_THAT(platform_->asked, ElementsAre("credentials"));
}

TEST_F(TokensTest, AreRenewedBeforeTheyEnd) {
  const Vault vault = VaultOf(tokens_);
  ASSERT_EQ(Call(vault->Access()), "a1");
  scene_.clock.Advance(minutes(56));
  EXPECT_EQ(Call(vault->Access()), "a2");
  EXPECT_THAT(platform_->asked, ElementsAre("credentials", "r1"));
}

TEST_F(TokensTest, AreAskedForOnceByTwoHundredCalls) {
  const Vault vault = VaultOf(tokens_);
  ASSERT_EQ(Call(vault->Access()), "a1");
  PassHours(2);
  std::vector<std::future<Result<Secret>>> calls;
  for (int i = 0; i < 200; ++i) {
    calls.push_back(Begin(i % 2 == 0 ? vault->Access() : vault->Renew(Secret("a1"))));
  }
  Answer();
  for (auto& call : calls) EXPECT_EQ(TextOf(call.get()), "a2");
  EXPECT_THAT(platform_->asked, SizeIs(2));
}

TEST_F(TokensTest, OneNodeAsksAndTheOtherReadsWhatItGot) {
  storage::LocalLeases others(lease_table_, "two");
  Tokens other_node(scene_.storage, others, scene_.clock, random_);
  const Vault one = VaultOf(tokens_);
  const Vault two = VaultOf(other_node);
  auto first = Begin(one->Access());
  auto second = Begin(two->Access());
  Answer();
  EXPECT_EQ(TextOf(first.get()), "a1");
  EXPECT_EQ(TextOf(second.get()), "transport");
  scene_.FoldAll();
  EXPECT_EQ(Call(two->Access()), "a1");
  EXPECT_THAT(platform_->asked, SizeIs(1));
}

TEST_F(TokensTest, AreAskedForOnceByManyThreads) {
  class AtOnce final : public connectors::TokenIssuer {
   public:
    boost::asio::awaitable<Result<Token>> Issue(std::optional<Token>) override {
      ++asked;
      co_return Token{.access = Secret("a"),
                      .refresh = Secret("r"),
                      .obtained_at = Instant(hours(1)),
                      .expires_at = Instant::max(),
                      .refresh_expires_at = {}};
    }
    std::atomic<int> asked = 0;
  };
  auto issuer = std::make_shared<AtOnce>();
  const auto vault = tokens_.VaultOf(
      {.merchant = "demo", .connection = "ele-main", .platform = "eleme", .credentials = "app"});
  vault->Use(issuer);
  boost::asio::thread_pool threads(4);
  std::vector<std::future<Result<Secret>>> calls;
  for (int i = 0; i < 200; ++i) {
    calls.push_back(boost::asio::co_spawn(threads, vault->Access(), boost::asio::use_future));
  }
  for (auto& call : calls) EXPECT_EQ(TextOf(call.get()), "a");
  EXPECT_EQ(issuer->asked, 1);
}

TEST_F(TokensTest, AreDurableBeforeTheirFirstUse) {
  const Vault vault = VaultOf(tokens_);
  const auto before = scene_.storage.journal_end().offset;
  ASSERT_EQ(Call(vault->Access()), "a1");
  EXPECT_EQ(scene_.storage.journal_end().offset, before + 1);
  scene_.FoldAll();
  Tokens next_start(scene_.storage, leases_, scene_.clock, random_);
  EXPECT_EQ(Call(VaultOf(next_start)->Access()), "a1");
}

// The platform gave a new pair and this process died before it was written: the former refresh
// token is all that is left, and the platform takes it once more.
TEST_F(TokensTest, ThatWereLostAreAskedForWithTheFormerOne) {
  ASSERT_EQ(Call(VaultOf(tokens_)->Access()), "a1");
  scene_.FoldAll();
  ++platform_->given;
  Tokens next_start(scene_.storage, leases_, scene_.clock, random_);
  const Vault vault = VaultOf(next_start);
  ASSERT_EQ(Call(vault->Access()), "a1");
  EXPECT_EQ(Call(vault->Renew(Secret("a1"))), "a3");
  EXPECT_EQ(platform_->asked.back(), "r1");
}

TEST_F(TokensTest, ThatWereRenewedMeanwhileAreNotAskedForAgain) {
  const Vault vault = VaultOf(tokens_);
  ASSERT_EQ(Call(vault->Access()), "a1");
  ASSERT_EQ(Call(vault->Renew(Secret("a1"))), "a2");
  EXPECT_EQ(Call(vault->Renew(Secret("a1"))), "a2");
  EXPECT_THAT(platform_->asked, SizeIs(2));
}

TEST_F(TokensTest, TooOldToBeRenewedAreReplacedByTheCredentialsAlone) {
  const Vault vault = VaultOf(tokens_);
  ASSERT_EQ(Call(vault->Access()), "a1");
  platform_->takes.clear();
  PassHours(1000);
  EXPECT_EQ(Call(vault->Access()), "a2");
  EXPECT_THAT(platform_->asked, ElementsAre("credentials", "r1", "credentials"));
}

TEST_F(TokensTest, ServeWhileThePlatformCannotBeReached) {
  const Vault vault = VaultOf(tokens_);
  ASSERT_EQ(Call(vault->Access()), "a1");
  scene_.clock.Advance(minutes(57));
  platform_->failure = Error{.kind = ErrorKind::kTransport, .message = "down"};
  EXPECT_EQ(Call(vault->Access()), "a1");
}

TEST_F(TokensTest, AreAskedForRarerTheLongerThePlatformFails) {
  const Vault vault = VaultOf(tokens_);
  platform_->failure = Error{.kind = ErrorKind::kTransport, .message = "down"};
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(Call(vault->Access()), "transport");
  // 3,000 s went by.
  EXPECT_THAT(platform_->asked, SizeIs(::testing::Lt(80U)));
  platform_->failure.reset();
  PassHours(1);
  EXPECT_EQ(Call(vault->Access()), "a1");
}

TEST_F(TokensTest, AreAskedForHourlyAfterARefusal) {
  const Vault vault = VaultOf(tokens_);
  platform_->failure = Error{.kind = ErrorKind::kUnauthorized, .message = "no"};
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Call(vault->Access()), "unauthorized");
  EXPECT_THAT(platform_->asked, SizeIs(1));
  PassHours(2);
  EXPECT_EQ(Call(vault->Access()), "unauthorized");
  EXPECT_THAT(platform_->asked, SizeIs(2));
}

TEST_F(TokensTest, TellTheFeedOfARefusalAndOfItsEnd) {
  const Vault vault = VaultOf(tokens_);
  ASSERT_EQ(Call(vault->Access()), "a1");
  EXPECT_THAT(ChangeTypes(), IsEmpty());
  platform_->failure = Error{.kind = ErrorKind::kUnauthorized, .message = "revoked"};
  EXPECT_EQ(Call(vault->Renew(Secret("a1"))), "unauthorized");
  PassHours(2);
  EXPECT_EQ(Call(vault->Renew(Secret("a1"))), "unauthorized");
  EXPECT_THAT(ChangeTypes(), ElementsAre("connection.unauthorized"));
  platform_->failure.reset();
  PassHours(2);
  EXPECT_EQ(Call(vault->Access()), "a2");
  EXPECT_THAT(ChangeTypes(), ElementsAre("connection.unauthorized", "connection.authorized"));
}

TEST_F(TokensTest, OfOtherCredentialsAreNotUsed) {
  ASSERT_EQ(Call(VaultOf(tokens_)->Access()), "a1");
  scene_.FoldAll();
  EXPECT_EQ(Call(VaultOf(tokens_, "another app")->Access()), "a2");
  EXPECT_THAT(platform_->asked, ElementsAre("credentials", "credentials"));
}

TEST_F(TokensTest, StayWhenTheConnectorIsMadeAnew) {
  const Vault first = VaultOf(tokens_);
  ASSERT_EQ(Call(first->Access()), "a1");
  EXPECT_EQ(Call(VaultOf(tokens_)->Access()), "a1");
}

TEST_F(TokensTest, AreRefusedOnceThePlatformSaysThatTheyAreRevoked) {
  ASSERT_EQ(Call(VaultOf(tokens_)->Access()), "a1");
  Revoke(scene_.clock.Now());
  Revoke(scene_.clock.Now());
  EXPECT_THAT(ChangeTypes(), ElementsAre("connection.unauthorized"));
  const auto state = scene_.Run(ReadTokenState(scene_.storage, "demo", "ele-main")).value();
  EXPECT_EQ(state->refused, "revoked");
}

TEST_F(TokensTest, AreNotRefusedForWhatWasRevokedBeforeThem) {
  const Instant before = scene_.clock.Now();
  scene_.clock.Advance(seconds(1));
  ASSERT_EQ(Call(VaultOf(tokens_)->Access()), "a1");
  Revoke(before);
  EXPECT_THAT(ChangeTypes(), IsEmpty());
}

TEST(TokenState, IsReadAsItWasWritten) {
  const TokenState state{.credentials = "digest",
                         .token = Token{.access = Secret("a"),
                                        .refresh = Secret("r"),
                                        .obtained_at = Instant(hours(1)),
                                        .expires_at = Instant(hours(2)),
                                        .refresh_expires_at = Instant(hours(3))},
                         .refused = "UNAUTHORIZED"};
  EXPECT_EQ(DecodeTokenState(EncodeTokenState(state)).value(), state);
}

TEST(TokenState, IsRefusedWhereItIsNone) {
  for (const char* text :
       {"", "{}", R"({"credentials":1})", R"({"credentials":"c","secrets":{}})"}) {
    EXPECT_FALSE(DecodeTokenState(text)) << text;
  }
}

}  // namespace
}  // namespace weir::sync::testing
