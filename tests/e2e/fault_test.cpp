// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <httplib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/eventually.hpp"
#include "tests/e2e/pushes.hpp"
#include "tests/e2e/scale.hpp"
#include "tests/e2e/scene.hpp"

/// What a machine and its neighbours do to the program at 3 a.m.
namespace weir::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* kForm = "application/x-www-form-urlencoded";

class Faults : public ::testing::Test {
 protected:
  void Serve() {
    scene_.gateway().Start();
    ASSERT_TRUE(scene_.gateway().WaitReady()) << scene_.gateway().Log();
  }
  int Send(const Push& push) {
    const auto answer = httplib::Client(scene_.origin()).Post(push.target, push.body, kForm);
    return answer ? answer->status : 0;
  }
  /// The sample order under another number.
  Push Order(const std::string& number) {
    Fields fields = SampleFields("order_paid");
    Set(fields, "order_id", number);
    return Signed(scene_.origin(), "/hooks/mt-main/order/paid", std::move(fields));
  }
  httplib::Result Get(const std::string& target) {
    httplib::Client client(scene_.origin());
    client.set_bearer_token_auth(app::demo::kApiKey);
    return client.Get(target);
  }
  int Ready() {
    const auto answer = Get("/readyz");
    return answer ? answer->status : 0;
  }

  Scene scene_{21};
};

TEST_F(Faults, NothingIsTakenWhileNothingCanBeWrittenAndAllGoesOnAfterwards) {
  Serve();
  ASSERT_EQ(Send(Order("1001")), 200);
  scene_.gateway().FailWrites(true);
  EXPECT_GE(Send(Order("1002")), 500);
  EXPECT_TRUE(Eventually([&] { return Ready() == 503; }));
  EXPECT_THAT(Get("/readyz")->body, HasSubstr("disk_failing"));
  EXPECT_GE(Send(Order("1002")), 500);
  EXPECT_EQ(Get("/v1/orders")->status, 200);
  scene_.gateway().FailWrites(false);
  EXPECT_TRUE(Eventually([&] { return Ready() == 200; })) << scene_.gateway().Log();
  EXPECT_EQ(Send(Order("1002")), 200);
  EXPECT_TRUE(
      Eventually([&] { return json::parse(Get("/v1/orders")->body).at("data").size() == 2U; }));
}

TEST_F(Faults, WritesThatFailUnderTrafficLoseNothing) {
  Serve();
  scene_.BeginTraffic();
  for (int round = 0; round < 5; ++round) {
    const auto seen = scene_.last_cause_seen();
    ASSERT_TRUE(Eventually([&] { return scene_.last_cause_seen() > seen + 20; }));
    scene_.gateway().FailWrites(true);
    ASSERT_TRUE(Eventually([&] { return Ready() == 503; }));
    scene_.gateway().FailWrites(false);
  }
  ASSERT_TRUE(scene_.PlayOut());
  // An order whose re-read could not be written is read once more a while later.
  std::vector<std::string> broken;
  EXPECT_TRUE(Eventually([&] { return (broken = scene_.Audit()).empty(); }))
      << ::testing::PrintToString(broken);
  scene_.Quiet();
  EXPECT_EQ(scene_.gateway().Stop(), 0);
  EXPECT_THAT(MissingIn(scene_.data(), scene_.answered()), ::testing::IsEmpty());
  EXPECT_EQ(RunWeir({"replay", "--data", scene_.data()}).exit_code, 0);
}

std::vector<fs::path> FilesIn(const fs::path& folder, const std::string& ending) {
  std::vector<fs::path> found;
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().string().ends_with(ending)) found.push_back(file.path());
  }
  std::ranges::sort(found);
  return found;
}

void Damage(const fs::path& path, std::streamoff at) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(at);
  file << std::string(64, '\xA5');
}

