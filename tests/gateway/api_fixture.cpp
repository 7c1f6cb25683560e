// SPDX-License-Identifier: Apache-2.0
#include "tests/gateway/api_fixture.hpp"

#include <fstream>
#include <utility>

#include "base/text.hpp"
#include "sync/trail.hpp"

namespace weir::gateway::testing {
namespace {

constexpr auto kRead = static_cast<std::uint8_t>(Scope::kRead);
constexpr auto kPersonal = static_cast<std::uint8_t>(Scope::kReadPersonal);
constexpr auto kWrite = static_cast<std::uint8_t>(Scope::kWrite);
constexpr auto kAdmin = static_cast<std::uint8_t>(Scope::kAdmin);

/// Whether a path fits a pattern of the document, segment by segment.
bool Fits(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && !path.empty()) {
    const auto wanted = pattern.substr(1, pattern.find('/', 1) - 1);
    const auto given = path.substr(1, path.find('/', 1) - 1);
    if (!wanted.starts_with('{') && wanted != given) return false;
    pattern.remove_prefix(wanted.size() + 1);
    path.remove_prefix(given.size() + 1);
  }
  return pattern.empty() && path.empty();
}

}  // namespace

boost::asio::awaitable<Result<bool>> ListedRefusals::Add(storage::Refusal refusal) {
  kept.push_back(std::move(refusal));
  co_return true;
}

boost::asio::awaitable<Result<std::vector<storage::Refusal>>> ListedRefusals::List(
    std::string merchant, std::string connection, std::optional<std::uint64_t> before,
    std::size_t limit) {
  std::vector<storage::Refusal> found;
  for (auto refusal = kept.rbegin(); refusal != kept.rend() && found.size() < limit; ++refusal) {
    if (refusal->merchant == merchant &&
        (connection.empty() || refusal->connection == connection) &&
        (!before || refusal->number < *before)) {
      found.push_back(*refusal);
    }
  }
  co_return found;
}

boost::asio::awaitable<Result<std::optional<storage::Refusal>>> ListedRefusals::Get(
    std::string merchant, std::uint64_t number) {
  for (const storage::Refusal& refusal : kept) {
    if (refusal.merchant == merchant && refusal.number == number) co_return refusal;
  }
  co_return std::nullopt;
}

CallbackParts ListedCallbacks::Parts() {
  const auto retry = [](ListedCallbacks* self, std::string merchant,
                        storage::CallbackKey key) -> boost::asio::awaitable<Result<void>> {
    self->asked.push_back("retry " + merchant + " " + key.ToText());
    if (self->error) co_return std::unexpected(*self->error);
    co_return Result<void>{};
  };
  const auto test =
      [](ListedCallbacks* self, std::string merchant,
         std::string subscription) -> boost::asio::awaitable<Result<storage::CallbackAttempt>> {
    self->asked.push_back("test " + merchant + " " + subscription);
    if (self->error) co_return std::unexpected(*self->error);
    co_return storage::CallbackAttempt{.status = 204, .outcome = "delivered"};
  };
  const auto replay = [](ListedCallbacks* self, std::string merchant, std::string subscription,
                         ReplayRequest request) -> boost::asio::awaitable<Result<ReplayAnswer>> {
    self->asked.push_back("replay " + merchant + " " + subscription);
    self->replays.push_back(std::move(request));
    if (self->error) co_return std::unexpected(*self->error);
    co_return ReplayAnswer{.callbacks = 2, .through = 9};
  };
  return {.log = log,
          .state = [this](const std::string& merchant,
                          const std::string& id) -> std::optional<DeliveryState> {
            if (merchant != "demo" || !states.contains(id)) return std::nullopt;
            return states.at(id);
          },
          .retry = [this, retry](std::string merchant,
                                 storage::CallbackKey key) { return retry(this, merchant, key); },
          .test = [this, test](std::string merchant,
                               std::string id) { return test(this, merchant, id); },
          .replay =
              [this, replay](std::string merchant, std::string id, ReplayRequest request) {
                return replay(this, merchant, id, std::move(request));
              }};
}

json SampleOrder() {
  std::ifstream file(std::string(WEIR_TEST_DATA) + "/model/order.json");
  return json::parse(file);
}

