/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of options to words, numbers, times and sets of names. */
#include "question/words.h"

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/fields.h"
#include "base/number.h"
#include "base/time.h"

bool ovf_question_next_word(const char **rest, char word[OVF_QUESTION_WORD_SIZE])
{
    if (*rest == NULL)
        return false;
    const char *end = strchr(*rest, ',');
    const struct ovf_bytes text = {(const unsigned char *)*rest,
                                   end != NULL ? (size_t)(end - *rest) : strlen(*rest)};
    const struct ovf_bytes trimmed = ovf_bytes_trim(text);
    const size_t len =
        trimmed.len < OVF_QUESTION_WORD_SIZE - 1 ? trimmed.len : OVF_QUESTION_WORD_SIZE - 1;
    memcpy(word, trimmed.data, len);
    word[len] = '\0';
    *rest = end != NULL ? end + 1 : NULL;
    return true;
}

enum ovf_status ovf_question_check_word(const char *option, const char *list, const char *word,
                                        struct ovf_error *err)
{
    return word[0] != '\0' ? OVF_OK
                           : ovf_error_set(err, OVF_E_RANGE, "%s '%.200s' has an empty name in it",
                                           option, list);
}

/** With as few decimals as it takes, at most three. */
static void format_limit(double value, char text[OVF_NUMBER_SIZE])
{
    ovf_number_format(value, 3, text);
    size_t len = strlen(text);
    while (text[len - 1] == '0')
        len--;
    text[text[len - 1] == '.' ? len - 1 : len] = '\0';
}

enum ovf_status ovf_question_take_number(const char *option, const char *text, double min,
                                         double max, double *value, struct ovf_error *err)
{
    double v;
    char least[OVF_NUMBER_SIZE];
    char most[OVF_NUMBER_SIZE];
    if (text == NULL)
        return OVF_OK;
    if (ovf_number_parse_double(ovf_bytes_from_text(text), &v) && v >= min && v <= max) {
        *value = v;
        return OVF_OK;
    }
    format_limit(min, least);
    format_limit(max, most);
    return ovf_error_set(err, OVF_E_RANGE, "%s '%.80s' is not a number from %s to %s", option, text,
                         least, most);
}

enum ovf_status ovf_question_take_time(const char *option, const char *text, int64_t *t_ns,
                                       struct ovf_error *err)
{
    if (text == NULL || ovf_time_parse_iso(ovf_bytes_from_text(text), t_ns))
        return OVF_OK;
    return ovf_error_set(err, OVF_E_RANGE, "%s '%s' is no ISO 8601 time such as 2025-07-01T10:00Z",
                         option, text);
}

enum ovf_status ovf_question_take_names(const char *option, const char *text,
                                        ovf_question_name_fn *name, unsigned n_names,
                                        unsigned *bits, struct ovf_error *err)
{
    char word[OVF_QUESTION_WORD_SIZE];
    if (text == NULL)
        return OVF_OK;
    *bits = 0;
    for (const char *rest = text; ovf_question_next_word(&rest, word);) {
        unsigned i = 0;
        if (ovf_question_check_word(option, text, word, err) != OVF_OK)
            return OVF_E_RANGE;
        while (i < n_names && strcmp(word, name(i)) != 0)
            i++;
        if (i < n_names)
            *bits |= 1U << i;
        else if (strcmp(word, "all") == 0)
            *bits = (1U << n_names) - 1;
        else {
            char known[200] = "";
            for (unsigned k = 0; k < n_names; k++)
                (void)snprintf(known + strlen(known), sizeof known - strlen(known), " %s", name(k));
            return ovf_error_set(err, OVF_E_RANGE, "%s '%s' is none of: all%s", option, word,
                                 known);
        }
    }
    return OVF_OK;
}
