# SPDX-License-Identifier: Apache-2.0
#
# ovf_flags: the compiler and linker flags of every target of this project.

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported(LANGUAGES C)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
# -O1: sanitizers are three times faster than at -O0, and gcc sees more of what it warns about.
set(CMAKE_C_FLAGS_DEBUG "-O1 -g -fno-omit-frame-pointer")

add_library(ovf_flags INTERFACE)
target_include_directories(ovf_flags INTERFACE
    "${CMAKE_SOURCE_DIR}/src" "${CMAKE_SOURCE_DIR}/include")
target_compile_definitions(ovf_flags INTERFACE
    _POSIX_C_SOURCE=200809L "OVF_VERSION=\"${PROJECT_VERSION}\"")
# Nobody asks errno what a root came to, and a loop that may set it is not vectorised. Neighbouring members of a
# structure that are loaded as one vector wait for the stores of each before: only loops are worth it.
target_compile_options(ovf_flags INTERFACE
    -ffp-contract=off -fno-math-errno -fno-tree-slp-vectorize -fstack-protector-strong
    "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=" # same bytes wherever the tree stands
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
    -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla -Wundef -Wdouble-promotion
    # Wconversion of clang brings this one in, that of gcc does not.
    -Wno-sign-conversion
    $<$<BOOL:${OVF_WERROR}>:-Werror>
    # Fortifying needs an optimiser and hides from ASan what it should see.
    $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE>
    $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
target_link_options(ovf_flags INTERFACE -Wl,-z,relro,-z,now)

if(OVF_SANITIZE)
    target_compile_options(ovf_flags INTERFACE
        "-fsanitize=${OVF_SANITIZE}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(ovf_flags INTERFACE "-fsanitize=${OVF_SANITIZE}")
endif()
if(OVF_COVERAGE)
    target_compile_options(ovf_flags INTERFACE --coverage)
    target_link_options(ovf_flags INTERFACE --coverage)
endif()
