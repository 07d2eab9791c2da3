/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers are compared bit by bit: -0.0 is not 0.0, and a NaN equals itself. */
#include "store/bound.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"

enum { DAY_BYTES = 10 };
_Static_assert(OVF_BOUND_BYTES >= OVF_TIME_SIZE, "times are written where texts are kept");

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

/** Parameter \p at says this from now on. */
static void note(struct ovf_bound *bound, int at, enum ovf_bound_kind kind, uint64_t bits)
{
    bound->values[at].kind = kind;
    bound->values[at].bits = bits;
}

/** What SQLite refused is not bound. */
static int checked(struct ovf_bound *bound, int at, int code)
{
    if (code != SQLITE_OK)
        bound->values[at].kind = OVF_BOUND_UNKNOWN;
    return code;
}

int ovf_bound_null_anew(struct ovf_bound *bound, int at)
{
    note(bound, at, OVF_BOUND_NULL, 0);
    return checked(bound, at, sqlite3_bind_null(bound->stmt, at));
}

int ovf_bound_int_anew(struct ovf_bound *bound, int at, int64_t value)
{
    note(bound, at, OVF_BOUND_INT, (uint64_t)value);
    return checked(bound, at, sqlite3_bind_int64(bound->stmt, at, value));
}

int ovf_bound_real_anew(struct ovf_bound *bound, int at, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    note(bound, at, OVF_BOUND_REAL, bits);
    return checked(bound, at, sqlite3_bind_double(bound->stmt, at, value));
}

int ovf_bound_text_anew(struct ovf_bound *bound, int at, const char *text)
{
    struct ovf_bound_value *const value = &bound->values[at];
    const size_t len = strnlen(text, OVF_BOUND_BYTES);
    if (len == OVF_BOUND_BYTES) {
        value->kind = OVF_BOUND_UNKNOWN;
        return sqlite3_bind_text(bound->stmt, at, text, -1, SQLITE_STATIC);
    }
    value->kind = OVF_BOUND_TEXT;
    memcpy(value->text, text, len + 1);
    return checked(bound, at,
                   sqlite3_bind_text(bound->stmt, at, value->text, (int)len, SQLITE_STATIC));
}

static int bind_time(struct ovf_bound *bound, int at, enum ovf_bound_kind kind, int64_t t_ns,
                     int len)
{
    if (ovf_bound_stands(bound, at, kind, (uint64_t)t_ns))
        return SQLITE_OK;
    char *const text = bound->values[at].text;
    note(bound, at, kind, (uint64_t)t_ns);
    ovf_time_format(t_ns, 3, text);
    return checked(bound, at, sqlite3_bind_text(bound->stmt, at, text, len, SQLITE_STATIC));
}

int ovf_bound_time(struct ovf_bound *bound, int at, int64_t t_ns)
{
    return bind_time(bound, at, OVF_BOUND_TIME, t_ns, -1);
}

int ovf_bound_day(struct ovf_bound *bound, int at, int64_t t_ns)
{
    return bind_time(bound, at, OVF_BOUND_DAY, t_ns, DAY_BYTES);
}

int ovf_bound_blob(struct ovf_bound *bound, int at, struct ovf_bytes bytes)
{
    if (bytes.len == 0)
        return ovf_bound_null(bound, at);
    bound->values[at].kind = OVF_BOUND_UNKNOWN;
    return sqlite3_bind_blob64(bound->stmt, at, bytes.data, bytes.len, SQLITE_STATIC);
}
