// SPDX-License-Identifier: Apache-2.0
#include "app/bench/answer.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace weir::app::bench {
namespace {

constexpr std::string_view kAnswer =
    "HTTP/1.1 200 OK\r\nWeir-Seq: 7\r\ncontent-length: 13\r\n\r\n{\"data\":\"ok\"}";

TEST(Answer, IsReadWhole) {
  const auto answer = ReadAnswer(kAnswer);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, R"({"data":"ok"})");
  EXPECT_EQ(answer->size, kAnswer.size());
}

TEST(Answer, IsNotThereBeforeItsLastByte) {
  for (std::size_t size = 0; size < kAnswer.size(); ++size) {
    EXPECT_FALSE(ReadAnswer(kAnswer.substr(0, size))) << size;
  }
}

TEST(Answer, EndsWhereTheNextBegins) {
  const std::string two = std::string(kAnswer) + std::string(kAnswer);
  EXPECT_EQ(ReadAnswer(two)->size, kAnswer.size());
}

TEST(Answer, FindsFieldsInAnyCase) {
  EXPECT_EQ(ReadAnswer(kAnswer)->Field("weir-seq"), "7");
  EXPECT_EQ(ReadAnswer(kAnswer)->Field("Content-Length"), "13");
  EXPECT_EQ(ReadAnswer(kAnswer)->Field("Retry-After"), "");
}

TEST(Answer, IsNothingElseThanHttpWithALength) {
  for (const char* text :
       {"SSH-2.0-x\r\n\r\n", "HTTP/1.1 abc\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"}) {
    EXPECT_THROW(static_cast<void>(ReadAnswer(text)), std::runtime_error) << text;
  }
}

}  // namespace
}  // namespace weir::app::bench
