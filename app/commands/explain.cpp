// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/commands.hpp"
#include "app/config/config.hpp"
#include "app/explain/capture.hpp"
#include "app/explain/facts.hpp"
#include "app/explain/journal_folder.hpp"
#include "app/explain/standing.hpp"
#include "app/explain/still_view.hpp"
#include "app/registry.hpp"
#include "base/clock.hpp"
#include "base/disk.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "base/timer.hpp"
#include "net/beast_transport.hpp"
#include "sync/order_record.hpp"

namespace weir::app {
namespace {

/// More would take long to read and nobody reads it.
constexpr std::size_t kMaxVoices = 64;
constexpr std::string_view kQueryAndBody = "+query";

struct ExplainOptions {
  std::string subject;
  std::string config = "weir.toml";
  std::string connection;
  std::string topic;
  std::string target;
  std::string method;
  bool personal = false;
};

/// A value, or its error as what ends the command.
template <typename T>
T OrThrow(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

/// The hook's path as the platform called it, as far as the envelope tells.
std::string HookTarget(const std::string& connection, std::string_view topic) {
  std::string target = "/hooks/" + PercentEncode(connection);
  while (!topic.empty()) {
    const std::size_t end = std::min(topic.find('/'), topic.size());
    target += "/" + PercentEncode(topic.substr(0, end));
    topic.remove_prefix(std::min(end + 1, topic.size()));
  }
  return target;
}

/// The push that became this entry.
net::Request RequestOf(const storage::Envelope& envelope, const std::string& payload) {
  net::Request request;
  request.method = "POST";
  request.target = HookTarget(envelope.connection, envelope.topic);
  request.body = payload;
  if (envelope.dialect.ends_with(kQueryAndBody)) {
    const std::size_t end = std::min(payload.find('\n'), payload.size());
    request.target += "?" + payload.substr(0, end);
    request.body = payload.substr(std::min(end + 1, payload.size()));
  }
  return request;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + " is neither a journal position nor a readable file");
  return {std::istreambuf_iterator<char>(file), {}};
}

class Explainer {
 public:
  explicit Explainer(ExplainOptions options)
      : options_(std::move(options)),
        config_(LoadConfig(options_.config, SystemSources(KeysOfPlatform))),
        transport_({}, clock_, timer_) {}

  void ExplainEntry(storage::Position position) {
    const auto& folder = config_.storage.folder;
    keys_ = OrThrow(storage::KeyRing::Read(disk_, folder, config_.storage.encryption));
    const auto journal = OrThrow(explain::JournalFolder::Open(disk_, folder + "/journal", keys_));
    const storage::Entry entry = OrThrow(journal.Read(position));
    PrintEnvelope(entry);
    if (entry.erased) {
      fmt::print("  erased      its payload was overwritten; what is left of it follows\n");
    } else {
      PrintCheck(entry.envelope, entry.payload);
    }
    const auto mapped = sync::MapEntry(PlatformMappers(), entry);
    if (!mapped) return;
    fmt::print("\nfacts\n{}", explain::FactsText(*mapped, options_.personal));
    for (const model::OrderFacts& facts : mapped->orders) PrintStanding(journal, entry, facts);
  }

  /// False when the push would be refused.
  bool ExplainFile() {
    if (options_.connection.empty()) {
      throw std::runtime_error("a file needs --connection, whose credentials check it");
    }
    const net::Request request = RequestOfFile();
    const auto connector = MakeConnectorOf(options_.connection);
    fmt::print("{}", connector.pushes->Explain(request, options_.personal));
    const auto push = connector.pushes->Verify(request, options_.topic);
    if (!push) {
      fmt::print("\nit is refused: {}\n", push.error().message);
      return false;
    }
    fmt::print("\nfacts\n{}", explain::FactsText(*push->mapped, options_.personal));
    return true;
  }

 private:
  // A capture names its URL; of a bare body it is told.
  net::Request RequestOfFile() {
    auto captured = explain::ReadCapture(ReadFile(options_.subject));
    if (!captured) {
      throw std::runtime_error(options_.subject + ": " + captured.error().message);
    }
    net::Request request = *std::move(captured);
    if (request.target.empty()) request.target = HookTarget(options_.connection, options_.topic);
    if (!options_.target.empty()) request.target = explain::TargetOf(options_.target);
    if (!options_.method.empty()) request.method = options_.method;
    return request;
  }

  const ConnectionConfig* Find(const std::string& connection) const {
    const auto found = std::ranges::find(config_.connections, connection, &ConnectionConfig::id);
    return found == config_.connections.end() ? nullptr : &*found;
  }

  connectors::Connector MakeConnectorOf(const std::string& id) {
    const ConnectionConfig* connection = Find(id);
    if (connection == nullptr) {
      throw std::runtime_error("no connection '" + id + "' in " + options_.config);
    }
    auto connector =
        OrThrow(MakeConnector({.id = connection->id,
                               .merchant = connection->merchant,
                               .platform = connection->platform,
                               .base_url = connection->base_url,
                               .public_url = config_.server.public_url,
                               .credentials = connection->credentials,
                               .options = connection->options},
                              {.transport = transport_, .clock = clock_, .vault = nullptr}));
    if (!connector.pushes) throw std::runtime_error("connection '" + id + "' takes no pushes");
    return connector;
  }

