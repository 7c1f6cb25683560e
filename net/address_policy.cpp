// SPDX-License-Identifier: Apache-2.0
#include "net/address_policy.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace weir::net {
namespace {

namespace ip = boost::asio::ip;

struct Ipv4Block {
  std::uint32_t prefix;
  int length;
};

// IANA IPv4 special-purpose address registry, and multicast.
constexpr std::array<Ipv4Block, 16> kNotPublic{{
    {0x00000000, 8},   // 0.0.0.0/8: this network
    {0x0A000000, 8},   // 10.0.0.0/8: private
    {0x64400000, 10},  // 100.64.0.0/10: shared, and Alibaba Cloud's metadata
    {0x7F000000, 8},   // 127.0.0.0/8: loopback
    {0xA9FE0000, 16},  // 169.254.0.0/16: link-local, and most clouds' metadata
    {0xAC100000, 12},  // 172.16.0.0/12: private
    {0xC0000000, 24},  // 192.0.0.0/24: protocol assignments
    {0xC0000200, 24},  // 192.0.2.0/24: documentation
    {0xC0586300, 24},  // 192.88.99.0/24: 6to4 relays
    {0xC0A80000, 16},  // 192.168.0.0/16: private
    {0xC6120000, 15},  // 198.18.0.0/15: benchmarking
    {0xC6336400, 24},  // 198.51.100.0/24: documentation
    {0xCB007100, 24},  // 203.0.113.0/24: documentation
    {0xE0000000, 4},   // 224.0.0.0/4: multicast
    {0xF0000000, 4},   // 240.0.0.0/4: reserved, broadcast
    {0xA83F8110, 32},  // 168.63.129.16: Azure's host agent
}};

bool IsPublic(ip::address_v4 address) {
  const std::uint32_t value = address.to_uint();
  return std::ranges::none_of(kNotPublic, [value](const Ipv4Block& block) {
    return ((value ^ block.prefix) >> (32 - block.length)) == 0;
  });
}

bool IsPublic(const ip::address_v6& address) {
  if (address.is_v4_mapped()) {
    return IsPublic(ip::make_address_v4(ip::v4_mapped, address));
  }
  const auto bytes = address.to_bytes();
  const auto word = [&bytes](std::size_t i) { return (bytes[i] << 8) | bytes[i + 1]; };
  const bool is_global_unicast = (bytes[0] & 0xE0) == 0x20;               // 2000::/3
  const bool is_assigned = word(0) == 0x2001 && (word(2) & 0xFE00) == 0;  // 2001::/23, Teredo
  const bool is_documentation =
      (word(0) == 0x2001 && word(2) == 0x0DB8) || (word(0) == 0x3FFF && (word(2) & 0xF000) == 0);
  const bool is_6to4 = word(0) == 0x2002;  // reaches any IPv4 address
  return is_global_unicast && !is_assigned && !is_documentation && !is_6to4;
}

}  // namespace

bool IsPublicAddress(const ip::address& address) {
  return address.is_v4() ? IsPublic(address.to_v4()) : IsPublic(address.to_v6());
}

}  // namespace weir::net
