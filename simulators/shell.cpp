// SPDX-License-Identifier: Apache-2.0
#include "simulators/shell.hpp"

#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace weir::simulators {
namespace {

constexpr std::size_t kLargestBody = 8 << 20;
constexpr std::size_t kServerThreads = 32;  // A kept connection holds one for as long as it lives.

std::string OriginOf(std::string_view url) {
  const std::size_t host = url.find("://");
  return std::string(url.substr(0, host == std::string_view::npos ? 0 : url.find('/', host + 3)));
}

/// One sender's connections, one per origin.
class Connections {
 public:
  PushAnswer Send(const OutgoingPush& push) {
    const std::string origin = OriginOf(push.url);
    const std::string target = push.url.substr(origin.size());
    httplib::Client& client = To(origin);
    client.set_connection_timeout(push.timeout);
    client.set_read_timeout(push.timeout);
    client.set_write_timeout(push.timeout);
    const httplib::Headers headers(push.headers.begin(), push.headers.end());
    const httplib::Result result = push.method == "GET"
                                       ? client.Get(target, headers)
                                       : client.Post(target, headers, push.body, push.content_type);
    if (!result) {
      return {};
    }
    return {.status = static_cast<unsigned>(result->status), .body = result->body};
  }

 private:
  httplib::Client& To(const std::string& origin) {
    auto& client = clients_[origin];
    if (!client) {
      client = std::make_unique<httplib::Client>(origin);
      client->set_keep_alive(true);
      client->set_tcp_nodelay(true);
      client->set_url_encode(false);  // The target is encoded already, sometimes twice.
    }
    return *client;
  }

  std::map<std::string, std::unique_ptr<httplib::Client>> clients_;
};

}  // namespace

struct HttpShell::Impl {
  Impl(Simulator& the_simulator, const Clock& the_clock, ShellOptions the_options)
      : simulator(the_simulator), clock(the_clock), options(std::move(the_options)) {}

  Simulator& simulator;
  const Clock& clock;
  ShellOptions options;

  std::mutex mutex;
  std::condition_variable wake;
  std::condition_variable stopped;
  bool stopping = false;

  std::unique_ptr<httplib::Server> server;
  std::thread listener;
  std::atomic<bool> listener_ended = false;
  std::vector<std::thread> senders;
  int bound_port = 0;

  void Answer(const httplib::Request& request, std::string body, httplib::Response& response) {
    const HttpCall call{.method = request.method,
                        .origin = "http://" + request.get_header_value("Host"),
                        .target = request.target,
                        .body = std::move(body),
                        .headers = {request.headers.begin(), request.headers.end()}};
    HttpAnswer answer;
    {
      const std::lock_guard lock(mutex);
      answer = simulator.Handle(call, clock.Now());
    }
    wake.notify_all();
    if (answer.stall.count() > 0) Stall(answer.stall);
    response.status = static_cast<int>(answer.status);
    for (const auto& [name, value] : answer.headers) response.set_header(name, value);
    if (!answer.cut) {
      response.set_content(answer.body, answer.content_type);
      return;
    }
    // The library closes the connection when there is no more to be had before the length it told.
    response.set_content_provider(
        answer.body.size() + 1, answer.content_type,
        [body = answer.body](std::size_t offset, std::size_t, httplib::DataSink& sink) {
          if (offset == 0 && !body.empty()) return sink.write(body.data(), body.size());
          return false;
        });
  }

  /// Ends early when the shell stops.
  void Stall(std::chrono::milliseconds duration) {
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, duration, [this] { return stopping; });
  }

  void Route() {
    server->set_keep_alive_timeout(1);
    server->set_keep_alive_max_count(1'000'000);
    server->set_payload_max_length(kLargestBody);
    server->set_tcp_nodelay(true);
    server->new_task_queue = [] { return new httplib::ThreadPool(kServerThreads); };
    server->Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
      Answer(request, {}, response);
    });
    // Read by hand: the library refuses form bodies over 8 KiB, the platform does not.
    server->Post(".*", [this](const httplib::Request& request, httplib::Response& response,
                              const httplib::ContentReader& content) {
      std::string body;
      content([&body](const char* bytes, std::size_t size) {
        body.append(bytes, size);
        return body.size() <= kLargestBody;
      });
      Answer(request, std::move(body), response);
    });
  }

  void WaitForWork(std::unique_lock<std::mutex>& lock) {
    const auto next = simulator.NextDue();
    if (!next) {
      wake.wait(lock);
      return;
    }
    // The clock may be set while we sleep, so no sleep is long.
    constexpr std::chrono::milliseconds kShortest(1);
    constexpr std::chrono::milliseconds kLongest(500);
    wake.wait_for(lock, std::clamp(*next - clock.Now(), kShortest, kLongest));
  }

  void SendWhileRunning() {
    Connections connections;
    std::unique_lock lock(mutex);
    while (!stopping) {
      const auto due = simulator.Due(clock.Now(), 1);
      if (due.empty()) {
        WaitForWork(lock);
        continue;
      }
      wake.notify_one();
      lock.unlock();
      const PushAnswer answer = connections.Send(due.front());
      lock.lock();
      simulator.OnPushAnswer(due.front().id, answer, clock.Now());
    }
  }
};

HttpShell::HttpShell(Simulator& simulator, const Clock& clock, ShellOptions options)
    : impl_(std::make_unique<Impl>(simulator, clock, std::move(options))) {}

HttpShell::~HttpShell() { Stop(); }

Result<void> HttpShell::Start() {
  if (impl_->server) {
    return Fail(ErrorKind::kConflict, "the shell runs already");
  }
  impl_->server = std::make_unique<httplib::Server>();
  impl_->Route();
  const ShellOptions& options = impl_->options;
  if (options.port == 0) {
    impl_->bound_port = impl_->server->bind_to_any_port(options.host);
  } else {
    impl_->bound_port = impl_->server->bind_to_port(options.host, options.port) ? options.port : -1;
  }
  if (impl_->bound_port <= 0) {
    impl_->server.reset();
    return Fail(ErrorKind::kConflict, "the simulator's address cannot be bound");
  }
  impl_->stopping = false;
  impl_->listener_ended = false;
  impl_->listener = std::thread([impl = impl_.get()] {
    impl->server->listen_after_bind();
    impl->listener_ended = true;
  });
  for (unsigned i = 0; i < std::max(1U, options.senders); ++i) {
    impl_->senders.emplace_back([impl = impl_.get()] { impl->SendWhileRunning(); });
  }
  return {};
}

void HttpShell::Stop() {
  if (!impl_->server) {
    return;
  }
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_all();
  impl_->stopped.notify_all();
  for (std::thread& sender : impl_->senders) {
    sender.join();
  }
  impl_->senders.clear();
  // Stopping a server that does not listen yet would be forgotten.
  while (!impl_->server->is_running() && !impl_->listener_ended) {
    std::this_thread::yield();
  }
  impl_->server->stop();
  impl_->listener.join();
  impl_->server.reset();
}

std::string HttpShell::origin() const {
  return "http://" + impl_->options.host + ":" + std::to_string(port());
}

int HttpShell::port() const { return impl_->bound_port; }

void HttpShell::With(const std::function<void()>& work) {
  {
    const std::lock_guard lock(impl_->mutex);
    work();
  }
  impl_->wake.notify_all();
}

}  // namespace weir::simulators
