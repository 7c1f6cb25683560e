// SPDX-License-Identifier: Apache-2.0
#include "app/bench/endpoint.hpp"

#include <fmt/format.h>

#include <utility>

namespace weir::app::bench {
namespace {

constexpr std::string_view kRecordId = R"("id":"meituan-)";
constexpr unsigned kNoContent = 204;

}  // namespace

Endpoint::Endpoint(std::uint64_t count)
    : guard_(boost::asio::make_work_guard(context_)),
      arrivals_(0, count),
      server_({}, {{&context_}, clock_, timer_, random_},
              [this](net::Request request) { return Take(std::move(request)); }) {
  server_.Start();
  thread_ = std::thread([this] { context_.run(); });
}

Endpoint::~Endpoint() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

boost::asio::awaitable<net::Response> Endpoint::Take(net::Request request) {
  arrivals_.Note(request.body, kRecordId);
  net::Response response;
  response.status = kNoContent;
  co_return response;
}

std::string Endpoint::Subscription() const {
  return fmt::format(
      "[[subscription]]\nid = \"erp\"\nmerchant = \"bench\"\nurl = \"http://127.0.0.1:{}/weir\"\n"
      "secret = \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"\ntypes = [\"*\"]\n"
      "allow_private = true\n",
      server_.port());
}

void Endpoint::Finish(std::uint64_t count, std::chrono::seconds within) {
  arrivals_.Await(count, within);
  context_.stop();
  thread_.join();
}

}  // namespace weir::app::bench
