# SPDX-License-Identifier: Apache-2.0
#
# What `cmake --install` puts in place, all of it relative to the prefix, which may be moved afterwards.
# The libraries are static, and their headers are what they are in the tree: include/overflight/<folder>/.

# Not for strangers: what only the sources beside it include.
set(private_headers
    engine/carry_list.h
    engine/live_parts.h
    geo/index_format.h
    geo/index_parts.h
    geo/index_split.h
    pack/airports_layout.h
    notify/channel.h
    notify/delivery_log.h
    notify/discovery.h
    notify/post.h
    notify/private_address.h
    notify/queue.h
    notify/template.h
    run/fetch_parts.h
    run/fetch_release.h
    run/scan_state.h
    source/catalog_parts.h
    source/http_parts.h)

install(TARGETS overflight_cli RUNTIME)
install(FILES $<TARGET_FILE:overflight> DESTINATION "${CMAKE_INSTALL_LIBDIR}")
# Its name in the tree is short; among other projects' libraries it needs ours.
install(FILES $<TARGET_FILE:ovf_core> DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    RENAME liboverflight_core.a)

file(GLOB headers CONFIGURE_DEPENDS
    RELATIVE "${CMAKE_SOURCE_DIR}/src" "${CMAKE_SOURCE_DIR}/src/*/*.h")
list(FILTER headers EXCLUDE REGEX "^(cli|late)/")
list(REMOVE_ITEM headers ${private_headers})
foreach(header IN LISTS headers)
    get_filename_component(folder "${header}" DIRECTORY)
    install(FILES "src/${header}" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/overflight/${folder}")
endforeach()

# Found from where the file lies, so that a moved prefix still works.
file(RELATIVE_PATH OVF_PC_TO_PREFIX
    "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" OVF_PC_TO_PREFIX "${OVF_PC_TO_PREFIX}")
foreach(dir LIBDIR INCLUDEDIR DATADIR)
    file(RELATIVE_PATH OVF_PC_${dir} "${CMAKE_INSTALL_PREFIX}" "${CMAKE_INSTALL_FULL_${dir}}")
endforeach()
set(OVF_PC_LIBS)
set(OVF_PC_CFLAGS)
foreach(package archive isal jansson crypto proj sqlite3 yaml expat curl microhttpd mosquitto)
    list(APPEND OVF_PC_LIBS ${${package}_LDFLAGS})
    list(APPEND OVF_PC_CFLAGS ${${package}_CFLAGS})
endforeach()
# What the compiler looks into anyhow is not said: it is true on this machine only.
foreach(dir IN LISTS CMAKE_C_IMPLICIT_LINK_DIRECTORIES)
    list(REMOVE_ITEM OVF_PC_LIBS "-L${dir}")
endforeach()
foreach(dir IN LISTS CMAKE_C_IMPLICIT_INCLUDE_DIRECTORIES)
    list(REMOVE_ITEM OVF_PC_CFLAGS "-I${dir}")
endforeach()
list(REMOVE_DUPLICATES OVF_PC_LIBS)
list(REMOVE_DUPLICATES OVF_PC_CFLAGS)
list(JOIN OVF_PC_LIBS " " OVF_PC_LIBS)
list(JOIN OVF_PC_CFLAGS " " OVF_PC_CFLAGS)
configure_file(cmake/overflight.pc.in overflight.pc @ONLY)
install(FILES "${CMAKE_BINARY_DIR}/overflight.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

# Examples: what is watched and shown is the administrator's to say.
install(FILES packaging/overflight-watch.service packaging/overflight-serve.service
    DESTINATION "${CMAKE_INSTALL_DATADIR}/overflight")

if(TARGET pack)
    install(FILES "${OVF_PACK_FILE}" DESTINATION "${CMAKE_INSTALL_DATADIR}/overflight"
        RENAME overflight.pack)
else()
    install(CODE "message(WARNING \"no pack was built: the program will ask for --pack FILE\")")
endif()

if(TARGET page)
    install(FILES ${page_files} DESTINATION "${CMAKE_INSTALL_DATADIR}/overflight/page")
else()
    install(CODE "message(WARNING \"no page was built: report and serve will ask for --page DIR\")")
endif()

install(FILES ${OVF_MAN_PAGES} DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES "${OVF_PAGES_DIR}/overflight.bash" RENAME overflight
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${OVF_PAGES_DIR}/overflight.zsh" RENAME _overflight
    DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
install(FILES "${OVF_PAGES_DIR}/overflight.fish"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")

# In the places that they have in the tree, so that the links in them hold.
install(FILES LICENSE NOTICE README.md ARCHITECTURE.md CHANGELOG.md
    DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY docs/adr docs/formats docs/pictures DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs")
install(FILES docs/page.md docs/sources.md docs/units.md docs/validation.md
    DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs")
install(DIRECTORY examples DESTINATION "${CMAKE_INSTALL_DOCDIR}")