TEST_F(Faults, ADamagedJournalIsRefusedAndABackupBringsItBack) {
  Serve();
  for (int i = 0; i < 20; ++i) ASSERT_EQ(Send(Order(std::to_string(2000 + i))), 200);
  scene_.WaitUntilFolded();
  const std::string beside = fs::path(scene_.data()).parent_path().string();
  ASSERT_EQ(RunWeir({"backup", beside + "/backup", "--config", scene_.config()}).exit_code, 0);
  scene_.gateway().Kill();
  // The groups of a segment begin behind 4096 bytes; those behind the damaged one are sound.
  Damage(FilesIn(scene_.data() + "/journal", ".wj").back(), 4096 + 200);
  scene_.gateway().Start();
  EXPECT_FALSE(scene_.gateway().WaitReady());
  EXPECT_THAT(scene_.gateway().Log(), AllOf(HasSubstr("damaged"), HasSubstr("backup")));

  // The key that opens a backup is in none.
  const std::string key = "/encryption.key";
  fs::copy_file(scene_.data() + key, beside + key);
  fs::remove_all(scene_.data());
  const auto restored = RunWeir({"restore", beside + "/backup", "--data", scene_.data()});
  ASSERT_EQ(restored.exit_code, 0) << restored.output;
  fs::copy_file(beside + key, scene_.data() + key);
  Serve();
  EXPECT_EQ(json::parse(Get("/v1/orders")->body).at("data").size(), 20U);
}

TEST_F(Faults, AViewThatIsGoneIsMadeFromSnapshotAndJournal) {
  Serve();
  for (int i = 0; i < 20; ++i) ASSERT_EQ(Send(Order(std::to_string(2000 + i))), 200);
  scene_.WaitUntilFolded();
  const std::string before = Get("/v1/changes?limit=500")->body;
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  for (const auto& file : fs::directory_iterator(scene_.data())) {
    if (file.path().filename().string().starts_with("view.db")) fs::remove(file.path());
  }
  Serve();
  EXPECT_EQ(Get("/v1/changes?limit=500")->body, before);
}

TEST_F(Faults, AFolderThatCannotBeWrittenIsRefusedWithItsName) {
  const std::string path = scene_.data();
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path) << "a file where the folder should be";
  scene_.gateway().Start();
  EXPECT_FALSE(scene_.gateway().WaitReady());
  EXPECT_THAT(scene_.gateway().Log(), HasSubstr(path));
}

/// Connections of this process to the gateway that stay open.
class Crowd {
 public:
  explicit Crowd(const std::string& origin) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto port = std::stoi(origin.substr(origin.rfind(':') + 1));
    address_.sin_port = htons(static_cast<std::uint16_t>(port));
  }
  ~Crowd() {
    for (const int socket : sockets_) close(socket);
  }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  /// Opens one more and sends `text`.
  [[nodiscard]] bool Join(const std::string& text) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return false;
    sockets_.push_back(socket);
    const auto* address = reinterpret_cast<const sockaddr*>(&address_);
    if (connect(socket, address, sizeof(address_)) != 0) return false;
    return send(socket, text.data(), text.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(text.size());
  }
  /// Each sends `text`; how many were not answered or left yet.
  [[nodiscard]] std::size_t SayAndCountLeft(const std::string& text) {
    std::size_t left = 0;
    char answer = 0;
    for (const int socket : sockets_) {
      (void)send(socket, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      const bool waits = recv(socket, &answer, 1, MSG_DONTWAIT | MSG_PEEK) < 0 && errno == EAGAIN;
      left += waits ? 1 : 0;
    }
    return left;
  }

  /// What comes first on the last one that joined.
  [[nodiscard]] std::string Answer() const {
    std::string answer(64, '\0');
    const auto got = recv(sockets_.back(), answer.data(), answer.size(), 0);
    answer.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return answer;
  }

 private:
  sockaddr_in address_{};
  std::vector<int> sockets_;
};

std::size_t RaiseFileLimit(std::size_t wanted) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted + 200);
  setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur - 200;
}

