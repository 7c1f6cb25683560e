// SPDX-License-Identifier: Apache-2.0
#include "net/address_policy.hpp"

#include <gtest/gtest.h>

namespace weir::net {
namespace {

bool IsPublic(const char* text) { return IsPublicAddress(boost::asio::ip::make_address(text)); }

TEST(AddressPolicy, TakesThePublicInternet) {
  for (const char* text :
       {"8.8.8.8", "101.236.12.1", "172.15.255.255", "172.32.0.0", "100.63.0.1", "223.255.255.255",
        "2400:3200::1", "2606:4700::1111", "::ffff:8.8.8.8"}) {
    EXPECT_TRUE(IsPublic(text)) << text;
  }
}

TEST(AddressPolicy, RefusesEverythingElse) {
  for (const char* text : {"0.0.0.0",
                           "10.1.2.3",
                           "127.0.0.1",
                           "127.255.0.1",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "192.0.0.192",
                           "100.64.0.1",
                           "100.100.100.200",
                           "168.63.129.16",
                           "198.18.0.1",
                           "198.19.255.255",
                           "203.0.113.5",
                           "224.0.0.1",
                           "239.1.1.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "::7f00:1",
                           "64:ff9b::a00:1",
                           "fc00::1",
                           "fd00:ec2::254",
                           "fe80::1",
                           "ff02::1",
                           "2001:db8::1",
                           "2001::1",
                           "2002:7f00:1::",
                           "3fff::1"}) {
    EXPECT_FALSE(IsPublic(text)) << text;
  }
}

}  // namespace
}  // namespace weir::net