ApiTest::ApiTest() : document_(json::parse(OpenApiDocument())) {
  std::vector<Key> keys;
  const auto key = [&keys](const std::string& name, const std::string& merchant, int scopes) {
    const Principal principal{
        .key_id = name, .merchant = merchant, .scopes = static_cast<std::uint8_t>(scopes)};
    keys.emplace_back(principal, Secret(name));
  };
  key("full", "demo", kRead | kPersonal | kWrite);
  key("read", "demo", kRead);
  key("write", "demo", kWrite);
  key("admin", "demo", kAdmin);
  key("all", "demo", kRead | kPersonal | kWrite | kAdmin);
  key("any", "*", kRead);
  keys_.Set(std::move(keys));
  fence_ = *Run(storage_.AcquireLease(0));
  MountApi(router_, Parts());
}

ApiParts ApiTest::Parts() {
  const auto redrive = [](ApiTest* test, storage::Refusal refusal,
                          std::string request) -> boost::asio::awaitable<Result<std::string>> {
    test->redriven_refusals_.push_back(refusal.number);
    if (test->redriven_is_stored_) {
      std::vector<storage::NewEntry> entries(1);
      entries[0].envelope.merchant = refusal.merchant;
      entries[0].envelope.request = std::move(request);
      (void)co_await test->storage_.Append(std::move(entries));
    }
    co_return test->redriven_;
  };
  const auto use = [](ApiTest* test) -> boost::asio::awaitable<void> {
    ++test->settings_used_;
    co_return;
  };
  return {.storage = storage_,
          .refusals = refusals_,
          .keys = keys_,
          .timer = timer_,
          .clock = clock_,
          .readiness = [this] { return readiness_; },
          .redrive_refusal =
              [this, redrive](storage::Refusal refusal, std::string request) {
                return redrive(this, std::move(refusal), std::move(request));
              },
          .callbacks = callbacks_.Parts(),
          .random = random_,
          .use_settings = [this, use] { return use(this); },
          .check_connection = [this](const std::string&,
                                     const sync::ConnectionSetting&) -> Result<void> {
            if (connection_refused_) return std::unexpected(*connection_refused_);
            return {};
          },
          .standing = [this](const std::string&, const std::string& id) { return standings_[id]; },
          .metrics = {}};
}

void ApiTest::Poll() {
  io_.restart();
  io_.poll();
}

std::shared_ptr<Pending> ApiTest::Start(net::Request request) {
  auto pending = std::make_shared<Pending>();
  request.request_id = "r-1";
  boost::asio::co_spawn(io_, router_.Handle(std::move(request)),
                        [pending](const std::exception_ptr& thrown, net::Response response) {
                          if (thrown) std::rethrow_exception(thrown);
                          pending->response = std::move(response);
                        });
  Poll();
  return pending;
}

net::Response ApiTest::Ask(net::Request request) {
  const auto pending = Start(std::move(request));
  if (!pending->response) throw std::logic_error("the answer did not come at once");
  return std::move(*pending->response);
}

net::Response ApiTest::Ask(const std::string& method, const std::string& target,
                           const std::string& key) {
  net::Request request{.method = method, .target = target};
  if (!key.empty()) request.headers.Add("Authorization", "Bearer " + key);
  return Ask(std::move(request));
}

const json* ApiTest::OperationOf(const std::string& method, const std::string& target) const {
  const std::string path = target.substr(0, target.find('?'));
  for (const auto& [pattern, item] : document_.At("/paths").items()) {
    const std::string verb = ToLower(method);
    if (Fits(pattern, path) && item.contains(verb)) return &item[verb];
  }
  return nullptr;
}

json ApiTest::Checked(const std::string& method, const std::string& target,
                      const std::string& key) {
  const net::Response response = Ask(method, target, key);
  EXPECT_EQ(response.status, 200U) << target << "\n" << response.body;
  return Documented(method, target, response);
}