TEST_F(Faults, IdleConnectionsCostLittleAndHinderNobody) {
  const auto wanted = static_cast<std::size_t>(Times("WEIR_E2E_IDLE", 9'900, 500));
  const std::size_t count = std::min(wanted, RaiseFileLimit(wanted));
  Serve();
  const auto before = scene_.gateway().ResidentBytes();
  Crowd crowd(scene_.origin());
  for (std::size_t i = 0; i < count; ++i) ASSERT_TRUE(crowd.Join("")) << i;
  for (int i = 0; i < 50; ++i) EXPECT_EQ(Send(Order(std::to_string(3000 + i))), 200);
  constexpr std::uint64_t kOfOne = 16U << 10;
  constexpr std::uint64_t kOfThePushes = 32U << 20;
  if (!kSlow) EXPECT_LT(scene_.gateway().ResidentBytes(), before + count * kOfOne + kOfThePushes);
}

TEST_F(Faults, SlowSendersAreCutOffAndHinderNobody) {
  Serve();
  Crowd crowd(scene_.origin());
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(crowd.Join("POST /hooks/mt-main/order/paid HTTP/1.1\r\nHost: gw\r\nX-"));
  }
  for (int i = 0; i < 50; ++i) EXPECT_EQ(Send(Order(std::to_string(4000 + i))), 200);
  EXPECT_TRUE(Eventually([&] { return crowd.SayAndCountLeft("a") == 0; }));
  EXPECT_EQ(Send(Order("4100")), 200);
}

TEST_F(Faults, WhatIsTooLargeIsRefusedBeforeItIsRead) {
  Serve();
  Crowd one(scene_.origin());
  ASSERT_TRUE(
      one.Join("POST /hooks/mt-main/order/paid HTTP/1.1\r\nHost: gw\r\n"
               "Content-Length: 8388608\r\n\r\n"));
  EXPECT_THAT(one.Answer(), HasSubstr("413"));
}

TEST_F(Faults, WhatIsTooDeepOrNoTextIsKept) {
  Serve();
  Fields deep = SampleFields("order_paid");
  Set(deep, "order_id", "5001");
  Set(deep, "detail", std::string(20'000, '['));
  EXPECT_EQ(Send(Signed(scene_.origin(), "/hooks/mt-main/order/paid", deep)), 200);
  Fields broken = SampleFields("order_paid");
  Set(broken, "order_id", "5002");
  Set(broken, "recipient_name", "\xE5\xBC\xA0\xE4");
  EXPECT_EQ(Send(Signed(scene_.origin(), "/hooks/mt-main/order/paid", broken)), 200);
  scene_.WaitUntilFolded();
  EXPECT_EQ(json::parse(Get("/v1/journal?kind=push")->body).at("data").size(), 2U);
  EXPECT_EQ(Get("/v1/orders/meituan-5001")->status, 200);
  EXPECT_EQ(Get("/v1/orders/meituan-5002")->status, 200);
}

TEST_F(Faults, ConnectionsThatDoNotExistLeaveNothingBehind) {
  const int count = Times("WEIR_E2E_UNKNOWN", 100'000, 2'000);
  Serve();
  const auto before = scene_.gateway().ResidentBytes();
  const std::size_t page = Get("/metrics")->body.size();
  std::vector<std::thread> clients;
  std::atomic<int> unknown{0};
  for (int client = 0; client < 4; ++client) {
    clients.emplace_back([&, client] {
      httplib::Client http(scene_.origin());
      http.set_keep_alive(true);
      http.set_tcp_nodelay(true);
      for (int i = client; i < count; i += 4) {
        const auto answer = http.Post("/hooks/c-" + std::to_string(i) + "/x", "a=b", kForm);
        if (answer && answer->status == 404) ++unknown;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(unknown, count);
  EXPECT_LT(Get("/metrics")->body.size(), page + 4096);
  if (!kSlow) EXPECT_LT(scene_.gateway().ResidentBytes(), before + (16U << 20));
}

}  // namespace
}  // namespace weir::e2e
