# SPDX-License-Identifier: Apache-2.0
#
# ovf_add_layers(NAME LAYERS folder... LIBS library...): a static library of src/<folder>/*.c.
# A layer's folder comes with its first issue; a library without any source yet is an interface.

function(ovf_add_layers name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LAYERS;LIBS")
    set(sources)
    foreach(layer IN LISTS arg_LAYERS)
        file(GLOB found CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/src/${layer}/*.c")
        list(APPEND sources ${found})
    endforeach()
    if(sources)
        add_library(${name} STATIC ${sources})
        target_link_libraries(${name} PUBLIC ${arg_LIBS} PRIVATE ovf_flags)
    else()
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE ${arg_LIBS})
    endif()
endfunction()
