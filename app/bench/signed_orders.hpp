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
/// They are placed ten a second, the first of them two days ago, so that they are sorted as the
/// orders of a large merchant are. The same seed and time give the same bytes. Const calls are for
/// any thread.
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
  /// A piece of text behind the order's number or its time.
  struct Piece {
    bool behind_time = false;
    std::string text;
  };
  /// One order, cut where its number and its time stand; what is before the first is a head.
  struct Template {
    std::string request_head;
    std::vector<Piece> request_tail;  ///< The last ends with "sig=".
    Md5Stream signed_head;
    std::vector<Piece> signed_tail;
    std::uint64_t first_placed = 0;  ///< Seconds; of the order with number 0.
    std::size_t body_size = 0;
  };

  [[nodiscard]] static Template Cut(const PushSource& source, const std::string& body);
  /// Cuts the tail off `text`.
  [[nodiscard]] static std::vector<Piece> CutTail(std::string& text, std::string_view id,
                                                  std::string_view placed);

  std::vector<Template> templates_;
};

}  // namespace weir::app::bench
