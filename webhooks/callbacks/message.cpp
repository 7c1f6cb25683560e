// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/message.hpp"

#include <algorithm>

#include "base/json_writer.hpp"
#include "model/masking.hpp"
#include "model/record_text.hpp"

namespace weir::webhooks {
namespace {

// Room for what a body says beside its data.
constexpr std::size_t kHeadSize = 256;

bool HasOneOf(const std::string& data, std::string_view member,
              const std::vector<std::string>& wanted) {
  if (wanted.empty()) return true;
  return std::ranges::find(wanted, model::RecordText(data, member)) != wanted.end();
}

}  // namespace

bool IsWanted(const Subscription& subscription, const storage::ChangeRow& change) {
  return HasOneOf(change.data, "store", subscription.stores) &&
         HasOneOf(change.data, "platform", subscription.platforms);
}

std::string BodyOf(const Subscription& subscription, std::string_view id,
                   const storage::ChangeRow& change) {
  std::string body;
  body.reserve(change.data.size() + kHeadSize);
  JsonWriter(body)
      .BeginObject()
      .Member("id", id)
      .Member("type", change.type)
      .Member("timestamp", change.at)
      .Member("sequence", change.seq)
      .Key("data");
  model::AppendRecord(body, change.data, subscription.personal);
  body.push_back('}');
  return body;
}

net::Request MakeRequest(const Subscription& subscription, const std::string& id, std::string body,
                         Instant now) {
  net::Request request;
  request.method = "POST";
  request.target = subscription.url;
  // A receiver knows a repeated message by its id.
  request.idempotent = true;
  request.headers.Reserve(5);
  request.headers.Add("Content-Type", "application/json");
  request.headers.Add("User-Agent", "Weir");
  request.headers.Add("webhook-id", id);
  request.headers.Add("webhook-timestamp", std::to_string(UnixSeconds(now)));
  request.headers.Add("webhook-signature", Sign(subscription.keys, id, now, body));
  request.body = std::move(body);
  return request;
}

}  // namespace weir::webhooks
