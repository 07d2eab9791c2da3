/* SPDX-License-Identifier: Apache-2.0 */
/* overflight: which command is meant. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/options.h"

static const struct {
    const char *name;
    const char *summary;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"scan", "archives to crossings", ovf_cmd_scan},
    {"airspace", "list airspaces, show one, locate a point", ovf_cmd_airspace},
    {"simulate", "a scenario to traces, with its exact truth", ovf_cmd_simulate},
};

enum { N_COMMANDS = sizeof commands / sizeof *commands };

static void print_help(void)
{
    printf("overflight " OVF_VERSION ": which flights went through this state's airspace?\n\n"
           "Usage: overflight COMMAND [OPTION]... [ARGUMENT]...\n\n");
    for (size_t i = 0; i < N_COMMANDS; i++)
        printf("  %-10s %s\n", commands[i].name, commands[i].summary);
    printf(
        "\noverflight COMMAND --help tells more. Exit status: 0 done, 2 usage, 3 no usable input,\n"
        "4 the system failed.\n");
}

static int unknown_command(const char *name)
{
    const char *names[N_COMMANDS];
    for (size_t i = 0; i < N_COMMANDS; i++)
        names[i] = commands[i].name;
    const char *const nearest = ovf_nearest_name(name, names, N_COMMANDS);
    fprintf(stderr, "overflight: \"%s\" is no command%s%s%s\n", name,
            nearest != NULL ? "; did you mean " : "", nearest != NULL ? nearest : "",
            nearest != NULL ? "?" : "");
    fprintf(stderr, "overflight --help lists the commands\n");
    return OVF_EXIT_USAGE;
}

int main(int argc, char **argv)
{
    /* A reader that goes away (| head) is a failed write, not a death without a word. */
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN); /* so is a file that may not grow */
    if (argc < 2) {
        fprintf(stderr, "overflight: a command is due\noverflight --help lists the commands\n");
        return OVF_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help();
        return OVF_EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("overflight " OVF_VERSION "\n");
        return OVF_EXIT_OK;
    }
    for (size_t i = 0; i < N_COMMANDS; i++) {
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    }
    return unknown_command(argv[1]);
}
