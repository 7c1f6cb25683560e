// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#include "sync/fold_queue.hpp"
#include "sync/folder.hpp"
#include "sync/rules.hpp"
#include "sync/settings.hpp"
#include "sync/start.hpp"
#include "sync/subscriptions.hpp"
#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {

/// The API over the real fold, which folds when it is told.
class SettingsTest : public ApiTest {
 protected:
  SettingsTest() {
    if (!Run(folder_.Start())) throw std::logic_error("the fold does not start");
  }

  /// As the configuration file declares it.
  template <typename Setting>
  void Declare(const Setting& setting, const std::string& merchant = "demo") {
    Append({.kind = storage::EntryKind::kSetting, .merchant = merchant}, EncodeSetting(setting));
    Fold();
  }

  /// Folds what there is; those who wait for it are answered.
  void Fold() {
    if (!Run(sync::CatchUp(storage_, folder_))) throw std::logic_error("the fold fails");
    timer_.RunFor(io_, std::chrono::milliseconds(10));
  }

  using Fields = std::initializer_list<std::pair<const char*, std::string>>;
  std::shared_ptr<Pending> Begin(const std::string& method, const std::string& target,
                                 const std::string& body = {}, Fields fields = {},
                                 const std::string& key = "admin") {
    net::Request request{.method = method, .target = target};
    request.headers.Add("Authorization", "Bearer " + key);
    for (const auto& [name, value] : fields) request.headers.Add(name, value);
    request.body = body;
    return Start(std::move(request));
  }
  /// The answer, once all that it waits for is folded.
  net::Response Do(const std::string& method, const std::string& target,
                   const std::string& body = {}, Fields fields = {},
                   const std::string& key = "admin") {
    const auto pending = Begin(method, target, body, fields, key);
    for (int round = 0; round < 3 && !pending->response; ++round) Fold();
    if (!pending->response) throw std::logic_error("the answer did not come");
    return std::move(*pending->response);
  }
  /// The body of an answer that is as documented.
  json Done(const std::string& method, const std::string& target, const std::string& body = {},
            Fields fields = {}, const std::string& key = "admin") {
    return Documented(method, target, Do(method, target, body, fields, key));
  }
  std::string Refused(const std::string& method, const std::string& target,
                      const std::string& body = {}, Fields fields = {},
                      const std::string& key = "admin") {
    return Outcome(Do(method, target, body, fields, key));
  }
  std::string TagOf(const std::string& target) {
    return std::string(Ask("GET", target, "admin").headers.Find("ETag"));
  }

 private:
  sync::FoldQueue queue_{clock_, 64U << 20};
  sync::CanonicalRules rules_{storage_};
  sync::Mappers mappers_;
  sync::Folder folder_{storage_, queue_, rules_, mappers_, clock_};
};

}  // namespace weir::gateway::testing
