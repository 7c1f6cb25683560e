// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace weir::bench {

/// The barest durable log: raw appends, one write and one fdatasync a group, a window of at most
/// 100 us. No checksum, no compression, no index. Frozen: it is the yardstick, not the product.
class GroupLog {
 public:
  GroupLog(const std::string& path, std::uint64_t preallocate);
  ~GroupLog();

  /// Calls `done` on `io` once `bytes` are durable.
  void Append(std::string bytes, boost::asio::io_context& io, std::move_only_function<void()> done);

  /// Writes groups until Stop().
  void Run();
  void Stop();

 private:
  struct Waiter {
    boost::asio::io_context* io;
    std::move_only_function<void()> done;
  };
  int file_;
  std::uint64_t size_;  ///< Written round and round: a long run needs no more disk than this.
  std::uint64_t offset_ = 0;
  std::mutex mutex_;
  std::condition_variable queued_;
  std::vector<std::string> bytes_;
  std::vector<Waiter> waiters_;
  bool stopping_ = false;
};

}  // namespace weir::bench
