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
constexpr std::uint64_t kPlacedASecond = 10;
constexpr std::uint64_t kTwoDays = 2 * 86'400;

meituan::Options CalmPlatform(const PushSource& source, std::uint64_t seed) {
  meituan::Options options;
  options.app_id = source.app_id;
  options.app_secret = source.app_secret;
  options.push_url = source.origin + "/hooks/" + source.connection;
  options.shops = source.shops;
  options.seed = seed;
  options.traffic.pace = kPace;
  options.quirks.long_id = 0;
  return options;
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

std::vector<SignedOrders::Piece> SignedOrders::CutTail(std::string& text, std::string_view id,
                                                       std::string_view placed) {
  const auto next = [&](std::size_t from) {
    return std::min({text.find(id, from), text.find(placed, from), text.size()});
  };
  std::vector<Piece> tail;
  const std::size_t head = next(0);
  for (std::size_t at = head; at < text.size();) {
    const bool behind_time = std::string_view(text).substr(at).starts_with(placed);
    const std::size_t begin = at + (behind_time ? placed : id).size();
    at = next(begin);
    tail.push_back({.behind_time = behind_time, .text = text.substr(begin, at - begin)});
  }
  text.resize(head);
  return tail;
}

SignedOrders::Template SignedOrders::Cut(const PushSource& source, const std::string& body) {
  const simulators::Fields fields = Decoded(body);
  const std::string* id = simulators::Find(fields, "order_id");
  const std::string* placed = simulators::Find(fields, "ctime");
  const std::string* sig = simulators::Find(fields, "sig");
  std::string signed_text = SignedText(source, fields);
  if (id == nullptr || placed == nullptr || sig == nullptr || !body.ends_with("&sig=" + *sig) ||
      id->size() != std::to_string(kFirstId).size() || ToHex(Md5(signed_text)) != *sig) {
    throw std::logic_error("the simulated platform signs in another way than the bench");
  }
  Template made;
  made.first_placed = ParseUint(*placed).value() - kTwoDays;
  made.body_size = body.size();
  made.request_head = fmt::format(
      "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded;"
      "charset=UTF-8\r\nContent-Length: {}\r\n\r\n{}",
      source.path(), source.origin.substr(source.origin.rfind('/') + 1), body.size(),
      body.substr(0, body.size() - sig->size()));
  made.request_tail = CutTail(made.request_head, *id, *placed);
  made.signed_tail = CutTail(signed_text, *id, *placed);
  made.signed_head.Update(signed_text);
  return made;
}

void SignedOrders::AppendRequest(std::uint64_t number, std::string& out) const {
  const Template& order = templates_[number % templates_.size()];
  const fmt::format_int id(OrderId(number));
  const fmt::format_int placed(order.first_placed + number / kPlacedASecond);
  const auto before = [&](const Piece& piece) {
    const fmt::format_int& written = piece.behind_time ? placed : id;
    return std::string_view(written.data(), written.size());
  };
  Md5Stream digest = order.signed_head;
  for (const Piece& piece : order.signed_tail) {
    digest.Update(before(piece));
    digest.Update(piece.text);
  }
  out.append(order.request_head);
  for (const Piece& piece : order.request_tail) out.append(before(piece)).append(piece.text);
  out.append(ToHex(digest.Finish()));
}

double SignedOrders::mean_body_size() const {
  const auto sum = std::accumulate(
      templates_.begin(), templates_.end(), std::size_t{0},
      [](std::size_t total, const Template& order) { return total + order.body_size; });
  return static_cast<double>(sum) / static_cast<double>(templates_.size());
}

}  // namespace weir::app::bench
