/* SPDX-License-Identifier: Apache-2.0 */
#include "store/receivers.h"

#include <stdlib.h>

#include "store/sql.h"

void ovf_store_receivers_deinit(struct ovf_store_receivers *receivers)
{
    free(receivers->of_scan);
    free(receivers->of_store);
    *receivers = (struct ovf_store_receivers){0};
}

static enum ovf_status read_row(sqlite3_stmt *select, struct ovf_receivers *receivers,
                                struct ovf_store_receivers *out, struct ovf_error *err)
{
    const int64_t number = sqlite3_column_int64(select, 0);
    const struct ovf_bytes text = {sqlite3_column_blob(select, 1),
                                   (size_t)sqlite3_column_bytes(select, 1)};
    uint64_t id;
    if (number != (int64_t)out->n_of_scan || number > OVF_RECEIVERS_MAX ||
        !ovf_receiver_id_parse(text, &id))
        return ovf_error_set(err, OVF_E_FORMAT, "the store's receivers are damaged");
    return ovf_receivers_number(receivers, id, &out->of_scan[out->n_of_scan++]);
}

/** Those that the store has. */
static enum ovf_status read_all(sqlite3 *db, struct ovf_receivers *receivers,
                                struct ovf_store_receivers *out, struct ovf_error *err)
{
    sqlite3_stmt *select = NULL;
    enum ovf_status st = ovf_sql_prepare(
        db, "SELECT number,id FROM overflight_receivers ORDER BY number", &select, err);
    out->n_of_scan = 1; /* number 0 is that everywhere */
    for (bool row = true; row && st == OVF_OK;) {
        st = ovf_sql_step(select, &row, err);
        if (st == OVF_OK && row)
            st = read_row(select, receivers, out, err);
    }
    (void)sqlite3_finalize(select);
    return st;
}

static enum ovf_status put(sqlite3_stmt *insert, size_t number, uint64_t id, struct ovf_error *err)
{
    char text[OVF_RECEIVER_ID_SIZE];
    ovf_receiver_id_format(id, text);
    sqlite3_bind_int64(insert, 1, (int64_t)number);
    sqlite3_bind_text(insert, 2, text, -1, SQLITE_STATIC);
    return ovf_sql_run(insert, err);
}

/** Those that it has not. */
static enum ovf_status put_others(sqlite3 *db, const struct ovf_receivers *receivers,
                                  struct ovf_store_receivers *out, struct ovf_error *err)
{
    sqlite3_stmt *insert = NULL;
    enum ovf_status st = ovf_sql_prepare(
        db, "INSERT INTO overflight_receivers(number,id) VALUES(?1,?2)", &insert, err);
    for (size_t i = 1; i < out->n_of_scan; i++)
        out->of_store[out->of_scan[i]] = (uint16_t)i;
    out->of_store[0] = 0;
    for (size_t i = 1; i < out->n_of_store && st == OVF_OK; i++) {
        if (out->of_store[i] != 0 || out->n_of_scan > OVF_RECEIVERS_MAX)
            continue;
        st = put(insert, out->n_of_scan, ovf_receivers_id(receivers, (uint16_t)i), err);
        out->of_scan[out->n_of_scan] = (uint16_t)i;
        out->of_store[i] = (uint16_t)out->n_of_scan++;
    }
    (void)sqlite3_finalize(insert);
    return st;
}

enum ovf_status ovf_store_receivers_open(struct ovf_store *store, struct ovf_receivers *receivers,
                                         struct ovf_store_receivers *out, struct ovf_error *err)
{
    out->of_scan = calloc(OVF_RECEIVERS_MAX + 1, sizeof *out->of_scan);
    if (out->of_scan == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = read_all(ovf_store_db(store), receivers, out, err);
    if (st != OVF_OK)
        return st;
    out->n_of_store = receivers->n + 1;
    out->of_store = calloc(out->n_of_store, sizeof *out->of_store);
    return out->of_store != NULL ? put_others(ovf_store_db(store), receivers, out, err)
                                 : OVF_E_NOMEM;
}

/** One that has no number any more stands where nobody knows, not where the input's own does. */
static void renumber(struct ovf_fix *fix, const uint16_t *numbers, size_t n)
{
    const uint16_t number = fix->receiver < n ? numbers[fix->receiver] : 0;
    if (number == 0 && fix->receiver != 0)
        fix->flags &= (uint16_t)~OVF_FIX_DIRECT;
    fix->receiver = number;
}

static void renumber_all(struct ovf_carry *carry, const uint16_t *numbers, size_t n)
{
    for (size_t i = 0; i < carry->n_flights; i++) {
        renumber(&carry->flights[i].first, numbers, n);
        renumber(&carry->flights[i].last, numbers, n);
    }
    for (size_t i = 0; i < carry->n_pieces; i++) {
        for (size_t k = 0; k < carry->pieces[i].fixes.n; k++)
            renumber(&carry->pieces[i].fixes.items[k], numbers, n);
    }
}

void ovf_store_receivers_loaded(const struct ovf_store_receivers *receivers,
                                struct ovf_carry *carry)
{
    renumber_all(carry, receivers->of_scan, receivers->n_of_scan);
}

void ovf_store_receivers_saving(const struct ovf_store_receivers *receivers,
                                struct ovf_carry *carry)
{
    renumber_all(carry, receivers->of_store, receivers->n_of_store);
}
