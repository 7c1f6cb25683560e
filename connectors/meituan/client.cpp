// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/client.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "connectors/meituan/envelope.hpp"
#include "connectors/meituan/signer.hpp"
#include "mapping/meituan/map.hpp"

namespace weir::connectors::meituan {
namespace {

constexpr std::chrono::seconds kTimeout{10};

}  // namespace

Client::Client(Credentials credentials, net::Transport& transport, const Clock& clock)
    : credentials_(std::move(credentials)), transport_(transport), clock_(clock) {}

boost::asio::awaitable<Result<PulledItem>> Client::GetOrder(std::string platform_order_id) {
  Parameters parameters{{"order_id", std::move(platform_order_id)}, {"is_mt_logistics", "1"}};
  co_return co_await Get("order/getOrderDetail", std::move(parameters));
}

boost::asio::awaitable<Result<PulledItem>> Client::Get(std::string path, Parameters parameters) {
  PulledItem item;
  item.dialect = mapping::meituan::kJsonDialect;
  item.asked_at = clock_.Now();
  net::Request request;
  request.method = "GET";
  request.target = SignedUrl(path, std::move(parameters), item.asked_at);
  item.topic = std::move(path);
  auto response = co_await transport_.Send(std::move(request), kTimeout);
  if (!response) {
    co_return std::unexpected(std::move(response.error()));
  }
  if (auto checked = CheckEnvelope(*response); !checked) {
    co_return std::unexpected(std::move(checked.error()));
  }
  item.payload = std::move(response->body);
  co_return item;
}

std::string Client::SignedUrl(std::string_view path, Parameters parameters, Instant now) const {
  parameters.emplace_back("app_id", credentials_.app_id);
  parameters.emplace_back("timestamp", fmt::format("{}", UnixSeconds(now)));
  std::ranges::sort(parameters);
  std::vector<mapping::meituan::FormField> fields;
  fields.reserve(parameters.size());
  std::string url = fmt::format("{}/{}", credentials_.base_url, path);
  std::string target = url + "?";
  for (const auto& [name, value] : parameters) {
    fields.push_back({.name = name, .value = value});
    target += fmt::format("{}={}&", name, PercentEncode(value));
  }
  return target + "sig=" + ToHex(Sign(url, fields, credentials_.app_secret));
}

}  // namespace weir::connectors::meituan
