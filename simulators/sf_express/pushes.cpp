// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/pushes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_writer.hpp"
#include "simulators/chance.hpp"
#include "simulators/form.hpp"
#include "simulators/sf_express/wire_time.hpp"

namespace weir::simulators::sf_express {
namespace {

/// A node's members as they are pushed.
Fields FieldsOf(const Node& node, const std::string& number) {
  return {{"id", node.id},
          {"mailno", node.waybill},
          {"orderid", number},
          {"acceptTime", WireTime(node.at)},
          {"acceptAddress", node.place},
          {"remark", node.text},
          {"opCode", node.op_code},
          {"reasonCode", node.reason},
          {"reasonName", ""}};
}

std::string XmlEscaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '<':
        escaped += "&lt;";
        break;
      case '&':
        escaped += "&amp;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string JsonOf(const std::vector<Fields>& routes) {
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Key("Body").BeginObject().Key("WaybillRoute").BeginArray();
  for (const Fields& route : routes) {
    json.BeginObject();
    for (const auto& [name, value] : route) json.Member(name, value);
    json.EndObject();
  }
  json.EndArray().EndObject().EndObject();
  return body;
}

std::string FormOf(const std::vector<Fields>& routes) {
  std::string xml = R"(<?xml version="1.0" encoding="UTF-8"?>)"
                    R"(<Request service="RoutePushService" lang="zh-CN"><Body>)";
  for (const Fields& route : routes) {
    xml += "<WaybillRoute";
    for (const auto& [name, value] : route) {
      xml.append(" ").append(name).append("=\"").append(XmlEscaped(value)).append("\"");
    }
    xml += "/>";
  }
  return "content=" + FormEncode(xml + "</Body></Request>");
}

}  // namespace

PushDesk::PushDesk(const Options& options, Book& book, Counts& counts, Random& random)
    : options_(options), book_(book), counts_(counts), random_(random), queue_(options.retry) {}

void PushDesk::Tell(Parcel& parcel, Instant at) {
  const Faults& faults = options_.faults;
  const bool doubled = Chance(random_, faults.duplicated);
  const bool late = Chance(random_, faults.reordered);
  const auto extra = Within(random_, faults.reordered_within);
  const auto again = Within(random_, faults.reordered_within);
  parcel.events.push_back({.topic = "routes",
                           .what = "opCode " + parcel.nodes.back().op_code,
                           .at = at,
                           .suppressed = options_.push_url.empty()});
  if (options_.push_url.empty()) {
    ++counts_.suppressed;
    return;
  }
  const Instant first = at + faults.delay + (late ? extra : std::chrono::milliseconds::zero());
  const NodeRef ref{.number = parcel.number, .node = parcel.nodes.size() - 1};
  pending_.Add(first, ref);
  ++waiting_;
  if (doubled) {
    pending_.Add(first + again, ref);
    ++waiting_;
    ++counts_.duplicated;
  }
}

void PushDesk::Gather(Instant now) {
  const auto within = options_.quirks.batch_within;
  for (auto first = pending_.NextDue(); first && *first + within <= now;
       first = pending_.NextDue()) {
    Batch batch;
    const Instant at = *first + within;
    while (batch.nodes.size() < kMostNodes) {
      auto due = pending_.Take(at);
      if (!due) break;
      batch.nodes.push_back(std::move(due->item));
    }
    waiting_ -= batch.nodes.size();
    if (Chance(random_, options_.quirks.shuffled)) Shuffle(batch.nodes);
    if (Chance(random_, options_.faults.forged)) {
      queue_.Add({.nodes = batch.nodes, .forged = true}, at, false);
    }
    queue_.Add(std::move(batch), at, true);
  }
}

void PushDesk::Shuffle(std::vector<NodeRef>& nodes) {
  for (std::size_t i = nodes.size(); i > 1; --i) {
    std::swap(nodes[i - 1], nodes[static_cast<std::size_t>(random_.Below(i))]);
  }
}

std::optional<OutgoingPush> PushDesk::Take(Instant now) {
  Gather(now);
  const auto attempt = queue_.Take(now);
  if (!attempt) return std::nullopt;
  const Batch& batch = *attempt->content;
  OutgoingPush push;
  push.id = attempt->id;
  push.url = options_.push_url;
  push.timeout = queue_.plan().timeout;
  push.content_type = options_.quirks.form_pushes
                          ? "application/x-www-form-urlencoded; charset=UTF-8"
                          : "application/json;charset=UTF-8";
  push.body = Write(batch);
  if (batch.forged) {
    // All that a forger lacks is the word at the URL's end.
    push.url.back() = push.url.back() == '0' ? '1' : '0';
    ++counts_.forged;
    return push;
  }
  ++counts_.pushes;
  counts_.repeated += attempt->number > 0 ? 1 : 0;
  for (const NodeRef& ref : batch.nodes) {
    if (Event* event = EventOf(ref)) ++event->sent;
  }
  return push;
}

std::string PushDesk::Write(const Batch& batch) {
  std::vector<Fields> routes;
  for (const NodeRef& ref : batch.nodes) {
    if (const Parcel* parcel = book_.Find(ref.number)) {
      routes.push_back(FieldsOf(parcel->nodes.at(ref.node), parcel->number));
    }
  }
  return options_.quirks.form_pushes ? FormOf(routes) : JsonOf(routes);
}

Event* PushDesk::EventOf(const NodeRef& ref) {
  Parcel* parcel = book_.Find(ref.number);
  return parcel == nullptr ? nullptr : &parcel->events.at(ref.node);
}

bool PushDesk::IsOk(const PushAnswer& answer) const {
  if (answer.status != 200) return false;
  if (options_.quirks.form_pushes) return answer.body.find("<Head>OK</Head>") != std::string::npos;
  const auto json = nlohmann::json::parse(answer.body, nullptr, false);
  return json.is_object() && json.value("return_code", nlohmann::json()) == "0000";
}

void PushDesk::OnAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) {
  const bool ok = IsOk(answer);
  const auto settled = queue_.Settle(push, ok, now);
  if (!settled) return;
  if (settled->content.forged) {
    counts_.forged_accepted += ok ? 1 : 0;
    return;
  }
  ++(ok ? counts_.answered_ok : counts_.failed);
  if (!ok) return;
  for (const NodeRef& ref : settled->content.nodes) {
    if (Event* event = EventOf(ref)) ++event->answered_ok;
  }
}

std::optional<Instant> PushDesk::NextDue() const {
  auto gathered = pending_.NextDue();
  if (gathered) *gathered += options_.quirks.batch_within;
  return Earlier(gathered, queue_.NextDue());
}

}  // namespace weir::simulators::sf_express
