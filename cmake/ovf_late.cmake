# SPDX-License-Identifier: Apache-2.0
#
# ovf_late: what the program links before the libraries themselves, so that these are loaded when they are first
# called (docs/adr/0008-late-libraries.md).

add_library(ovf_late OBJECT src/late/late.c)
target_link_libraries(ovf_late PRIVATE ovf_flags PUBLIC ${CMAKE_DL_LIBS})
# The libraries find each other's functions, not ours of the same names.
target_compile_options(ovf_late PRIVATE -fvisibility=hidden)
target_compile_definitions(ovf_late PRIVATE GEOD_DLL= PROJ_DLL=)

foreach(package archive proj curl microhttpd mosquitto)
    list(GET ${package}_LINK_LIBRARIES 0 file)
    execute_process(COMMAND "${CMAKE_READELF}" -d "${file}" OUTPUT_VARIABLE dynamic)
    if(NOT dynamic MATCHES "\\(SONAME\\)[^[]*\\[([^]]+)\\]")
        message(FATAL_ERROR "${file}: readelf -d tells no soname")
    endif()
    string(TOUPPER "OVF_SONAME_${package}" macro)
    set_source_files_properties(src/late/${package}.c PROPERTIES
        COMPILE_DEFINITIONS "${macro}=\"${CMAKE_MATCH_1}\"")
    target_sources(ovf_late PRIVATE src/late/${package}.c)
    target_include_directories(ovf_late SYSTEM PRIVATE ${${package}_INCLUDE_DIRS})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
endforeach()

# A library that nothing needs any more is not loaded.
target_link_options(overflight_cli PRIVATE -Wl,--as-needed)
if(OVF_SANITIZE)
    # dlopen is theirs then, and of the program's search path it heeds only the old form.
    target_link_options(overflight_cli PRIVATE -Wl,--disable-new-dtags)
endif()
target_link_libraries(overflight_cli PRIVATE ovf_late)
