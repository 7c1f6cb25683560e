// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

#include "storage/journal_format.hpp"

// Bytes of a journal file, as a damaged disk may give them back. The checksums hide what lies
// behind them from chance, so frames are read on their own too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir::storage;  // NOLINT(google-build-using-namespace)
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::ignore = DecodeSegmentHeader(bytes);
  std::ignore = DecodeGroupHeader(bytes);
  std::ignore = DecodeGroup(bytes);
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const auto frame = TakeFrame(rest);
    if (!frame) break;
    std::ignore = DecodeFrame(*frame);
  }
  std::ignore = DecodeFrame(bytes);
  return 0;
}
