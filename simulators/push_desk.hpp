// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "simulators/ledger.hpp"
#include "simulators/manners.hpp"
#include "simulators/messenger.hpp"
#include "simulators/order_book.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators {

/// Sends what a platform tells its app, by a messenger.
template <typename Message>
class Desk {
 public:
  virtual ~Desk() = default;
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// The oldest push due by `now`.
  [[nodiscard]] std::optional<OutgoingPush> Take(Instant now) {
    const auto attempt = messenger_.Take(now);
    if (!attempt) {
      return std::nullopt;
    }
    OutgoingPush push = Build(*attempt);
    push.id = attempt->id;
    push.timeout = messenger_.plan().timeout;
    return push;
  }

  /// Books the answer. Gives the parcel when this is the first ok for its event.
  std::optional<typename Messenger<Message>::Parcel> OnAnswer(std::uint64_t push,
                                                              const PushAnswer& answer,
                                                              Instant now) {
    return messenger_.OnAnswer(push, IsOk(answer), now);
  }

  [[nodiscard]] std::optional<Instant> NextDue() const { return messenger_.NextDue(); }
  [[nodiscard]] std::size_t outstanding() const { return messenger_.outstanding(); }
  [[nodiscard]] std::uint64_t given_up() const { return messenger_.given_up(); }

 protected:
  using Attempt = typename Messenger<Message>::Attempt;
  using Parcel = typename Messenger<Message>::Parcel;

  /// All references outlive the desk. `book` finds by a number what has `events`.
  template <typename Options, typename Book>
  Desk(const Options& options, Book& book, Counts& counts, Random& random)
      : counts_(counts),
        random_(random),
        messenger_(
            options.faults, options.retry, counts, random,
            [&book](const std::string& id) -> std::vector<Event>* {
              auto* found = book.Find(id);
              return found == nullptr ? nullptr : &found->events;
            },
            [this](const Parcel& parcel) { OnGivenUp(parcel); }) {}

  /// The push of an attempt, without id and timeout.
  [[nodiscard]] virtual OutgoingPush Build(const Attempt& attempt) const = 0;
  [[nodiscard]] virtual bool IsOk(const PushAnswer& answer) const = 0;
  /// A genuine message whose last attempt failed.
  virtual void OnGivenUp(const Parcel& /*parcel*/) {}

  Counts& counts_;
  Random& random_;
  Messenger<Message> messenger_;
};

/// The desk of a platform that sells orders. A platform's desk derives from this: it turns what
/// happened into a Message, and a Message into a push.
template <typename Order, typename Shop, typename Message>
class PushDesk : public Desk<Message> {
 protected:
  using Book = OrderBook<Order, Shop>;

  /// All references outlive the desk.
  PushDesk(const PlatformOptions& options, Book& book, Counts& counts, Random& random)
      : Desk<Message>(options, book, counts, random) {}
};

/// The answer is a JSON object with "ok" under `member`, at HTTP 200.
[[nodiscard]] bool SaysOk(const PushAnswer& answer, std::string_view member);

}  // namespace weir::simulators
