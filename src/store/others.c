/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that are said no longer: first found, then retracted, so that no statement walks what it changes. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/texts.h"
#include "store/sql.h"
#include "store/tables.h"

struct others {
    struct ovf_texts texts;
    const char **ids;
    size_t n;
    size_t capacity;
};

static enum ovf_status add(struct others *others, const char *id)
{
    const char **const grown =
        ovf_array_reserve((void *)others->ids, &others->capacity, others->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    others->ids = grown;
    others->ids[others->n] = ovf_texts_keep(&others->texts, ovf_bytes_from_text(id));
    return others->ids[others->n++] != NULL ? OVF_OK : OVF_E_NOMEM;
}

static enum ovf_status find(struct ovf_store *store, const char *table,
                            const struct ovf_text_item *ids, size_t n, struct others *others,
                            struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    size_t i = 0;
    enum ovf_status st = ovf_sql_preparef(ovf_store_db(store), &stmt, err,
                                          "SELECT id FROM \"%s\" ORDER BY id", table);
    while (st == OVF_OK) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        const char *const id = (const char *)sqlite3_column_text(stmt, 0);
        if (id == NULL)
            continue;
        while (i < n && strcmp(ids[i].text, id) < 0)
            i++;
        if (i == n || strcmp(ids[i].text, id) != 0)
            st = add(others, id);
    }
    sqlite3_finalize(stmt);
    return st;
}

enum ovf_status ovf_store_retract_others(struct ovf_store *store, enum ovf_store_kind kind,
                                         const struct ovf_text_item *ids, size_t n,
                                         struct ovf_error *err)
{
    struct others others = {0};
    enum ovf_status st = ovf_store_show(store, err);
    if (st == OVF_OK)
        st = find(store, ovf_store_table(kind)->name, ids, n, &others, err);
    for (size_t i = 0; i < others.n && st == OVF_OK; i++)
        st = ovf_store_retract(store, kind, others.ids[i], NULL, err);
    free((void *)others.ids);
    ovf_texts_deinit(&others.texts);
    return st;
}
