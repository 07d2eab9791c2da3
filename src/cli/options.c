/* SPDX-License-Identifier: Apache-2.0 */
/* Parsing by table. Nothing here knows a command. */
#include "cli/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/likeness.h"
#include "cli/cmd.h"

enum { NAME_MAX_CHARS = 40, HELP_COLUMN = 28 };

/* ---- likeness ---- */

const char *ovf_nearest_name(const char *wanted, const char *const *names, size_t n_names)
{
    const char *best = NULL;
    size_t fewest = 0;
    for (size_t i = 0; i < n_names; i++) {
        const bool begins = strlen(wanted) >= 2 && strncmp(names[i], wanted, strlen(wanted)) == 0;
        const size_t edits =
            begins ? 1
                   : ovf_edits_between(ovf_bytes_from_text(wanted), ovf_bytes_from_text(names[i]));
        if (edits <= strlen(wanted) / 2 && (best == NULL || edits < fewest)) {
            best = names[i];
            fewest = edits;
        }
    }
    return best;
}

/* ---- help and errors ---- */

const struct ovf_option ovf_option_help = {.name = "help", .letter = 'h', .help = "print this"};

const char *ovf_command_word(const struct ovf_command *command)
{
    const char *const space = strrchr(command->name, ' ');
    return space != NULL ? space + 1 : command->name;
}

const char *ovf_command_usage(const struct ovf_command *command, size_t i,
                              char text[OVF_USAGE_SIZE])
{
    if (command->n_verbs == 0)
        return i == 0 ? command->usage : NULL;
    if (i >= command->n_verbs)
        return NULL;
    const struct ovf_verb *const verb = &command->verbs[i];
    (void)snprintf(text, OVF_USAGE_SIZE, "%s%s%s [OPTION]...", verb->name,
                   verb->usage[0] != '\0' ? " " : "", verb->usage);
    return text;
}

static void print_usage_lines(const struct ovf_command *command)
{
    char text[OVF_USAGE_SIZE];
    const char *usage;
    for (size_t i = 0; (usage = ovf_command_usage(command, i, text)) != NULL; i++)
        printf("%s%s%s%s\n", i == 0 ? "Usage: " : "       ", command->name,
               usage[0] != '\0' ? " " : "", usage);
}

bool ovf_option_goes_with(const struct ovf_option *option, size_t verb)
{
    return option->verbs == 0 || (option->verbs >> verb & 1) != 0;
}

/** "list, show: " before the help of an option that does not go with all verbs. */
static void print_verbs(const struct ovf_command *command, const struct ovf_option *option)
{
    const char *separator = "";
    for (size_t i = 0; i < command->n_verbs && option->verbs != 0; i++) {
        if (!ovf_option_goes_with(option, i))
            continue;
        printf("%s%s", separator, command->verbs[i].name);
        separator = ", ";
    }
    if (option->verbs != 0)
        printf(": ");
}

static void print_option(const struct ovf_command *command, const struct ovf_option *option)
{
    char left[96];
    const char letter[] = {'-', option->letter, ',', ' ', '\0'};
    const int n = snprintf(left, sizeof left, "  %s--%s%s%s", option->letter != 0 ? letter : "    ",
                           option->name, option->value != NULL ? " " : "",
                           option->value != NULL ? option->value : "");
    printf("%-*s", HELP_COLUMN, left);
    if (n >= HELP_COLUMN)
        printf("\n%*s", HELP_COLUMN, "");
    print_verbs(command, option);
    for (const char *line = option->help;;) {
        const char *const end = strchr(line, '\n');
        printf("%.*s\n", end != NULL ? (int)(end - line) : (int)strlen(line), line);
        if (end == NULL)
            return;
        line = end + 1;
        printf("%*s", HELP_COLUMN, "");
    }
}

void ovf_command_help(const struct ovf_command *command)
{
    print_usage_lines(command);
    printf("\n%s\n\nOptions:\n", command->summary);
    for (size_t i = 0; i < command->n_options; i++)
        print_option(command, &command->options[i]);
    print_option(command, &ovf_option_help);
    if (command->notes != NULL)
        printf("\n%s\n", command->notes);
}

int ovf_usage_error(const struct ovf_command *command, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "%s: ", command->name);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\nTry '%s --help'.\n", command->name);
    return OVF_EXIT_USAGE;
}

