/* SPDX-License-Identifier: Apache-2.0 */
/* Words of a text. */
#include "cli/words.h"

#include <stdlib.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/** Take the word at \p from, without its quotes, to \p to; both move behind it. */
static bool take_word(const char **from, char **to)
{
    char quote = '\0';
    const char *in = *from;
    char *out = *to;
    for (; *in != '\0' && (quote != '\0' || !is_blank(*in)); in++) {
        if (quote == '\0' && (*in == '\'' || *in == '"'))
            quote = *in;
        else if (*in == quote)
            quote = '\0';
        else
            *out++ = *in;
    }
    *out++ = '\0';
    *from = in;
    *to = out;
    return quote == '\0';
}

bool ovf_words_split(const char *text, struct ovf_words *words)
{
    const size_t len = strlen(text);
    /* No more words than characters; a word and its NUL take no more room than it and its blank. */
    *words = (struct ovf_words){.text = malloc(len + 2),
                                .items = malloc((len + 1) * sizeof *words->items)};
    char *to = words->text;
    bool is_good = to != NULL && words->items != NULL;
    while (is_good) {
        while (is_blank(*text))
            text++;
        if (*text == '\0')
            break;
        words->items[words->n++] = to;
        is_good = take_word(&text, &to);
    }
    if (!is_good)
        ovf_words_deinit(words);
    return is_good;
}

void ovf_words_deinit(struct ovf_words *words)
{
    free(words->text);
    free((void *)words->items);
    *words = (struct ovf_words){0};
}
