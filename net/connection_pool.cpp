// SPDX-License-Identifier: Apache-2.0
#include "net/connection_pool.hpp"

#include <sys/socket.h>

#include <utility>

namespace weir::net {
namespace {

/// Whether the server has closed the connection or sent what nobody asked for.
bool IsStale(Link& link) {
  const int socket = std::visit(
      [](auto& stream) { return static_cast<int>(stream.lowest_layer().native_handle()); },
      link.stream);
  char byte = 0;
  return recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 ||
         (errno != EAGAIN && errno != EINTR);
}

}  // namespace

std::unique_ptr<Link> ConnectionPool::Take(const Key& key, Time now) {
  const std::scoped_lock lock(mutex_);
  const auto found = idle_links_.find(key);
  if (found == idle_links_.end()) {
    return nullptr;
  }
  std::unique_ptr<Link> link;
  while (!link && !found->second.empty()) {
    Idle idle = std::move(found->second.back());
    found->second.pop_back();
    if (now - idle.since < idle_ && !IsStale(*idle.link)) {
      link = std::move(idle.link);
    }
  }
  return link;
}

void ConnectionPool::Put(const Key& key, std::unique_ptr<Link> link, Time now) {
  const std::scoped_lock lock(mutex_);
  DropExpired(now);
  auto& links = idle_links_[key];
  if (links.size() < limit_) {
    links.push_back({.link = std::move(link), .since = now});
  }
}

void ConnectionPool::DropExpired(Time now) {
  if (now - last_sweep_ < idle_ / 4) {
    return;
  }
  last_sweep_ = now;
  for (auto& [key, links] : idle_links_) {
    while (!links.empty() && now - links.front().since >= idle_) {
      links.pop_front();
    }
  }
  std::erase_if(idle_links_, [](const auto& entry) { return entry.second.empty(); });
}

}  // namespace weir::net
