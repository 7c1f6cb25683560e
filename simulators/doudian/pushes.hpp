// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "simulators/doudian/book.hpp"
#include "simulators/doudian/messages.hpp"
#include "simulators/doudian/options.hpp"
#include "simulators/ledger.hpp"
#include "simulators/messenger.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::doudian {

/// Turns what happened into messages, gathers them in signed requests, with the faults that were
/// asked for, and keeps each order's events up to date (protocol notes B9).
///
/// The messages of a request fail together, and since they wait for the same time after that, they
/// come again together.
class PushDesk {
 public:
  /// All references outlive the desk.
  PushDesk(const Options& options, OrderBook& book, Counts& counts, Random& random);

  /// Something happened to `order` at `at`, as its fields say by now.
  void Tell(Order& order, int tag, Instant at);
  void TellRefund(Order& order, const Refund& refund, RefundStep step, Instant at);
  /// Somebody saves the push URL: a request of its own asks whether anyone is there.
  void Probe(Instant at);

  [[nodiscard]] std::optional<OutgoingPush> Take(Instant now);
  void OnAnswer(std::uint64_t push, const PushAnswer& answer, Instant now);

  [[nodiscard]] std::optional<Instant> NextDue() const;
  [[nodiscard]] std::size_t outstanding() const { return messenger_.outstanding(); }
  [[nodiscard]] std::uint64_t given_up() const { return messenger_.given_up(); }
  /// Probes that were answered as they must be.
  [[nodiscard]] std::uint64_t probes_answered() const { return probes_answered_; }

 private:
  struct Message {
    int tag = 0;
    std::string id;
    std::string data;
    bool tag_as_number = false;
    bool camel_id = false;
    bool data_as_object = false;
  };
  using OurMessenger = Messenger<Message>;
  /// A request under way: the messenger's attempts in it.
  struct Request {
    std::vector<std::uint64_t> attempts;
    Instant deadline{};
    bool probe = false;
  };
  /// What leaves together.
  struct Batch {
    Request request;
    std::vector<std::string> messages;
  };
  /// One that is not gathered.
  struct Alone {
    Instant at{};
    std::string body;
    std::string sign;
    Request request;
  };

  [[nodiscard]] MessageStyle DrawStyle();
  [[nodiscard]] Message Dress(int tag, std::string_view subject, std::string data, Instant at);
  [[nodiscard]] static std::string Write(const Message& message);
  [[nodiscard]] std::string Sign(std::string_view body) const;
  /// What is due; forgeries go aside.
  [[nodiscard]] Batch Gather(Instant now);
  /// Doubles and shuffles now and then.
  void Disturb(std::vector<std::string>& messages);
  void SetAside(const OurMessenger::Attempt& attempt, Instant now);
  [[nodiscard]] std::optional<OutgoingPush> TakeAlone(Instant now);
  [[nodiscard]] OutgoingPush Send(Request request, std::string body, std::string sign, Instant now);

  const Options& options_;
  Random& random_;
  OurMessenger messenger_;
  std::deque<Alone> alone_;
  std::map<std::uint64_t, Request> under_way_;
  std::uint64_t last_push_ = 0;
  std::uint64_t last_message_ = 6'800'000'000'000'000'000;
  std::uint64_t probes_answered_ = 0;
};

}  // namespace weir::simulators::doudian
