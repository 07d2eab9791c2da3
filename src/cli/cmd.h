/* SPDX-License-Identifier: Apache-2.0 */
/* The commands, and what the program's exit status says. */
#ifndef OVF_CLI_CMD_H
#define OVF_CLI_CMD_H

enum ovf_exit {
    OVF_EXIT_OK = 0,
    OVF_EXIT_FINDINGS = 1, /* there are findings and --exit-status was asked for */
    OVF_EXIT_USAGE = 2,
    OVF_EXIT_NO_INPUT = 3, /* nothing usable to read */
    OVF_EXIT_WORLD = 4,    /* memory, disk or the system failed */
};

/* Each gets its own name as argv[0] and returns the exit status. */
int ovf_cmd_airspace(int argc, char **argv);
int ovf_cmd_scan(int argc, char **argv);
int ovf_cmd_simulate(int argc, char **argv);

#endif
