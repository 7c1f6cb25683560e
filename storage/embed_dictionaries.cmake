# SPDX-License-Identifier: Apache-2.0
# cmake -DOUTPUT=<file> -DFOLDER=<folder> -P embed_dictionaries.cmake
#
# Writes a source file that holds each <id>-<name>.zdict of FOLDER as an array.

file(GLOB files RELATIVE ${FOLDER} ${FOLDER}/*.zdict)
list(SORT files)

set(arrays)
set(rows)
set(count 0)
foreach(file IN LISTS files)
  if(NOT file MATCHES "^([1-9][0-9]*)-([a-z0-9_]+)\\.zdict$")
    message(FATAL_ERROR "${FOLDER}/${file}: a dictionary is named <id>-<name>.zdict")
  endif()
  set(id ${CMAKE_MATCH_1})
  set(name ${CMAKE_MATCH_2})
  file(READ ${FOLDER}/${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "constexpr unsigned char kBytes${id}[] = {${bytes}};\n")
  string(APPEND rows "    {${id}, \"${name}\", kBytes${id}},\n")
  math(EXPR count "${count} + 1")
endforeach()

file(WRITE ${OUTPUT} "// SPDX-License-Identifier: Apache-2.0
#include \"storage/embedded_dictionaries.hpp\"

#include <array>

namespace weir::storage {
namespace {

${arrays}
const std::array<EmbeddedDictionary, ${count}> kDictionaries{{
${rows}}};

}  // namespace

std::span<const EmbeddedDictionary> EmbeddedDictionaries() noexcept { return kDictionaries; }

}  // namespace weir::storage
")
