// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"

namespace weir::storage {

/// A push that was turned away, as it came.
struct Refusal {
  std::uint64_t number = 0;  ///< Given when stored; later ones are higher.
  std::string merchant;
  std::string connection;
  std::string topic;
  Instant at{};
  std::string reason;  ///< A code of the closed list in openapi.json, e.g. "bad_signature".
  std::string method;
  std::string target;  ///< Path and query as sent.
  /// Those that its signature stands in.
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body;
  std::string remote;  ///< The sender's address.
};

/// How often pushes of a connection were refused for a reason, ever.
struct RefusalCount {
  std::string merchant;
  std::string connection;
  std::string reason;
  std::uint64_t count = 0;
};

/// Refused pushes: an exact counter and the latest of each connection. They never enter the
/// journal. Callable from any thread; awaitables resume on the caller's executor.
class Refusals {
 public:
  virtual ~Refusals() = default;

  /// Counts the refusal, and stores it unless its connection stored enough this second or the
  /// request is too large to keep. True when stored. Counting cannot fail; an error means that
  /// storing did.
  virtual boost::asio::awaitable<Result<bool>> Add(Refusal refusal) = 0;
  /// Stored refusals of a connection (all of the merchant's when empty) before that number, newest
  /// first.
  virtual boost::asio::awaitable<Result<std::vector<Refusal>>> List(
      std::string merchant, std::string connection, std::optional<std::uint64_t> before,
      std::size_t limit) = 0;
  virtual boost::asio::awaitable<Result<std::optional<Refusal>>> Get(std::string merchant,
                                                                     std::uint64_t number) = 0;
  /// Every counter, by merchant, connection and reason.
  [[nodiscard]] virtual std::vector<RefusalCount> Counts() const = 0;
};

}  // namespace weir::storage
