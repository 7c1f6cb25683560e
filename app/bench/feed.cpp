// SPDX-License-Identifier: Apache-2.0
#include "app/bench/feed.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"

namespace weir::app::bench {
namespace {

constexpr std::size_t kReadSize = 4U << 20;
constexpr auto kPause = std::chrono::milliseconds(5);
constexpr auto kBetweenLooks = std::chrono::milliseconds(2);
constexpr std::chrono::seconds kFeedStandsStill{60};
constexpr int kWaitSeconds = 1;
constexpr std::string_view kSubject = R"("subject":"meituan-)";
constexpr std::string_view kNext = R"("next":)";

}  // namespace

ApiClient::ApiClient(std::uint16_t port, std::string_view key)
    : request_tail_(fmt::format(
          " HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n\r\n", port, key)),
      socket_(ConnectTo(port)),
      bytes_(kReadSize, '\0') {}

Answer ApiClient::Get(std::string_view target) {
  const std::string request = fmt::format("GET {}{}", target, request_tail_);
  if (::send(socket_.get(), request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size())) {
    throw std::runtime_error("the gateway takes no requests");
  }
  filled_ = 0;
  while (true) {
    if (filled_ == bytes_.size()) bytes_.resize(bytes_.size() * 2);
    const ssize_t got = ::recv(socket_.get(), bytes_.data() + filled_, bytes_.size() - filled_, 0);
    if (got <= 0) throw std::runtime_error(fmt::format("no answer to GET {}", target));
    filled_ += static_cast<std::size_t>(got);
    if (auto answer = ReadAnswer(std::string_view(bytes_).substr(0, filled_))) return *answer;
  }
}

std::uint64_t ApiClient::FeedEnd() {
  const Answer answer = Get("/v1/orders?limit=1");
  const auto seq = ParseUint(answer.Field("Weir-Seq"));
  if (answer.status != 200 || !seq) {
    throw std::runtime_error(fmt::format("GET /v1/orders: {} {}", answer.status, answer.body));
  }
  return *seq;
}

std::uint64_t ApiClient::AwaitFeed(std::uint64_t orders) {
  std::uint64_t end = 0;
  auto moved = std::chrono::steady_clock::now();
  while (end < orders && std::chrono::steady_clock::now() - moved < kFeedStandsStill) {
    const std::uint64_t now = FeedEnd();
    if (now != end) moved = std::chrono::steady_clock::now();
    end = now;
    if (end < orders) std::this_thread::sleep_for(kBetweenLooks);
  }
  return end;
}

void ApiClient::AwaitReady(std::chrono::seconds within) {
  const auto end = std::chrono::steady_clock::now() + within;
  while (true) {
    const Answer answer = Get("/readyz");
    if (answer.status == 200) return;
    if (std::chrono::steady_clock::now() > end) {
      throw std::runtime_error(fmt::format("the gateway is not ready: {}", answer.body));
    }
    std::this_thread::sleep_for(kPause);
  }
}

std::uint64_t NextOf(std::string_view page) {
  const std::size_t at = page.rfind(kNext);
  const std::size_t begin = at + kNext.size();
  const auto next = at == std::string_view::npos
                        ? std::nullopt
                        : ParseUint(page.substr(begin, page.find('}', begin) - begin));
  if (!next) throw std::runtime_error("no page of the feed: " + std::string(page.substr(0, 200)));
  return *next;
}

FeedFollower::FeedFollower(std::uint16_t port, std::string_view key, std::uint64_t first,
                           std::uint64_t count)
    : client_(port, key), arrivals_(first, count) {
  const std::uint64_t after = client_.FeedEnd();
  thread_ = std::thread([this, after] { Run(after); });
}

FeedFollower::~FeedFollower() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void FeedFollower::Run(std::uint64_t after) {
  try {
    while (!stopping_) {
      const Answer answer =
          client_.Get(fmt::format("/v1/changes?after={}&limit=500&wait={}", after, kWaitSeconds));
      if (answer.status != 200) {
        throw std::runtime_error(fmt::format("GET /v1/changes: {}", answer.status));
      }
      arrivals_.Note(answer.body, kSubject);
      after = NextOf(answer.body);
    }
  } catch (const std::runtime_error& error) {
    failure_ = error.what();
  }
}

void FeedFollower::Finish(std::uint64_t count, std::chrono::seconds within) {
  arrivals_.Await(count, within);
  stopping_ = true;
  thread_.join();
}

FeedReading ReadFeed(std::uint16_t port, std::string_view key, std::chrono::seconds at_most) {
  ApiClient client(port, key);
  const std::uint64_t feed_end = client.FeedEnd();
  const auto begin = std::chrono::steady_clock::now();
  FeedReading reading;
  while (reading.changes < feed_end && reading.took < at_most) {
    const Answer answer =
        client.Get(fmt::format("/v1/changes?after={}&limit=500", reading.changes));
    if (answer.status != 200) {
      throw std::runtime_error(fmt::format("GET /v1/changes: {}", answer.status));
    }
    reading.changes = NextOf(answer.body);
    reading.bytes += answer.body.size();
    reading.took = std::chrono::steady_clock::now() - begin;
  }
  return reading;
}

}  // namespace weir::app::bench
