/* SPDX-License-Identifier: Apache-2.0 */
/* The blocks of the man pages, in mdoc(7). */
#include <ctype.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/pack.h"
#include "cli_pages.h"

/** Plain text as text lines: nothing in it is taken for a macro, and a sentence begins a line. */
static void put_text(FILE *out, const char *text)
{
    char before = '\n';
    for (const char *c = text; *c != '\0'; before = *c++) {
        if (before == '\n' && (*c == '.' || *c == '\''))
            fputs("\\&", out);
        if (*c == '\n' && before == '\n')
            fputs(".Pp", out);
        if (*c == ' ' && before == '.' && isupper((unsigned char)c[1]))
            fputc('\n', out);
        else if (*c == '\\')
            fputs("\\e", out);
        else if (*c == '~')
            fputs("\\(ti", out);
        else if (*c == '-' && !isalnum((unsigned char)before))
            fputs("\\-", out);
        else
            fputc(*c, out);
    }
}

/** A fragment as a sentence: a capital first, unless it begins with a value, and a full stop. */
static void put_sentence(FILE *out, const char *text, const char *choices)
{
    char sentence[1000];
    const size_t word = strcspn(text, " ,:\n");
    bool is_value = false;
    for (const char *at = choices; at != NULL && *at != '\0' && !is_value;) {
        const size_t len = strcspn(at, " ");
        is_value = len == word && strncmp(at, text, len) == 0;
        at += len + (at[len] == ' ' ? 1 : 0);
    }
    const int n = snprintf(sentence, sizeof sentence, "%s", text);
    if (!is_value)
        sentence[0] = (char)toupper((unsigned char)sentence[0]);
    put_text(out, sentence);
    fputs(n > 0 && text[n - 1] != '.' ? ".\n" : "\n", out);
}

static void write_name(FILE *out, const struct ovf_command *command)
{
    fprintf(out, ".Sh NAME\n.Nm overflight-%s\n.Nd %s\n", ovf_command_word(command),
            command->brief);
}

/** One word of a usage: -o, [OPTION]..., INPUT..., list. */
static void put_usage_word(FILE *out, const char *word, size_t len)
{
    const bool is_optional = word[0] == '[';
    const bool has_more = len > 3 && strncmp(word + len - 3, "...", 3) == 0;
    const int n = (int)(len - (has_more ? 3 : 0) - (is_optional ? 2 : 0));
    word += is_optional ? 1 : 0;
    if (word[0] == '-')
        fprintf(out, ".Fl %s%.*s", word[1] == '-' ? "\\-" : "", n - (word[1] == '-' ? 2 : 1),
                word + (word[1] == '-' ? 2 : 1));
    else
        fprintf(out, ".%s%s %.*s", is_optional ? "Op " : "",
                islower((unsigned char)word[0]) ? "Cm" : "Ar", n, word);
    fputs(has_more ? " ...\n" : "\n", out);
}

static void put_usage(FILE *out, const char *usage)
{
    while (*usage != '\0') {
        const size_t len = strcspn(usage, " ");
        put_usage_word(out, usage, len);
        usage += len + (usage[len] == ' ' ? 1 : 0);
    }
}

static void write_synopsis(FILE *out, const struct ovf_command *command)
{
    char text[OVF_USAGE_SIZE];
    const char *usage;
    fputs(".Sh SYNOPSIS\n", out);
    for (size_t i = 0; (usage = ovf_command_usage(command, i, text)) != NULL; i++) {
        fprintf(out, ".Nm overflight\n.Cm %s\n", ovf_command_word(command));
        put_usage(out, usage);
    }
}

static void write_summary(FILE *out, const struct ovf_command *command)
{
    put_text(out, command->summary);
    fputc('\n', out);
}

static void write_notes(FILE *out, const struct ovf_command *command)
{
    if (command->notes == NULL)
        return;
    fputs(".Pp\n", out);
    put_text(out, command->notes);
    fputc('\n', out);
}

static void write_verbs(FILE *out, const struct ovf_command *command)
{
    fputs(".Bl -tag -width Ds\n", out);
    for (size_t i = 0; i < command->n_verbs; i++) {
        const char *word = command->verbs[i].usage;
        fprintf(out, ".It Cm %s", command->verbs[i].name);
        while (*word != '\0') {
            const size_t len = strcspn(word, " ");
            if (strncmp(word, "--", 2) == 0)
                fprintf(out, " Fl \\-%.*s", (int)len - 2, word + 2);
            else
                fprintf(out, " Ar %.*s", (int)len, word);
            word += len + (word[len] == ' ' ? 1 : 0);
        }
        fputc('\n', out);
        put_text(out, command->verbs[i].summary);
        fputc('\n', out);
    }
    fputs(".El\n", out);
}

