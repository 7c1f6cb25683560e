// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <array>
#include <cctype>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/commands/commands.hpp"
#include "app/config/config_text.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

namespace weir::app {
namespace {

constexpr std::size_t kSecretBytes = 32;

struct KeyOptions {
  KeyConfig key;
  std::string variable;
};

// "erp-2" -> "WEIR_ERP_2_KEY"
std::string VariableFor(const std::string& id) {
  std::string name = "WEIR_";
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    name += std::isalnum(byte) != 0 ? static_cast<char>(std::toupper(byte)) : '_';
  }
  return name + "_KEY";
}

std::string NewSecret() {
  std::array<std::uint8_t, kSecretBytes> bytes{};
  SystemRandom random;
  random.Fill(std::as_writable_bytes(std::span(bytes)));
  return "wk_" + ToHex(bytes);
}

int MakeKey(const KeyOptions& options) {
  const std::string variable =
      options.variable.empty() ? VariableFor(options.key.id) : options.variable;
  fmt::print(
      "# into the configuration\n{}\n# into the gateway's environment; shown only now\n{}={}\n",
      KeyText(options.key, "env:" + variable), variable, NewSecret());
  return 0;
}

}  // namespace

void AddKeys(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("keys", "Makes a random API key and prints the block that declares it");
  auto options = std::make_shared<KeyOptions>();
  options->key.scopes = {"read"};
  command->add_option("--id", options->key.id, "The key's id")
      ->required()
      ->check([](const std::string& id) {
        return IsPlainId(id) ? std::string()
                             : "expected 1 to 64 of letters, digits, '-', '_' and '.'";
      });
  command->add_option("--merchant", options->key.merchant, "Its merchant; * for any")->required();
  command->add_option("--scopes", options->key.scopes, "What it may do")
      ->delimiter(',')
      ->check(CLI::IsMember({"read", "read_personal", "write", "admin"}))
      ->capture_default_str();
  command->add_option("--variable", options->variable,
                      "The environment variable that will hold it; default: WEIR_<ID>_KEY");
  command->callback([options, &exit_code] { exit_code = MakeKey(*options); });
}

}  // namespace weir::app