json ApiTest::Documented(const std::string& method, const std::string& target,
                         const net::Response& response) {
  EXPECT_EQ(response.content_type, "application/json") << target;
  json body = json::parse(response.body, nullptr, false);
  EXPECT_FALSE(body.is_discarded()) << target << "\n" << response.body;
  const json* const operation = OperationOf(method, target);
  const std::string status = std::to_string(response.status);
  if (operation == nullptr || !(*operation)["responses"].contains(status)) {
    ADD_FAILURE() << method << " " << target << " " << status << " is not documented";
    return body;
  }
  const json& said = document_.Resolve((*operation)["responses"][status]);
  EXPECT_THAT(document_.Check(body, said["content"]["application/json"]["schema"]),
              ::testing::IsEmpty())
      << target;
  for (const auto& [name, header] : said["headers"].items()) {
    // The server adds the request's id.
    if (name == "X-Request-Id") continue;
    EXPECT_NE(response.headers.Find(name), "") << target << " lacks " << name;
  }
  return body;
}

json ApiTest::Get(const std::string& target, const std::string& key) {
  return Checked("GET", target, key);
}

json ApiTest::Post(const std::string& target, const std::string& key) {
  return Checked("POST", target, key);
}

std::string ApiTest::Outcome(const net::Response& response) {
  const std::string status = std::to_string(response.status);
  if (response.content_type != "application/problem+json") return status;
  const json body = json::parse(response.body);
  EXPECT_THAT(document_.Check(body, document_.At("/components/schemas/Problem")),
              ::testing::IsEmpty());
  EXPECT_EQ(body["status"], response.status);
  EXPECT_EQ(body["request_id"], "r-1");
  return status + " " + body["code"].get<std::string>();
}

storage::Position ApiTest::Append(storage::Envelope envelope, std::string payload) {
  std::vector<storage::NewEntry> entries(1);
  envelope.received_at = clock_.Now();
  entries[0].envelope = std::move(envelope);
  entries[0].payload = std::move(payload);
  return *Run(storage_.Append(std::move(entries)));
}

storage::Position ApiTest::AppendPush(std::string payload, std::string merchant) {
  return Append({.kind = storage::EntryKind::kPush,
                 .merchant = std::move(merchant),
                 .connection = "mt-main",
                 .platform = "meituan",
                 .dialect = "double",
                 .topic = "order/paid"},
                std::move(payload));
}

void ApiTest::Apply(storage::Batch batch, std::optional<storage::Position> through) {
  batch.through = through.value_or(storage_.journal_end());
  const auto applied = Run(storage_.Apply(fence_, storage_.view_position(), std::move(batch)));
  ASSERT_TRUE(applied) << applied.error().message;
  Poll();
}

void ApiTest::Publish(const std::string& number, const std::string& type,
                      const std::string& merchant) {
  const storage::Position cause = AppendPush("p", merchant);
  const std::string id = "meituan-" + number;
  json order = SampleOrder();
  order["id"] = id;
  order["merchant"] = merchant;
  order["platform_order_id"] = number;
  order["version"] = ++versions_[merchant + "/" + id];

  storage::RecordRow row;
  row.merchant = merchant;
  row.id = id;
  row.version = order["version"];
  row.published_seq = storage_.FeedEnd(merchant) + 1;
  row.columns = {.store = "sh-001",
                 .platform = "meituan",
                 .connection = "mt-main",
                 .status = order["status"],
                 .number = number,
                 .display = order["display_no"],
                 .sorted_at = clock_.Now(),
                 .updated_at = clock_.Now()};
  auto known = *Run(storage_.Read(row.kind, merchant, id));
  auto trail = known ? sync::DecodeTrail(known->trail) : std::vector<sync::TrailItem>();
  trail.push_back({cause.offset, row.published_seq});
  row.trail = sync::EncodeTrail(trail);

  storage::Batch batch;
  batch.changes = {{.merchant = merchant,
                    .seq = row.published_seq,
                    .cause = cause,
                    .type = type,
                    .subject = id,
                    .version = row.version,
                    .at = clock_.Now(),
                    .data = order.dump()}};
  batch.puts = {std::move(row)};
  Apply(std::move(batch));
}

void ApiTest::Quarantine(storage::Position position, const std::string& connection) {
  storage::Batch batch;
  batch.quarantined = {{.merchant = "demo",
                        .position = position,
                        .connection = connection,
                        .topic = "order/paid",
                        .reason = "unknown_topic",
                        .detail = "Neither the topic nor the content is known.",
                        .at = clock_.Now()}};
  Apply(std::move(batch));
}

}  // namespace weir::gateway::testing
