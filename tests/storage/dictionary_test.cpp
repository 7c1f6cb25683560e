// SPDX-License-Identifier: Apache-2.0
#include "storage/dictionary.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zdict.h>
#include <zstd.h>

#include <thread>
#include <vector>

namespace weir::storage {
namespace {

std::string Order(int i) {
  return "order_id=27012345678901" + std::to_string(i * 7919) + "&wm_poi_id=shop_" +
         std::to_string(i % 13) + "&detail=%5B%7B%22food_name%22%3A%22" + std::to_string(i * 31) +
         "%22%2C%22quantity%22%3A1%7D%5D&status=2&ctime=17000" + std::to_string(i);
}

const std::string& TrainedBytes() {
  static const std::string bytes = [] {
    std::string samples;
    std::vector<std::size_t> sizes;
    for (int i = 0; i < 2000; ++i) {
      const auto order = Order(i);
      samples += order;
      sizes.push_back(order.size());
    }
    std::string dictionary(4096, '\0');
    dictionary.resize(ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples.data(),
                                            sizes.data(), static_cast<unsigned>(sizes.size())));
    return dictionary;
  }();
  return bytes;
}

const Dictionary& Trained() {
  static const Dictionary dictionary(900, "orders", TrainedBytes());
  return dictionary;
}

RC_GTEST_PROP(DictionaryTest, AnyTextComesBack, (const std::string& text, bool with)) {
  const Dictionary* const dictionary = with ? &Trained() : nullptr;
  std::string out = "before";
  Compress(dictionary, text, out);
  RC_ASSERT(out.substr(0, 6) == "before");
  RC_ASSERT(Decompress(dictionary, std::string_view(out).substr(6), text.size()).value() == text);
}

TEST(DictionaryTest, DictionaryMakesSmallTextsSmaller) {
  std::string with;
  std::string without;
  Compress(&Trained(), Order(5000), with);
  Compress(nullptr, Order(5000), without);
  EXPECT_LT(2 * with.size(), without.size());
}

TEST(DictionaryTest, UsingOneLeavesNoTrace) {
  std::string before;
  std::string between;
  std::string after;
  Compress(nullptr, Order(1), before);
  Compress(&Trained(), Order(1), between);
  Compress(nullptr, Order(1), after);
  EXPECT_EQ(before, after);
}

TEST(DictionaryTest, WrongDictionaryIsNoticedOrHarmless) {
  std::string out;
  Compress(&Trained(), Order(1), out);
  EXPECT_FALSE(Decompress(nullptr, out, 10'000));
}

TEST(DictionaryTest, MoreThanTheLimitIsRefused) {
  std::string out;
  Compress(nullptr, std::string(1 << 20, 'a'), out);
  EXPECT_EQ(Decompress(nullptr, out, (1 << 20) - 1).error().kind, ErrorKind::kMalformed);
  EXPECT_TRUE(Decompress(nullptr, out, 1 << 20));
}

RC_GTEST_PROP(DictionaryTest, DamageNeverCrashes, (std::string bytes, bool with)) {
  std::string frame;
  Compress(with ? &Trained() : nullptr, bytes, frame);
  if (!bytes.empty()) {
    const auto at = *rc::gen::inRange<std::size_t>(0, frame.size());
    frame[at] = *rc::gen::arbitrary<char>();
    frame.resize(*rc::gen::inRange<std::size_t>(0, frame.size() + 1));
  }
  std::ignore = Decompress(with ? &Trained() : nullptr, frame, 1 << 16);
  std::ignore = Decompress(nullptr, bytes, 1 << 16);
}

TEST(DictionaryTest, ThreadsShareOne) {
  const Dictionary dictionary(901, "orders", TrainedBytes());
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i) {
        std::string out;
        Compress(&dictionary, Order(t * 100 + i), out);
        EXPECT_EQ(Decompress(&dictionary, out, 10'000).value(), Order(t * 100 + i));
      }
    });
  }
}

TEST(DictionaryTest, ThoseShippedCarryTheIdOfTheirFile) {
  for (const auto& dictionary : Dictionary::All()) {
    EXPECT_EQ(ZSTD_getDictID_fromDict(dictionary.bytes().data(), dictionary.bytes().size()),
              dictionary.id())
        << dictionary.name();
    EXPECT_EQ(Dictionary::ById(dictionary.id()), &dictionary);
    EXPECT_GE(Dictionary::ByName(dictionary.name())->id(), dictionary.id());
  }
}

TEST(DictionaryTest, UnknownOnesAreNull) {
  EXPECT_EQ(Dictionary::ById(0), nullptr);
  EXPECT_EQ(Dictionary::ByName("no such platform"), nullptr);
}

}  // namespace
}  // namespace weir::storage
