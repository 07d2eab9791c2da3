/* SPDX-License-Identifier: Apache-2.0 */
/* OFAC's sdn.csv. Source: OFAC, "Specially Designated Nationals and Blocked Persons Data Specification"
 * (2023-09-25), and the lists of 2022-12-02, 2024-05-02 and 2024-05-03.
 *
 *   field 1 ent_num   2 SDN_Name   3 SDN_Type   4 Program   5 Title   6 Call_Sign   7 Vess_type
 *         8 Tonnage   9 GRT       10 Vess_flag 11 Vess_owner 12 Remarks
 *
 * "-0-" is nothing; SDN_Type is nothing for entities; programmes stand as SDGT] [NPWMD] [IFSR. Remarks end
 * at 1,000 characters and go on in sdn_comments.csv: ent_num, text. Both end with a byte 0x1A (the end of
 * a file in CP/M).
 */
#include "lists/listing_formats.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/fields.h"
#include "base/number.h"
#include "lists/lines.h"
#include "lists/ofac.h"

enum { N_FIELDS = 12, ID = 0, NAME = 1, TYPE = 2, PROGRAMME = 3, REMARKS = 11 };
enum { MAX_REMARKS = 1000 };

/** A line of sdn_comments.csv. */
struct comment {
    int64_t id;
    size_t order;
    struct ovf_field text;
};

struct comments {
    struct comment *items;
    size_t n;
    size_t capacity;
};

struct reading {
    struct comments comments;
    struct ovf_fields fields;
    struct ovf_listing_draft draft;
    struct ovf_buffer scratch; /* a field without its quotes */
};

static struct ovf_bytes without_end_mark(struct ovf_bytes text)
{
    while (text.len > 0 && strchr("\x1A\r\n ", text.data[text.len - 1]) != NULL &&
           text.data[text.len - 1] != '\0')
        text.len--;
    return text;
}

static struct ovf_bytes value_of(const struct ovf_field *field)
{
    const struct ovf_bytes text = ovf_bytes_trim(field->text);
    return ovf_bytes_equal_text(text, "-0-") ? (struct ovf_bytes){NULL, 0} : text;
}

