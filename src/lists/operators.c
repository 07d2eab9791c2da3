/* SPDX-License-Identifier: Apache-2.0 */
/* A user's table of operators: rows by designator, of each the last. */
#include "lists/operators.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/ascii.h"
#include "lists/columns.h"
#include "lists/lines.h"
#include "lists/operators_parts.h"

enum { COLUMN_DESIGNATOR, COLUMN_COUNTRY };

struct entry {
    char designator[4];
    char state[3];
    size_t order; /* in the file */
};

struct ovf_operators {
    struct entry *items; /* by designator, each once */
    size_t n;
    size_t capacity;
};

static const struct ovf_column_name names[] = {{"designator", COLUMN_DESIGNATOR},
                                               {"icao", COLUMN_DESIGNATOR},
                                               {"operator_icao", COLUMN_DESIGNATOR},
                                               {"country", COLUMN_COUNTRY},
                                               {"state", COLUMN_COUNTRY}};

static bool read_header(struct ovf_bytes line, struct ovf_fields *fields,
                        struct ovf_columns *columns)
{
    return ovf_columns_read(line, names, sizeof names / sizeof *names, fields, columns) &&
           ovf_columns_have(columns, COLUMN_DESIGNATOR) &&
           ovf_columns_have(columns, COLUMN_COUNTRY);
}

/** \p len letters of either case, as capitals. */
static bool read_letters(struct ovf_bytes text, size_t len, char *out)
{
    if (text.len != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = ovf_ascii_upper(text.data[i]);
        if (c < 'A' || c > 'Z')
            return false;
        out[i] = (char)c;
    }
    out[len] = '\0';
    return true;
}

static enum ovf_reject read_row(const struct ovf_columns *columns, const struct ovf_fields *fields,
                                struct entry *out)
{
    const struct ovf_bytes country = ovf_columns_field(columns, fields, COLUMN_COUNTRY);
    return read_letters(ovf_columns_field(columns, fields, COLUMN_DESIGNATOR), 3,
                        out->designator) &&
                   (country.len == 0 || read_letters(country, 2, out->state))
               ? OVF_REJECT_N
               : OVF_REJECT_BAD_TEXT;
}

static enum ovf_status read_rows(struct ovf_bytes text, const struct ovf_columns *columns,
                                 struct ovf_fields *fields, struct ovf_operators *operators,
                                 struct ovf_tally *rows)
{
    struct ovf_bytes line;
    while (ovf_lines_next(&text, &line)) {
        struct entry entry = {.order = operators->n};
        const enum ovf_reject reason = ovf_fields_split(line, columns->separator, fields)
                                           ? read_row(columns, fields, &entry)
                                           : OVF_REJECT_BAD_TEXT;
        if (reason != OVF_REJECT_N) {
            ovf_tally_reject(rows, reason);
            continue;
        }
        struct entry *const grown = ovf_array_reserve(operators->items, &operators->capacity,
                                                      operators->n + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        operators->items = grown;
        operators->items[operators->n++] = entry;
        rows->n_read++;
    }
    return OVF_OK;
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    const int by_name = strcmp(x->designator, y->designator);
    return by_name != 0 ? by_name : (x->order > y->order) - (x->order < y->order);
}

/** Sort, and keep the last of each designator. */
static void settle(struct ovf_operators *operators, struct ovf_tally *rows)
{
    struct entry *const items = operators->items;
    size_t n_kept = 0;
    if (operators->n > 0)
        qsort(items, operators->n, sizeof *items, compare_entries);
    for (size_t i = 0; i < operators->n; i++) {
        if (i + 1 == operators->n || strcmp(items[i].designator, items[i + 1].designator) != 0)
            items[n_kept++] = items[i];
    }
    rows->n_repeated = operators->n - n_kept;
    rows->n_used = n_kept;
    operators->n = n_kept;
}

enum ovf_status ovf_operators_new(struct ovf_bytes text, struct ovf_tally *rows,
                                  struct ovf_operators **out, struct ovf_error *err)
{
    struct ovf_fields fields;
    struct ovf_columns columns;
    struct ovf_tally counts = {0};
    struct ovf_bytes line;
    struct ovf_bytes rest = ovf_lines_begin(text);
    if (!ovf_lines_next(&rest, &line) || !read_header(line, &fields, &columns))
        return ovf_error_set(err, OVF_E_FORMAT,
                             "no table of operators: a header with designator and country is due");
    struct ovf_operators *const operators = calloc(1, sizeof *operators);
    const enum ovf_status st =
        operators == NULL ? OVF_E_NOMEM : read_rows(rest, &columns, &fields, operators, &counts);
    if (st != OVF_OK) {
        ovf_operators_free(operators);
        return ovf_error_set(err, st, "out of memory for the table of operators");
    }
    settle(operators, &counts);
    *rows = counts;
    *out = operators;
    return OVF_OK;
}

void ovf_operators_free(struct ovf_operators *operators)
{
    if (operators == NULL)
        return;
    free(operators->items);
    free(operators);
}

static int compare_designator(const void *designator, const void *entry)
{
    return strcmp(designator, ((const struct entry *)entry)->designator);
}

const char *ovf_operators_state(const struct ovf_operators *operators, const char *designator)
{
    const struct entry *const own =
        operators != NULL && operators->n > 0
            ? bsearch(designator, operators->items, operators->n, sizeof *own, compare_designator)
            : NULL;
    return own != NULL ? own->state : ovf_operators_known(designator);
}
