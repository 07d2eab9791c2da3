/* SPDX-License-Identifier: Apache-2.0 */
/* A command as a table: it drives parsing, --help, the errors, the OPTIONS of the man page and the
 * completion in bash, zsh and fish (tools/cli_pages.c), so none can say what another does not.
 *
 * Long options are --name VALUE or --name=VALUE, or --name alone for a flag; an option may have a letter
 * as well (-o VALUE). Options and arguments may stand in any order; after "--" all are arguments. "-" is
 * an argument (standard input), and so is a negative number: locate 33.3 -70.5.
 */
#ifndef OVF_CLI_OPTIONS_H
#define OVF_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "run/airspaces.h"

/** What completion offers where choices name nothing. */
enum ovf_completion {
    OVF_COMPLETE_NOTHING,
    OVF_COMPLETE_FILE,
    OVF_COMPLETE_FOLDER,
};

struct ovf_option {
    const char *name;  /* without the dashes */
    char letter;       /* 0: none */
    const char *value; /* what --help calls the value, in capitals; NULL for a flag */
    const char *help;  /* one line, or several separated by newlines; choices stand in it */
    const char
        *choices;   /* the values that there are, separated by spaces; NULL: any. For completion:
                            the command itself checks what it is given */
    bool list;      /* the value is some of them, comma-separated */
    bool repeated;  /* may be given more than once; any other is refused then */
    unsigned verbs; /* bit i: it goes with verbs[i]; 0: with all */
    enum ovf_completion completion;
};

/** What a command that does several things is told to do: overflight airspace LIST. */
struct ovf_verb {
    const char *name;
    const char *usage;              /* its arguments and the options that are due; "" for none */
    const char *summary;            /* one line */
    enum ovf_completion completion; /* of its arguments */
};

struct ovf_arguments;

struct ovf_command {
    const char *name;             /* as it is typed: "overflight airspace" */
    const char *brief;            /* for the list of commands: a few words, no full stop */
    const char *summary;          /* one sentence */
    const char *usage;            /* what follows the name; with verbs NULL: it is made of theirs */
    const struct ovf_verb *verbs; /* NULL: it does one thing; not more than an unsigned has bits */
    size_t n_verbs;
    const struct ovf_option *options;
    size_t n_options;
    const char *notes;              /* printed below the options; NULL for none */
    enum ovf_completion completion; /* of its arguments, without verbs */
    bool is_lasting;                /* it may run for days */
    int (*run)(const struct ovf_arguments *arguments); /* returns the exit status */
};

enum { OVF_USAGE_SIZE = 160 };

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

/** The option that every command has. */
extern const struct ovf_option ovf_option_help;

/** The word of a command: its name without "overflight ". */
const char *ovf_command_word(const struct ovf_command *command);

/** The i-th way to use a command, as what follows its name; NULL behind the last. */
const char *ovf_command_usage(const struct ovf_command *command, size_t i,
                              char text[OVF_USAGE_SIZE]);

/** Print what --help prints, to stdout. */
void ovf_command_help(const struct ovf_command *command);

/** Parse the command line and, when it is good and asks for no help, run the command. Returns the exit
 * status: run's own, or that of the help or the usage error that was printed. */
int ovf_command_run(const struct ovf_command *command, int argc, char **argv);

/** Which of the command's verbs the first argument is, and whether all options given go with it.
 * Returns OVF_EXIT_OK, or that of a usage error that has been printed. */
int ovf_verb_find(const struct ovf_command *command, const struct ovf_arguments *arguments,
                  size_t *verb);

/** Whether \p option goes with the verb of that index. */
bool ovf_option_goes_with(const struct ovf_option *option, size_t verb);

/** Parse argv[1] to argv[argc - 1]. \p out is the caller's to deinit, whatever the result. */
enum ovf_parsed ovf_arguments_parse(const struct ovf_command *command, int argc, char **argv,
                                    struct ovf_arguments *out);

void ovf_arguments_deinit(struct ovf_arguments *arguments);

bool ovf_arguments_has(const struct ovf_arguments *arguments, size_t option);

/** The value given for \p option, NULL when it was not. */
const char *ovf_arguments_value(const struct ovf_arguments *arguments, size_t option);

/** The i-th value of a repeated option, NULL behind the last. */
const char *ovf_arguments_nth(const struct ovf_arguments *arguments, size_t option, size_t i);

/** All values of a repeated option, for the caller to free. False: no memory. */
bool ovf_arguments_all(const struct ovf_arguments *arguments, size_t option, const char ***values,
                       size_t *n);

/** Print the two lines of a usage error to stderr; returns OVF_EXIT_USAGE. */
int ovf_usage_error(const struct ovf_command *command, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/** The value of --format: table, ndjson or csv; NULL: a table on a terminal, else ndjson. False: none of them, and a
 * usage error has been printed. */
bool ovf_listing_format_read(const struct ovf_command *command, const char *text,
                             enum ovf_listing_format *out);

/** The text of \p names[] nearest to \p wanted, NULL when none is near. */
const char *ovf_nearest_name(const char *wanted, const char *const *names, size_t n_names);

#endif
