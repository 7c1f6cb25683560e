// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <thread>

#include "base/seeded_random.hpp"
#include "simulators/chance.hpp"
#include "tests/e2e/journal_tail.hpp"
#include "tests/e2e/scale.hpp"
#include "tests/e2e/scene.hpp"

namespace weir::e2e {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

/// The view's files as they stood at a checkpoint, to be put back.
class CheckpointedView {
 public:
  explicit CheckpointedView(std::string folder) : folder_(std::move(folder)) {}

  /// After a drain, which leaves all of the view in view.db.
  void Keep() {
    fs::copy_file(folder_ + "/view.db", folder_ + "/../view.kept",
                  fs::copy_options::overwrite_existing);
  }
  void PutBack() const {
    fs::copy_file(folder_ + "/../view.kept", folder_ + "/view.db",
                  fs::copy_options::overwrite_existing);
    fs::remove(folder_ + "/view.db-wal");
  }

 private:
  std::string folder_;
};

std::string Garbage(SeededRandom& random) {
  std::string bytes(random.Below(200), '\0');
  random.Fill(std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

/// What a cut leaves of the journal's unknown tail: some of it, perhaps with rubbish behind. The
/// bytes lost.
std::uint64_t CutSomewhere(const JournalTail& tail, SeededRandom& random) {
  const std::uint64_t at = tail.kept + random.Below(tail.used - tail.kept + 1);
  CutTail(tail, at, random.Below(2) == 0 ? "" : Garbage(random));
  return tail.used - at;
}

TEST(PowerCut, LosesNothingThatWasAnsweredOrRead) {
  const int cuts = Times("WEIR_E2E_CUTS", 8, 3);
  const std::int64_t slower = kSlow ? 6 : 1;
  SeededRandom random(11);
  Scene scene(11);
  CheckpointedView view(scene.data());
  std::uint64_t lost = 0;
  for (int i = 0; i < cuts; ++i) {
    scene.gateway().Start();
    ASSERT_TRUE(scene.gateway().WaitReady()) << scene.gateway().Log();
    ASSERT_EQ(scene.gateway().Stop(), 0) << scene.gateway().Log();
    view.Keep();
    const std::uint64_t settled =
        FindTail(scene.data(), [](const storage::Entry&) { return true; }).last;

    scene.gateway().Start();
    scene.BeginTraffic();
    ASSERT_TRUE(scene.gateway().WaitReady()) << scene.gateway().Log();
    std::this_thread::sleep_for(
        std::chrono::milliseconds(simulators::Between(random, 20, 500) * slower));
    scene.gateway().Kill();
    scene.PauseTraffic();

    const std::uint64_t read = scene.last_cause_seen();
    const auto tail = FindTail(scene.data(), [&](const storage::Entry& entry) {
      return entry.position.offset <= std::max(settled, read) ||
             scene.answered().contains(ContentOf(entry.envelope.topic, entry.payload));
    });
    lost += CutSomewhere(tail, random);
    view.PutBack();
  }
  scene.gateway().Start();
  scene.BeginTraffic();
  ASSERT_TRUE(scene.gateway().WaitReady()) << scene.gateway().Log();
  ASSERT_TRUE(scene.PlayOut());
  EXPECT_THAT(scene.Audit(), IsEmpty());
  scene.Quiet();
  EXPECT_EQ(scene.gateway().Stop(), 0);
  RecordProperty("answered", static_cast<int>(scene.answered().size()));
  RecordProperty("bytes_lost", static_cast<int>(lost));
  EXPECT_GT(scene.answered().size(), 50U);
  const auto journal = PushesInJournal(scene.data());
  EXPECT_TRUE(std::ranges::includes(journal, scene.answered()));
  const Finished replay = RunWeir({"replay", "--data", scene.data()});
  EXPECT_EQ(replay.exit_code, 0) << replay.output;
}

}  // namespace
}  // namespace weir::e2e
