/* SPDX-License-Identifier: Apache-2.0 */
/* Options of what follows live feeds: entries of a command's table. */
#ifndef OVF_CLI_WATCH_OPTIONS_H
#define OVF_CLI_WATCH_OPTIONS_H

#include "cli/options.h"

#define OVF_OPTION_LIVE                                                                            \
    {                                                                                              \
        .name = "live", .help = "what comes in pipes and on standard input is of now"              \
    }

#define OVF_OPTION_EVENTS                                                                          \
    {                                                                                              \
        .name = "events", .value = "EVENTS",                                                       \
        .help = "entered, left, corrected, retracted, series: the flights of a\nwatch of the "     \
                "case have stopped or are back (these when not given);\nsettled: nothing that "    \
                "comes can change it any more; all",                                               \
        .choices = "entered left corrected retracted series settled all", .list = true             \
    }

#define OVF_OPTION_TAR1090                                                                         \
    {                                                                                              \
        .name = "tar1090", .value = "URL",                                                         \
        .help = "where links lead, such as https://example.org/tar1090/"                           \
    }

#define OVF_OPTION_STALL                                                                           \
    {                                                                                              \
        .name = "stall", .value = "SECONDS",                                                       \
        .help = "silence after which a connection is made anew (120)"                              \
    }

#define OVF_OPTION_POLL                                                                            \
    {                                                                                              \
        .name = "poll", .value = "SECONDS",                                                        \
        .help = "from one fetch of an aircraft.json to the next (1)"                               \
    }

#define OVF_OPTION_MEMORY                                                                          \
    {                                                                                              \
        .name = "memory", .value = "MB",                                                           \
        .help = "for the positions held (24): when they are full, old ones are\n"                  \
                "thinned out, then the aircraft heard longest ago goes"                            \
    }

#define OVF_OPTION_MAX_AIRCRAFT                                                                    \
    {                                                                                              \
        .name = "max-aircraft", .value = "N",                                                      \
        .help = "aircraft followed at a time (200000, and half the memory)"                        \
    }

#define OVF_OPTION_NOTIFY                                                                          \
    {                                                                                              \
        .name = "notify", .value = "FILE",                                                         \
        .help = "tell alerts to the channels of this file (programs, webhooks,\nntfy, "            \
                "MQTT) instead of printing them",                                                  \
        .completion = OVF_COMPLETE_FILE                                                            \
    }

#define OVF_OPTION_LIVE_CLASS                                                                      \
    {                                                                                              \
        .name = "class", .value = "CLASSES",                                                       \
        .help = "observed, bracketed, necessary, near_certain (these when not\ngiven), possible, " \
                "inconsistent, or all of these",                                                   \
        .choices = "observed bracketed necessary near_certain possible inconsistent all",          \
        .list = true                                                                               \
    }

#endif
