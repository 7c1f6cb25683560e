// SPDX-License-Identifier: Apache-2.0
#include "net/beast_transport.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "base/text.hpp"
#include "net/exchange.hpp"
#include "net/gzip.hpp"
#include "net/timeout.hpp"

namespace weir::net {
namespace {

namespace asio = boost::asio;

asio::ssl::context MakeTls(const std::string& authorities) {
  asio::ssl::context tls(asio::ssl::context::tls_client);
  tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                  asio::ssl::context::no_tlsv1_1);
  tls.set_verify_mode(asio::ssl::verify_peer);
  boost::system::error_code error;
  if (authorities.empty()) {
    tls.set_default_verify_paths(error);
  } else {
    tls.load_verify_file(authorities, error);
  }
  if (error) {
    throw std::runtime_error(
        fmt::format("cannot read trusted authorities '{}': {}", authorities, error.message()));
  }
  return tls;
}

}  // namespace

struct BeastTransport::Impl {
  ClientShared shared;
};

BeastTransport::BeastTransport(BeastTransportOptions options, Clock& clock, Timer& timer) {
  asio::ssl::context tls = MakeTls(options.authorities);
  const auto idle = options.idle;
  const auto idle_per_host = options.idle_per_host;
  impl_.reset(new Impl{.shared = {.options = std::move(options),
                                  .clock = clock,
                                  .timer = timer,
                                  .tls = std::move(tls),
                                  .pool = {idle, idle_per_host}}});
}

BeastTransport::~BeastTransport() = default;

asio::awaitable<Result<Response>> BeastTransport::Send(Request request,
                                                       std::chrono::milliseconds timeout) {
  auto url = ParseUrl(request.target);
  if (!url) {
    co_return std::unexpected(std::move(url.error()));
  }
  const bool may_be_packed = !request.headers.Find("Accept-Encoding").empty();
  Exchange exchange(impl_->shared, std::move(request), *std::move(url));
  auto answer = co_await WithTimeout(impl_->shared.timer, timeout, exchange.Run());
  if (answer && may_be_packed && !answer->body.empty() &&
      EqualIgnoreCase(answer->headers.Find("Content-Encoding"), "gzip")) {
    auto text = Gunzip(answer->body, impl_->shared.options.message.body_bytes);
    if (!text) {
      co_return std::unexpected(std::move(text.error()));
    }
    answer->body = *std::move(text);
  }
  co_return answer;
}

}  // namespace weir::net
