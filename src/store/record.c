/* SPDX-License-Identifier: Apache-2.0 */
#include "store/record.h"

#include <math.h>
#include <string.h>

/* Serial types: 1 to 6 are integers of so many bytes, 12 + 2 n blobs and 13 + 2 n texts of n bytes. */
enum { TYPE_NULL = 0, TYPE_REAL = 7, TYPE_ZERO = 8, TYPE_ONE = 9, TYPE_BLOB = 12, TYPE_TEXT = 13 };

enum {
    TYPE_BYTES_MAX = OVF_RECORD_VARINT_BYTES,
    SMALL_BYTES_MAX = OVF_TIME_SIZE, /* of numbers, times, ids and codes */
    DAY_BYTES = 10,
};

/* Whole numbers in columns of real ones are kept as integers up to here: 2^47, of six bytes. */
#define WHOLE_MAX 140737488355328.0

unsigned char *ovf_record_put_long_varint(unsigned char *at, uint64_t value)
{
    unsigned shift = 7;
    if (value >> 56 != 0) {
        for (shift = 57; shift > 1; shift -= 7)
            *at++ = (unsigned char)(0x80 | value >> shift);
        *at = (unsigned char)value;
        return at + 1;
    }
    while (value >> shift >= 0x80)
        shift += 7;
    for (; shift > 0; shift -= 7)
        *at++ = (unsigned char)(0x80 | value >> shift);
    *at = (unsigned char)(value & 0x7F);
    return at + 1;
}

void ovf_record_deinit(struct ovf_record *record)
{
    ovf_buffer_deinit(&record->types);
    ovf_buffer_deinit(&record->bytes);
}

/** What a value is in its column: its serial type, and how many bytes were written for it. */
struct encoded {
    uint64_t type;
    size_t n_bytes;
};

static const struct encoded null = {TYPE_NULL, 0};

static struct encoded encode_int(unsigned char *at, int64_t value)
{
    static const unsigned char type_of[] = {0, 1, 2, 3, 4, 5, 5, 6, 6}; /* by bytes that it needs */
    static const unsigned char n_bytes_of[] = {0, 1, 2, 3, 4, 6, 8};
    if (value == 0 || value == 1)
        return (struct encoded){value == 0 ? TYPE_ZERO : TYPE_ONE, 0};
    const uint64_t magnitude = value < 0 ? ~(uint64_t)value : (uint64_t)value;
    const int n_bits = 65 - __builtin_clzll(magnitude | 1); /* with the sign */
    const unsigned char type = type_of[(n_bits + 7) / 8];
    ovf_store_u64be(at, (uint64_t)value << (64 - 8 * n_bytes_of[type]));
    return (struct encoded){type, n_bytes_of[type]};
}

static struct encoded encode_real(unsigned char *at, double value)
{
    if (value >= -WHOLE_MAX && value < WHOLE_MAX && value == (double)(int64_t)value)
        return encode_int(at, (int64_t)value);
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    ovf_store_u64be(at, bits);
    return (struct encoded){TYPE_REAL, sizeof bits};
}

static struct encoded encode_time(unsigned char *at, int64_t t_ns, bool is_day,
                                  struct ovf_time_printer *times)
{
    const size_t n_bytes = is_day ? DAY_BYTES : OVF_TIME_MS_SIZE - 1;
    ovf_time_print_ms(times, t_ns, (char *)at);
    return (struct encoded){TYPE_TEXT + 2 * n_bytes, n_bytes};
}

static struct encoded encode_bytes(unsigned char *at, unsigned kind, const void *data, size_t len)
{
    if (len == 0)
        return null;
    memcpy(at, data, len);
    return (struct encoded){kind + 2 * (uint64_t)len, len};
}

/** A value of a column that is no text: as ovf_statement_bind, and SQLite by the column's affinity, would have it. */
static struct encoded encode_number(unsigned char *at, enum ovf_column_type type,
                                    const void *member, struct ovf_time_printer *times)
{
    switch (type) {
    case OVF_COLUMN_INT: {
        const struct ovf_store_int *const value = member;
        return value->known ? encode_int(at, value->value) : null;
    }
    case OVF_COLUMN_REAL: {
        const struct ovf_store_real *const value = member;
        return value->known && !isnan(value->value) ? encode_real(at, value->value) : null;
    }
    case OVF_COLUMN_BOOL:
        return (struct encoded){*(const bool *)member ? TYPE_ONE : TYPE_ZERO, 0};
    case OVF_COLUMN_TIME:
    case OVF_COLUMN_DATE: {
        const struct ovf_store_time *const value = member;
        return value->known ? encode_time(at, value->t_ns, type == OVF_COLUMN_DATE, times) : null;
    }
    case OVF_COLUMN_TEXT:
        break;
    }
    return null;
}

/* ---- records ---- */

/** Where the next type and the next value go. There is room for a type of each column, and for a small value of each;
 * longer ones make their own. */
struct writing {
    struct ovf_record *record;
    unsigned char *type;
    unsigned char *value;
    size_t n_head_max; /* in front of the first value */
    size_t n_small_bytes;
};

