/* SPDX-License-Identifier: Apache-2.0 */
/* The blocks of the completions in bash, zsh and fish. What the shells do with them stands in the
 * templates, tools/completion/. Names and values of the tables hold nothing that a shell would expand;
 * help does, and is quoted. */
#include <string.h>

#include "cli/cmd.h"
#include "cli_pages.h"

/** Of the help as much as a line of a menu takes, quoted for '...': up to the first semicolon. \p escaped
 * are characters that want a backslash before them. */
static void put_help(FILE *out, const char *help, const char *escaped)
{
    for (; *help != '\0' && *help != ';'; help++) {
        if (*help == '\'')
            fputs("'\\'", out);
        else if (strchr(escaped, *help) != NULL)
            fputc('\\', out);
        fputc(*help == '\n' ? ' ' : *help, out);
    }
}

/** The options of a command that go with a verb; with any for \p verb behind the last. */
static bool is_offered(const struct ovf_command *command, const struct ovf_option *option,
                       size_t verb)
{
    return verb >= command->n_verbs || ovf_option_goes_with(option, verb);
}

static enum ovf_completion completion_of(const struct ovf_command *command, size_t verb)
{
    return verb < command->n_verbs ? command->verbs[verb].completion
           : command->n_verbs != 0 ? OVF_COMPLETE_NOTHING
                                   : command->completion;
}

static void put_words(FILE *out, const char *separator)
{
    const struct ovf_command *command;
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++)
        fprintf(out, "%s%s", i > 0 ? separator : "", ovf_command_word(command));
}

/* ---- bash ---- */

static void put_files(FILE *out, enum ovf_completion completion)
{
    if (completion != OVF_COMPLETE_NOTHING)
        fprintf(out, " files='%s'", completion == OVF_COMPLETE_FILE ? "file" : "folder");
}

static void write_bash_level(FILE *out, const struct ovf_command *command, size_t verb)
{
    fprintf(out, "    %s/%s) options='", ovf_command_word(command),
            verb < command->n_verbs ? command->verbs[verb].name : "");
    for (size_t k = 0; k < command->n_options; k++) {
        if (is_offered(command, &command->options[k], verb))
            fprintf(out, "--%s ", command->options[k].name);
    }
    fprintf(out, "--%s'", ovf_option_help.name);
    put_files(out, completion_of(command, verb));
    if (verb == command->n_verbs && verb > 0) {
        fputs(" words='", out);
        for (size_t k = 0; k < command->n_verbs; k++)
            fprintf(out, "%s%s", k > 0 ? " " : "", command->verbs[k].name);
        fputc('\'', out);
    }
    fputs(" ;;\n", out);
}

static void write_bash_levels(FILE *out, const struct ovf_command *command)
{
    fputs("    /) options='--help --version' words='", out);
    put_words(out, " ");
    fputs(" help' ;;\n    help/) words='", out);
    put_words(out, " ");
    fputs("' ;;\n", out);
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++) {
        for (size_t verb = 0; verb <= command->n_verbs; verb++)
            write_bash_level(out, command, verb);
    }
}

static void write_bash_value(FILE *out, const char *word, const struct ovf_option *option)
{
    fprintf(out, "    %s/--%s", word, option->name);
    if (option->letter != 0)
        fprintf(out, " | %s/-%c", word, option->letter);
    fputc(')', out);
    if (option->choices != NULL)
        fprintf(out, " %s='%s'", option->list ? "list" : "words", option->choices);
    put_files(out, option->completion);
    fputs(" ;;\n", out);
}

static void write_bash_values(FILE *out, const struct ovf_command *command)
{
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++) {
        for (size_t k = 0; k < command->n_options; k++) {
            if (command->options[k].value != NULL)
                write_bash_value(out, ovf_command_word(command), &command->options[k]);
        }
    }
}

const struct ovf_page_block ovf_bash_blocks[] = {
    {"LEVELS", write_bash_levels, false},
    {"VALUES", write_bash_values, false},
    {NULL, NULL, false},
};

/* ---- zsh ---- */

static const char *const zsh_escaped = "[]:\\";

static void write_zsh_commands(FILE *out, const struct ovf_command *command)
{
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++) {
        fprintf(out, "        '%s:", ovf_command_word(command));
        put_help(out, command->brief, zsh_escaped);
        fputs("'\n", out);
    }
}

static void put_zsh_files(FILE *out, enum ovf_completion completion)
{
    if (completion != OVF_COMPLETE_NOTHING)
        fputs(completion == OVF_COMPLETE_FILE ? "_files" : "_files -/", out);
}

static void write_zsh_option(FILE *out, const struct ovf_option *option)
{
    const char *const sign = option->value != NULL ? "=" : "";
    if (option->letter != 0)
        fprintf(out, "'(-%c --%s)'{-%c,--%s%s}'[", option->letter, option->name, option->letter,
                option->name, sign);
    else
        fprintf(out, "'%s--%s%s[", option->repeated ? "*" : "", option->name, sign);
    put_help(out, option->help, zsh_escaped);
    fputc(']', out);
    if (option->value != NULL) {
        fprintf(out, ":%s:", option->value);
        put_zsh_files(out, option->completion);
    }
    if (option->choices != NULL && option->list)
        fprintf(out, "_sequence compadd - %s", option->choices);
    else if (option->choices != NULL)
        fprintf(out, "(%s)", option->choices);
    fputs("' \\\n", out);
}

