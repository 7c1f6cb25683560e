// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.hpp"

/// Stand-ins for the outside world: each platform as a plain state machine, without thread, clock
/// or socket, so that a whole world of them runs in one thread from a seed.
namespace weir::simulators {

using HeaderFields = std::vector<std::pair<std::string, std::string>>;

/// One call of a platform's API.
struct HttpCall {
  std::string method = "GET";
  std::string origin;  ///< Scheme and host as the caller wrote them: "http://127.0.0.1:9101".
  std::string target;  ///< Path and query, still encoded; an absolute URL overrides `origin`.
  std::string body;
  HeaderFields headers;
};

struct HttpAnswer {
  unsigned status = 200;
  std::string content_type = "application/json;charset=UTF-8";
  std::string body;
  HeaderFields headers;
  std::chrono::milliseconds stall{0};  ///< The caller waits so long for it.
  bool cut = false;                    ///< The connection breaks in the body's middle.
};

/// One attempt to deliver a push, to be sent now.
struct OutgoingPush {
  std::uint64_t id = 0;  ///< Names this attempt, never used again.
  std::string method = "POST";
  std::string url;           ///< Absolute; holds the fields when the method is GET.
  std::string content_type;  ///< Empty without a body.
  std::string body;
  std::chrono::milliseconds timeout{0};  ///< How long the platform waits for the answer.
  HeaderFields headers{};                ///< Beside those of the content.
};

/// What came back for a push; status 0: nothing did.
struct PushAnswer {
  unsigned status = 0;
  std::string body;
};

inline constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

/// A platform as it looks from outside. Not for use by two threads at once. `now` may be any time
/// the caller says; a time before an earlier one makes nothing happen.
class Simulator {
 public:
  virtual ~Simulator() = default;

  /// Answers a call of the platform's API.
  [[nodiscard]] virtual HttpAnswer Handle(const HttpCall& call, Instant now) = 0;

  /// Lets happen what is due by `now` and gives the pushes to send, oldest first, at most `limit`.
  /// The platform starts waiting for their answers at once.
  [[nodiscard]] virtual std::vector<OutgoingPush> Due(Instant now, std::size_t limit) = 0;

  /// The answer to attempt `push`. Unknown attempts and those timed out are ignored.
  virtual void OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) = 0;

  /// When Due has something to do next; nullopt while nothing is planned.
  [[nodiscard]] virtual std::optional<Instant> NextDue() const = 0;
};

}  // namespace weir::simulators