static void write_option(FILE *out, const struct ovf_command *command,
                         const struct ovf_option *option)
{
    fputs(".It ", out);
    if (option->letter != 0)
        fprintf(out, "Fl %c , ", option->letter);
    fprintf(out, "Fl \\-%s", option->name);
    if (option->value != NULL)
        fprintf(out, " Ar %s", option->value);
    fputc('\n', out);
    const char *separator = ".Pq Cm ";
    for (size_t i = 0; i < command->n_verbs && option->verbs != 0; i++) {
        if (!ovf_option_goes_with(option, i))
            continue;
        fprintf(out, "%s%s", separator, command->verbs[i].name);
        separator = " , ";
    }
    if (option->verbs != 0)
        fputc('\n', out);
    put_sentence(out, option->help, option->choices);
    if (option->list)
        fputs("Several are separated by commas.\n", out);
    if (option->repeated)
        fputs("May be given more than once.\n", out);
}

static void write_options(FILE *out, const struct ovf_command *command)
{
    fputs(".Sh OPTIONS\n.Bl -tag -width Ds\n", out);
    for (size_t i = 0; i < command->n_options; i++)
        write_option(out, command, &command->options[i]);
    write_option(out, command, &ovf_option_help);
    fputs(".El\n", out);
}

static bool has_option(const struct ovf_command *command, const char *name)
{
    for (size_t i = 0; i < command->n_options; i++) {
        if (strcmp(command->options[i].name, name) == 0)
            return true;
    }
    return false;
}

static void write_environment(FILE *out, const struct ovf_command *command)
{
    const bool pack = has_option(command, "pack");
    const bool library = has_option(command, "library");
    if (!pack && !library)
        return;
    fputs(".Sh ENVIRONMENT\n.Bl -tag -width Ds\n", out);
    if (pack)
        fputs(".It Ev " OVF_PACK_VARIABLE "\n"
              "The reference data, when\n.Fl \\-pack\nis not given.\n"
              "Without either it is taken from where the program was built or installed: see\n"
              ".Xr overflight 1 .\n",
              out);
    if (library)
        fputs(".It Ev XDG_DATA_HOME\n"
              "The folder of\n.Pa overflight/library.db ,\nwhere imports are kept, when\n"
              ".Fl \\-library\nis not given;\n.Pa \\(ti/.local/share\nwhen it is not set.\n",
              out);
    fputs(".El\n", out);
}

static void write_exit_status(FILE *out, const struct ovf_command *command)
{
    bool tells = command == NULL; /* of all commands */
    for (size_t i = 0; command != NULL && i < command->n_options; i++)
        tells = tells || strcmp(command->options[i].name, "exit-status") == 0;
    fprintf(out, ".Sh EXIT STATUS\n.Bl -tag -width Ds\n.It %d\nDone.\n", OVF_EXIT_OK);
    if (tells)
        fprintf(out, ".It %d\nDone, and what\n.Fl \\-exit-status\nasks for was found.\n",
                OVF_EXIT_FINDINGS);
    fprintf(out,
            ".It %d\nUsage: two lines on standard error say what is wrong.\n"
            ".It %d\nNo usable input.\n"
            ".It %d\nThe system failed: memory, disk, or no reference data.\n.El\n",
            OVF_EXIT_USAGE, OVF_EXIT_NO_INPUT, OVF_EXIT_WORLD);
}

static void write_commands(FILE *out, const struct ovf_command *command)
{
    fputs(".Bl -tag -width Ds\n", out);
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++) {
        fprintf(out, ".It Xr overflight-%s 1\n", ovf_command_word(command));
        put_sentence(out, command->brief, NULL);
    }
    fputs(".El\n", out);
}

/** The word that follows \p last in the order of the alphabet, NULL behind the last. */
static const char *next_word(const char *last)
{
    const struct ovf_command *command;
    const char *next = NULL;
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++) {
        const char *const word = ovf_command_word(command);
        if (strcmp(word, last) > 0 && (next == NULL || strcmp(word, next) < 0))
            next = word;
    }
    return next;
}

static void write_see_also(FILE *out, const struct ovf_command *command)
{
    fputs(".Sh SEE ALSO\n", out);
    if (command != NULL) {
        fputs(".Xr overflight 1\n", out);
        return;
    }
    for (const char *word = next_word(""); word != NULL; word = next_word(word))
        fprintf(out, ".Xr overflight-%s 1%s\n", word, next_word(word) != NULL ? " ," : "");
}

const struct ovf_page_block ovf_man_blocks[] = {
    {"NAME", write_name, true},
    {"SYNOPSIS", write_synopsis, true},
    {"SUMMARY", write_summary, true},
    {"NOTES", write_notes, true},
    {"VERBS", write_verbs, true},
    {"OPTIONS", write_options, true},
    {"ENVIRONMENT", write_environment, true},
    {"EXIT STATUS", write_exit_status, false},
    {"COMMANDS", write_commands, false},
    {"SEE ALSO", write_see_also, false},
    {NULL, NULL, false},
};
