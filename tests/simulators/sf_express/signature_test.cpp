// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/signature.hpp"

#include <gtest/gtest.h>

#include <string>

namespace weir::simulators::sf_express {
namespace {

// The platform's own example.
TEST(Signature, AgreesWithThePlatformsExample) {
  EXPECT_EQ(DigestOf(R"({"language":"zh-CN","orderId":"QIAO-20200618-004"})"
                     "12312334453453fjcg5PGKaNpPSHFAZ4QsCOkV71R3zVci",
                     DigestForm::kDocumented),
            "IIKJtuLVzoFTu4kHI8M8vA==");
}

TEST(Signature, EncodesEverySpecialCharacter) {
  const std::string text = R"({"orderId":"测试 *~-_.!'()+/=&","dealType":2})"
                           "1700000000000demoCheckWord0123456789ABCDEFGH";
  EXPECT_EQ(DigestOf(text, DigestForm::kDocumented), "HtdwzYYURzWmCj7j2F3C0g==");
  EXPECT_EQ(DigestOf(text, DigestForm::kWithoutEncoding), "S/8QRPkwAs/WeUfJsL8o9g==");
}

}  // namespace
}  // namespace weir::simulators::sf_express