static enum ovf_status begin(struct ovf_record *record, size_t n_values, struct writing *w)
{
    *w = (struct writing){.record = record,
                          .n_head_max = (n_values + 1) * TYPE_BYTES_MAX,
                          .n_small_bytes = n_values * SMALL_BYTES_MAX};
    record->types.len = 0;
    record->bytes.len = 0;
    enum ovf_status st = ovf_buffer_reserve(&record->types, w->n_head_max);
    if (st == OVF_OK)
        st = ovf_buffer_reserve(&record->bytes, w->n_head_max + w->n_small_bytes);
    if (st != OVF_OK)
        return st;
    w->type = record->types.data;
    w->value = record->bytes.data + w->n_head_max;
    return OVF_OK;
}

/** Room for \p len bytes, and for the small values behind them. */
static enum ovf_status make_room(struct writing *w, size_t len)
{
    struct ovf_buffer *const bytes = &w->record->bytes;
    bytes->len = (size_t)(w->value - bytes->data);
    const enum ovf_status st = ovf_buffer_reserve(bytes, len + w->n_small_bytes);
    if (st == OVF_OK)
        w->value = bytes->data + bytes->len;
    return st;
}

static void put(struct writing *w, struct encoded value)
{
    w->type = ovf_record_put_varint(w->type, value.type);
    w->value += value.n_bytes;
}

static enum ovf_status put_bytes(struct writing *w, unsigned kind, const void *data, size_t len)
{
    const enum ovf_status st = make_room(w, len);
    if (st == OVF_OK)
        put(w, encode_bytes(w->value, kind, data, len));
    return st;
}

/** Texts that are NULL or "" are NULL. Where the next ones go stays in registers: bytes that are written could, for all
 * that a compiler knows, be those of *w. */
static enum ovf_status put_columns(struct writing *w, const struct ovf_store_table *table,
                                   const void *row)
{
    unsigned char *type = w->type;
    unsigned char *at = w->value;
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct ovf_column *const column = &table->columns[i];
        const void *const member = (const unsigned char *)row + column->offset;
        struct encoded value;
        if (column->type == OVF_COLUMN_TEXT) {
            const char *const text = *(const char *const *)member;
            const size_t len = text != NULL ? strlen(text) : 0;
            if (len > SMALL_BYTES_MAX) {
                w->value = at;
                const enum ovf_status st = make_room(w, len);
                if (st != OVF_OK)
                    return st;
                at = w->value;
            }
            value = encode_bytes(at, TYPE_TEXT, text, len);
        } else {
            value = encode_number(at, column->type, member, &w->record->times);
        }
        type = ovf_record_put_varint(type, value.type);
        at += value.n_bytes;
    }
    w->type = type;
    w->value = at;
    return OVF_OK;
}

/** The types, behind how many bytes they are with that number, go right before the values. */
static struct ovf_bytes finish(const struct writing *w)
{
    unsigned char number[OVF_RECORD_VARINT_BYTES];
    unsigned char *const values = w->record->bytes.data + w->n_head_max;
    const size_t n_types = (size_t)(w->type - w->record->types.data);
    const size_t n_number = n_types < 0x7F ? 1 : 2;
    unsigned char *const head = values - n_types - n_number;
    (void)ovf_record_put_varint(number, n_types + n_number);
    memcpy(head, number, n_number);
    memcpy(head + n_number, w->record->types.data, n_types);
    return (struct ovf_bytes){head, (size_t)(w->value - head)};
}

enum ovf_status ovf_record_of_row(struct ovf_record *record, const struct ovf_store_table *table,
                                  const void *row, const char *first_seen,
                                  struct ovf_bytes geometry, struct ovf_bytes *bytes)
{
    struct writing w;
    enum ovf_status st = begin(record, table->n_columns + 4, &w);
    if (st != OVF_OK)
        return st;
    put(&w, null); /* the fid is the row's number */
    st = put_columns(&w, table, row);
    if (table->has_revisions)
        put(&w, null); /* supersedes */
    if (st == OVF_OK && table->has_first_seen)
        st = put_bytes(&w, TYPE_TEXT, first_seen, strlen(first_seen));
    if (st == OVF_OK && table->geometry != OVF_GEOMETRY_NONE)
        st = put_bytes(&w, TYPE_BLOB, geometry.data, geometry.len);
    if (st == OVF_OK)
        *bytes = finish(&w);
    return st;
}

enum ovf_status ovf_record_of_key(struct ovf_record *record, struct ovf_bytes texts, size_t n_texts,
                                  int64_t rowid, struct ovf_bytes *bytes)
{
    struct writing w;
    enum ovf_status st = begin(record, n_texts + 1, &w);
    if (st == OVF_OK)
        st = make_room(&w, texts.len);
    if (st != OVF_OK)
        return st;
    for (size_t i = 0; i < n_texts; i++) {
        const bool is_last = i + 1 == n_texts;
        const size_t len = is_last ? texts.len - 1 : strlen((const char *)texts.data);
        put(&w, encode_bytes(w.value, TYPE_TEXT, texts.data, len));
        texts = (struct ovf_bytes){texts.data + len + 1, texts.len - len - 1};
    }
    put(&w, encode_int(w.value, rowid));
    *bytes = finish(&w);
    return OVF_OK;
}

enum ovf_status ovf_record_of_number(struct ovf_record *record, int64_t value,
                                     struct ovf_bytes *bytes)
{
    struct writing w;
    const enum ovf_status st = begin(record, 2, &w);
    if (st != OVF_OK)
        return st;
    put(&w, null);
    put(&w, encode_int(w.value, value));
    *bytes = finish(&w);
    return OVF_OK;
}
