/* SPDX-License-Identifier: Apache-2.0 */
#include "store/record.h"

#include <math.h>

#include "base/time.h"

/* Serial types: 1 to 6 are integers of so many bytes, 12 + 2 n blobs and 13 + 2 n texts of n bytes. */
enum { TYPE_NULL = 0, TYPE_REAL = 7, TYPE_ZERO = 8, TYPE_ONE = 9, TYPE_BLOB = 12, TYPE_TEXT = 13 };

enum {
    TYPE_BYTES_MAX = OVF_RECORD_VARINT_BYTES,
    SMALL_BYTES_MAX = OVF_TIME_SIZE, /* of numbers, times, ids and codes */
    TIME_BYTES = 24,                 /* years have four digits: 64 bits reach from 1677 to 2262 */
    DAY_BYTES = 10,
};

/* Whole numbers in columns of real ones are kept as integers up to here: 2^47, of six bytes. */
#define WHOLE_MAX 140737488355328.0

void ovf_record_deinit(struct ovf_record *record)
{
    ovf_buffer_deinit(&record->types);
    ovf_buffer_deinit(&record->bytes);
}

/** Where the next type and the next value go. There is room for a type of each column, and for a small value of each;
 * texts and blobs make their own. */
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

static void put_null(struct writing *w)
{
    *w->type++ = TYPE_NULL;
}

/** The lower \p n_bytes of \p bits, the highest first. */
static void put_bits(struct writing *w, uint64_t bits, unsigned n_bytes)
{
    ovf_store_u64be(w->value, bits << (64 - 8 * n_bytes));
    w->value += n_bytes;
}

static void put_int(struct writing *w, int64_t value)
{
    static const unsigned char type_of[] = {0, 1, 2, 3, 4, 5, 5, 6, 6}; /* by bytes that it needs */
    static const unsigned char n_bytes_of[] = {0, 1, 2, 3, 4, 6, 8};
    if (value == 0 || value == 1) {
        *w->type++ = value == 0 ? TYPE_ZERO : TYPE_ONE;
        return;
    }
    const uint64_t magnitude = value < 0 ? ~(uint64_t)value : (uint64_t)value;
    const int n_bits = 65 - __builtin_clzll(magnitude | 1); /* with the sign */
    const unsigned char type = type_of[(n_bits + 7) / 8];
    *w->type++ = type;
    put_bits(w, (uint64_t)value, n_bytes_of[type]);
}

static void put_real(struct writing *w, double value)
{
    if (value > -WHOLE_MAX && value < WHOLE_MAX && value == (double)(int64_t)value) {
        put_int(w, (int64_t)value);
        return;
    }
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    *w->type++ = TYPE_REAL;
    put_bits(w, bits, 8);
}

/** Room for \p len bytes, and for the small values behind them. */
static enum ovf_status reserve(struct writing *w, size_t len)
{
    struct ovf_buffer *const bytes = &w->record->bytes;
    bytes->len = (size_t)(w->value - bytes->data);
    const enum ovf_status st = ovf_buffer_reserve(bytes, len + w->n_small_bytes);
    if (st == OVF_OK)
        w->value = bytes->data + bytes->len;
    return st;
}

static enum ovf_status put_bytes(struct writing *w, unsigned kind, const void *data, size_t len)
{
    const enum ovf_status st = reserve(w, len);
    if (st != OVF_OK)
        return st;
    w->type = ovf_record_put_varint(w->type, kind + 2 * (uint64_t)len);
    memcpy(w->value, data, len);
    w->value += len;
    return OVF_OK;
}

static enum ovf_status put_text(struct writing *w, const char *text)
{
    if (text == NULL || text[0] == '\0') {
        put_null(w);
        return OVF_OK;
    }
    const size_t len = strlen(text);
    if (len > SMALL_BYTES_MAX)
        return put_bytes(w, TYPE_TEXT, text, len);
    w->type = ovf_record_put_varint(w->type, TYPE_TEXT + 2 * len);
    memcpy(w->value, text, len);
    w->value += len;
    return OVF_OK;
}

