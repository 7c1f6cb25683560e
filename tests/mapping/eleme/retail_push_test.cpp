// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/retail/push.hpp"

#include <gtest/gtest.h>

#include "tests/mapping/eleme/retail_samples.hpp"

namespace weir::mapping::eleme::retail {
namespace {

Pairs Without(const std::string& name) {
  Pairs fields = VectorFields();
  std::erase_if(fields, [&](const auto& field) { return field.first == name; });
  return fields;
}

TEST(RetailPush, IsAForm) {
  const auto push = Push::Decode(FormOf(VectorFields()));
  ASSERT_TRUE(push);
  EXPECT_EQ(push->cmd(), "order.get");
  EXPECT_EQ(push->body(), R"({"order_id":"3000000000001"})");
  EXPECT_EQ(push->source(), "10001");
  EXPECT_EQ(push->encrypt(), "");
  EXPECT_EQ(push->version(), "3");
  EXPECT_EQ(push->ticket(), "6A1F0C3E-3C0B-4C44-9A0E-000000000001");
  EXPECT_EQ(push->sign(), "80DC1575571585E374DE711ED39F31C7");
  EXPECT_EQ(push->sent_at(), At(1700000000));
  EXPECT_FALSE(push->fields().front().told);
}

TEST(RetailPush, HasEveryFieldThatIsSigned) {
  for (const char* name : {"body", "cmd", "encrypt", "source", "ticket", "timestamp", "version"}) {
    const auto push = Push::Decode(FormOf(Without(name)));
    ASSERT_FALSE(push) << name;
    EXPECT_EQ(push.error().kind, ErrorKind::kMalformed);
    EXPECT_NE(push.error().message.find(name), std::string::npos);
  }
  EXPECT_TRUE(Push::Decode(FormOf(Without("sign"))));
}

TEST(RetailPush, SaysNothingTwice) {
  for (const char* name : {"body", "encrypt", "sign"}) {
    EXPECT_FALSE(Push::Decode(FormOf(VectorFields()) + "&" + name + "=")) << name;
  }
}

TEST(RetailPush, MayHaveFieldsNobodySigned) {
  EXPECT_EQ(Push::Decode(FormOf(VectorFields()) + "&groupId=5")->Content(),
            Push::Decode(FormOf(VectorFields()))->Content());
}

TEST(RetailPush, WithoutAnyFieldIsEmpty) {
  for (const char* form : {"", "&&", "x=1"}) {
    const auto push = Push::Decode(form);
    ASSERT_TRUE(push) << form;
    EXPECT_TRUE(push->empty()) << form;
  }
  EXPECT_FALSE(Push::Decode("%zz=1"));
  EXPECT_FALSE(Push::Decode("body=%4"));
}

TEST(RetailPush, ContentLeavesOutHowAMessageTravelled) {
  const auto content = [](const std::string& name, const char* value) {
    Pairs fields = VectorFields();
    for (auto& field : fields) {
      if (field.first == name) field.second = value;
    }
    return Push::Decode(FormOf(fields))->Content();
  };
  const auto same = Push::Decode(FormOf(VectorFields()))->Content();
  for (const char* name : {"ticket", "timestamp", "sign"}) EXPECT_EQ(content(name, "9"), same);
  for (const char* name : {"body", "cmd", "source", "version", "encrypt"}) {
    EXPECT_NE(content(name, "9"), same) << name;
  }
}

}  // namespace
}  // namespace weir::mapping::eleme::retail
