// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/instant.hpp"

namespace weir::app::bench {

/// The platform's side of the connection under load.
struct PushSource {
  std::string origin;  ///< Of the configured public URL: scheme and host.
  std::string connection;
  std::string app_id;
  std::string app_secret;
  std::vector<std::string> shops;

  /// What the pushes of paid orders are signed for and sent to.
  [[nodiscard]] std::string path() const;
  [[nodiscard]] std::string url() const { return origin + path(); }
};

/// Any number of different, valid pushes of paid orders, at the price of a copy and of the digest
/// behind the order number: the load generator shares its processors with the server.
///
/// The same seed and time give the same bytes. Const calls are for any thread.
class SignedOrders {
 public:
  /// Draws 64 orders from the simulated platform, whose double-encoded bodies are 2.6 to 3.6 KB.
  SignedOrders(const PushSource& source, std::uint64_t seed, Instant now);

  /// Appends the whole HTTP request that tells order `number`, below 10^18.
  void AppendRequest(std::uint64_t number, std::string& out) const;

  /// The order number on the platform's side, 19 digits.
  [[nodiscard]] static std::uint64_t OrderId(std::uint64_t number);

  [[nodiscard]] double mean_body_size() const;

 private:
  /// One order, cut where its number stands.
  struct Template {
    std::vector<std::string> request;  ///< The last piece ends with "sig=".
    Md5Stream signed_head;             ///< Has taken the signed text before the first number.
    std::vector<std::string> signed_tail;
    std::size_t body_size = 0;
  };

  [[nodiscard]] static Template Cut(const PushSource& source, const std::string& body);

  std::vector<Template> templates_;
};

}  // namespace weir::app::bench
