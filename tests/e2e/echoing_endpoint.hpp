// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <httplib.h>

#include <string>
#include <thread>

namespace weir::e2e {

/// An endpoint that says back what it was sent, and that it failed.
class EchoingEndpoint {
 public:
  EchoingEndpoint() {
    server_.Post("/weir", [](const httplib::Request& request, httplib::Response& response) {
      response.status = 500;
      response.set_content(request.body, "application/json");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~EchoingEndpoint() {
    server_.stop();
    thread_.join();
  }
  EchoingEndpoint(const EchoingEndpoint&) = delete;
  EchoingEndpoint& operator=(const EchoingEndpoint&) = delete;

  [[nodiscard]] std::string Declared() const {
    return fmt::format(R"([[subscription]]
id = "echo"
merchant = "demo"
url = "http://127.0.0.1:{}/weir"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
types = ["*"]
personal = true
allow_private = true
)",
                       port_);
  }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace weir::e2e
