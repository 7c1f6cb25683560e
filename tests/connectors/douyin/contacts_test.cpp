// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/contacts.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "tests/connectors/douyin/support.hpp"

namespace weir::connectors::douyin {
namespace {

// Protocol A10, E1.
TEST(Contacts, DecryptTheWorkedExample) {
  const json vector = Vector("E1_aes256cbc");
  EXPECT_EQ(Decrypt(vector.at("cipher_base64").get<std::string>(),
                    Secret(vector.at("client_secret").get<std::string>())),
            vector.at("plain").get<std::string>());
}

TEST(Contacts, OneFlippedBitSaysSomethingElse) {
  const json vector = Vector("E1_aes256cbc");
  const Secret secret(vector.at("client_secret").get<std::string>());
  const std::string bytes = *FromBase64(vector.at("cipher_base64").get<std::string>());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    EXPECT_NE(Decrypt(ToBase64(flipped), secret), vector.at("plain").get<std::string>()) << i;
  }
}

TEST(Contacts, WhatWasNotEncryptedSoSaysNothing) {
  for (const char* text : {"", "x", "13800000000", "EyI4nylJmLTkDJhhrqGQ"}) {
    EXPECT_FALSE(Decrypt(text, Secret("abcdef0123456789abcdef0123456789"))) << text;
  }
}

TEST(Contacts, TheKeyHas32BytesOfAnySecret) {
  EXPECT_EQ(ContactKey(Secret("abc")), "###############abc##############");
  EXPECT_EQ(ContactKey(Secret("abcd")), "##############abcd##############");
  EXPECT_EQ(ContactKey(Secret("<<abcdef0123456789abcdef0123456789>>")),
            "abcdef0123456789abcdef0123456789");
}

}  // namespace
}  // namespace weir::connectors::douyin
