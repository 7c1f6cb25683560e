# SPDX-License-Identifier: Apache-2.0
# The one compiler Weir is built with, and the flags every target shares.

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  message(FATAL_ERROR
    "GCC is refused: GCC 12 corrupts the heap when a braced temporary stands inside a statement "
    "that awaits (it destroys the temporary twice). Build with Clang 19: "
    "cmake --preset release, or -DCMAKE_CXX_COMPILER=clang++-19.")
endif()
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
  message(FATAL_ERROR "Weir is built with Clang 19 or newer; scripts/setup installs it.")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror
  -Wno-missing-designated-field-initializers
  -fno-omit-frame-pointer $<$<CONFIG:Release>:-g1>
  "SHELL:-Xclang -fno-pch-timestamp")
add_link_options(-fuse-ld=lld)
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION
  BOOST_BEAST_SEPARATE_COMPILATION BOOST_ERROR_CODE_HEADER_ONLY)

if(WEIR_SANITIZE)
  add_compile_options(-fsanitize=${WEIR_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${WEIR_SANITIZE})
endif()
if(WEIR_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# What was compiled in one checkout is a cache hit in another one: no path of a checkout may stand in
# a command or count. The precompiled header counts by weir_sum_of_precompiled, not by its bytes, and
# is named without the text that CMake makes of it.
find_program(WEIR_CCACHE ccache)
if(WEIR_CCACHE)
  set(CMAKE_CXX_COMPILE_OPTIONS_USE_PCH "-Xclang;-include-pch;-Xclang;<PCH_FILE>")
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    CCACHE_PCH_EXTSUM=1 CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${WEIR_CCACHE})
endif()

# weir_sum_of_precompiled(<target> <header> ...): tells ccache what the target's precompiled header is
# made of, from the root. Flags and definitions count by themselves.
function(weir_sum_of_precompiled target)
  set(sums)
  foreach(header IN LISTS ARGN)
    file(SHA256 ${CMAKE_SOURCE_DIR}/${header} sum)
    list(APPEND sums ${sum})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${header})
  endforeach()
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/cmake_pch.hxx.pch.sum
    "${sums} clang ${CMAKE_CXX_COMPILER_VERSION} boost ${Boost_VERSION} ${CMAKE_SYSTEM_NAME}\n")
endfunction()
