// SPDX-License-Identifier: Apache-2.0
#include "webhooks/pushes/hooks.hpp"

#include <spdlog/spdlog.h>

#include <utility>

#include "base/json_writer.hpp"

namespace weir::webhooks {
namespace {

net::Response Problem(unsigned status, std::string_view code, std::string_view title,
                      std::string_view detail, std::string_view request_id) {
  net::Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  JsonWriter(response.body)
      .BeginObject()
      .Member("type", "about:blank")
      .Member("title", title)
      .Member("status", static_cast<int>(status))
      .Member("detail", detail)
      .Member("code", code)
      .Member("request_id", request_id)
      .EndObject();
  return response;
}

net::Response UnknownConnection(bool are_all, std::string_view request_id) {
  if (are_all) {
    return Problem(404, "not_found", "There is no such thing", "no connection has this id",
                   request_id);
  }
  net::Response response = Problem(503, "busy", "The gateway cannot take this now",
                                   "the gateway is starting", request_id);
  response.headers.Add("Retry-After", "1");
  return response;
}

// No signature is longer than what is kept of it.
std::vector<std::pair<std::string, std::string>> SignatureOf(
    const connectors::PushVerifier& verifier, const net::Request& request) {
  constexpr std::size_t kLongest = 1024;
  std::vector<std::pair<std::string, std::string>> headers;
  for (const std::string_view name : verifier.SignatureHeaders()) {
    const std::string_view value = request.headers.Find(name);
    if (!value.empty()) headers.emplace_back(name, value.substr(0, kLongest));
  }
  return headers;
}

}  // namespace

PushHooks::PushHooks(sync::Ingest& ingest, storage::Refusals& refusals, const Clock& clock)
    : ingest_(ingest), refusals_(refusals), clock_(clock) {}

void PushHooks::Set(std::map<std::string, PushConnection> connections, bool are_all) {
  const auto former = hooks_.Get();
  Hooks hooks;
  for (auto& [id, to] : connections) {
    const auto known = former->find(id);
    hooks.emplace(id, Hook{.to = std::move(to),
                           .counters = known != former->end() ? known->second.counters
                                                              : std::make_shared<PushCounters>()});
  }
  hooks_.Set(std::move(hooks));
  are_all_ = are_all;
}

void PushHooks::Mount(net::Router& router) {
  for (const char* method : {"POST", "GET"}) {
    router.Add(method, "/hooks/{connection}/{topic...}",
               [this](net::Request request, net::PathParameters path) {
                 return Take(std::move(request), std::move(path));
               });
  }
}

boost::asio::awaitable<net::Response> PushHooks::Take(net::Request request,
                                                      net::PathParameters path) {
  // Asked first: what is not among all of them then is none.
  const bool are_all = are_all_;
  const auto hooks = hooks_.Get();
  const auto found = hooks->find(path.at(0));
  if (found == hooks->end()) co_return UnknownConnection(are_all, request.request_id);
  const Hook& hook = found->second;
  std::string topic = path.size() > 1 ? std::move(path[1]) : std::string();

  auto push = hook.to.verifier->Verify(request, topic);
  if (!push) {
    co_return co_await Refuse(hook, found->first, std::move(topic), std::move(request),
                              std::move(push.error()));
  }
  auto reply = push->reply ? *std::move(push->reply) : hook.to.verifier->Accepted();
  if (push->probe) {
    hook.counters->accepted.fetch_add(1, std::memory_order_relaxed);
    co_return reply;
  }
  if (!push->topic.empty()) topic = std::move(push->topic);
  const Instant now = clock_.Now();
  if (push->sent_at) hook.counters->delays.Note(*push->sent_at, now);
  auto outcome = co_await ingest_.Push({.merchant = hook.to.merchant,
                                        .connection = found->first,
                                        .platform = hook.to.platform,
                                        .topic = std::move(topic),
                                        .request = {},
                                        .received_at = now},
                                       std::move(*push));
  if (!outcome) {
    hook.counters->failed.fetch_add(1, std::memory_order_relaxed);
    co_return hook.to.verifier->Refused(outcome.error());
  }
  hook.counters->accepted.fetch_add(1, std::memory_order_relaxed);
  co_return reply;
}

boost::asio::awaitable<net::Response> PushHooks::Refuse(Hook hook, std::string connection,
                                                        std::string topic, net::Request request,
                                                        Error error) {
  hook.counters->refused.fetch_add(1, std::memory_order_relaxed);
  const bool typed = error.kind == ErrorKind::kUnauthorized || error.kind == ErrorKind::kNotFound;
  const std::string reason = typed ? error.message : "malformed_push";
  net::Response response = hook.to.verifier->Refused(error);
  const auto stored = co_await refusals_.Add({.merchant = hook.to.merchant,
                                              .connection = connection,
                                              .topic = std::move(topic),
                                              .at = clock_.Now(),
                                              .reason = reason,
                                              .method = std::move(request.method),
                                              .target = std::move(request.target),
                                              .headers = SignatureOf(*hook.to.verifier, request),
                                              .body = std::move(request.body),
                                              .remote = std::move(request.remote)});
  // Refusals that go over the ring's pace are counted, not logged: a flood must not fill the log.
  if (!stored) {
    spdlog::error("event=refusal_not_kept connection={} error=\"{}\"", connection,
                  stored.error().message);
  } else if (*stored) {
    spdlog::warn("event=push_refused request={} connection={} reason={}", request.request_id,
                 connection, reason);
  }
  co_return response;
}

boost::asio::awaitable<Result<sync::Ingest::Outcome>> PushHooks::Redrive(storage::Refusal refusal,
                                                                         std::string asked) {
  const auto hooks = hooks_.Get();
  const auto found = hooks->find(refusal.connection);
  if (found == hooks->end()) {
    co_return Fail(ErrorKind::kNotFound, "the refusal's connection is not configured any more");
  }
  const Hook& hook = found->second;
  net::Request request;
  request.method = refusal.method;
  request.target = refusal.target;
  for (auto& [name, value] : refusal.headers) {
    request.headers.Add(std::move(name), std::move(value));
  }
  request.body = refusal.body;
  auto push = hook.to.verifier->Verify(request, refusal.topic);
  if (!push) {
    co_return Fail(ErrorKind::kConflict, "still refused: " + push.error().message);
  }
  if (push->probe) co_return sync::Ingest::Outcome::kDuplicate;
  std::string topic = push->topic.empty() ? refusal.topic : std::move(push->topic);
  co_return co_await ingest_.Push({.merchant = hook.to.merchant,
                                   .connection = refusal.connection,
                                   .platform = hook.to.platform,
                                   .topic = std::move(topic),
                                   .request = std::move(asked),
                                   .received_at = refusal.at},
                                  std::move(*push));
}

std::map<std::string, std::shared_ptr<const PushCounters>> PushHooks::counters() const {
  std::map<std::string, std::shared_ptr<const PushCounters>> counters;
  for (const auto& [connection, hook] : *hooks_.Get()) counters.emplace(connection, hook.counters);
  return counters;
}

}  // namespace weir::webhooks
