// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/gateway_process.hpp"

#include <fcntl.h>
#include <httplib.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <thread>
#include <utility>

#include "tests/e2e/files.hpp"

namespace weir::e2e {
namespace {

constexpr auto kPatience = std::chrono::seconds(60);
constexpr auto kGlance = std::chrono::milliseconds(5);

[[noreturn]] void Throw(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

/// Starts weir with its output at the end of the file `out`.
pid_t Spawn(std::vector<std::string> arguments, const std::string& out) {
  arguments.insert(arguments.begin(), WEIR_BINARY);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  pid_t pid = 0;
  const int error = posix_spawn(&pid, WEIR_BINARY, &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) Throw(error, WEIR_BINARY);
  return pid;
}

}  // namespace

Finished RunWeirUntil(const std::vector<std::string>& arguments,
                      const std::function<bool()>& enough) {
  std::string out = "/tmp/weir-e2e-XXXXXX";
  const int file = mkstemp(out.data());
  if (file < 0) Throw(errno, out);
  close(file);
  const pid_t pid = Spawn(arguments, out);
  int status = 0;
  while (waitpid(pid, &status, WNOHANG) == 0) {
    if (enough()) kill(pid, SIGKILL);
  }
  Finished finished{.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
                    .output = TextOf(out)};
  std::remove(out.c_str());
  return finished;
}

Finished RunWeir(const std::vector<std::string>& arguments) {
  return RunWeirUntil(arguments, [] {
    std::this_thread::sleep_for(kGlance);
    return false;
  });
}

GatewayProcess::GatewayProcess(std::string config, std::string origin, std::string log)
    : config_(std::move(config)), origin_(std::move(origin)), log_(std::move(log)) {}

GatewayProcess::~GatewayProcess() { Kill(); }

void GatewayProcess::Start() { pid_ = Spawn({"serve", "--config", config_}, log_); }

bool GatewayProcess::Gone() {
  if (pid_ == 0) return true;
  const pid_t ended = waitpid(pid_, &status_, WNOHANG);
  if (ended != pid_) return false;
  pid_ = 0;
  return true;
}

bool GatewayProcess::WaitReady() {
  httplib::Client client(origin_);
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < end) {
    if (const auto answer = client.Get("/readyz"); answer && answer->status == 200) return true;
    if (Gone()) return false;
    std::this_thread::sleep_for(kGlance);
  }
  return false;
}

std::optional<int> GatewayProcess::WaitFor(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!Gone()) {
    if (std::chrono::steady_clock::now() >= end) return std::nullopt;
    std::this_thread::sleep_for(kGlance);
  }
  if (!WIFEXITED(status_)) return std::nullopt;
  return WEXITSTATUS(status_);
}

void GatewayProcess::Kill() {
  if (pid_ == 0) return;
  kill(pid_, SIGKILL);
  while (waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
}

void GatewayProcess::Reload() {
  if (pid_ != 0) kill(pid_, SIGHUP);
}

void GatewayProcess::FailWrites(bool fail) {
  const rlim_t largest = fail ? 0 : RLIM_INFINITY;
  const rlimit limit{.rlim_cur = largest, .rlim_max = RLIM_INFINITY};
  if (prlimit(pid_, RLIMIT_FSIZE, &limit, nullptr) != 0) Throw(errno, "prlimit");
}

std::uint64_t GatewayProcess::ResidentBytes() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/statm");
  std::uint64_t pages = 0;
  file >> pages >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::optional<int> GatewayProcess::Stop() {
  if (pid_ == 0) return std::nullopt;
  kill(pid_, SIGTERM);
  return WaitFor(kPatience);
}

std::string GatewayProcess::Log() const { return TextOf(log_); }

}  // namespace weir::e2e