static enum ovf_parsed unknown_option(const struct ovf_command *command, const char *argument)
{
    const char *names[64];
    char wanted[NAME_MAX_CHARS + 1];
    size_t n = 0;
    const size_t len = strcspn(argument + 2, "=");
    for (; n < command->n_options && n < sizeof names / sizeof *names; n++)
        names[n] = command->options[n].name;
    snprintf(wanted, sizeof wanted, "%.*s", len < sizeof wanted ? (int)len : 0, argument + 2);
    const char *const nearest = ovf_nearest_name(wanted, names, n);
    if (nearest != NULL)
        (void)ovf_usage_error(command, "unknown option --%.*s; did you mean --%s?", (int)len,
                              argument + 2, nearest);
    else
        (void)ovf_usage_error(command, "unknown option --%.*s", (int)len, argument + 2);
    return OVF_PARSED_USAGE;
}

/* ---- parsing ---- */

struct parsing {
    const struct ovf_command *command;
    int argc;
    char **argv;
    int next;
    struct ovf_arguments *out;
};

static enum ovf_parsed take_option(struct parsing *p, size_t i, const char *attached)
{
    const struct ovf_option *const option = &p->command->options[i];
    const char *value = attached;
    if (option->value == NULL && attached != NULL) {
        (void)ovf_usage_error(p->command, "option --%s takes no value", option->name);
        return OVF_PARSED_USAGE;
    }
    if (option->value != NULL && value == NULL) {
        if (p->next == p->argc) {
            (void)ovf_usage_error(p->command, "option --%s wants a value: %s", option->name,
                                  option->value);
            return OVF_PARSED_USAGE;
        }
        value = p->argv[p->next++];
    }
    if (!option->repeated && ovf_arguments_has(p->out, i)) {
        (void)ovf_usage_error(p->command, "option --%s is given twice", option->name);
        return OVF_PARSED_USAGE;
    }
    p->out->given[p->out->n_given++] = (struct ovf_given){i, value};
    return OVF_PARSED_RUN;
}

static enum ovf_parsed take_long(struct parsing *p, const char *argument)
{
    const char *const name = argument + 2;
    const size_t len = strcspn(name, "=");
    if (strcmp(name, "help") == 0) {
        ovf_command_help(p->command);
        return OVF_PARSED_HELP;
    }
    for (size_t i = 0; i < p->command->n_options; i++) {
        const char *const known = p->command->options[i].name;
        if (strlen(known) == len && strncmp(known, name, len) == 0)
            return take_option(p, i, name[len] == '=' ? name + len + 1 : NULL);
    }
    return unknown_option(p->command, argument);
}

/** Its value is the next word, or the rest of this one (POSIX.1-2008, 12.2, guideline 6): -j 2, -j2. */
static enum ovf_parsed take_letter(struct parsing *p, const char *argument)
{
    if (strcmp(argument, "-h") == 0) {
        ovf_command_help(p->command);
        return OVF_PARSED_HELP;
    }
    for (size_t i = 0; i < p->command->n_options; i++) {
        if (p->command->options[i].letter == argument[1])
            return take_option(p, i, argument[2] != '\0' ? argument + 2 : NULL);
    }
    (void)ovf_usage_error(p->command, "unknown option %s", argument);
    return OVF_PARSED_USAGE;
}

static bool is_item(const char *argument)
{
    return argument[0] != '-' || argument[1] == '\0' ||
           (argument[1] >= '0' && argument[1] <= '9') || argument[1] == '.';
}

enum ovf_parsed ovf_arguments_parse(const struct ovf_command *command, int argc, char **argv,
                                    struct ovf_arguments *out)
{
    bool only_items = false;
    *out = (struct ovf_arguments){0};
    struct parsing p = {command, argc, argv, 1, out};
    /* No more of either than there are words. */
    out->given = calloc((size_t)argc + 1, sizeof *out->given);
    out->items = calloc((size_t)argc + 1, sizeof *out->items);
    if (out->given == NULL || out->items == NULL)
        return OVF_PARSED_NOMEM;
    while (p.next < argc) {
        const char *const argument = argv[p.next++];
        enum ovf_parsed parsed = OVF_PARSED_RUN;
        if (only_items || is_item(argument))
            out->items[out->n_items++] = argument;
        else if (strcmp(argument, "--") == 0)
            only_items = true;
        else
            parsed = argument[1] == '-' ? take_long(&p, argument) : take_letter(&p, argument);
        if (parsed != OVF_PARSED_RUN)
            return parsed;
    }
    return OVF_PARSED_RUN;
}

