// SPDX-License-Identifier: Apache-2.0
#include "net/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

namespace weir::net {
namespace {

/// zlib's state, given back whatever happens.
class Inflater {
 public:
  Inflater() {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    ready_ = inflateInit2(&stream_, kGzipOnly) == Z_OK;
  }
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  [[nodiscard]] bool ready() const { return ready_; }
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

}  // namespace

Result<std::string> Gunzip(std::string_view packed, std::size_t limit) {
  Inflater inflater;
  if (!inflater.ready() || packed.size() > std::numeric_limits<uInt>::max()) {
    return Fail(ErrorKind::kInternal, "A gzip text cannot be unpacked.");
  }
  z_stream& stream = inflater.stream();
  // zlib reads only, but its interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string text;
  std::array<char, 16 * 1024> part{};
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = static_cast<uInt>(part.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    text.append(part.data(), part.size() - stream.avail_out);
    if (text.size() > limit) {
      return Fail(ErrorKind::kMalformed, "A gzip text holds more than allowed.");
    }
    if (status == Z_STREAM_END) {
      if (stream.avail_in == 0) {
        return text;
      }
      inflateReset(&stream);
    } else if (status != Z_OK) {
      return Fail(ErrorKind::kMalformed, "A gzip text is damaged or cut off.");
    }
  }
}

}  // namespace weir::net
