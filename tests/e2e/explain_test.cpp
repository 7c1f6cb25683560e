// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/e2e/pushes.hpp"
#include "tests/e2e/scene.hpp"

namespace weir::e2e {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Explain : public ::testing::Test {
 protected:
  void SetUp() override {
    scene_.gateway().Start();
    ASSERT_TRUE(scene_.gateway().WaitReady()) << scene_.gateway().Log();
    paid_ = Signed(scene_.origin(), "/hooks/mt-main/order/paid", SampleFields("order_paid"));
    httplib::Client client(scene_.origin());
    const auto answer = client.Post(paid_.target, paid_.body, "application/x-www-form-urlencoded");
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 200);
    scene_.WaitUntilFolded();
    client.set_bearer_token_auth(app::demo::kApiKey);
    const auto journal = client.Get("/v1/journal?kind=push");
    ASSERT_TRUE(journal);
    position_ = json::parse(journal->body).at("data").at(0).at("position");
  }

  Finished Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "explain");
    arguments.insert(arguments.end(), {"--config", scene_.config()});
    return RunWeir(arguments);
  }
  std::string Write(const std::string& name, const std::string& text) {
    std::string path = scene_.data() + "/../" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  Scene scene_{5};
  Push paid_;
  std::string position_;
};

TEST_F(Explain, AnEntryBesideARunningGateway) {
  const Finished said = Run({position_});
  EXPECT_EQ(said.exit_code, 0);
  EXPECT_THAT(said.output,
              AllOf(HasSubstr("topic       order/paid"), HasSubstr("the signature holds"),
                    HasSubstr("status    placed"), HasSubstr("record meituan-10000000001 of demo"),
                    HasSubstr("<- the snapshot that decides"), HasSubstr("all of it")));
  EXPECT_THAT(said.output, AllOf(Not(HasSubstr("13800000000")), Not(HasSubstr("示例路")),
                                 Not(HasSubstr(std::string(kAppSecret)))));
}

TEST_F(Explain, AnEntryOfAStoppedGateway) {
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  const Finished said = Run({position_, "--personal"});
  EXPECT_EQ(said.exit_code, 0);
  EXPECT_THAT(said.output,
              AllOf(HasSubstr("record meituan-10000000001"), HasSubstr("13800000000")));
}

TEST_F(Explain, SaysWhatIsNotThere) {
  const Finished said = Run({"0-4711"});
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_THAT(said.output, HasSubstr("entry 0-4711 is not in the journal"));
}

TEST_F(Explain, ACapturedBody) {
  const std::string file = Write("captured.txt", paid_.body + "\n");
  const Finished good = Run({file, "--connection", "mt-main", "--topic", "order/paid"});
  EXPECT_EQ(good.exit_code, 0);
  EXPECT_THAT(good.output, AllOf(HasSubstr("the signature holds"), HasSubstr("status    placed")));
  const Finished bad = Run({file, "--connection", "mt-main", "--topic", "order/other"});
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_THAT(bad.output, HasSubstr("it is refused: bad_signature"));
}

TEST_F(Explain, ACaptureWithItsUrl) {
  const json capture = {{"url", scene_.origin() + paid_.target}, {"body", paid_.body}};
  const Finished said = Run({Write("capture.json", capture.dump()), "--connection", "mt-main"});
  EXPECT_EQ(said.exit_code, 0);
  EXPECT_THAT(said.output, HasSubstr("the signature holds"));
}

}  // namespace
}  // namespace weir::e2e
