# SPDX-License-Identifier: Apache-2.0
#
# Benchmarks: bench/bench_*.c and bench/peer_isal.c, peer_receive.c, in <build>/bench; run by tools/bench. They are built
# with the tests, so that they compile at any time. -DOVF_BENCH=ON builds the peers as well, the only C++
# here, each where Debian's package is installed (tools/deps --bench); one that is not is left out and
# the benchmark says so.

option(OVF_BENCH "build the peers of the benchmarks (tools/deps --bench)" OFF)

if(OVF_TESTS STREQUAL "OFF" AND NOT OVF_BENCH)
    return()
endif()

function(ovf_add_bench name)
    add_executable(${name} "${CMAKE_SOURCE_DIR}/bench/${name}.c" ${ARGN})
    target_link_libraries(${name} PRIVATE overflight ovf_core ovf_flags)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bench")
endfunction()

file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/bench/bench_*.c")
foreach(source IN LISTS sources)
    get_filename_component(name "${source}" NAME_WE)
    ovf_add_bench(${name})
endforeach()
ovf_add_bench(peer_isal)
ovf_add_bench(peer_receive)

# A peer's own warnings are its own; optimised as its documentation wants it.
function(ovf_add_peer bench source define)
    add_library(${bench}_${define} OBJECT "${CMAKE_SOURCE_DIR}/bench/${source}")
    target_compile_options(${bench}_${define} PRIVATE -O3 -w)
    target_sources(${bench} PRIVATE $<TARGET_OBJECTS:${bench}_${define}>)
    target_compile_definitions(${bench} PRIVATE ${define})
endfunction()

if(OVF_BENCH)
    enable_language(CXX)
    set(CMAKE_CXX_STANDARD 17)
    find_library(OVF_GEOS_C geos_c)
    find_library(OVF_S2 s2)
    find_package(simdjson QUIET)
    find_package(absl QUIET)
    if(OVF_GEOS_C)
        ovf_add_peer(bench_locate peer_geos.c OVF_PEER_GEOS)
        target_link_libraries(bench_locate PRIVATE "${OVF_GEOS_C}")
    endif()
    if(OVF_S2)
        ovf_add_peer(bench_locate peer_s2.cpp OVF_PEER_S2)
        target_link_libraries(bench_locate PRIVATE "${OVF_S2}" PkgConfig::crypto)
        set_target_properties(bench_locate PROPERTIES LINKER_LANGUAGE CXX)
    endif()
    if(simdjson_FOUND AND TARGET bench_parse)
        # On-Demand picks its kernel when it is compiled.
        ovf_add_peer(bench_parse peer_simdjson.cpp OVF_PEER_SIMDJSON)
        if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
            target_compile_options(bench_parse_OVF_PEER_SIMDJSON PRIVATE -march=haswell)
        endif()
        target_link_libraries(bench_parse_OVF_PEER_SIMDJSON PRIVATE simdjson::simdjson)
        target_link_libraries(bench_parse PRIVATE simdjson::simdjson)
        set_target_properties(bench_parse PROPERTIES LINKER_LANGUAGE CXX)
    endif()
endif()

# That the benchmarks run at all; sanitizers would take the time and change what is measured.
if(TARGET overflight_cli AND NOT OVF_TESTS STREQUAL "OFF" AND NOT OVF_SANITIZE)
    add_test(NAME bench COMMAND "${CMAKE_SOURCE_DIR}/tools/bench" --check --build "${CMAKE_BINARY_DIR}"
        --data "${CMAKE_BINARY_DIR}/bench/data")
    ovf_test_properties(bench integration)
    set_tests_properties(bench PROPERTIES TIMEOUT 360 COST 400) # some 23 s, 11 of a processor
endif()
