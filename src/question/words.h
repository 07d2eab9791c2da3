/* SPDX-License-Identifier: Apache-2.0 */
/* What options of a question are made of. Where \p text is NULL the option was not given: nothing is
 * touched. What cannot be read is OVF_E_RANGE with a text that names the option. */
#ifndef OVF_QUESTION_WORDS_H
#define OVF_QUESTION_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

enum { OVF_QUESTION_WORD_SIZE = 80 };

/** Takes the next comma-separated word of \p rest into \p word; false at the end. */
bool ovf_question_next_word(const char **rest, char word[OVF_QUESTION_WORD_SIZE]);

/** A comma with nothing before or behind it is a name that was forgotten. */
OVF_NODISCARD enum ovf_status ovf_question_check_word(const char *option, const char *list,
                                                      const char *word, struct ovf_error *err);

/** A number within [min, max]. */
OVF_NODISCARD enum ovf_status ovf_question_take_number(const char *option, const char *text,
                                                       double min, double max, double *value,
                                                       struct ovf_error *err);

OVF_NODISCARD enum ovf_status ovf_question_take_time(const char *option, const char *text,
                                                     int64_t *t_ns, struct ovf_error *err);

typedef const char *ovf_question_name_fn(unsigned number);

/** Bits of the names in a list; "all" is every bit. */
OVF_NODISCARD enum ovf_status ovf_question_take_names(const char *option, const char *text,
                                                      ovf_question_name_fn *name, unsigned n_names,
                                                      unsigned *bits, struct ovf_error *err);

#endif
