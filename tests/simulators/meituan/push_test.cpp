// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <sstream>

#include "tests/simulators/meituan/scene.hpp"

namespace weir::simulators::meituan {
namespace {

/// The signature again, by other means than the simulator's.
std::string IndependentSignature(const std::string& url, std::map<std::string, std::string> fields,
                                 std::string_view secret) {
  fields.erase("sig");
  std::string text = url + '?';
  for (const auto& [name, value] : fields) {
    text += name + '=' + value + '&';
  }
  text.pop_back();
  text += secret;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_md5(), nullptr);
  std::string hex;
  for (unsigned i = 0; i < size; ++i) {
    hex += "0123456789abcdef"[digest[i] >> 4U];
    hex += "0123456789abcdef"[digest[i] & 15U];
  }
  return hex;
}

bool Verifies(const OutgoingPush& push, int decodings) {
  const auto fields = Decode(push, decodings);
  return IndependentSignature(UrlOf(push), fields, kSecret) == fields.at("sig");
}

/// One order's whole life with a refund, as pushes.
std::vector<SeenPush> PushesOf(const Options& options) {
  Scene scene(options);
  Fate fate = CalmFate();
  fate.urged = true;
  fate.refund = RefundFate{.partial = true};
  scene.meituan.CreateOrder(scene.now, fate);
  fate.refund = RefundFate{.partial = false};
  scene.meituan.CreateOrder(scene.now, fate);
  fate.cancelled_from = 2;
  fate.cancellation = kShopBusy;
  scene.meituan.CreateOrder(scene.now, fate);
  scene.meituan.SetShopStatus("shop_001", 120, scene.now);
  scene.Run();
  return scene.pushes;
}

TEST(Push, IsEncodedTwiceAndSignedOverRawValues) {
  for (const SeenPush& seen : PushesOf(CalmOptions())) {
    EXPECT_EQ(seen.push.method, "POST");
    EXPECT_EQ(seen.push.content_type, "application/x-www-form-urlencoded;charset=UTF-8");
    EXPECT_TRUE(Verifies(seen.push, 2)) << seen.topic;
  }
}

TEST(Push, IsEncodedOnceWhereAsked) {
  Options options = CalmOptions();
  options.quirks.encoding = Encoding::kSingle;
  for (const SeenPush& seen : PushesOf(options)) {
    EXPECT_TRUE(Verifies(seen.push, 1)) << seen.topic;
  }
}

TEST(Push, IsEncodedEitherWayWhenMixed) {
  Options options = CalmOptions();
  options.quirks.encoding = Encoding::kMixed;
  int twice = 0;
  int once = 0;
  for (const SeenPush& seen : PushesOf(options)) {
    EXPECT_TRUE(Verifies(seen.push, 1) || Verifies(seen.push, 2));
    // The quotes of the JSON inside show the encoding.
    twice += seen.push.body.find("%2522") != std::string::npos ? 1 : 0;
    once += seen.push.body.find("%22") != std::string::npos ? 1 : 0;
  }
  EXPECT_GT(twice, 0);
  EXPECT_GT(once, 0);
}

TEST(Push, ComesByGetForCancelsAndRefundsWhereAsked) {
  Options options = CalmOptions();
  options.quirks.get_for_cancel_and_refund = true;
  int by_get = 0;
  for (const SeenPush& seen : PushesOf(options)) {
    const bool once_get =
        seen.topic == "order/cancelled" || seen.topic == "refund" || seen.topic == "refund/partial";
    EXPECT_EQ(seen.push.method, once_get ? "GET" : "POST") << seen.topic;
    EXPECT_EQ(seen.push.body.empty(), once_get);
    EXPECT_TRUE(Verifies(seen.push, 2)) << seen.topic;
    by_get += once_get ? 1 : 0;
  }
  EXPECT_GT(by_get, 3);
}

TEST(Push, LeavesEmptiesOutWhereAsked) {
  Options options = CalmOptions();
  options.quirks.send_empties = false;
  for (const SeenPush& seen : PushesOf(options)) {
    for (const auto& [name, value] : seen.fields) {
      EXPECT_FALSE(value.empty()) << name;
    }
    EXPECT_TRUE(Verifies(seen.push, 2)) << seen.topic;
  }
}

/// The percent-encoded shape of a body: names and which values look how.
std::map<std::string, std::string> RawFields(const std::string& body) {
  std::map<std::string, std::string> fields;
  std::istringstream pieces(body);
  for (std::string piece; std::getline(pieces, piece, '&');) {
    fields[piece.substr(0, piece.find('='))] = piece.substr(piece.find('=') + 1);
  }
  return fields;
}

const OutgoingPush& PaidPush(const Scene& scene) {
  return std::ranges::find(scene.pushes, "order/paid", &SeenPush::topic)->push;
}

// meituan_push_order_paid.form.txt of the protocol samples.
constexpr std::string_view kSampleNames[] = {"app_id",
                                             "timestamp",
                                             "order_id",
                                             "wm_order_id_view",
                                             "app_poi_code",
                                             "wm_poi_name",
                                             "recipient_name",
                                             "caution",
                                             "recipient_address",
                                             "recipient_phone",
                                             "shipping_fee",
                                             "total",
                                             "original_price",
                                             "status",
                                             "ctime",
                                             "utime",
                                             "delivery_time",
                                             "pay_type",
                                             "latitude",
                                             "longitude",
                                             "day_seq",
                                             "city_id",
                                             "is_third_shipping",
                                             "has_invoiced",
                                             "invoice_title",
                                             "avg_send_time",
                                             "detail",
                                             "extras",
                                             "poi_receive_detail",
                                             "sig"};

TEST(PaidPush, HasEveryFieldOfTheSample) {
  Scene scene;
  scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.Run();
  const auto raw = RawFields(PaidPush(scene).body);
  for (const std::string_view name : kSampleNames) {
    EXPECT_TRUE(raw.contains(std::string(name))) << name;
  }
  EXPECT_EQ(raw.at("app_id"), "9001");
  EXPECT_EQ(raw.at("status"), "2");
  EXPECT_EQ(raw.at("invoice_title"), "");
}

TEST(PaidPush, EncodesAsTheSampleDoes) {
  Scene scene;
  scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.Run();
  const auto raw = RawFields(PaidPush(scene).body);
  // 示例餐厅, and the brackets of a JSON array, as meituan_push_order_paid.form.txt has them.
  EXPECT_EQ(raw.at("wm_poi_name"), "%25E7%25A4%25BA%25E4%25BE%258B%25E9%25A4%2590%25E5%258E%2585");
  EXPECT_TRUE(raw.at("detail").starts_with("%255B%257B%2522app_food_code%2522%253A%2522F0"));
  EXPECT_TRUE(raw.at("detail").ends_with("%257D%255D"));
}

TEST(Push, IsRepeatedOnScheduleUntilOk) {
  Options options = CalmOptions();
  options.traffic.pace = std::chrono::hours(2);
  Scene scene(options);
  int refusals = 0;
  scene.answer = [&](const SeenPush&) {
    constexpr std::string_view kWrong[] = {R"({"data":"ng"})", "ok", ""};
    return refusals < 3 ? PushAnswer{200, std::string(kWrong[refusals++])}
                        : PushAnswer{200, " {\"data\": \"ok\"}\n"};
  };
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "status 2");
  ASSERT_EQ(scene.pushes.size(), 4U);
  const Instant first = scene.pushes[0].at;
  EXPECT_EQ(scene.pushes[1].at - first, std::chrono::seconds(30));
  EXPECT_EQ(scene.pushes[2].at - first, std::chrono::seconds(90));
  EXPECT_EQ(scene.pushes[3].at - first, std::chrono::seconds(210));
  EXPECT_EQ(scene.meituan.Truth(id)->events[0].sent, 4U);
  EXPECT_EQ(scene.meituan.Truth(id)->events[0].answered_ok, 1U);
}

TEST(Push, IsSignedAnewWhenRepeated) {
  Scene scene;
  scene.answer = [&](const SeenPush& seen) {
    return PushAnswer{seen.push.id == 1 ? 500U : 200U, R"({"data":"ok"})"};
  };
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "status 2");
  const SeenPush& again = scene.pushes.back();
  EXPECT_NE(again.fields.at("timestamp"), scene.pushes[0].fields.at("timestamp"));
  EXPECT_EQ(again.fields.at("detail"), scene.pushes[0].fields.at("detail"));
  EXPECT_TRUE(Verifies(again.push, 2));
}

TEST(Push, IsGivenUpInTheEnd) {
  Scene scene;
  scene.answer = [](const SeenPush&) { return PushAnswer{}; };
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_FALSE(scene.meituan.Truth(id)->announced());
  EXPECT_FALSE(scene.meituan.Truth(id)->settled());
  EXPECT_EQ(scene.meituan.counts().given_up, 8U);
  EXPECT_EQ(scene.meituan.counts().pushes, 40U);
  EXPECT_EQ(scene.meituan.counts().outstanding, 0U);
}

}  // namespace
}  // namespace weir::simulators::meituan
