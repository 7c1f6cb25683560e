// SPDX-License-Identifier: Apache-2.0
#include "app/bench/load.hpp"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "app/bench/answer.hpp"
#include "app/bench/socket.hpp"
#include "base/clock.hpp"

namespace weir::app::bench {
namespace {

using std::chrono::nanoseconds;

constexpr nanoseconds kGrace = std::chrono::seconds(10);
constexpr nanoseconds kLookUp = std::chrono::milliseconds(100);
constexpr std::size_t kReadSize = 16U << 10;
constexpr std::size_t kEvents = 64;

struct Connection {
  Descriptor socket;
  std::string out;
  std::size_t written = 0;
  std::string in;  ///< An answer that came in part.
  bool busy = false;
  nanoseconds since{};  ///< What its answer is counted from.
};

class Load {
 public:
  Load(const SignedOrders& orders, const LoadOptions& options);
  LoadResult Run();

 private:
  [[nodiscard]] std::optional<nanoseconds> Due(nanoseconds now) const;
  [[nodiscard]] nanoseconds NextDue() const {
    return DueAt(result_.began, options_.rate, result_.sent);
  }
  void Dispatch();
  void Send(Connection& connection);
  void Receive(Connection& connection);
  void Take(Connection& connection, const Answer& answer);
  void Lose(Connection& connection);
  void Wait(nanoseconds now);
  [[nodiscard]] bool Over(nanoseconds now) const;

  const SignedOrders& orders_;
  const LoadOptions& options_;
  const SystemClock clock_;
  Descriptor epoll_;
  std::vector<Connection> connections_;
  std::vector<Connection*> free_;
  std::size_t open_ = 0;
  std::size_t busy_ = 0;
  nanoseconds end_{};
  std::array<char, kReadSize> buffer_{};
  LoadResult result_;
};

Load::Load(const SignedOrders& orders, const LoadOptions& options)
    : orders_(orders), options_(options), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  connections_.resize(options.connections);
  for (Connection& connection : connections_) {
    connection.socket = ConnectTo(options.port);
    const int socket = connection.socket.get();
    // Edges of both kinds: a request fits into the socket's buffer but for rare cases.
    epoll_event events{.events = EPOLLIN | EPOLLOUT | EPOLLET, .data = {.ptr = &connection}};
    if (::fcntl(socket, F_SETFL, O_NONBLOCK) != 0 ||
        ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, socket, &events) != 0) {
      throw std::system_error(errno, std::generic_category(), "cannot watch a connection");
    }
    free_.push_back(&connection);
    ++open_;
  }
}

// When the next order was to be sent; nullopt when there is none yet, or none any more.
std::optional<nanoseconds> Load::Due(nanoseconds now) const {
  const nanoseconds at = options_.rate > 0 ? NextDue() : now;
  if (at >= end_ || at > now || result_.sent == options_.at_most) return std::nullopt;
  return at;
}

void Load::Dispatch() {
  while (!free_.empty()) {
    const auto due = Due(clock_.Monotonic());
    if (!due) return;
    Connection& connection = *free_.back();
    free_.pop_back();
    connection.out.clear();
    connection.written = 0;
    orders_.AppendRequest(options_.first + result_.sent, connection.out);
    connection.busy = true;
    connection.since = options_.rate > 0 ? *due : clock_.Monotonic();
    ++busy_;
    ++result_.sent;
    Send(connection);
  }
}

void Load::Send(Connection& connection) {
  while (connection.written < connection.out.size()) {
    const ssize_t sent = ::send(connection.socket.get(), connection.out.data() + connection.written,
                                connection.out.size() - connection.written, MSG_NOSIGNAL);
    if (sent > 0) {
      connection.written += static_cast<std::size_t>(sent);
    } else if (errno == EAGAIN) {
      return;
    } else if (errno != EINTR) {
      Lose(connection);
      return;
    }
  }
}

void Load::Receive(Connection& connection) {
  while (connection.socket.open()) {
    const ssize_t got = ::recv(connection.socket.get(), buffer_.data(), buffer_.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
      Lose(connection);
      return;
    }
    std::string_view bytes(buffer_.data(), static_cast<std::size_t>(got));
    if (!connection.in.empty()) bytes = connection.in.append(bytes);
    if (const auto answer = ReadAnswer(bytes)) {
      Take(connection, *answer);
    } else if (connection.in.empty()) {
      connection.in = bytes;
    }
    if (static_cast<std::size_t>(got) < buffer_.size()) return;
  }
}

void Load::Take(Connection& connection, const Answer& answer) {
  if (!connection.busy) return;
  result_.ended = clock_.Monotonic();
  result_.answers.Note(result_.ended - connection.since);
  ++result_.statuses[answer.status];
  connection.in.clear();
  connection.busy = false;
  --busy_;
  free_.push_back(&connection);
  Dispatch();
}

void Load::Lose(Connection& connection) {
  if (!connection.socket.open()) return;
  connection.socket.Close();
  --open_;
  if (connection.busy) {
    --busy_;
    ++result_.lost;
  }
  connection.busy = false;
  std::erase(free_, &connection);
}

bool Load::Over(nanoseconds now) const {
  const bool all_sent =
      result_.sent == options_.at_most || (options_.rate > 0 ? NextDue() >= end_ : now >= end_);
  return open_ == 0 || (all_sent && busy_ == 0) || now >= end_ + kGrace;
}

void Load::Wait(nanoseconds now) {
  nanoseconds pause = kLookUp;
  if (options_.rate > 0 && !free_.empty()) {
    pause = std::clamp(NextDue() - now, nanoseconds(0), kLookUp);
  }
  const timespec time{.tv_sec = 0, .tv_nsec = pause.count()};
  std::array<epoll_event, kEvents> events;
  const int count = ::epoll_pwait2(epoll_.get(), events.data(), kEvents, &time, nullptr);
  for (int i = 0; i < count; ++i) {
    Connection& connection = *static_cast<Connection*>(events[i].data.ptr);
    if ((events[i].events & EPOLLOUT) != 0 && connection.busy) Send(connection);
    if ((events[i].events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) Receive(connection);
  }
}

LoadResult Load::Run() {
  ::prctl(PR_SET_TIMERSLACK, 1);
  result_.began = result_.ended = clock_.Monotonic();
  end_ = result_.began + options_.duration;
  while (true) {
    Dispatch();
    const nanoseconds now = clock_.Monotonic();
    if (Over(now)) break;
    Wait(now);
  }
  result_.lost += busy_;
  return std::move(result_);
}

}  // namespace

std::uint64_t LoadResult::Of(unsigned status) const {
  const auto found = statuses.find(status);
  return found == statuses.end() ? 0 : found->second;
}

double LoadResult::per_second() const {
  const double seconds = std::chrono::duration<double>(ended - began).count();
  return seconds > 0 ? static_cast<double>(Of(200)) / seconds : 0;
}

nanoseconds DueAt(nanoseconds began, double rate, std::uint64_t order) {
  return began + nanoseconds(static_cast<std::int64_t>(static_cast<double>(order) * 1e9 / rate));
}

LoadResult RunLoad(const SignedOrders& orders, const LoadOptions& options) {
  return Load(orders, options).Run();
}

}  // namespace weir::app::bench
