/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the man pages and the completions from the tables of options, so that they cannot drift from
 * what the program takes and from its --help.
 *
 *   ovf_cli_pages write FOLDER TEMPLATE.in...   FOLDER/TEMPLATE of each; a command without a page fails
 *   ovf_cli_pages table                         the tables as lines of tab-separated fields, for tests
 */
#include "cli_pages.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cmd.h"

enum { PATH_SIZE = 4096 };

static int fail(const char *what, const char *why)
{
    fprintf(stderr, "cli_pages: %s: %s\n", what, why);
    return 1;
}

/* ---- one template ---- */

static bool ends_with(const char *text, const char *end)
{
    const size_t len = strlen(text);
    return len >= strlen(end) && strcmp(text + len - strlen(end), end) == 0;
}

static const struct ovf_page_block *blocks_of(const char *name)
{
    return ends_with(name, ".1")      ? ovf_man_blocks
           : ends_with(name, ".bash") ? ovf_bash_blocks
           : ends_with(name, ".zsh")  ? ovf_zsh_blocks
           : ends_with(name, ".fish") ? ovf_fish_blocks
                                      : NULL;
}

/** The command that overflight-<word>.1 is about. */
static const struct ovf_command *command_of(const char *name)
{
    const struct ovf_command *command;
    char page[PATH_SIZE];
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++) {
        (void)snprintf(page, sizeof page, "overflight-%s.1", ovf_command_word(command));
        if (strcmp(page, name) == 0)
            return command;
    }
    return NULL;
}

static void put_line(FILE *out, const char *line)
{
    static const struct {
        const char *mark;
        const char *text;
    } words[] = {{"@VERSION@", OVF_VERSION}, {"@PACK@", OVF_PACK_INSTALLED}};
    while (*line != '\0') {
        size_t i = 0;
        while (i < 2 && strncmp(line, words[i].mark, strlen(words[i].mark)) != 0)
            i++;
        if (i < 2) {
            fputs(words[i].text, out);
            line += strlen(words[i].mark);
        } else {
            fputc(*line++, out);
        }
    }
}

static bool put_block(FILE *out, const struct ovf_page_block *blocks,
                      const struct ovf_command *command, const char *mark, size_t len)
{
    for (; blocks->mark != NULL; blocks++) {
        if (strlen(blocks->mark) != len || strncmp(blocks->mark, mark, len) != 0)
            continue;
        if (blocks->of_command && command == NULL)
            return false;
        blocks->write(out, command);
        return true;
    }
    return false;
}

static int fill(FILE *in, FILE *out, const char *name, const struct ovf_command *command)
{
    char line[1000];
    while (fgets(line, sizeof line, in) != NULL) {
        const size_t len = strcspn(line, "\n");
        if (len > 2 && line[0] == '@' && line[len - 1] == '@') {
            if (!put_block(out, blocks_of(name), command, line + 1, len - 2))
                return fail(name, line);
        } else {
            put_line(out, line);
        }
    }
    return ferror(in) || ferror(out) ? fail(name, "read or write failed") : 0;
}

static int write_page(const char *folder, const char *template)
{
    char name[PATH_SIZE];
    char path[PATH_SIZE];
    const char *const slash = strrchr(template, '/');
    const char *const file = slash != NULL ? slash + 1 : template;
    if (!ends_with(file, ".in"))
        return fail(template, "is not named .in");
    (void)snprintf(name, sizeof name, "%.*s", (int)(strlen(file) - 3), file);
    const struct ovf_command *const command = command_of(name);
    if (blocks_of(name) == NULL ||
        (ends_with(name, ".1") && command == NULL && strcmp(name, "overflight.1") != 0))
        return fail(template, "belongs to no command");
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return fail(folder, "name too long");
    FILE *const in = fopen(template, "rb");
    FILE *const out = fopen(path, "wb");
    int status = in == NULL || out == NULL ? fail(path, strerror(errno)) : 0;
    if (status == 0)
        status = fill(in, out, name, command);
    if (in != NULL)
        (void)fclose(in);
    if (out != NULL && fclose(out) != 0 && status == 0)
        status = fail(path, strerror(errno));
    return status;
}

/** A command that nobody has described is not finished. */
static int check_described(int n, char **templates)
{
    const struct ovf_command *command;
    char page[PATH_SIZE];
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++) {
        bool found = false;
        (void)snprintf(page, sizeof page, "/overflight-%s.1.in", ovf_command_word(command));
        for (int k = 0; k < n; k++)
            found = found || ends_with(templates[k], page);
        if (!found)
            return fail(page + 1, "is missing in docs/man");
    }
    return 0;
}

/* ---- the tables as lines ---- */

static void print_row(const struct ovf_command *command, const struct ovf_option *option)
{
    static const char *const completions[] = {[OVF_COMPLETE_NOTHING] = "",
                                              [OVF_COMPLETE_FILE] = "file",
                                              [OVF_COMPLETE_FOLDER] = "folder"};
    const char *separator = "";
    printf("%s\t%s\t%c\t%s\t%s\t%s\t", ovf_command_word(command), option->name,
           option->letter != 0 ? option->letter : '-', option->value != NULL ? option->value : "-",
           option->choices != NULL ? option->choices : "-",
           option->completion != OVF_COMPLETE_NOTHING ? completions[option->completion] : "-");
    for (size_t i = 0; i < command->n_verbs && option->verbs != 0; i++) {
        if (ovf_option_goes_with(option, i)) {
            printf("%s%s", separator, command->verbs[i].name);
            separator = " ";
        }
    }
    puts(*separator == '\0' ? "-" : "");
}

static int print_table(void)
{
    const struct ovf_command *command;
    for (size_t i = 0; (command = ovf_command_at(i)) != NULL; i++) {
        for (size_t k = 0; k < command->n_options; k++)
            print_row(command, &command->options[k]);
        print_row(command, &ovf_option_help);
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "table") == 0)
        return print_table();
    if (argc < 4 || strcmp(argv[1], "write") != 0) {
        fprintf(stderr, "usage: ovf_cli_pages write FOLDER TEMPLATE.in... | table\n");
        return 2;
    }
    if (mkdir(argv[2], 0777) != 0 && errno != EEXIST)
        return fail(argv[2], strerror(errno));
    int status = check_described(argc - 3, argv + 3);
    for (int i = 3; i < argc && status == 0; i++)
        status = write_page(argv[2], argv[i]);
    return status;
}
