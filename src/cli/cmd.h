/* SPDX-License-Identifier: Apache-2.0 */
/* The commands, and what the program's exit status says. */
#ifndef OVF_CLI_CMD_H
#define OVF_CLI_CMD_H

#include "cli/options.h"

enum ovf_exit {
    OVF_EXIT_OK = 0,
    OVF_EXIT_FINDINGS = 1, /* there are findings and --exit-status was asked for */
    OVF_EXIT_USAGE = 2,
    OVF_EXIT_NO_INPUT = 3, /* nothing usable to read */
    OVF_EXIT_WORLD = 4,    /* memory, disk or the system failed */
};

/** All commands, in the order of the help. A new one is a word here, its src/cli/cmd_<word>.c and its
 * docs/man/overflight-<word>.1.in. */
/* clang-format off */
#define OVF_COMMANDS(X) \
    X(scan) X(watch) X(serve) X(gap) X(decode) \
    X(fetch) X(airspace) X(lists) X(permits) X(charges) X(case) X(report) \
    X(simulate)
/* clang-format on */

#define OVF_COMMAND_DECLARE(word) extern const struct ovf_command ovf_command_##word;
OVF_COMMANDS(OVF_COMMAND_DECLARE)
#undef OVF_COMMAND_DECLARE

/** The i-th command, NULL behind the last. */
const struct ovf_command *ovf_command_at(size_t i);

/** One line about the program. */
#define OVF_ABOUT "which flights went through this state's airspace?"

#endif
