/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/standing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* Who was inside and of whom nothing was told for so long has landed, or is not followed any more: an aircraft is for a
 * day after it was heard. */
static const int64_t over_after_ms = INT64_C(86400000);

static void take_out(struct ovf_standing *standing, size_t i)
{
    struct ovf_standing_line *const line = &standing->lines[i];
    standing->n_bytes -= line->len;
    free(line->text);
    standing->n--;
    memmove(line, line + 1, (standing->n - i) * sizeof *line);
}

void ovf_standing_deinit(struct ovf_standing *standing)
{
    while (standing->n > 0)
        take_out(standing, standing->n - 1);
    free(standing->lines);
    *standing = (struct ovf_standing){0};
}

static void forget(struct ovf_standing *standing, const char *id)
{
    for (size_t i = standing->n; i > 0; i--) {
        if (strcmp(standing->lines[i - 1].id, id) == 0) {
            take_out(standing, i - 1);
            return;
        }
    }
}

static void leave_one_off(struct ovf_standing *standing, int64_t now_ms)
{
    size_t i = 0;
    while (i < standing->n && !standing->lines[i].is_over &&
           now_ms - standing->lines[i].told_ms < over_after_ms)
        i++;
    take_out(standing, i < standing->n ? i : 0);
    standing->n_left_off++;
}

/** \p line without its text. False: there is no memory. */
static bool append(struct ovf_standing *standing, const struct ovf_standing_line *line,
                   const unsigned char *text)
{
    struct ovf_standing_line *const grown = ovf_array_reserve(
        standing->lines, &standing->capacity, standing->n + 1, sizeof *standing->lines);
    if (grown == NULL)
        return false;
    standing->lines = grown;
    struct ovf_standing_line *const added = &grown[standing->n];
    *added = *line;
    added->text = malloc(line->len);
    if (added->text == NULL)
        return false;
    memcpy(added->text, text, line->len);
    standing->n++;
    standing->n_bytes += line->len;
    return true;
}

void ovf_standing_note(struct ovf_standing *standing, uint64_t number, const char *id,
                       enum ovf_watch_stand stand, struct ovf_bytes text, int64_t now_ms)
{
    struct ovf_standing_line line = {
        .number = number, .told_ms = now_ms, .is_over = stand == OVF_WATCH_OVER, .len = text.len};
    (void)snprintf(line.id, sizeof line.id, "%s", id);
    forget(standing, line.id);
    if (stand == OVF_WATCH_NOTHING)
        return;
    if (!append(standing, &line, text.data)) {
        standing->n_left_off++;
        return;
    }
    while (standing->n > OVF_STANDING_MAX || standing->n_bytes > OVF_STANDING_MAX_BYTES)
        leave_one_off(standing, now_ms);
}

const struct ovf_standing_line *ovf_standing_from(const struct ovf_standing *standing,
                                                  uint64_t number)
{
    size_t low = 0;
    size_t high = standing->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (standing->lines[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < standing->n ? &standing->lines[low] : NULL;
}