  static void PrintEnvelope(const storage::Entry& entry) {
    const storage::Envelope& envelope = entry.envelope;
    fmt::print("entry {}: {}, {} bytes\n", entry.position.ToText(), storage::Name(envelope.kind),
               entry.payload.size());
    fmt::print("  stamp       {}\n  received at {}\n", ToRfc3339(entry.stamp),
               ToRfc3339(envelope.received_at));
    const std::pair<std::string_view, const std::string&> texts[] = {
        {"merchant", envelope.merchant}, {"connection", envelope.connection},
        {"platform", envelope.platform}, {"topic", envelope.topic},
        {"dialect", envelope.dialect},
    };
    for (const auto& [name, text] : texts) {
      if (!text.empty()) fmt::print("  {:<11} {}\n", name, text);
    }
  }

  void PrintCheck(const storage::Envelope& envelope, const std::string& payload) {
    if (envelope.kind == storage::EntryKind::kRedrive) {
      if (const auto carried = sync::DecodeRedriven(payload)) {
        fmt::print("  carries     {}\n", carried->position.ToText());
        PrintCheck(carried->envelope, carried->payload);
      }
      return;
    }
    if (envelope.kind != storage::EntryKind::kPush) return;
    if (Find(envelope.connection) == nullptr) {
      fmt::print("\nthe signature cannot be checked: no connection '{}' in {}\n",
                 envelope.connection, options_.config);
      return;
    }
    const auto connector = MakeConnectorOf(envelope.connection);
    fmt::print("\nsignature, over the path as the envelope tells it\n{}",
               connector.pushes->Explain(RequestOf(envelope, payload), options_.personal));
  }

  /// The newest of the record's entries, and the one asked for, wherever it stands.
  std::vector<explain::Voice> VoicesOf(const explain::JournalFolder& journal,
                                       const sync::OrderRecord& record,
                                       const storage::Entry& asked) {
    std::vector<storage::Position> positions = {asked.position};
    for (auto item = record.trail.rbegin();
         item != record.trail.rend() && positions.size() < kMaxVoices; ++item) {
      if (item->offset != asked.position.offset) positions.push_back({.offset = item->offset});
    }
    std::ranges::sort(positions);
    std::vector<explain::Voice> voices;
    for (const storage::Position position : positions) {
      const auto entry = journal.Read(position);
      if (!entry) continue;
      const auto mapped = sync::MapEntry(PlatformMappers(), *entry);
      if (!mapped) continue;
      for (const model::OrderFacts& facts : mapped->orders) {
        if (PlatformRecordId(facts.platform, facts.platform_order_id) != record.id) continue;
        voices.push_back({.position = position, .envelope = entry->envelope, .facts = facts});
      }
    }
    return voices;
  }

  void PrintStanding(const explain::JournalFolder& journal, const storage::Entry& entry,
                     const model::OrderFacts& facts) {
    const std::string id = PlatformRecordId(facts.platform, facts.platform_order_id);
    auto row = explain::ReadRecord(config_.storage.folder, *keys_, storage::RecordKind::kOrder,
                                   entry.envelope.merchant, id);
    if (!row || !*row) {
      fmt::print("\nrecord {}: {}\n", id,
                 row ? "not in the view: the entry is not folded yet, or is quarantined"
                     : row.error().message);
      return;
    }
    const sync::OrderRecord record = OrThrow(sync::FromRow(std::move(**row)));
    const auto voices = VoicesOf(journal, record, entry);
    const auto unheard = std::ranges::count_if(record.trail, [&](const sync::TrailItem& item) {
      return std::ranges::none_of(voices, [&](const explain::Voice& voice) {
        return voice.position.offset == item.offset;
      });
    });
    fmt::print("\n{}", explain::StandingText(record, voices, entry.position,
                                             static_cast<std::size_t>(unheard), options_.personal));
  }

  const ExplainOptions options_;
  const Config config_;
  SystemDisk disk_;
  std::shared_ptr<storage::KeyRing> keys_;
  SystemClock clock_;
  SystemTimer timer_;
  net::BeastTransport transport_;
};

int Explain(const ExplainOptions& options) {
  Explainer explainer(options);
  if (const auto position = storage::Position::Parse(options.subject)) {
    explainer.ExplainEntry(*position);
    return 0;
  }
  return explainer.ExplainFile() ? 0 : 1;
}

}  // namespace

void AddExplain(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "explain", "Shows how an entry or a captured push is checked, mapped and merged");
  auto options = std::make_shared<ExplainOptions>();
  command
      ->add_option("subject", options->subject,
                   "A position of the journal (0-123), or a file: a push's raw body, a raw HTTP "
                   "request, or a JSON capture of url, body, method and headers")
      ->required();
  command->add_option("--config", options->config, "The configuration file")->capture_default_str();
  command->add_option("--connection", options->connection, "Files: whose credentials check it");
  command->add_option("--topic", options->topic, "Files: the topic it was sent to, order/paid");
  command->add_option("--target", options->target, "Files: the path or URL as it was called");
  command->add_option("--method", options->method, "Files: GET or POST");
  command->add_flag("--personal", options->personal, "Show personal data as it is");
  command->callback([options, &exit_code] { exit_code = Explain(*options); });
}

}  // namespace weir::app
