# SPDX-License-Identifier: Apache-2.0
#
# Tests, found by folder:
#   tests/unit/test_*.c       label unit      cmocka, one executable a file
#   tests/property/test_*.c   label property  likewise
#   tests/cli/<case>/cmd      label cli       run by tests/cli/run.sh
#   tests/integration/test_*.sh  label integration, with other programs; skipped where they are
#                             absent. $1 is the folder of the tools tests/integration/tool_*.c
#   tests/browser/test_*.mjs  label integration, the page in Chromium; skipped without one
#   tests/portable/run.sh     label portable: gcc, clang -O0, clang -O3, masked processor, same bytes
#   fuzz/fuzz_*.c             label fuzz      replays fuzz/corpus/<entry>/, any compiler
# A name that ends in _slow or holds _slow_ (a case: -slow, -slow-) has the label slow as well:
# it may take 300 s instead of 10 and runs only under ./check --slow.
#
# A unit test whose name ends in _oom is linked so that tests/oom.h can make allocations fail; one that defines
# __wrap_NAME, so that this is called for NAME.
#
# Exit status 77 is "skipped". A cmocka executable in which a case skips still passes here;
# tools/test-summary counts the cases inside.

set(OVF_TEST_TIMEOUT_S 180)
# What is tested is the library. A unit test is compiled for one run: with sanitizers at -O0 that takes a fifth of the time
# that -O1 takes, without them at -O1, where gcc warns of more, two thirds of that at -O2; and with no more to be debugged
# than which line it is, a fifth less.
set(OVF_UNIT_TEST_LEVEL -O1 -g1)
if(OVF_SANITIZE)
    set(OVF_UNIT_TEST_LEVEL -O0)
    set(OVF_TEST_TIMEOUT_S 360) # sanitizers cost three times the time
endif()
set(OVF_TEST_TIMEOUT_SLOW_S 900)

# Some 250 programs are linked of the same libraries: gold takes a fifth of the time of bfd.
include(CheckCSourceCompiles)
set(CMAKE_REQUIRED_LINK_OPTIONS -fuse-ld=gold)
check_c_source_compiles("int main(void) { return 0; }" OVF_HAS_GOLD)
unset(CMAKE_REQUIRED_LINK_OPTIONS)

function(ovf_link_quickly target)
    if(OVF_HAS_GOLD)
        target_link_options(${target} PRIVATE -fuse-ld=gold)
    endif()
endfunction()

function(ovf_test_properties test label)
    set(labels ${label})
    set(timeout ${OVF_TEST_TIMEOUT_S})
    if(test MATCHES "[-_]slow([-_]|$)")
        list(APPEND labels slow)
        set(timeout ${OVF_TEST_TIMEOUT_SLOW_S})
    endif()
    set_tests_properties(${test} PROPERTIES
        LABELS "${labels}" TIMEOUT ${timeout} SKIP_RETURN_CODE 77
        ENVIRONMENT "ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1;UBSAN_OPTIONS=print_stacktrace=1")
endfunction()

function(ovf_add_c_tests label)
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/${label}/test_*.c")
    foreach(source IN LISTS sources)
        get_filename_component(name "${source}" NAME_WE)
        string(REGEX REPLACE "^test_" "" test "${name}")
        set(target "test_${label}_${test}")
        set(test "${label}.${test}")
        add_executable(${target} "${source}")
        target_link_libraries(${target} PRIVATE overflight ovf_core ovf_flags PkgConfig::cmocka)
        target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
        target_compile_definitions(${target} PRIVATE
            "OVF_SOURCE_DIR=\"${CMAKE_SOURCE_DIR}\"" "OVF_BUILD_PACK=\"${OVF_PACK_FILE}\"")
        ovf_link_quickly(${target})
        if(label STREQUAL "unit")
            target_compile_options(${target} PRIVATE ${OVF_UNIT_TEST_LEVEL})
        endif()
        if(test MATCHES "_oom$") # tests/oom.h makes the n-th allocation fail
            target_link_options(${target} PRIVATE
                -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc
                -Wl,--wrap=aligned_alloc)
        endif()
        file(STRINGS "${source}" wraps REGEX "^[a-z].* \\*?__wrap_[a-z_]+\\(")
        foreach(wrap IN LISTS wraps)
            string(REGEX REPLACE ".*__wrap_([a-z_]+).*" "\\1" wrap "${wrap}")
            target_link_options(${target} PRIVATE -Wl,--wrap=${wrap})
        endforeach()
        add_test(NAME ${test} COMMAND ${target} WORKING_DIRECTORY "${CMAKE_BINARY_DIR}")
        ovf_test_properties(${test} ${label})
    endforeach()
endfunction()

pkg_check_modules(cmocka IMPORTED_TARGET cmocka)
if(cmocka_FOUND)
    ovf_add_c_tests(unit)
    ovf_add_c_tests(property)
elseif(OVF_TESTS STREQUAL "ON")
    message(FATAL_ERROR "cmocka is missing: run tools/deps --test")
