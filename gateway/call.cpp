// SPDX-License-Identifier: Apache-2.0
#include "gateway/call.hpp"

#include <memory>
#include <optional>
#include <utility>

#include "gateway/problem.hpp"

namespace weir::gateway {
namespace {

constexpr const char* kSeqHeader = "Weir-Seq";

/// What every call passes before its endpoint runs.
class Frame {
 public:
  Frame(const KeyRing& keys, const storage::Storage& storage, EndpointRow row)
      : keys_(keys), storage_(storage), row_(std::move(row)), known_(row_.parameters) {
    known_.emplace_back("merchant");
  }

  boost::asio::awaitable<net::Response> Run(net::Request request, net::PathParameters path) const {
    const std::string id = request.request_id;
    auto principal = keys_.Find(request.headers.Find("Authorization"));
    if (!principal) {
      co_return Problem("unauthorized", "send 'Authorization: Bearer <key>'", id);
    }
    if (!principal->Has(row_.scope)) {
      co_return Problem("forbidden",
                        "this call needs the scope '" + std::string(Name(row_.scope)) + "'", id);
    }
    auto query = Parameters::Parse(request.query(), known_);
    if (!query) co_return ProblemOf(query.error(), id);
    std::string merchant = principal->merchant;
    Call call{std::move(request), std::move(path), std::move(*principal), std::move(merchant),
              std::move(*query)};
    if (const auto refusal = ChooseMerchant(call)) co_return *refusal;
    const std::uint64_t seq = storage_.FeedEnd(call.merchant);
    net::Response response = co_await row_.endpoint(std::move(call));
    if (response.headers.Find(kSeqHeader).empty()) {
      response.headers.Add(kSeqHeader, std::to_string(seq));
    }
    co_return response;
  }

 private:
  static std::optional<net::Response> ChooseMerchant(Call& call) {
    const std::string named = call.query.Text("merchant");
    if (call.merchant != "*") {
      if (named.empty() || named == call.merchant) return std::nullopt;
      return Refuse(call, "forbidden", "the key belongs to another merchant");
    }
    if (named.empty() || named == "*") {
      return Refuse(call, "invalid_parameter", "'merchant': this key needs it to name one");
    }
    call.merchant = named;
    return std::nullopt;
  }

  const KeyRing& keys_;
  const storage::Storage& storage_;
  const EndpointRow row_;
  std::vector<std::string_view> known_;
};

}  // namespace

net::Response Refuse(const Call& call, const Error& error) {
  return ProblemOf(error, call.request.request_id);
}

net::Response Refuse(const Call& call, std::string_view code, std::string_view detail) {
  return Problem(code, detail, call.request.request_id);
}

void MountEndpoint(net::Router& router, const KeyRing& keys, const storage::Storage& storage,
                   EndpointRow row) {
  std::string method = row.method;
  std::string pattern = row.pattern;
  auto frame = std::make_shared<const Frame>(keys, storage, std::move(row));
  router.Add(std::move(method), std::move(pattern),
             [frame](net::Request request, net::PathParameters path) {
               return frame->Run(std::move(request), std::move(path));
             });
}

}  // namespace weir::gateway
