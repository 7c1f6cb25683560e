// SPDX-License-Identifier: Apache-2.0
#include "tests/webhooks/callbacks/world.hpp"

#include <boost/asio/detached.hpp>
#include <nlohmann/json.hpp>

namespace weir::webhooks::testing {

using nlohmann::json;

boost::asio::awaitable<Result<net::Response>> Endpoint::Send(net::Request request,
                                                             std::chrono::milliseconds timeout) {
  const json body = json::parse(request.body);
  Message message{.request = std::move(request),
                  .id = body["id"],
                  .seq = body["sequence"],
                  .type = body["type"],
                  .subject = body["data"].value("id", ""),
                  .at = clock_.Now()};
  got.push_back(message);
  most_at_once = std::max(most_at_once, ++at_once);
  if (thinking.count() > 0) co_await timer_.Wait(std::min(thinking, timeout));
  --at_once;
  if (thinking > timeout) co_return Fail(ErrorKind::kTransport, "No complete answer came in time.");
  co_return answer ? answer(message) : Result<net::Response>(Status(204));
}

std::vector<std::uint64_t> Endpoint::Seqs(const std::string& subject) const {
  std::vector<std::uint64_t> seqs;
  for (const Message& message : got) {
    if (subject.empty() || message.subject == subject) seqs.push_back(message.seq);
  }
  return seqs;
}

std::vector<std::string> Endpoint::Ids() const {
  std::vector<std::string> ids;
  for (const Message& message : got) ids.push_back(message.id);
  return ids;
}

net::Response Status(unsigned status, std::string retry_after) {
  net::Response response;
  response.status = status;
  if (!retry_after.empty()) response.headers.Add("Retry-After", std::move(retry_after));
  return response;
}

CallbackTest::CallbackTest() {
  boost::asio::co_spawn(
      io_, storage_.AcquireLease(0),
      [this](const std::exception_ptr&, Result<storage::Fence> fence) { fence_ = *fence; });
  Run(std::chrono::milliseconds(0));
}

sync::SubscriptionSetting CallbackTest::Erp() {
  return {.id = "erp",
          .url = "https://erp.example/weir",
          .types = {"*"},
          .stores = {},
          .platforms = {},
          .rate_per_second = {},
          .made_by_api = true,
          .secrets = {{.secret = Secret(kSecret), .until = {}}}};
}

void CallbackTest::PutSetting(const std::string& id, std::string state) {
  const auto at = storage_.view_position();
  const auto known = Ask(storage_.Read(storage::RecordKind::kSetting, "demo", id)).value();
  storage::RecordRow row;
  row.kind = storage::RecordKind::kSetting;
  row.merchant = "demo";
  row.id = id;
  row.version = known ? known->version + 1 : 1;
  row.state = std::move(state);
  storage::Batch batch;
  batch.through = {.offset = at.offset + 1};
  batch.puts.push_back(std::move(row));
  ASSERT_TRUE(Ask(storage_.Apply(fence_, at, std::move(batch))));
}

void CallbackTest::Fold() {
  const auto entries = Ask(storage_.Scan({0, folded_ + 1}, 1000, 1U << 20)).value();
  for (const storage::Entry& entry : entries) {
    folded_ = entry.position.offset;
    const json payload = json::parse(entry.payload);
    PutSetting(payload["kind"].get<std::string>() + "/" + payload["id"].get<std::string>(),
               entry.payload);
  }
}

void CallbackTest::Start(std::vector<sync::SubscriptionSetting> subscriptions,
                         CallbackOptions options) {
  Fold();
  const auto known = Ask(storage_.ReadAll(storage::RecordKind::kSetting)).value();
  for (const storage::RecordRow& row : known) {
    if (!row.id.starts_with("subscription/")) continue;
    auto setting = sync::DecodeSubscriptionSetting(row.state).value();
    setting.enabled = false;
    if (EncodeSetting(setting) != row.state) Declare(setting);
  }
  for (const sync::SubscriptionSetting& setting : subscriptions) Declare(setting);
  life_log_ = logs_.emplace_back(std::make_unique<MortalLog>(log_)).get();
  dispatchers_.push_back(
      std::make_unique<Dispatcher>(DispatcherParts{.storage = storage_,
                                                   .log = *life_log_,
                                                   .public_only = endpoint_,
                                                   .anywhere = endpoint_,
                                                   .clock = clock_,
                                                   .timer = timer_,
                                                   .random = random_,
                                                   .executor = io_.get_executor()},
                                   std::move(options), secrets_));
  dispatcher_ = dispatchers_.back().get();
  TakeSettings();
  boost::asio::co_spawn(io_, dispatcher_->Run(), boost::asio::detached);
  Run(std::chrono::milliseconds(0));
}

void CallbackTest::Kill() {
  life_log_->is_dead = true;
  boost::asio::co_spawn(io_, dispatcher_->Stop(std::chrono::milliseconds(0)),
                        boost::asio::detached);
  Run(std::chrono::milliseconds(0));
}

void CallbackTest::Publish(const std::string& subject, const std::string& type,
                           const std::string& store, const std::string& platform) {
  storage::Batch batch;
  const auto at = storage_.view_position();
  batch.through = {.offset = at.offset + 1};
  const std::uint64_t seq = storage_.FeedEnd("demo") + 1;
  const json record = {{"id", subject},
                       {"store", store},
                       {"platform", platform},
                       {"customer", {{"name", "张三"}, {"phone", "13800000000"}}}};
  batch.changes = {{.merchant = "demo",
                    .seq = seq,
                    .cause = batch.through,
                    .type = type,
                    .subject = subject,
                    .version = seq,
                    .at = clock_.Now(),
                    .data = record.dump()}};
  ASSERT_TRUE(Ask(storage_.Apply(fence_, at, std::move(batch))));
}

std::optional<storage::CallbackRow> CallbackTest::Row(std::uint64_t seq) {
  return Ask(log_.Get("demo", {.seq = seq, .subscription = "erp"})).value();
}

std::uint64_t CallbackTest::WrittenCursor() {
  return Ask(log_.Subscriptions()).value().at(0).cursor;
}

}  // namespace weir::webhooks::testing
