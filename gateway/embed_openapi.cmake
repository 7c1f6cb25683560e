# SPDX-License-Identifier: Apache-2.0
# Writes OUTPUT, a C++ source that holds the bytes of INPUT as gateway::OpenApiDocument().
file(READ "${INPUT}" hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE "${OUTPUT}" "// SPDX-License-Identifier: Apache-2.0
#include \"gateway/api.hpp\"

namespace weir::gateway {
namespace {
constexpr unsigned char kDocument[] = {${bytes}};
}  // namespace

std::string_view OpenApiDocument() {
  return {reinterpret_cast<const char*>(kDocument), sizeof(kDocument)};
}

}  // namespace weir::gateway
")
