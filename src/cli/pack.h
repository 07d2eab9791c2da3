/* SPDX-License-Identifier: Apache-2.0 */
/* Where the reference data is. */
#ifndef OVF_CLI_PACK_H
#define OVF_CLI_PACK_H

#include "base/error.h"

/** The environment variable that names the pack when the command line does not. */
#define OVF_PACK_VARIABLE "OVERFLIGHT_PACK"

/** The row of the option that names it, in every command that has it. */
#define OVF_PACK_OPTION                                                                            \
    {                                                                                              \
        .name = "pack", .value = "FILE", .completion = OVF_COMPLETE_FILE,                          \
        .help = "reference data; else $" OVF_PACK_VARIABLE ", else the built one"                  \
    }

enum { OVF_PACK_PATH_SIZE = 4096 };

/**
 * Find the pack: \p given when not NULL, else what $OVERFLIGHT_PACK names (both whether it is there or
 * not), else the first that is there of
 *   1. overflight.pack beside the program: the build tree, or a folder that was copied whole
 *   2. where it is installed, as seen from the program, wherever the prefix has been moved to
 *   3. where it was to be installed
 * so that a program takes what was built or installed with it.
 * \retval OVF_E_NOTFOUND  \p err says where it was looked for and what to do; \p path is ""
 */
OVF_NODISCARD enum ovf_status ovf_pack_find(const char *given, char path[OVF_PACK_PATH_SIZE],
                                            struct ovf_error *err);

/** The row of the option that names the page's folder. */
#define OVF_PAGE_OPTION                                                                            \
    {                                                                                              \
        .name = "page", .value = "DIR", .completion = OVF_COMPLETE_FOLDER,                         \
        .help = "the page's files; else those built with the program"                              \
    }

/** The row of the option that names tiles (view/tiles.h). */
#define OVF_TILES_OPTION(more)                                                                     \
    {                                                                                              \
        .name = "tiles", .value = "MAP", .completion = OVF_COMPLETE_FILE,                          \
        .help = "a map below all, https://HOST/{z}/{x}/{y}.png or https://HOST/M.pmtiles:\n"       \
                "browsers ask HOST for what they show; else nobody is asked" more                  \
    }

/**
 * Find the page's folder: \p given when not NULL, else `page` where the pack is looked for.
 * \retval OVF_E_NOTFOUND  \p err says what to do; \p path is ""
 */
OVF_NODISCARD enum ovf_status ovf_page_find(const char *given, char path[OVF_PACK_PATH_SIZE],
                                            struct ovf_error *err);

#endif
