// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/signature.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace weir::webhooks {
namespace {

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const Instant kAt{std::chrono::seconds(1614265330)};
constexpr const char* kBody = R"({"test": 2432232314})";
constexpr const char* kSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

SigningKey Key(std::string_view text) { return SigningKey::Parse(text).value(); }

TEST(Sign, MakesThePublishedSignature) {
  const SigningKey keys[] = {Key(kSecret)};
  EXPECT_EQ(Sign(keys, kId, kAt, kBody), kSignature);
}

TEST(Sign, SignsWithEveryKeyThePresentOneFirst) {
  const SigningKey other = Key("whsec_" + ToBase64(std::string(32, 'k')));
  const SigningKey keys[] = {Key(kSecret), other};
  const SigningKey alone[] = {other};
  EXPECT_EQ(Sign(keys, kId, kAt, kBody),
            std::string(kSignature) + " " + Sign(alone, kId, kAt, kBody));
}

TEST(Sign, HoldsForThisIdTimeAndBodyOnly) {
  const SigningKey keys[] = {Key(kSecret)};
  EXPECT_NE(Sign(keys, "msg_x", kAt, kBody), kSignature);
  EXPECT_NE(Sign(keys, kId, kAt + std::chrono::seconds(1), kBody), kSignature);
  EXPECT_NE(Sign(keys, kId, kAt, "{}"), kSignature);
}

TEST(SigningKey, TakesKeysOf24To64Bytes) {
  for (const std::size_t size : {24U, 32U, 64U}) {
    EXPECT_TRUE(SigningKey::Parse("whsec_" + ToBase64(std::string(size, 'k')))) << size;
  }
  for (const std::size_t size : {0U, 23U, 65U}) {
    EXPECT_FALSE(SigningKey::Parse("whsec_" + ToBase64(std::string(size, 'k')))) << size;
  }
}

TEST(SigningKey, RefusesWhatIsNoSecretWithoutRepeatingIt) {
  for (const std::string text : {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_not base64!!!", ""}) {
    const auto key = SigningKey::Parse(text);
    ASSERT_FALSE(key) << text;
    EXPECT_EQ(key.error().message, "expected \"whsec_\" and the base64 of 24 to 64 bytes");
  }
}

}  // namespace
}  // namespace weir::webhooks
