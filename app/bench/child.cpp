// SPDX-License-Identifier: Apache-2.0
#include "app/bench/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

#include "base/text.hpp"

namespace weir::app::bench {
namespace {

using std::chrono::milliseconds;

constexpr auto kLookUp = milliseconds(20);
constexpr auto kStartsWithin = std::chrono::minutes(2);  // The bare ceiling fills its log first.
constexpr std::size_t kLogTail = 2000;
constexpr int kCannotRun = 127;

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The number behind `name` in a file of lines "name value"; 0 when there is none.
std::uint64_t NumberIn(const std::string& path, const std::string& name) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(name)) continue;
    std::istringstream rest(line.substr(name.size()));
    std::uint64_t number = 0;
    rest >> number;
    return number;
  }
  return 0;
}

// proc(5): user and system time are fields 14 and 15; field 2, the name, may hold blanks.
milliseconds CpuOf(pid_t pid) {
  const std::string text = ReadAll(fmt::format("/proc/{}/stat", pid));
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return milliseconds(0);
  std::istringstream fields(text.substr(name_end + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  long user = 0;
  long system = 0;
  fields >> user >> system;
  return milliseconds((user + system) * 1000 / ::sysconf(_SC_CLK_TCK));
}

}  // namespace

// By fork, since posix_spawn cannot tie the child's life to ours. Between fork and exec only calls
// that are safe in a copy of a process with threads.
Child::Child(const std::vector<std::string>& command, std::string log)
    : name_(command.front()), log_(std::move(log)) {
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const int output = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (output < 0) throw std::system_error(errno, std::generic_category(), "cannot make " + log_);
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(kCannotRun);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::execv(arguments.front(), arguments.data());
    ::_exit(kCannotRun);
  }
  const int error = errno;
  ::close(output);
  if (pid_ < 0) throw std::system_error(error, std::generic_category(), "cannot start " + name_);
}

Child::~Child() {
  if (!running()) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, &status_, 0);
}

bool Child::running() {
  if (pid_ > 0 && ::waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = -1;
  return pid_ > 0;
}

std::string Child::LogText() const {
  const std::string text = ReadAll(log_);
  return text.substr(text.size() - std::min(text.size(), kLogTail));
}

std::uint16_t Child::WaitForPort() {
  constexpr std::string_view kName = "port=";
  const auto end = std::chrono::steady_clock::now() + kStartsWithin;
  while (running() && std::chrono::steady_clock::now() < end) {
    const std::string text = ReadAll(log_);
    const std::size_t at = text.find(kName);
    const std::size_t line_end = text.find('\n', at);
    if (at != std::string::npos && line_end != std::string::npos) {
      const std::size_t begin = at + kName.size();
      const auto port = ParseUint(text.substr(begin, text.find_first_of(" \n", begin) - begin));
      if (port && *port <= UINT16_MAX) return static_cast<std::uint16_t>(*port);
    }
    std::this_thread::sleep_for(kLookUp);
  }
  throw std::runtime_error(fmt::format("{} does not serve: {}", name_, LogText()));
}

ChildUsage Child::usage() const {
  const std::string folder = fmt::format("/proc/{}/", pid_);
  return {.written_bytes = NumberIn(folder + "io", "wchar:"),
          .dirtied_bytes = NumberIn(folder + "io", "write_bytes:"),
          .cpu = CpuOf(pid_),
          .peak_memory = NumberIn(folder + "status", "VmHWM:") * 1024};
}

bool Child::Stop(std::chrono::seconds within) {
  if (running()) ::kill(pid_, SIGTERM);
  return Finish(within);
}

bool Child::Finish(std::chrono::seconds within) {
  const auto end = std::chrono::steady_clock::now() + within;
  while (running() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(kLookUp);
  return !running() && WIFEXITED(status_) && WEXITSTATUS(status_) == 0;
}

}  // namespace weir::app::bench
