// SPDX-License-Identifier: Apache-2.0
#include "app/bench/signed_orders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "base/text.hpp"
#include "simulators/form.hpp"
#include "simulators/meituan/pushes.hpp"
#include "simulators/meituan/simulator.hpp"

namespace weir::app::bench {
namespace {

namespace meituan = simulators::meituan;

constexpr std::size_t kTemplates = 64;
constexpr std::size_t kSmallestBody = 2600;
constexpr std::size_t kLargestBody = 3600;
constexpr int kOrdersDrawn = 2000;
constexpr std::uint64_t kFirstId = 3'000'000'000'000'000'000;
constexpr auto kPace = std::chrono::seconds(1);
constexpr auto kAllPaid = 2 * kPace;

meituan::Options CalmPlatform(const PushSource& source, std::uint64_t seed) {
  meituan::Options options;
  options.app_id = source.app_id;
  options.app_secret = source.app_secret;
  options.push_base_url = source.origin + "/hooks/" + source.connection;
  options.shops = source.shops;
  options.seed = seed;
  options.traffic.pace = kPace;
  options.quirks.long_id = 0;
  return options;
}

std::vector<std::string> CutAt(std::string_view text, std::string_view id) {
  std::vector<std::string> pieces;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(id, begin), text.size());
    pieces.emplace_back(text.substr(begin, end - begin));
    begin = end == text.size() ? end + 1 : end + id.size();
  }
  return pieces;
}

// What the signature is made of: the fields, decoded, by name.
std::string SignedText(const PushSource& source, simulators::Fields fields) {
  std::ranges::sort(fields);
  std::string text = source.url();
  char separator = '?';
  for (const auto& [name, value] : fields) {
    if (name == "sig") continue;
    text.append(1, separator).append(name).append(1, '=').append(value);
    separator = '&';
  }
  return text + source.app_secret;
}

simulators::Fields Decoded(const std::string& body) {
  auto fields = simulators::ParseForm(body);
  if (!fields) throw std::logic_error("the simulated platform's form cannot be read");
  for (auto& [name, value] : *fields) {
    if (!AppendPercentDecoded(value, std::exchange(value, {}), true)) {
      throw std::logic_error("the simulated platform does not encode " + name + " twice");
    }
  }
  return *std::move(fields);
}

}  // namespace

std::string PushSource::path() const {
  return fmt::format("/hooks/{}/{}", connection, meituan::topic::kPaid);
}

std::uint64_t SignedOrders::OrderId(std::uint64_t number) { return kFirstId + number; }

// All are placed at one moment, as orders that come together are: the view sorts them by it.
SignedOrders::SignedOrders(const PushSource& source, std::uint64_t seed, Instant now) {
  meituan::MeituanSimulator platform(CalmPlatform(source, seed));
  meituan::Fate calm;
  calm.route = meituan::PlainRoute();
  for (int drawn = 0; drawn < kOrdersDrawn; ++drawn) platform.CreateOrder(now, calm);
  for (const auto& push : platform.Due(now + kAllPaid, simulators::kNoLimit)) {
    const bool fits = push.body.size() >= kSmallestBody && push.body.size() <= kLargestBody;
    if (push.url == source.url() && fits) templates_.push_back(Cut(source, push.body));
    if (templates_.size() == kTemplates) return;
  }
  throw std::logic_error("the simulated platform has no orders of the wanted size");
}

SignedOrders::Template SignedOrders::Cut(const PushSource& source, const std::string& body) {
  const simulators::Fields fields = Decoded(body);
  const std::string* id = simulators::Find(fields, "order_id");
  const std::string* sig = simulators::Find(fields, "sig");
  const std::string signed_text = SignedText(source, fields);
  if (id == nullptr || sig == nullptr || !body.ends_with("&sig=" + *sig) ||
      id->size() != std::to_string(kFirstId).size() || ToHex(Md5(signed_text)) != *sig) {
    throw std::logic_error("the simulated platform signs in another way than the bench");
  }
  Template made;
  made.body_size = body.size();
  const std::string head = fmt::format(
      "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded;"
      "charset=UTF-8\r\nContent-Length: {}\r\n\r\n",
      source.path(), source.origin.substr(source.origin.rfind('/') + 1), body.size());
  made.request = CutAt(head + body.substr(0, body.size() - sig->size()), *id);
  made.signed_tail = CutAt(signed_text, *id);
  made.signed_head.Update(made.signed_tail.front());
  made.signed_tail.erase(made.signed_tail.begin());
  return made;
}

void SignedOrders::AppendRequest(std::uint64_t number, std::string& out) const {
  const Template& order = templates_[number % templates_.size()];
  const fmt::format_int id(OrderId(number));
  const std::string_view id_text(id.data(), id.size());
  Md5Stream digest = order.signed_head;
  for (const std::string& piece : order.signed_tail) {
    digest.Update(id_text);
    digest.Update(piece);
  }
  out.append(order.request.front());
  for (std::size_t i = 1; i < order.request.size(); ++i) {
    out.append(id_text).append(order.request[i]);
  }
  out.append(ToHex(digest.Finish()));
}

double SignedOrders::mean_body_size() const {
  const auto sum = std::accumulate(
      templates_.begin(), templates_.end(), std::size_t{0},
      [](std::size_t total, const Template& order) { return total + order.body_size; });
  return static_cast<double>(sum) / static_cast<double>(templates_.size());
}

}  // namespace weir::app::bench
