// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "simulators/chance.hpp"
#include "simulators/ledger.hpp"
#include "simulators/manners.hpp"
#include "simulators/push_queue.hpp"

namespace weir::simulators {

/// What a platform tells an app, on its way with the faults that were asked for: doubled, held
/// back, beside a forgery, never sent. It keeps the events of the orders and the counts up to date;
/// what `Content` looks like on the wire is the platform's business.
template <typename Content>
class Messenger {
 public:
  enum class Kind { kGenuine, kDuplicate, kForged };
  struct Parcel {
    std::string order;  ///< Empty for what concerns no order.
    std::size_t event = 0;
    Content content;
    Kind kind = Kind::kGenuine;
    std::size_t tampered = 0;      ///< Of a forgery: which part is changed; any number.
    std::optional<Instant> stamp;  ///< When it claims to be sent; none: when the attempt is due.
  };
  struct Attempt {
    std::uint64_t id = 0;
    Instant stamp{};                 ///< When it says it was sent.
    const Parcel* parcel = nullptr;  ///< Valid until the messenger is touched again.
  };
  /// An order's events; null when the order is forgotten.
  using EventsOf = std::function<std::vector<Event>*(const std::string& order)>;
  /// Told of each genuine parcel whose last attempt failed.
  using OnGivenUp = std::function<void(const Parcel&)>;

  /// All references outlive the messenger.
  Messenger(const Faults& faults, RetryPlan plan, Counts& counts, Random& random,
            EventsOf events_of, OnGivenUp on_given_up = {})
      : faults_(faults),
        counts_(counts),
        random_(random),
        events_of_(std::move(events_of)),
        queue_(std::move(plan), std::move(on_given_up)) {}

  /// Something happened to `order`, whose events are `events`. Only what `may_miss` falls under
  /// Faults::missing_paid.
  void Tell(const std::string& order, std::vector<Event>& events, Event event, bool may_miss,
            Content content) {
    event.suppressed = may_miss && Chance(random_, faults_.missing_paid);
    const Instant at = event.at;
    const bool sent = !event.suppressed;
    events.push_back(std::move(event));
    if (!sent) {
      ++counts_.suppressed;
      return;
    }
    Plan({.order = order,
          .event = events.size() - 1,
          .content = std::move(content),
          .stamp = std::nullopt},
         at);
  }

  /// Something happened that concerns no order.
  void Tell(Content content, Instant at) {
    Plan({.order = {}, .content = std::move(content), .stamp = std::nullopt}, at);
  }

  [[nodiscard]] std::optional<Attempt> Take(Instant now) {
    const auto attempt = queue_.Take(now);
    if (!attempt) {
      return std::nullopt;
    }
    const Parcel& parcel = *attempt->content;
    Count(parcel, attempt->number);
    return Attempt{attempt->id, parcel.stamp.value_or(attempt->at), &parcel};
  }

  /// Books the answer. Gives the parcel when this is the first ok for its event.
  std::optional<Parcel> OnAnswer(std::uint64_t push, bool ok, Instant now) {
    auto settled = queue_.Settle(push, ok, now);
    if (!settled) {
      return std::nullopt;
    }
    if (settled->content.kind == Kind::kForged) {
      counts_.forged_accepted += ok ? 1 : 0;
      return std::nullopt;
    }
    ++(ok ? counts_.answered_ok : counts_.failed);
    if (!ok || !Book(settled->content)) {
      return std::nullopt;
    }
    return std::move(settled->content);
  }

  /// The app got to know the parcel's event; true for the first time.
  bool Book(const Parcel& parcel) {
    Event* event = EventOf(parcel);
    return event != nullptr && ++event->answered_ok == 1;
  }

  [[nodiscard]] std::optional<Instant> NextDue() const { return queue_.NextDue(); }
  [[nodiscard]] std::size_t outstanding() const { return queue_.outstanding(); }
  [[nodiscard]] std::uint64_t given_up() const { return queue_.given_up(); }
  [[nodiscard]] const RetryPlan& plan() const { return queue_.plan(); }

 private:
  void Plan(Parcel parcel, Instant at) {
    const bool late = Chance(random_, faults_.reordered);
    const auto extra = Within(random_, faults_.reordered_within);
    const Instant first = at + faults_.delay + (late ? extra : std::chrono::milliseconds::zero());

    if (Chance(random_, faults_.duplicated)) {
      Parcel copy = parcel;
      copy.kind = Kind::kDuplicate;
      if (Chance(random_, 0.5)) {
        copy.stamp = first;
      }
      queue_.Add(std::move(copy), first + Within(random_, faults_.reordered_within), false);
    }
    if (Chance(random_, faults_.forged)) {
      Parcel forgery = parcel;
      forgery.kind = Kind::kForged;
      forgery.tampered = random_.Below(1'000);
      queue_.Add(std::move(forgery), first, false);
    }
    queue_.Add(std::move(parcel), first, true);
  }

  void Count(const Parcel& parcel, unsigned number) {
    if (parcel.kind == Kind::kForged) {
      ++counts_.forged;
      return;
    }
    ++counts_.pushes;
    counts_.repeated += number > 0 ? 1 : 0;
    counts_.duplicated += parcel.kind == Kind::kDuplicate ? 1 : 0;
    if (Event* event = EventOf(parcel)) {
      ++event->sent;
    }
  }

  [[nodiscard]] Event* EventOf(const Parcel& parcel) {
    std::vector<Event>* events = parcel.order.empty() ? nullptr : events_of_(parcel.order);
    return events == nullptr ? nullptr : &(*events)[parcel.event];
  }

  const Faults& faults_;
  Counts& counts_;
  Random& random_;
  EventsOf events_of_;
  PushQueue<Parcel> queue_;
};

}  // namespace weir::simulators
