/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers are compared bit by bit: -0.0 is not 0.0, and a NaN equals itself. */
#include "store/bound.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"

/* Ids, times, codes and names fit; owners and detections may not. */
enum { KEPT_BYTES = 40, DAY_BYTES = 10 };
_Static_assert(KEPT_BYTES >= OVF_TIME_SIZE, "times are written where texts are kept");

enum kind { UNKNOWN, NONE, INT, REAL, TEXT, TIME, DAY };

struct ovf_bound_value {
    enum kind kind;
    uint32_t len;          /* of a text */
    uint64_t bits;         /* of a number or time */
    char text[KEPT_BYTES]; /* what SQLite looks at of TEXT, TIME and DAY */
};

enum ovf_status ovf_bound_init(struct ovf_bound *bound, sqlite3_stmt *stmt)
{
    const size_t n = (size_t)sqlite3_bind_parameter_count(stmt) + 1;
    struct ovf_bound_value *const values = calloc(n, sizeof *values);
    if (values == NULL)
        return OVF_E_NOMEM;
    bound->stmt = stmt;
    bound->values = values;
    return OVF_OK;
}

void ovf_bound_deinit(struct ovf_bound *bound)
{
    sqlite3_finalize(bound->stmt);
    free(bound->values);
    *bound = (struct ovf_bound){0};
}

/** Whether parameter \p at says just this; if not, it says so from now on. */
static bool stands(struct ovf_bound *bound, int at, enum kind kind, uint64_t bits)
{
    struct ovf_bound_value *const value = &bound->values[at];
    if (value->kind == kind && value->bits == bits)
        return true;
    value->kind = kind;
    value->bits = bits;
    return false;
}

/** What SQLite refused is not bound. */
static int checked(struct ovf_bound *bound, int at, int code)
{
    if (code != SQLITE_OK)
        bound->values[at].kind = UNKNOWN;
    return code;
}

int ovf_bound_null(struct ovf_bound *bound, int at)
{
    return stands(bound, at, NONE, 0) ? SQLITE_OK
                                      : checked(bound, at, sqlite3_bind_null(bound->stmt, at));
}

int ovf_bound_int(struct ovf_bound *bound, int at, int64_t value)
{
    return stands(bound, at, INT, (uint64_t)value)
               ? SQLITE_OK
               : checked(bound, at, sqlite3_bind_int64(bound->stmt, at, value));
}

int ovf_bound_real(struct ovf_bound *bound, int at, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return stands(bound, at, REAL, bits)
               ? SQLITE_OK
               : checked(bound, at, sqlite3_bind_double(bound->stmt, at, value));
}

int ovf_bound_text(struct ovf_bound *bound, int at, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return ovf_bound_null(bound, at);
    struct ovf_bound_value *const value = &bound->values[at];
    const size_t len = strnlen(text, KEPT_BYTES);
    if (len == KEPT_BYTES) {
        value->kind = UNKNOWN;
        return sqlite3_bind_text(bound->stmt, at, text, -1, SQLITE_STATIC);
    }
    if (value->kind == TEXT && value->len == len && memcmp(value->text, text, len) == 0)
        return SQLITE_OK;
    value->kind = TEXT;
    value->len = (uint32_t)len;
    memcpy(value->text, text, len);
    return checked(bound, at,
                   sqlite3_bind_text(bound->stmt, at, value->text, (int)len, SQLITE_STATIC));
}

static int bind_time(struct ovf_bound *bound, int at, enum kind kind, int64_t t_ns, int len)
{
    if (stands(bound, at, kind, (uint64_t)t_ns))
        return SQLITE_OK;
    char *const text = bound->values[at].text;
    ovf_time_format(t_ns, 3, text);
    return checked(bound, at, sqlite3_bind_text(bound->stmt, at, text, len, SQLITE_STATIC));
}

int ovf_bound_time(struct ovf_bound *bound, int at, int64_t t_ns)
{
    return bind_time(bound, at, TIME, t_ns, -1);
}

int ovf_bound_day(struct ovf_bound *bound, int at, int64_t t_ns)
{
    return bind_time(bound, at, DAY, t_ns, DAY_BYTES);
}

int ovf_bound_blob(struct ovf_bound *bound, int at, struct ovf_bytes bytes)
{
    if (bytes.len == 0)
        return ovf_bound_null(bound, at);
    bound->values[at].kind = UNKNOWN;
    return sqlite3_bind_blob64(bound->stmt, at, bytes.data, bytes.len, SQLITE_STATIC);
}
