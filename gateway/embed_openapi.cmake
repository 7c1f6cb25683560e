# SPDX-License-Identifier: Apache-2.0
# Puts the OpenAPI document together and writes OUTPUT, a C++ source that holds its bytes as
# gateway::OpenApiDocument(). FOLDER holds document.json, whose "paths" and "schemas" are empty, and
# what goes there: paths/<name>.json and schemas/<name>.json, each one object, in the order of the
# names in PATHS and SCHEMAS, which have commas between them.
cmake_minimum_required(VERSION 3.25)

# Sets `result` to the members of the objects in `folder`, indented by `indent`.
function(read_members result folder names indent)
  string(REPLACE "," ";" names "${names}")
  set(all "")
  foreach(name IN LISTS names)
    set(path "${FOLDER}/${folder}/${name}.json")
    file(READ "${path}" text)
    string(JSON kind ERROR_VARIABLE error TYPE "${text}")
    if(error OR NOT kind STREQUAL "OBJECT")
      message(FATAL_ERROR "${path}: expected one JSON object: ${error}")
    endif()
    string(FIND "${text}" "{" begin)
    string(FIND "${text}" "}" end REVERSE)
    math(EXPR begin "${begin} + 1")
    math(EXPR length "${end} - ${begin}")
    string(SUBSTRING "${text}" ${begin} ${length} members)
    string(STRIP "${members}" members)
    string(REPLACE "\n" "\n${indent}" members "${members}")
    if(NOT all STREQUAL "")
      string(APPEND all ",")
    endif()
    string(APPEND all "\n${indent}  ${members}")
  endforeach()
  set(${result} "${all}" PARENT_SCOPE)
endfunction()

# Puts `members` into the empty object `name` of the document.
function(fill name members indent)
  string(FIND "${document}" "\"${name}\": {}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${FOLDER}/document.json: expected \"${name}\": {}")
  endif()
  string(REPLACE "\"${name}\": {}" "\"${name}\": {${members}\n${indent}}" document "${document}")
  set(document "${document}" PARENT_SCOPE)
endfunction()

file(READ "${FOLDER}/document.json" document)
read_members(paths paths "${PATHS}" "  ")
read_members(schemas schemas "${SCHEMAS}" "    ")
fill(paths "${paths}" "  ")
fill(schemas "${schemas}" "    ")
file(WRITE "${OUTPUT}.json" "${document}")
file(READ "${OUTPUT}.json" hex HEX)
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