int ovf_command_run(const struct ovf_command *command, int argc, char **argv)
{
    struct ovf_arguments arguments;
    int status = OVF_EXIT_WORLD;
    switch (ovf_arguments_parse(command, argc, argv, &arguments)) {
    case OVF_PARSED_RUN:
        status = command->run(&arguments);
        break;
    case OVF_PARSED_HELP:
        status = OVF_EXIT_OK;
        break;
    case OVF_PARSED_USAGE:
        status = OVF_EXIT_USAGE;
        break;
    case OVF_PARSED_NOMEM:
        fprintf(stderr, "%s: out of memory\n", command->name);
        break;
    }
    ovf_arguments_deinit(&arguments);
    return status;
}

/** "list, show or locate" */
static void name_verbs(const struct ovf_command *command, char *text, size_t size)
{
    size_t len = 0;
    for (size_t i = 0; i < command->n_verbs && len < size; i++) {
        const char *const separator = i == 0 ? "" : i + 1 == command->n_verbs ? " or " : ", ";
        len += (size_t)snprintf(text + len, size - len, "%s%s", separator, command->verbs[i].name);
    }
}

int ovf_verb_find(const struct ovf_command *command, const struct ovf_arguments *arguments,
                  size_t *verb)
{
    char names[OVF_USAGE_SIZE] = "";
    size_t i = 0;
    name_verbs(command, names, sizeof names);
    if (arguments->n_items == 0)
        return ovf_usage_error(command, "%s is due", names);
    while (i < command->n_verbs && strcmp(arguments->items[0], command->verbs[i].name) != 0)
        i++;
    if (i == command->n_verbs)
        return ovf_usage_error(command, "\"%s\" is not %s", arguments->items[0], names);
    for (size_t k = 0; k < arguments->n_given; k++) {
        const struct ovf_option *const option = &command->options[arguments->given[k].option];
        if (!ovf_option_goes_with(option, i))
            return ovf_usage_error(command, "--%s is not for %s", option->name,
                                   command->verbs[i].name);
    }
    *verb = i;
    return OVF_EXIT_OK;
}

void ovf_arguments_deinit(struct ovf_arguments *arguments)
{
    free(arguments->given);
    free(arguments->items);
    *arguments = (struct ovf_arguments){0};
}

bool ovf_arguments_has(const struct ovf_arguments *arguments, size_t option)
{
    for (size_t i = 0; i < arguments->n_given; i++) {
        if (arguments->given[i].option == option)
            return true;
    }
    return false;
}

const char *ovf_arguments_value(const struct ovf_arguments *arguments, size_t option)
{
    return ovf_arguments_nth(arguments, option, 0);
}

const char *ovf_arguments_nth(const struct ovf_arguments *arguments, size_t option, size_t i)
{
    for (size_t k = 0; k < arguments->n_given; k++) {
        if (arguments->given[k].option == option && i-- == 0)
            return arguments->given[k].value;
    }
    return NULL;
}

bool ovf_arguments_all(const struct ovf_arguments *arguments, size_t option, const char ***values,
                       size_t *n)
{
    for (*n = 0; ovf_arguments_nth(arguments, option, *n) != NULL;)
        ++*n;
    *values = calloc(*n + 1, sizeof **values);
    for (size_t i = 0; *values != NULL && i < *n; i++)
        (*values)[i] = ovf_arguments_nth(arguments, option, i);
    return *values != NULL;
}

bool ovf_listing_format_read(const struct ovf_command *command, const char *text,
                             enum ovf_listing_format *out)
{
    static const char *const names[] = {
        [OVF_LISTING_TABLE] = "table", [OVF_LISTING_NDJSON] = "ndjson", [OVF_LISTING_CSV] = "csv"};
    *out = isatty(STDOUT_FILENO) ? OVF_LISTING_TABLE : OVF_LISTING_NDJSON;
    for (unsigned i = 0; i < sizeof names / sizeof *names && text != NULL; i++) {
        if (strcmp(text, names[i]) == 0) {
            *out = (enum ovf_listing_format)i;
            return true;
        }
    }
    if (text != NULL)
        (void)ovf_usage_error(command, "format \"%s\" is not table, ndjson or csv", text);
    return text == NULL;
}
