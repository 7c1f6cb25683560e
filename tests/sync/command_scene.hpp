// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/seeded_random.hpp"
#include "sync/command_fold.hpp"
#include "sync/commands.hpp"
#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {

/// Commands over the canonical rules, with `readers_` as what they reach.
class CommandScene : public ::testing::Test {
 protected:
  std::string Plan(const std::string& connection, const CommandRequest& request) {
    const auto position = scene_.Append({.envelope = {.kind = storage::EntryKind::kCommand,
                                                      .merchant = "demo",
                                                      .connection = connection,
                                                      .platform = "meituan",
                                                      .dialect = {},
                                                      .topic = request.kind,
                                                      .request = {},
                                                      .received_at = scene_.clock.Now()},
                                         .payload = EncodeCommand(request)});
    scene_.FoldAll();
    return CommandId(position);
  }

  /// One step, the fold running beside it.
  bool Step(Commands& commands) {
    std::optional<Result<bool>> done;
    boost::asio::io_context io;
    boost::asio::co_spawn(io, commands.Step(), [&](std::exception_ptr thrown, Result<bool> did) {
      if (thrown) std::rethrow_exception(thrown);
      done = std::move(did);
    });
    for (int i = 0; i < 2000 && !done; ++i) {
      io.restart();
      io.poll();
      scene_.FoldAll();
      scene_.timer.RunFor(io, std::chrono::milliseconds(5));
    }
    return scene_.Must(*std::move(done));
  }
  bool Step() { return Step(commands_); }
  bool StepAfter(std::chrono::seconds pause) {
    scene_.clock.Advance(pause);
    return Step();
  }

  CommandRecord Read(const std::string& id) {
    return *scene_.Must(scene_.Run(ReadCommand(scene_.storage, "demo", id)));
  }
  std::string Status(const std::string& id) { return std::string(Name(Read(id).status)); }
  std::vector<std::string> ChangeTypes() {
    std::vector<std::string> types;
    const auto page = scene_.Must(scene_.Run(scene_.storage.ReadChanges("demo", 0, 100, {})));
    for (const storage::ChangeRow& change : page.changes) {
      if (change.type.starts_with("command.")) types.push_back(change.type);
    }
    return types;
  }

  FoldScene scene_;
  std::map<std::string, OrderReader> readers_;  ///< By connection.
  SeededRandom random_{1};
  Backpressure backpressure_{scene_.clock};
  Ingest ingest_{scene_.storage, scene_.clock, backpressure_};
  const CommandParts parts_{
      .storage = scene_.storage,
      .ingest = ingest_,
      .readers = [this](const std::string&,
                        const std::string& connection) -> std::shared_ptr<const OrderReader> {
        const auto found = readers_.find(connection);
        if (found == readers_.end()) return nullptr;
        return std::make_shared<const OrderReader>(found->second);
      },
      .clock = scene_.clock,
      .timer = scene_.timer,
      .random = random_};
  Commands commands_{parts_};
};

}  // namespace weir::sync::testing