static int compare_comments(const void *a, const void *b)
{
    const struct comment *const x = a;
    const struct comment *const y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static enum ovf_status read_comments(struct ovf_bytes text, struct reading *r)
{
    struct ovf_bytes line;
    struct comments *const c = &r->comments;
    text = without_end_mark(ovf_lines_begin(text));
    while (ovf_lines_next(&text, &line)) {
        struct comment comment = {.order = c->n};
        if (!ovf_fields_split(line, ',', &r->fields) || r->fields.n < 2 ||
            !ovf_number_parse_int(r->fields.items[0].text, &comment.id))
            continue; /* its row is told to be cut */
        comment.text = r->fields.items[1];
        struct comment *grown = ovf_array_reserve(c->items, &c->capacity, c->n + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        c->items = grown;
        c->items[c->n++] = comment;
    }
    if (c->n > 0)
        qsort(c->items, c->n, sizeof *c->items, compare_comments);
    return OVF_OK;
}

/** The first comment of an entry, n when it has none. */
static size_t first_comment(const struct comments *c, int64_t id)
{
    size_t low = 0;
    size_t high = c->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (c->items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->n && c->items[low].id == id ? low : c->n;
}

static enum ovf_status append_field(struct ovf_buffer *out, const struct ovf_field *field)
{
    const enum ovf_status st = ovf_buffer_reserve(out, field->text.len + 1);
    if (st != OVF_OK)
        return st;
    const struct ovf_bytes text =
        ovf_field_unquote(field, (char *)out->data + out->len, field->text.len);
    if (text.len > 0 && text.data != out->data + out->len)
        memcpy(out->data + out->len, text.data, text.len);
    out->len += text.len;
    return OVF_OK;
}

/** Remarks of the row, with what follows in the comments. */
static enum ovf_status gather_remarks(struct reading *r, int64_t id)
{
    const struct ovf_field *const field = &r->fields.items[REMARKS];
    const size_t first = first_comment(&r->comments, id);
    r->scratch.len = 0;
    if (value_of(field).len == 0)
        return OVF_OK;
    enum ovf_status st = append_field(&r->scratch, field);
    if (r->scratch.len >= MAX_REMARKS && first == r->comments.n)
        ovf_listing_draft_put_text(&r->draft, OVF_LISTING_CUT, "1");
    for (size_t i = first; i < r->comments.n && r->comments.items[i].id == id; i++) {
        if (st == OVF_OK)
            st = append_field(&r->scratch, &r->comments.items[i].text);
    }
    return st;
}

static enum ovf_status put_name(struct reading *r)
{
    r->scratch.len = 0;
    if (value_of(&r->fields.items[NAME]).len == 0)
        return OVF_OK;
    const enum ovf_status st = append_field(&r->scratch, &r->fields.items[NAME]);
    if (st == OVF_OK)
        ovf_listing_draft_put(&r->draft, OVF_LISTING_NAME, ovf_buffer_bytes(&r->scratch));
    return st;
}

static enum ovf_status read_row(struct reading *r, struct ovf_bytes line,
                                struct ovf_listing_set *set, struct ovf_listing_report *report)
{
    int64_t id;
    ovf_listing_draft_begin(&r->draft);
    enum ovf_reject reject = OVF_REJECT_N;
    if (line.len > OVF_LISTING_MAX_BYTES)
        reject = OVF_REJECT_TOO_LARGE;
    else if (!ovf_fields_split(line, ',', &r->fields))
        reject = OVF_REJECT_BAD_TEXT;
    else if (r->fields.n != N_FIELDS)
        reject = r->fields.n < N_FIELDS ? OVF_REJECT_ROW_SHORT : OVF_REJECT_ROW_LONG;
    else if (!ovf_number_parse_int(r->fields.items[ID].text, &id))
        reject = OVF_REJECT_BAD_NUMBER;
    if (reject != OVF_REJECT_N) {
        ovf_tally_reject(&report->rows, reject);
        return OVF_OK;
    }
    if (!ovf_ofac_put_kind(&r->draft, value_of(&r->fields.items[TYPE]))) {
        report->n_others++;
        return OVF_OK;
    }
    ovf_listing_draft_put(&r->draft, OVF_LISTING_ID, r->fields.items[ID].text);
    ovf_listing_draft_put_each(&r->draft, OVF_LISTING_PROGRAMME,
                               value_of(&r->fields.items[PROGRAMME]), "] [");
    enum ovf_status st = put_name(r);
    if (st == OVF_OK)
        st = gather_remarks(r, id);
    if (st != OVF_OK)
        return st;
    ovf_ofac_put_remarks(&r->draft, ovf_buffer_bytes(&r->scratch));
    return ovf_ofac_keep(&r->draft, set, report);
}

enum ovf_status ovf_ofac_csv_read(struct ovf_bytes text, struct ovf_bytes comments,
                                  struct ovf_listing_set *set, struct ovf_listing_report *report,
                                  struct ovf_error *err)
{
    struct ovf_bytes line;
    struct reading *const r = calloc(1, sizeof *r);
    if (r == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the list");
    enum ovf_status st = read_comments(comments, r);
    text = without_end_mark(ovf_lines_begin(text));
    while (st == OVF_OK && ovf_lines_next(&text, &line))
        st = read_row(r, line, set, report);
    if (st != OVF_OK)
        (void)ovf_error_set(err, st, "out of memory for the list");
    ovf_listing_draft_deinit(&r->draft);
    ovf_buffer_deinit(&r->scratch);
    free(r->comments.items);
    free(r);
    return st;
}

bool ovf_ofac_csv_is_row(struct ovf_bytes record)
{
    int64_t id;
    struct ovf_fields fields;
    return ovf_fields_split(without_end_mark(record), ',', &fields) && fields.n == N_FIELDS &&
           ovf_number_parse_int(fields.items[ID].text, &id);
}