else()
    message(STATUS "cmocka is missing: no unit and property tests")
endif()

file(GLOB commands CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/cli/*/cmd")
if(TARGET overflight_cli)
    foreach(command IN LISTS commands)
        get_filename_component(case "${command}" DIRECTORY)
        get_filename_component(test "${case}" NAME)
        set(test "cli.${test}")
        add_test(NAME ${test}
            COMMAND "${CMAKE_SOURCE_DIR}/tests/cli/run.sh" $<TARGET_FILE:overflight_cli> "${case}"
            WORKING_DIRECTORY "${CMAKE_BINARY_DIR}")
        ovf_test_properties(${test} cli)
    endforeach()
endif()

file(GLOB tools CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/integration/tool_*.c")
foreach(source IN LISTS tools)
    get_filename_component(target "${source}" NAME_WE)
    add_executable(${target} "${source}")
    target_link_libraries(${target} PRIVATE overflight ovf_core ovf_flags)
    set_target_properties(${target} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/integration")
endforeach()
file(GLOB scripts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/integration/test_*.sh")
foreach(script IN LISTS scripts)
    get_filename_component(name "${script}" NAME_WE)
    string(REGEX REPLACE "^test_" "" test "${name}")
    set(test "integration.${test}")
    add_test(NAME ${test} COMMAND "${script}" "${CMAKE_BINARY_DIR}/integration"
        WORKING_DIRECTORY "${CMAKE_BINARY_DIR}")
    ovf_test_properties(${test} integration)
endforeach()

# The page in a browser. $1 is the built page, $2 where pictures are kept, $3 the program. A page is drawn by the processor
# there, so a busy machine gets more time than others' tests. Only one of them runs the program: the others see the same page
# in each build, and are not repeated where it has sanitizers.
file(GLOB scripts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/browser/test_*.mjs")
if(TARGET page AND TARGET overflight_cli)
    foreach(script IN LISTS scripts)
        get_filename_component(name "${script}" NAME_WE)
        string(REGEX REPLACE "^test_" "" test "${name}")
        if(OVF_SANITIZE AND NOT test STREQUAL "program")
            continue()
        endif()
        set(test "browser.${test}")
        add_test(NAME ${test}
            COMMAND "${OVF_NODE}" "${script}" "${OVF_PAGE_DIR}" "${CMAKE_BINARY_DIR}/pictures"
                $<TARGET_FILE:overflight_cli>
            WORKING_DIRECTORY "${CMAKE_BINARY_DIR}")
        ovf_test_properties(${test} integration)
        set_tests_properties(${test} PROPERTIES TIMEOUT 600 PROCESSORS 2 COST 500)
    endforeach()
endif()

# It builds the program twice more (four times, slow): some 30 s on two cores, so it has its own time-out, and a debug
# build does not repeat it. What needs both processors comes first (COST): later one would wait for the other to be free.
if(TARGET overflight_cli AND NOT OVF_SANITIZE AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    foreach(test portable portable_slow)
        add_test(NAME ${test}
            COMMAND "${CMAKE_SOURCE_DIR}/tests/portable/run.sh" $<$<STREQUAL:${test},portable_slow>:--slow>
                "${CMAKE_SOURCE_DIR}" "${OVF_PACK_FILE}" $<TARGET_FILE:overflight_cli>
                "${CMAKE_BINARY_DIR}/${test}"
            COMMAND_EXPAND_LISTS)
        ovf_test_properties(${test} portable)
        set_tests_properties(${test} PROPERTIES PROCESSORS 2 TIMEOUT 600 COST 1000)
    endforeach()
    set_tests_properties(portable_slow PROPERTIES TIMEOUT 1800)
endif()

# Nothing that is fuzzed lies in question, run or watch, half of the ends: they are compiled without, where clang and three
# sanitizers take half a second a file.
if(OVF_FUZZ)
    ovf_add_layers(ovf_fuzzed_ends LAYERS source store notify view serve LIBS ${ends_libs})
endif()
file(GLOB fuzzers CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/fuzz/fuzz_*.c")
foreach(source IN LISTS fuzzers)
    get_filename_component(target "${source}" NAME_WE)
    string(REGEX REPLACE "^fuzz_" "" entry "${target}")
    set(replay "replay_${entry}")
    add_executable(${replay} "${source}" "${CMAKE_SOURCE_DIR}/fuzz/replay_main.c")
    target_link_libraries(${replay} PRIVATE overflight ovf_core ovf_flags)
    target_include_directories(${replay} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
    ovf_link_quickly(${replay})
    add_test(NAME fuzz.${entry} COMMAND ${replay} "${CMAKE_SOURCE_DIR}/fuzz/corpus/${entry}")
    ovf_test_properties(fuzz.${entry} fuzz)
    if(OVF_FUZZ)
        add_executable(${target} "${source}")
        target_link_libraries(${target} PRIVATE ovf_fuzzed_ends ovf_core ovf_flags)
        target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
        target_compile_options(${target} PRIVATE -fsanitize=fuzzer)
        target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    endif()
endforeach()
