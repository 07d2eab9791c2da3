# SPDX-License-Identifier: Apache-2.0
#
# ovf_late: what the program links before the libraries themselves, so that these are loaded when they are first
# called (docs/adr/0008-late-libraries.md). A library that is found as an archive has no soname and is linked as ever.

add_library(ovf_late OBJECT src/late/late.c)
target_link_libraries(ovf_late PRIVATE ovf_flags PUBLIC ${CMAKE_DL_LIBS})
# The libraries find each other's functions, not ours of the same names.
target_compile_options(ovf_late PRIVATE -fvisibility=hidden)
target_compile_definitions(ovf_late PRIVATE GEOD_DLL= PROJ_DLL=)

foreach(package archive proj curl microhttpd mosquitto)
    list(GET ${package}_LINK_LIBRARIES 0 file)
    execute_process(COMMAND "${CMAKE_READELF}" -d "${file}" OUTPUT_VARIABLE dynamic ERROR_QUIET)
    set(soname NULL)
    if(dynamic MATCHES "\\(SONAME\\)[^[]*\\[([^]]+)\\]")
        set(soname "\"${CMAKE_MATCH_1}\"")
        target_sources(ovf_late PRIVATE src/late/${package}.c)
        target_include_directories(ovf_late PRIVATE ${${package}_INCLUDE_DIRS})
    endif()
    string(TOUPPER "OVF_SONAME_${package}" macro)
    target_compile_definitions(ovf_late PRIVATE "${macro}=${soname}")
endforeach()

# A library that nothing needs any more is not loaded.
target_link_options(overflight_cli PRIVATE -Wl,--as-needed)
target_link_libraries(overflight_cli PRIVATE ovf_late)
