// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/address.hpp>
#include <functional>

namespace weir::net {

/// Whether a connection to this resolved address may be opened. It is asked at connect time, so a
/// name that resolves to something else by then gains nothing. Called on any network thread.
using AddressPolicy = std::function<bool(const boost::asio::ip::address&)>;

/// True for addresses of the public Internet: not loopback, private, link-local (where clouds keep
/// their metadata), shared, multicast, reserved, nor IPv4 of such a kind dressed as IPv6. After
/// IANA's special-purpose address registries.
[[nodiscard]] bool IsPublicAddress(const boost::asio::ip::address& address);

}  // namespace weir::net
