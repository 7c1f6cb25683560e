// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {

/// Puts records as the fold would, each published by a change of its own.
class RecordsTest : public ApiTest {
 protected:
  void Put(storage::RecordKind kind, const std::string& id, storage::RecordColumns columns,
           const json& data, std::string state = {}) {
    storage::Batch batch;
    const std::uint64_t seq = storage_.FeedEnd("demo") + 1;
    const std::uint64_t version = ++versions_[id];
    batch.changes = {{.merchant = "demo",
                      .seq = seq,
                      .cause = {.offset = 1},
                      .type = "test.put",
                      .subject = id,
                      .version = version,
                      .data = data.dump()}};
    storage::RecordRow row;
    row.kind = kind;
    row.merchant = "demo";
    row.id = id;
    row.version = version;
    row.published_seq = seq;
    row.columns = std::move(columns);
    row.state = std::move(state);
    batch.puts.push_back(std::move(row));
    Apply(std::move(batch));
  }

  /// A setting's record.
  template <typename Setting>
  void Declare(const Setting& setting) {
    storage::RecordRow row;
    row.kind = storage::RecordKind::kSetting;
    row.merchant = "demo";
    row.id = SettingId(setting);
    row.version = 1;
    row.state = EncodeSetting(setting);
    storage::Batch batch;
    batch.puts.push_back(std::move(row));
    Apply(std::move(batch));
  }

  /// The example of a schema in the document.
  json Example(const std::string& schema) {
    return document_.At("/components/schemas/" + schema + "/examples/0");
  }

 private:
  std::map<std::string, std::uint64_t> versions_;
};

}  // namespace weir::gateway::testing
