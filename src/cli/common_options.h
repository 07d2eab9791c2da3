/* SPDX-License-Identifier: Apache-2.0 */
/* Options that several commands have: entries of a command's table. */
#ifndef OVF_CLI_COMMON_OPTIONS_H
#define OVF_CLI_COMMON_OPTIONS_H

#include "cli/options.h"

/** What becomes of the case is said by each command. */
#define OVF_OPTION_CASE(what)                                                                      \
    {                                                                                              \
        .name = "case", .value = "FILE", .help = (what), .completion = OVF_COMPLETE_FILE           \
    }

#define OVF_OPTION_STORE(what)                                                                     \
    {                                                                                              \
        .name = "store", .value = "STORE", .help = (what), .completion = OVF_COMPLETE_FILE         \
    }

/** \p with: bits of the verbs that it goes with; 0: all. */
#define OVF_OPTION_LIBRARY(with)                                                                   \
    {                                                                                              \
        .name = "library", .value = "FILE",                                                        \
        .help = "where imports are kept; else overflight/library.db in\n$XDG_DATA_HOME "           \
                "or ~/.local/share",                                                               \
        .verbs = (with), .completion = OVF_COMPLETE_FILE                                           \
    }

/** Of rows that are no crossings; read it with ovf_listing_format_read. */
#define OVF_OPTION_LISTING_FORMAT(with)                                                            \
    {                                                                                              \
        .name = "format", .value = "FORMAT",                                                       \
        .help = "table, ndjson or csv; table on a\nterminal, ndjson in a pipe when not given",     \
        .choices = "table ndjson csv", .verbs = (with)                                             \
    }

#endif
