# SPDX-License-Identifier: Apache-2.0
#
# validate_ends, which tools/validate runs: departure and arrival against simulated flights, cut. Built
# with the tests; a part of it is one of them.

if(OVF_TESTS STREQUAL "OFF")
    return()
endif()

file(GLOB validate_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tools/validate_*.c")
add_executable(validate_ends ${validate_sources})
target_include_directories(validate_ends PRIVATE "${CMAKE_SOURCE_DIR}/tools")
target_link_libraries(validate_ends PRIVATE overflight ovf_core ovf_flags)

add_test(NAME validate.ends COMMAND validate_ends --quick "${OVF_PACK_FILE}"
    "${CMAKE_SOURCE_DIR}/tools/validate-ends.yaml")
ovf_test_properties(validate.ends integration)
