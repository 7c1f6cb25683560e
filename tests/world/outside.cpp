// SPDX-License-Identifier: Apache-2.0
#include "tests/world/outside.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "net/gzip.hpp"

namespace weir::world {
namespace {

constexpr int kFailuresThatOpen = 3;
constexpr std::chrono::seconds kOpen{30};
constexpr unsigned kFirstFailure = 300;
constexpr std::size_t kLargestAnswer = 8U << 20;

std::string_view HostOf(std::string_view url) {
  url.remove_prefix(std::min(url.find("://"), url.size()));
  url.remove_prefix(std::min<std::size_t>(3, url.size()));
  return url.substr(0, url.find_first_of(":/?"));
}

}  // namespace

boost::asio::awaitable<Result<net::Response>> SimulatorTransport::Send(
    net::Request request, std::chrono::milliseconds timeout) {
  simulators::HttpCall call{
      .method = request.method, .target = request.target, .body = std::move(request.body)};
  for (const auto& [name, value] : request.headers.items()) call.headers.emplace_back(name, value);
  const auto host = hosts_.find(HostOf(request.target));
  if (host == hosts_.end()) co_return Fail(ErrorKind::kTransport, "there is no such host");
  auto answer = host->second->Handle(call, clock_.Now());
  if (answer.stall >= timeout) {
    co_await timer_.Wait(timeout);
    co_return Fail(ErrorKind::kTransport, "no answer in time");
  }
  if (answer.stall.count() > 0) co_await timer_.Wait(answer.stall);
  if (answer.cut) co_return Fail(ErrorKind::kTransport, "the answer broke off");
  net::Response response;
  response.status = answer.status;
  for (const auto& [name, value] : answer.headers) response.headers.Add(name, value);
  response.body = std::move(answer.body);
  if (response.headers.Find("Content-Encoding") == "gzip") {
    auto body = net::Gunzip(response.body, kLargestAnswer);
    if (!body) co_return std::unexpected(std::move(body.error()));
    response.body = *std::move(body);
  }
  co_return response;
}

boost::asio::awaitable<Result<net::Response>> SlowTransport::Send(
    net::Request request, std::chrono::milliseconds timeout) {
  constexpr std::chrono::milliseconds kOneWay(50);
  co_await timer_.Wait(kOneWay);
  auto answer = co_await below_.Send(std::move(request), timeout);
  co_await timer_.Wait(kOneWay);
  co_return answer;
}

boost::asio::awaitable<Result<net::Response>> BuggyTransport::Send(
    net::Request request, std::chrono::milliseconds timeout) {
  const bool lost = bug_ == DeliveryBug::kBreakerDrops && clock_.Monotonic() < open_until_;
  if (lost) co_return net::Response{};
  auto answer = co_await below_.Send(std::move(request), timeout);
  const bool failed = !answer || answer->status >= kFirstFailure;
  failed_in_a_row_ = failed ? failed_in_a_row_ + 1 : 0;
  if (failed_in_a_row_ >= kFailuresThatOpen) open_until_ = clock_.Monotonic() + kOpen;
  if (failed && bug_ == DeliveryBug::kNoRetry) co_return net::Response{};
  co_return answer;
}

boost::asio::awaitable<Result<net::Response>> ForgetfulTransport::Send(
    net::Request request, std::chrono::milliseconds timeout) {
  if (forgets_ && request.target.ends_with("/status/query")) {
    net::Response response;
    response.body = R"({"status":"fail","code":2005,"errorCode":2005,"msg":"订单不存在"})";
    co_return response;
  }
  co_return co_await below_.Send(std::move(request), timeout);
}

}  // namespace weir::world
