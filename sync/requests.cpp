// SPDX-License-Identifier: Apache-2.0
#include "sync/requests.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace weir::sync {

using nlohmann::json;

std::string EncodeAsked(const Asked& asked) {
  json out = {{"key_id", asked.key_id}, {"request_id", asked.request_id}, {"call", asked.call}};
  if (!asked.idempotency_key.empty()) {
    out["idempotency_key"] = asked.idempotency_key;
    out["content"] = asked.content;
  }
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<Asked> DecodeAsked(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  if (!in.is_object()) return Fail(ErrorKind::kMalformed, "not a request's envelope");
  const auto member = [&in](const char* name) {
    const auto found = in.find(name);
    return found != in.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  return Asked{.key_id = member("key_id"),
               .request_id = member("request_id"),
               .call = member("call"),
               .idempotency_key = member("idempotency_key"),
               .content = member("content")};
}

std::string EncodeOutcome(storage::Position of, const RequestOutcome& outcome) {
  return json{{"kind", "outcome"},
              {"of", of.ToText()},
              {"status", outcome.status},
              {"content_type", outcome.content_type},
              {"body", outcome.body}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

bool IsOutcome(std::string_view payload) {
  const json in = json::parse(payload, nullptr, false);
  return in.is_object() && in.value("kind", json()) == "outcome";
}

std::string WithoutBody(std::string_view payload) {
  json out = json::parse(payload, nullptr, false);
  if (out.is_object() && out.contains("body")) out["body"] = "";
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

boost::asio::awaitable<Result<std::optional<RequestOutcome>>> FindOutcome(storage::Storage& storage,
                                                                          std::string merchant,
                                                                          storage::Position of) {
  const auto work =
      co_await storage.FindWork({std::move(merchant), kRequestOutcomeWork, of.ToText()});
  if (!work) co_return std::unexpected(work.error());
  if (!*work) co_return std::nullopt;
  const json in = json::parse((*work)->detail, nullptr, false);
  if (!in.is_object()) co_return Fail(ErrorKind::kMalformed, "not a request's outcome");
  co_return RequestOutcome{.status = in.value("status", 200U),
                           .content_type = in.value("content_type", ""),
                           .body = in.value("body", "")};
}

void FoldRequestEntry(const storage::Entry& entry, FoldBatch& batch) {
  const json payload = json::parse(entry.payload);
  if (payload.at("kind") == "pull") {
    batch.Plan({.merchant = entry.envelope.merchant,
                .kind = kPullWork,
                .subject = entry.position.ToText(),
                .due_at = entry.stamp,
                .detail = entry.payload,
                .cause = entry.position});
  }
  if (payload.at("kind") != "outcome") return;
  batch.Plan({.merchant = entry.envelope.merchant,
              .kind = kRequestOutcomeWork,
              .subject = payload.at("of").get<std::string>(),
              .due_at = entry.stamp + kIdempotencyKeyKept,
              .detail = entry.payload,
              .cause = entry.position});
}

boost::asio::awaitable<bool> RequestFold::Admit(const storage::Entry& entry, FoldBatch& batch) {
  const auto asked = DecodeAsked(entry.envelope.request);
  if (!asked) throw std::runtime_error(asked.error().message);
  if (asked->idempotency_key.empty()) co_return true;
  const storage::WorkKey key{entry.envelope.merchant, kIdempotencyKeyWork, asked->idempotency_key};
  const auto first = co_await storage_.FindWork(key);
  if (!first) throw std::runtime_error(first.error().message);
  if (*first && entry.stamp < (*first)->due_at) co_return false;
  batch.Plan({.merchant = key.merchant,
              .kind = key.kind,
              .subject = key.subject,
              .due_at = entry.stamp + kIdempotencyKeyKept,
              .detail = asked->content,
              .cause = entry.position});
  co_return true;
}

boost::asio::awaitable<Result<std::optional<storage::Position>>> FindFirstRequest(
    storage::Storage& storage, std::string merchant, Asked asked, Instant now) {
  if (asked.idempotency_key.empty()) co_return std::nullopt;
  const auto first = co_await storage.FindWork(
      {std::move(merchant), kIdempotencyKeyWork, std::move(asked.idempotency_key)});
  if (!first) co_return std::unexpected(first.error());
  if (!*first || now >= (*first)->due_at) co_return std::nullopt;
  if ((*first)->detail != asked.content) {
    co_return std::unexpected(Error{.kind = ErrorKind::kRejected,
                                    .message = "the Idempotency-Key came with another request",
                                    .remote_code = "idempotency_key_reused"});
  }
  co_return (*first)->cause;
}

}  // namespace weir::sync
