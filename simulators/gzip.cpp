// SPDX-License-Identifier: Apache-2.0
#include "simulators/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "base/text.hpp"

namespace weir::simulators {
namespace {

/// As RFC 1952; small and quick rather than smallest.
std::string Gzip(const std::string& text) {
  constexpr int kWindowOfGzip = 15 + 16;
  constexpr int kMemory = 8;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kWindowOfGzip, kMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int ended = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) {
    throw std::logic_error("a bound of zlib does not hold");
  }
  return packed;
}

}  // namespace

void CompressIfWanted(const HttpCall& call, HttpAnswer& answer) {
  const bool wanted = std::ranges::any_of(call.headers, [](const auto& header) {
    return EqualIgnoreCase(header.first, "Accept-Encoding") &&
           header.second.find("gzip") != std::string::npos;
  });
  if (!wanted || answer.body.empty()) {
    return;
  }
  answer.body = Gzip(answer.body);
  answer.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace weir::simulators
