/* SPDX-License-Identifier: Apache-2.0 */
/* The options of a command: one table drives parsing, --help and the errors.
 *
 * Long options are --name VALUE or --name=VALUE, or --name alone for a flag; an option may have a letter
 * as well (-o VALUE). Options and arguments may stand in any order; after "--" all are arguments. "-" is
 * an argument (standard input), and so is a negative number: locate 33.3 -70.5.
 */
#ifndef OVF_CLI_OPTIONS_H
#define OVF_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct ovf_option {
    const char *name;  /* without the dashes */
    char letter;       /* 0: none */
    const char *value; /* what --help calls the value, in capitals; NULL for a flag */
    const char *help;  /* one line, or several separated by newlines */
    bool repeated;     /* may be given more than once; any other is refused then */
};

struct ovf_command {
    const char *name;    /* as it is typed: "overflight airspace" */
    const char *summary; /* one line */
    const char *usage;   /* what follows the name: lines separated by newlines, one a form */
    const struct ovf_option *options;
    size_t n_options;
    const char *notes; /* printed below the options; NULL for none */
};

struct ovf_given {
    size_t option;     /* index in the table */
    const char *value; /* NULL for a flag */
};

/** What was on the command line; the texts are argv's. */
struct ovf_arguments {
    struct ovf_given *given; /* in their order */
    size_t n_given;
    const char **items; /* the arguments that are no options */
    size_t n_items;
};

enum ovf_parsed {
    OVF_PARSED_RUN,   /* go on */
    OVF_PARSED_HELP,  /* the help has been printed to stdout: exit 0 */
    OVF_PARSED_USAGE, /* two lines have been printed to stderr: exit 2 */
    OVF_PARSED_NOMEM,
};

/** Parse the command line and, when it is good and asks for no help, hand it to \p run. Returns the exit
 * status: run's own, or that of the help or the usage error that was printed. */
int ovf_command_run(const struct ovf_command *command, int argc, char **argv,
                    int (*run)(const struct ovf_arguments *arguments));

/** Parse argv[1] to argv[argc - 1]. \p out is the caller's to deinit, whatever the result. */
enum ovf_parsed ovf_arguments_parse(const struct ovf_command *command, int argc, char **argv,
                                    struct ovf_arguments *out);

void ovf_arguments_deinit(struct ovf_arguments *arguments);

bool ovf_arguments_has(const struct ovf_arguments *arguments, size_t option);

/** The value given for \p option, NULL when it was not. */
const char *ovf_arguments_value(const struct ovf_arguments *arguments, size_t option);

/** The i-th value of a repeated option, NULL behind the last. */
const char *ovf_arguments_nth(const struct ovf_arguments *arguments, size_t option, size_t i);

/** Print the two lines of a usage error to stderr; returns OVF_EXIT_USAGE. */
int ovf_usage_error(const struct ovf_command *command, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/** The text of \p names[] nearest to \p wanted, NULL when none is near. */
const char *ovf_nearest_name(const char *wanted, const char *const *names, size_t n_names);

#endif
