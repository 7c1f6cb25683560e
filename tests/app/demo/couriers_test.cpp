// SPDX-License-Identifier: Apache-2.0
#include "app/demo/couriers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace weir::app::demo {
namespace {

namespace dada = simulators::dada;
namespace sf_city = simulators::sf_city;
namespace sf_express = simulators::sf_express;
using Words = std::vector<std::string>;

template <typename Options>
Options Parsed(void (*add)(CLI::App&, Options&), Words words) {
  Options options;
  CLI::App command;
  add(command, options);
  std::ranges::reverse(words);  // As the library wants a list.
  command.parse(words);
  return options;
}

dada::Options Dada(Words words) {
  words.insert(words.begin(), {"--app-secret", "s"});
  return Parsed(AddDadaOptions, std::move(words));
}

sf_city::Options SfCity(Words words) {
  words.insert(words.begin(), {"--dev-key", "k", "--push-url", "http://gw/hooks/sf"});
  return Parsed(AddSfCityOptions, std::move(words));
}

TEST(SimulatedCouriers, AreThree) {
  std::vector<std::string_view> words;
  for (const SimulatedCourier* courier : SimulatedCouriers()) words.push_back(courier->word);
  EXPECT_EQ(words, (std::vector<std::string_view>{"dada", "sf_city", "sf_express"}));
}

TEST(SimulateDada, HasDefaults) {
  const dada::Options options = Dada({});
  EXPECT_EQ(options.app_secret, "s");
  EXPECT_EQ(options.shops.front().no, "11047059");
  EXPECT_EQ(options.traffic.pace, std::chrono::seconds(60));
  EXPECT_EQ(options.retry.retries.size(), 3U);
}

TEST(SimulateDada, IsTold) {
  const dada::Options options =
      Dada({"--shop", "a,b", "--pace", "0.5", "--lost-answers", "0.25", "--text-time", "1",
            "--duplicates", "0.5", "--searched-for", "10", "--balance", "100"});
  ASSERT_EQ(options.shops.size(), 2U);
  EXPECT_EQ(options.shops.back().no, "b");
  EXPECT_EQ(options.traffic.pace, std::chrono::milliseconds(500));
  EXPECT_EQ(options.traffic.searched_for, std::chrono::seconds(10));
  EXPECT_EQ(options.call_faults.lost_answer, 0.25);
  EXPECT_EQ(options.quirks.text_time, 1);
  EXPECT_EQ(options.faults.duplicated, 0.5);
  EXPECT_EQ(options.balance, 100);
}

TEST(SimulateDada, WantsASecret) { EXPECT_THROW(Parsed(AddDadaOptions, {}), CLI::RequiredError); }

TEST(SimulateDada, TakesSharesOnly) {
  EXPECT_THROW(Dada({"--stuck", "1.5"}), CLI::ValidationError);
}

TEST(SimulateSfCity, IsTold) {
  const sf_city::Options options = SfCity({"--dev-id", "7", "--number-ids", "1"});
  EXPECT_EQ(options.dev_id, 7);
  EXPECT_EQ(options.dev_key, "k");
  EXPECT_EQ(options.push_url, "http://gw/hooks/sf");
  EXPECT_EQ(options.quirks.number_ids, 1);
  EXPECT_EQ(options.retry.retries.size(), 20U);
}

TEST(SimulateSfExpress, IsTold) {
  const auto options = Parsed<sf_express::Options>(
      AddSfExpressOptions, {"--check-word", "w", "--push-url", "http://gw/hooks/sfx/routes/t",
                            "--form-pushes", "--failed", "0.5"});
  EXPECT_EQ(options.check_word, "w");
  EXPECT_EQ(options.push_url, "http://gw/hooks/sfx/routes/t");
  EXPECT_TRUE(options.quirks.form_pushes);
  EXPECT_EQ(options.traffic.failed, 0.5);
  EXPECT_EQ(options.retry.retries.size(), 4U);
}

}  // namespace
}  // namespace weir::app::demo
