/* SPDX-License-Identifier: Apache-2.0 */
/* A text of several words into these, as a command line has them. */
#ifndef OVF_CLI_WORDS_H
#define OVF_CLI_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/** Words are separated by blanks; between ' and ', or " and ", a blank is one like any other character.
 * Nothing else is special. */
struct ovf_words {
    char *text; /* owns what items point to */
    char **items;
    size_t n;
};

/** False when a quote is not closed, or (with \p words empty) there is no memory. */
bool ovf_words_split(const char *text, struct ovf_words *words);
void ovf_words_deinit(struct ovf_words *words);

#endif
