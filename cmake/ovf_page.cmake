# SPDX-License-Identifier: Apache-2.0
#
# OVF_PAGE_DIR: the page that `serve` sends and `report` embeds, bundled from web/ by esbuild, and target
# `page`, which makes it. It is page/ in the build folder. Node builds it; nothing needs Node to run.

get_filename_component(beside "${CMAKE_BINARY_DIR}" REALPATH)
set(OVF_PAGE_DIR "${beside}/page")
find_program(OVF_NODE NAMES node nodejs)
set(page_files page.html page.css page.js worker.js page.json licences.txt)
list(TRANSFORM page_files PREPEND "${OVF_PAGE_DIR}/")
if(NOT OVF_NODE OR NOT EXISTS "${CMAKE_SOURCE_DIR}/node_modules/esbuild/package.json")
    message(WARNING "no page: Node or node_modules is missing; run tools/deps")
else()
    file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/web/*")
    add_custom_command(
        OUTPUT ${page_files}
        COMMAND "${OVF_NODE}" "${CMAKE_SOURCE_DIR}/web/build.mjs" "${OVF_PAGE_DIR}"
        DEPENDS ${page_sources} "${CMAKE_SOURCE_DIR}/package-lock.json"
        COMMENT "Bundling the page"
        VERBATIM)
    add_custom_target(page ALL DEPENDS ${page_files})
endif()
