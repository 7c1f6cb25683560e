// SPDX-License-Identifier: Apache-2.0
#include "simulators/merchant/verify.hpp"

#include <gtest/gtest.h>

namespace weir::simulators::merchant {
namespace {

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const Instant kAt{std::chrono::seconds(1614265330)};

/// The message Standard Webhooks publishes.
HttpCall Published() {
  return {.method = "POST",
          .body = R"({"test": 2432232314})",
          .headers = {{"Webhook-Id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                      {"Webhook-Timestamp", "1614265330"},
                      {"Webhook-Signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}}};
}

TEST(WhyRefused, TakesThePublishedMessage) { EXPECT_EQ(WhyRefused(Published(), kSecret, kAt), ""); }

TEST(WhyRefused, TakesOneOfSeveralSignatures) {
  HttpCall call = Published();
  call.headers[2].second = "v1,AAAA " + call.headers[2].second + " v2,BBBB";
  EXPECT_EQ(WhyRefused(call, kSecret, kAt), "");
}

TEST(WhyRefused, RefusesWhatWasTamperedWith) {
  HttpCall call = Published();
  call.body += " ";
  EXPECT_EQ(WhyRefused(call, kSecret, kAt), "no signature fits");
}

TEST(WhyRefused, RefusesAnotherSecret) {
  EXPECT_EQ(WhyRefused(Published(), "whsec_AAAA", kAt), "no signature fits");
}

TEST(WhyRefused, RefusesWhatIsOldOrFromTheFuture) {
  EXPECT_EQ(WhyRefused(Published(), kSecret, kAt + std::chrono::minutes(5)), "");
  for (const auto off : {std::chrono::seconds(301), std::chrono::seconds(-301)}) {
    EXPECT_EQ(WhyRefused(Published(), kSecret, kAt + off), "the timestamp is too far");
  }
}

TEST(WhyRefused, NeedsEveryHeader) {
  for (std::size_t i = 0; i < 3; ++i) {
    HttpCall call = Published();
    call.headers.erase(call.headers.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_NE(WhyRefused(call, kSecret, kAt), "") << i;
  }
}

}  // namespace
}  // namespace weir::simulators::merchant
