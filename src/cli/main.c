/* SPDX-License-Identifier: Apache-2.0 */
/* overflight: which command is meant. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/options.h"
#include "late/late.h"

enum { MAX_COMMANDS = 64 };

static void print_help(void)
{
    printf("overflight " OVF_VERSION ": " OVF_ABOUT "\n\n"
           "Usage: overflight COMMAND [OPTION]... [ARGUMENT]...\n\n");
    const struct ovf_command *command;
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++)
        printf("  %-10s %s\n", ovf_command_word(command), command->brief);
    printf("\noverflight COMMAND --help tells more. Exit status: 0 done, 1 --exit-status and "
           "something was\n"
           "found, 2 usage, 3 no usable input, 4 the system failed.\n");
}

static const struct ovf_command *find(const char *word)
{
    const struct ovf_command *command;
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++) {
        if (strcmp(word, ovf_command_word(command)) == 0)
            return command;
    }
    return NULL;
}

static int unknown_command(const char *name)
{
    const char *names[MAX_COMMANDS];
    size_t n = 0;
    for (; n < MAX_COMMANDS && ovf_command_at(n) != NULL; n++)
        names[n] = ovf_command_word(ovf_command_at(n));
    const char *const nearest = ovf_nearest_name(name, names, n);
    fprintf(stderr, "overflight: \"%s\" is no command%s%s%s\n", name,
            nearest != NULL ? "; did you mean " : "", nearest != NULL ? nearest : "",
            nearest != NULL ? "?" : "");
    fprintf(stderr, "overflight --help lists the commands\n");
    return OVF_EXIT_USAGE;
}

/** overflight help, overflight help COMMAND */
static int help(const char *word)
{
    const struct ovf_command *const command = word != NULL ? find(word) : NULL;
    if (word != NULL && command == NULL)
        return unknown_command(word);
    if (command != NULL)
        ovf_command_help(command);
    else
        print_help();
    return OVF_EXIT_OK;
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
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help(NULL);
    if (strcmp(argv[1], "help") == 0)
        return help(argc > 2 ? argv[2] : NULL);
    if (strcmp(argv[1], "--version") == 0) {
        printf("overflight " OVF_VERSION "\n");
        return OVF_EXIT_OK;
    }
    const struct ovf_command *const command = find(argv[1]);
    if (command == NULL)
        return unknown_command(argv[1]);
    if (command->is_lasting)
        ovf_late_find_all();
    return ovf_command_run(command, argc - 1, argv + 1);
}