static void put_time(struct writing *w, int64_t t_ns, bool is_day)
{
    char *const text = (char *)w->value;
    ovf_time_format(t_ns, 3, text);
    const size_t n_bytes = is_day ? DAY_BYTES : TIME_BYTES;
    w->type = ovf_record_put_varint(w->type, TYPE_TEXT + 2 * n_bytes);
    w->value += n_bytes;
}

/** As ovf_statement_bind, and SQLite by the column's affinity, would have it. */
static enum ovf_status put_column(struct writing *w, const struct ovf_column *column,
                                  const void *row)
{
    const void *const member = (const unsigned char *)row + column->offset;
    switch (column->type) {
    case OVF_COLUMN_TEXT:
        return put_text(w, *(const char *const *)member);
    case OVF_COLUMN_INT: {
        const struct ovf_store_int *const value = member;
        if (value->known)
            put_int(w, value->value);
        else
            put_null(w);
        return OVF_OK;
    }
    case OVF_COLUMN_REAL: {
        const struct ovf_store_real *const value = member;
        if (value->known && !isnan(value->value))
            put_real(w, value->value);
        else
            put_null(w);
        return OVF_OK;
    }
    case OVF_COLUMN_BOOL:
        put_int(w, *(const bool *)member ? 1 : 0);
        return OVF_OK;
    case OVF_COLUMN_TIME:
    case OVF_COLUMN_DATE: {
        const struct ovf_store_time *const value = member;
        if (value->known)
            put_time(w, value->t_ns, column->type == OVF_COLUMN_DATE);
        else
            put_null(w);
        return OVF_OK;
    }
    }
    return OVF_E_RANGE;
}

/** The types, behind how many bytes they are with that number, go right before the values. */
static struct ovf_bytes finish(const struct writing *w)
{
    unsigned char number[2];
    unsigned char *const values = w->record->bytes.data + w->n_head_max;
    const size_t n_types = (size_t)(w->type - w->record->types.data);
    const size_t n_head = n_types + (n_types < 0x7F ? 1 : 2);
    unsigned char *const head = values - n_head;
    const size_t n_number = (size_t)(ovf_record_put_varint(number, n_head) - number);
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
    put_null(&w); /* the fid is the row's number */
    for (size_t i = 0; i < table->n_columns && st == OVF_OK; i++)
        st = put_column(&w, &table->columns[i], row);
    if (st == OVF_OK && table->has_revisions)
        put_null(&w); /* supersedes */
    if (st == OVF_OK && table->has_first_seen)
        st = put_text(&w, first_seen);
    if (st == OVF_OK && table->geometry != OVF_GEOMETRY_NONE && geometry.len == 0)
        put_null(&w);
    else if (st == OVF_OK && table->geometry != OVF_GEOMETRY_NONE)
        st = put_bytes(&w, TYPE_BLOB, geometry.data, geometry.len);
    if (st == OVF_OK)
        *bytes = finish(&w);
    return st;
}

enum ovf_status ovf_record_of_key(struct ovf_record *record, const char *texts, size_t n_texts,
                                  int64_t rowid, struct ovf_bytes *bytes)
{
    struct writing w;
    enum ovf_status st = begin(record, n_texts + 1, &w);
    for (size_t i = 0; i < n_texts && st == OVF_OK; i++) {
        const size_t len = strlen(texts);
        st = put_bytes(&w, TYPE_TEXT, texts, len);
        texts += len + 1;
    }
    if (st != OVF_OK)
        return st;
    put_int(&w, rowid);
    *bytes = finish(&w);
    return OVF_OK;
}

enum ovf_status ovf_record_of_int(struct ovf_record *record, int64_t value, struct ovf_bytes *bytes)
{
    struct writing w;
    const enum ovf_status st = begin(record, 2, &w);
    if (st != OVF_OK)
        return st;
    put_null(&w);
    put_int(&w, value);
    *bytes = finish(&w);
    return OVF_OK;
}