static void write_zsh_options(FILE *out, const struct ovf_command *command, size_t verb,
                              const char *indent)
{
    for (size_t k = 0; k < command->n_options; k++) {
        if (!is_offered(command, &command->options[k], verb))
            continue;
        fputs(indent, out);
        write_zsh_option(out, &command->options[k]);
    }
    fputs(indent, out);
    write_zsh_option(out, &ovf_option_help);
    fputs(indent, out);
}

static void put_zsh_arguments(FILE *out, enum ovf_completion completion)
{
    fputs("'*:argument:", out);
    put_zsh_files(out, completion);
    fputs("'\n", out);
}

/** First the verb, then what goes with it: a second _arguments sees the words from the verb on. */
static void write_zsh_verbs(FILE *out, const struct ovf_command *command)
{
    fputs("    _arguments -C \\\n", out);
    write_zsh_options(out, command, command->n_verbs, "        ");
    fputs("'1:verb:->verb' \\\n        '*:::argument:->argument'\n    case $state in\n"
          "    verb)\n        local -a verbs=(\n",
          out);
    for (size_t i = 0; i < command->n_verbs; i++) {
        fprintf(out, "            '%s:", command->verbs[i].name);
        put_help(out, command->verbs[i].summary, zsh_escaped);
        fputs("'\n", out);
    }
    fputs("        )\n        _describe -t verbs verb verbs\n        ;;\n"
          "    argument)\n        words=($line[1] \"${words[@]}\")\n        (( CURRENT += 1 ))\n"
          "        case $line[1] in\n",
          out);
    for (size_t i = 0; i < command->n_verbs; i++) {
        fprintf(out, "        %s)\n            _arguments \\\n", command->verbs[i].name);
        write_zsh_options(out, command, i, "                ");
        put_zsh_arguments(out, command->verbs[i].completion);
        fputs("            ;;\n", out);
    }
    fputs("        esac\n        ;;\n    esac\n", out);
}

static void write_zsh_functions(FILE *out, const struct ovf_command *command)
{
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++) {
        fprintf(out, "_overflight_%s() {\n", ovf_command_word(command));
        if (command->n_verbs > 0) {
            write_zsh_verbs(out, command);
        } else {
            fputs("    _arguments \\\n", out);
            write_zsh_options(out, command, 0, "        ");
            put_zsh_arguments(out, command->completion);
        }
        fputs("}\n\n", out);
    }
}

const struct ovf_page_block ovf_zsh_blocks[] = {
    {"COMMANDS", write_zsh_commands, false},
    {"FUNCTIONS", write_zsh_functions, false},
    {NULL, NULL, false},
};

/* ---- fish ---- */

static void write_fish_option(FILE *out, const struct ovf_command *command,
                              const struct ovf_option *option)
{
    fprintf(out, "complete -c overflight -n '__overflight_at %s", ovf_command_word(command));
    for (size_t i = 0; i < command->n_verbs && option->verbs != 0; i++) {
        if (ovf_option_goes_with(option, i))
            fprintf(out, " %s", command->verbs[i].name);
    }
    fprintf(out, "' -l %s", option->name);
    if (option->letter != 0)
        fprintf(out, " -s %c", option->letter);
    if (option->choices != NULL && option->list)
        fprintf(out, " -x -a '(__overflight_list %s)'", option->choices);
    else if (option->choices != NULL)
        fprintf(out, " -x -a '%s'", option->choices);
    else if (option->completion == OVF_COMPLETE_FILE)
        fputs(" -r -F", out);
    else if (option->completion == OVF_COMPLETE_FOLDER)
        fputs(" -x -a '(__fish_complete_directories)'", out);
    else if (option->value != NULL)
        fputs(" -x", out);
    fputs(" -d '", out);
    put_help(out, option->help, "\\");
    fputs("'\n", out);
}

static void write_fish_verbs(FILE *out, const struct ovf_command *command)
{
    for (size_t i = 0; i < command->n_verbs; i++) {
        fprintf(out, "complete -c overflight -n '__overflight_lacks %s", ovf_command_word(command));
        for (size_t k = 0; k < command->n_verbs; k++)
            fprintf(out, " %s", command->verbs[k].name);
        fprintf(out, "' -a %s -d '", command->verbs[i].name);
        put_help(out, command->verbs[i].summary, "\\");
        fputs("'\n", out);
        if (command->verbs[i].completion != OVF_COMPLETE_NOTHING)
            fprintf(out, "complete -c overflight -n '__overflight_at %s %s' -F\n",
                    ovf_command_word(command), command->verbs[i].name);
    }
}

static void write_fish_levels(FILE *out, const struct ovf_command *command)
{
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++) {
        const char *const word = ovf_command_word(command);
        fprintf(out, "\ncomplete -c overflight -n __overflight_first -a %s -d '", word);
        put_help(out, command->brief, "\\");
        fputs("'\n", out);
        fprintf(out, "complete -c overflight -n '__overflight_at help' -a %s\n", word);
        if (command->completion != OVF_COMPLETE_NOTHING)
            fprintf(out, "complete -c overflight -n '__overflight_at %s' -F\n", word);
        write_fish_verbs(out, command);
        for (size_t k = 0; k < command->n_options; k++)
            write_fish_option(out, command, &command->options[k]);
        write_fish_option(out, command, &ovf_option_help);
    }
}

const struct ovf_page_block ovf_fish_blocks[] = {
    {"LEVELS", write_fish_levels, false},
    {NULL, NULL, false},
};
