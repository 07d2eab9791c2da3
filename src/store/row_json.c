/* SPDX-License-Identifier: Apache-2.0 */
#include "store/row_json.h"

#include <math.h>
#include <string.h>

#include "base/path.h"
#include "store/tables.h"

/* What base/number.h prints; no column of this program's comes near. */
#define MAX_REAL 1e15

const char *ovf_store_row_table(enum ovf_store_kind kind)
{
    return ovf_store_table(kind)->name;
}

static bool is_shown(const struct ovf_column *column)
{
    return strcmp(column->name, "json") != 0;
}

enum ovf_status ovf_store_row_columns(enum ovf_store_kind kind, struct ovf_buffer *out)
{
    const struct ovf_store_table *const table = ovf_store_table(kind);
    enum ovf_status st = OVF_OK;
    bool first = true;
    for (size_t i = 0; i < table->n_columns && st == OVF_OK; i++) {
        if (!is_shown(&table->columns[i]))
            continue;
        st = ovf_buffer_printf(out, "%st.\"%s\"", first ? "" : ",", table->columns[i].name);
        first = false;
    }
    return st;
}

static bool ends_in(const char *name, const char *end)
{
    const size_t len = strlen(name);
    const size_t n = strlen(end);
    return len >= n && strcmp(name + len - n, end) == 0;
}

/** Whether a column has a path: an input that has no digest is known by its path. */
static bool may_be_path(const char *name)
{
    return strcmp(name, "path") == 0 || strcmp(name, "id") == 0 || strcmp(name, "input") == 0;
}

static void put_column(struct ovf_json_writer *json, const struct ovf_column *column,
                       sqlite3_stmt *stmt, int at, bool hides_folders)
{
    const char *const name = column->name;
    if (sqlite3_column_type(stmt, at) == SQLITE_NULL)
        return;
    switch (column->type) {
    case OVF_COLUMN_INT:
        ovf_json_int(json, name, sqlite3_column_int64(stmt, at));
        break;
    case OVF_COLUMN_REAL: {
        const double value = sqlite3_column_double(stmt, at);
        if (fabs(value) < MAX_REAL)
            ovf_json_number(json, name, value, ends_in(name, "_deg") ? 6 : 3);
        break;
    }
    case OVF_COLUMN_BOOL:
        if (sqlite3_column_int(stmt, at) != 0)
            ovf_json_bool(json, name, true);
        break;
    default: {
        const char *const text = (const char *)sqlite3_column_text(stmt, at);
        if (text == NULL)
            json->status = OVF_E_NOMEM;
        else if (hides_folders && may_be_path(name))
            ovf_json_bytes(json, name, ovf_path_last(ovf_bytes_from_text(text)));
        else
            ovf_json_text(json, name, text);
    }
    }
}

void ovf_store_row_put(struct ovf_json_writer *json, enum ovf_store_kind kind, sqlite3_stmt *stmt,
                       int column, bool hides_folders)
{
    const struct ovf_store_table *const table = ovf_store_table(kind);
    for (size_t i = 0; i < table->n_columns; i++) {
        if (is_shown(&table->columns[i]))
            put_column(json, &table->columns[i], stmt, column++, hides_folders);
    }
}
