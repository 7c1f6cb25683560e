# SPDX-License-Identifier: Apache-2.0
# weir_module(<path> [SOURCES ...] [USES ...] [LIBRARIES ...] [TESTS ...] [TEST_USES ...])
#
# Declares one module: the library weir_<path>, what it uses, and its test executable.
#   <path>     its folder from the root, e.g. "connectors/meituan"
#   SOURCES    .cpp files, relative to that folder, in alphabetical order; none: headers only
#   USES       modules it includes from; a use that points upwards is refused here, and
#              tests/layers_test.py checks every #include against this list
#   LIBRARIES  packages it links, visible to its users
#   TESTS      .cpp files, relative to tests/<path>/; they make the executable weir_<path>_test
#   TEST_USES  modules only the tests include

# Layers of docs/architecture.md. A nested module stands on the layer of its first folder.
set(WEIR_LAYER_base 0)
set(WEIR_LAYER_model 1)
set(WEIR_LAYER_net 1)
set(WEIR_LAYER_mapping 2)
set(WEIR_LAYER_storage 2)
set(WEIR_LAYER_simulators 2)
set(WEIR_LAYER_connectors 3)
set(WEIR_LAYER_sync 4)
set(WEIR_LAYER_webhooks 5)
set(WEIR_LAYER_scheduler 5)
set(WEIR_LAYER_gateway 5)
set(WEIR_LAYER_app 6)
set(WEIR_LAYER_tests 7)

function(weir_layer_of path out)
  string(REGEX REPLACE "/.*" "" top "${path}")
  if(NOT DEFINED WEIR_LAYER_${top})
    message(FATAL_ERROR "weir_module: '${path}' stands on no layer; see cmake/WeirModule.cmake")
  endif()
  set(${out} ${WEIR_LAYER_${top}} PARENT_SCOPE)
endfunction()

function(weir_target_name path out)
  string(REPLACE "/" "_" flat "${path}")
  set(${out} weir_${flat} PARENT_SCOPE)
endfunction()

# weir_targets_of(<out> <module> ...): the targets of these modules.
function(weir_targets_of out)
  set(targets)
  foreach(use IN LISTS ARGN)
    weir_target_name(${use} target)
    list(APPEND targets ${target})
  endforeach()
  set(${out} ${targets} PARENT_SCOPE)
endfunction()

function(weir_module path)
  cmake_parse_arguments(M "" "" "SOURCES;USES;LIBRARIES;TESTS;TEST_USES" ${ARGN})
  if(M_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "weir_module(${path}): unknown argument ${M_UNPARSED_ARGUMENTS}")
  endif()
  weir_layer_of(${path} layer)
  weir_target_name(${path} target)
  string(REGEX REPLACE "/.*" "" top "${path}")

  foreach(use IN LISTS M_USES)
    weir_layer_of(${use} use_layer)
    string(REGEX REPLACE "/.*" "" use_top "${use}")
    if(NOT use_layer LESS layer AND NOT use_top STREQUAL top)
      message(FATAL_ERROR "weir_module(${path}): may not use ${use}, which is not on a lower layer")
    endif()
  endforeach()
  weir_targets_of(links ${M_USES})

  if(M_SOURCES)
    add_library(${target} STATIC ${M_SOURCES})
    set(visibility PUBLIC)
    if(NOT path STREQUAL "base")
      target_precompile_headers(${target} REUSE_FROM weir_base)
    endif()
  else()
    add_library(${target} INTERFACE)
    set(visibility INTERFACE)
  endif()
  add_library(weir::${target} ALIAS ${target})
  target_include_directories(${target} ${visibility} ${CMAKE_SOURCE_DIR})
  target_link_libraries(${target} ${visibility} ${links} ${M_LIBRARIES})

  # What starts no thread shows ThreadSanitizer nothing; whole gateways run in tests/e2e.
  if(WEIR_SANITIZE STREQUAL "thread" AND
     (top MATCHES "^(model|mapping|connectors|app)$" OR path MATCHES "^simulators/"))
    return()
  endif()
  if(M_TESTS AND WEIR_TESTS)
    set(test_sources)
    foreach(source IN LISTS M_TESTS)
      list(APPEND test_sources ${CMAKE_SOURCE_DIR}/tests/${path}/${source})
    endforeach()
    weir_test(${target}_test SOURCES ${test_sources} USES ${path} ${M_TEST_USES})
  endif()
endfunction()

# Tests are compiled more often than they are waited for; what they test is optimised.
set(WEIR_TEST_FLAGS -O0)
if(WEIR_TESTS)
  add_library(weir_tests_precompiled OBJECT tests/precompiled.cpp)
  target_include_directories(weir_tests_precompiled PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(weir_tests_precompiled PRIVATE ${WEIR_TEST_FLAGS})
  target_link_libraries(weir_tests_precompiled PRIVATE Boost::boost GTest::gmock nlohmann_json::nlohmann_json)
  target_precompile_headers(weir_tests_precompiled PRIVATE tests/precompiled.hpp)
  weir_sum_of_precompiled(weir_tests_precompiled base/precompiled.hpp tests/precompiled.hpp)
endif()

# weir_test(<name> SOURCES ... USES ... [OPTIMISED]): one GoogleTest executable, known to ctest case by case.
# OPTIMISED is for what runs much longer than it compiles.
function(weir_test name)
  cmake_parse_arguments(T "OPTIMISED" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  weir_targets_of(links ${T_USES})
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE ${links} ${T_LIBRARIES} GTest::gmock GTest::gtest_main
    nlohmann_json::nlohmann_json rapidcheck)
  if(T_OPTIMISED)
    target_precompile_headers(${name} REUSE_FROM weir_base)
  else()
    target_precompile_headers(${name} REUSE_FROM weir_tests_precompiled)
    target_compile_options(${name} PRIVATE ${WEIR_TEST_FLAGS})
  endif()
  target_compile_definitions(${name} PRIVATE WEIR_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 900
    ENVIRONMENT "TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/tsan.supp")
endfunction()

# weir_fuzzer(<name> USES ... [SOURCES ...]): the libFuzzer executable weir_fuzz_<name> of <name>.cpp.
# Its seeds lie in corpus/<name>/; scripts/fuzz finds and runs it.
function(weir_fuzzer name)
  cmake_parse_arguments(F "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  weir_targets_of(links ${F_USES})
  add_executable(weir_fuzz_${name} ${name}.cpp ${F_SOURCES})
  target_link_libraries(weir_fuzz_${name} PRIVATE ${links} ${F_LIBRARIES})
  target_precompile_headers(weir_fuzz_${name} REUSE_FROM weir_base)
  target_link_options(weir_fuzz_${name} PRIVATE -fsanitize=fuzzer)
endfunction()
