# SPDX-License-Identifier: Apache-2.0
#
# overflight_cli: the program. ovf_cli_pages: the same tables of options, made into the man pages (with
# the prose of docs/man/*.1.in) and the completions (tools/completion/overflight.*); target `pages`.
# The program knows where the pack is to be installed, and no place of the build tree (src/cli/pack.h).

file(GLOB cli_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/cli/*.c")
list(REMOVE_ITEM cli_sources "${CMAKE_SOURCE_DIR}/src/cli/main.c")

file(RELATIVE_PATH from_program
    "${CMAKE_INSTALL_FULL_BINDIR}" "${CMAKE_INSTALL_FULL_DATADIR}/overflight/overflight.pack")
add_library(ovf_cli OBJECT ${cli_sources})
target_link_libraries(ovf_cli PUBLIC overflight ovf_core PRIVATE ovf_flags)
set_source_files_properties(src/cli/pack.c PROPERTIES COMPILE_DEFINITIONS
    "OVF_PACK_FROM_PROGRAM=\"${from_program}\";OVF_PACK_INSTALLED=\"${CMAKE_INSTALL_FULL_DATADIR}/overflight/overflight.pack\"")

add_executable(overflight_cli src/cli/main.c)
set_target_properties(overflight_cli PROPERTIES OUTPUT_NAME overflight)
target_link_libraries(overflight_cli PRIVATE ovf_cli ovf_flags)

file(GLOB pages_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tools/cli_*.c")
add_executable(ovf_cli_pages ${pages_sources})
target_compile_definitions(ovf_cli_pages PRIVATE
    "OVF_PACK_INSTALLED=\"${CMAKE_INSTALL_FULL_DATADIR}/overflight/overflight.pack\"")
target_include_directories(ovf_cli_pages PRIVATE "${CMAKE_SOURCE_DIR}/tools")
target_link_libraries(ovf_cli_pages PRIVATE ovf_cli ovf_flags)

file(GLOB prose CONFIGURE_DEPENDS
    "${CMAKE_SOURCE_DIR}/docs/man/*.1.in" "${CMAKE_SOURCE_DIR}/tools/completion/overflight.*.in")
set(OVF_PAGES_DIR "${CMAKE_BINARY_DIR}/pages")
set(OVF_MAN_PAGES)
set(pages)
foreach(source IN LISTS prose)
    get_filename_component(name "${source}" NAME_WLE)
    list(APPEND pages "${OVF_PAGES_DIR}/${name}")
    if(name MATCHES "\\.1$")
        list(APPEND OVF_MAN_PAGES "${OVF_PAGES_DIR}/${name}")
    endif()
endforeach()
add_custom_command(OUTPUT ${pages}
    COMMAND ovf_cli_pages write "${OVF_PAGES_DIR}" ${prose}
    DEPENDS ovf_cli_pages ${prose}
    COMMENT "Writing man pages and completions"
    VERBATIM)
add_custom_target(pages ALL DEPENDS ${pages})
