// SPDX-License-Identifier: Apache-2.0
#include "bench/bare/group_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <map>
#include <stdexcept>
#include <utility>

namespace weir::bench {
namespace {

constexpr auto kWindow = std::chrono::microseconds(100);
constexpr std::size_t kEnoughWaiters = 48;

}  // namespace

GroupLog::GroupLog(const std::string& path, std::uint64_t preallocate)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)),
      size_(preallocate) {
  if (file_ < 0) throw std::runtime_error("cannot open " + path);
  const std::string zeros(1U << 20, '\0');
  for (std::uint64_t at = 0; at < preallocate; at += zeros.size()) {
    if (::pwrite(file_, zeros.data(), zeros.size(), static_cast<off_t>(at)) < 0) {
      throw std::runtime_error("cannot fill " + path);
    }
  }
  ::fsync(file_);
}

GroupLog::~GroupLog() { ::close(file_); }

void GroupLog::Append(std::string bytes, boost::asio::io_context& io,
                      std::move_only_function<void()> done) {
  bool first = false;
  {
    const std::scoped_lock lock(mutex_);
    first = waiters_.empty();
    bytes_.push_back(std::move(bytes));
    waiters_.push_back({&io, std::move(done)});
  }
  if (first) queued_.notify_one();
}

void GroupLog::Run() {
  std::string group;
  while (true) {
    std::vector<std::string> bytes;
    std::vector<Waiter> waiters;
    {
      std::unique_lock lock(mutex_);
      queued_.wait(lock, [this] { return stopping_ || !waiters_.empty(); });
      if (stopping_) return;
      if (waiters_.size() < kEnoughWaiters) {
        lock.unlock();
        std::this_thread::sleep_for(kWindow);
        lock.lock();
      }
      bytes.swap(bytes_);
      waiters.swap(waiters_);
    }
    group.clear();
    for (const std::string& piece : bytes) group.append(piece);
    if (offset_ + group.size() > size_) offset_ = 0;
    if (::pwrite(file_, group.data(), group.size(), static_cast<off_t>(offset_)) < 0 ||
        ::fdatasync(file_) != 0) {
      throw std::runtime_error("the log cannot be written");
    }
    offset_ += group.size();
    std::map<boost::asio::io_context*, std::vector<Waiter>> by_thread;
    for (Waiter& waiter : waiters) by_thread[waiter.io].push_back(std::move(waiter));
    for (auto& [io, theirs] : by_thread) {
      boost::asio::post(*io, [woken = std::move(theirs)]() mutable {
        for (Waiter& waiter : woken) waiter.done();
      });
    }
  }
}

void GroupLog::Stop() {
  const std::scoped_lock lock(mutex_);
  stopping_ = true;
  queued_.notify_one();
}

}  // namespace weir::bench
