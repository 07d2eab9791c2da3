/* SPDX-License-Identifier: Apache-2.0 */
/* One reader behind one door. */
#include "read/mixed.h"

#include <stdlib.h>

#include "read/aircraft_json.h"
#include "read/opensky.h"
#include "read/receiver.h"
#include "read/sbs.h"

struct ovf_mixed {
    enum ovf_mixed_format format;
    /* the one that the format names */
    struct ovf_csv *csv;
    struct ovf_opensky *opensky;
    struct ovf_receiver *receiver;
    struct ovf_sbs *sbs;
    struct ovf_aircraft_json *aircraft;
};

static enum ovf_status open_reader(struct ovf_mixed *t, uint32_t item,
                                   const struct ovf_read_options *options, ovf_mixed_row_fn *row,
                                   void *context)
{
    switch (t->format) {
    case OVF_MIXED_OPENSKY:
        return ovf_opensky_new(item, OVF_OPENSKY_MAX_DOCUMENT_BYTES, row, context, &t->opensky);
    case OVF_MIXED_RECEIVER:
        return ovf_receiver_new(item, options, row, context, &t->receiver);
    case OVF_MIXED_SBS:
        return ovf_sbs_new(item, options, row, context, &t->sbs);
    case OVF_MIXED_AIRCRAFT:
        return ovf_aircraft_json_new(item, OVF_AIRCRAFT_JSON_MAX_DOCUMENT_BYTES, row, context,
                                     &t->aircraft);
    case OVF_MIXED_CSV:
    default:
        return ovf_csv_new(item, row, context, &t->csv);
    }
}

enum ovf_status ovf_mixed_new(enum ovf_mixed_format format, uint32_t item,
                              const struct ovf_read_options *options, ovf_mixed_row_fn *row,
                              void *context, struct ovf_mixed **out)
{
    struct ovf_mixed *table = calloc(1, sizeof *table);
    if (table == NULL)
        return OVF_E_NOMEM;
    table->format = format;
    const enum ovf_status st = open_reader(table, item, options, row, context);
    if (st != OVF_OK) {
        free(table);
        return st;
    }
    *out = table;
    return OVF_OK;
}

void ovf_mixed_free(struct ovf_mixed *table)
{
    if (table == NULL)
        return;
    ovf_csv_free(table->csv);
    ovf_opensky_free(table->opensky);
    ovf_receiver_free(table->receiver);
    ovf_sbs_free(table->sbs);
    ovf_aircraft_json_free(table->aircraft);
    free(table);
}

/** CSV says only that it is none. */
static enum ovf_status of_csv(enum ovf_status st, enum ovf_reject *reject)
{
    if (st == OVF_E_FORMAT)
        *reject = OVF_REJECT_NOT_A_TABLE;
    return st;
}

enum ovf_status ovf_mixed_feed(struct ovf_mixed *table, struct ovf_bytes bytes,
                               const int64_t *now_ns, enum ovf_reject *reject,
                               struct ovf_error *err)
{
    switch (table->format) {
    case OVF_MIXED_OPENSKY:
        return ovf_opensky_feed(table->opensky, bytes, err);
    case OVF_MIXED_RECEIVER:
        return ovf_receiver_feed(table->receiver, bytes, now_ns, reject, err);
    case OVF_MIXED_SBS:
        return ovf_sbs_feed(table->sbs, bytes, now_ns, err);
    case OVF_MIXED_AIRCRAFT:
        return ovf_aircraft_json_feed(table->aircraft, bytes, now_ns, err);
    case OVF_MIXED_CSV:
    default:
        return of_csv(ovf_csv_feed(table->csv, bytes, err), reject);
    }
}

enum ovf_status ovf_mixed_finish(struct ovf_mixed *table, enum ovf_reject *reject,
                                 struct ovf_error *err)
{
    switch (table->format) {
    case OVF_MIXED_OPENSKY:
        return ovf_opensky_finish(table->opensky, reject, err);
    case OVF_MIXED_RECEIVER:
        return ovf_receiver_finish(table->receiver, reject, err);
    case OVF_MIXED_SBS:
        return ovf_sbs_finish(table->sbs, reject, err);
    case OVF_MIXED_AIRCRAFT:
        return ovf_aircraft_json_finish(table->aircraft, reject, err);
    case OVF_MIXED_CSV:
    default:
        return of_csv(ovf_csv_finish(table->csv, err), reject);
    }
}

const struct ovf_tally *ovf_mixed_rows(const struct ovf_mixed *table)
{
    switch (table->format) {
    case OVF_MIXED_OPENSKY:
        return ovf_opensky_rows(table->opensky);
    case OVF_MIXED_RECEIVER:
        return ovf_receiver_rows(table->receiver);
    case OVF_MIXED_SBS:
        return ovf_sbs_rows(table->sbs);
    case OVF_MIXED_AIRCRAFT:
        return ovf_aircraft_json_rows(table->aircraft);
    case OVF_MIXED_CSV:
    default:
        return ovf_csv_rows(table->csv);
    }
}

const char *ovf_mixed_first_rejected(const struct ovf_mixed *table)
{
    switch (table->format) {
    case OVF_MIXED_RECEIVER:
        return ovf_receiver_first_rejected(table->receiver);
    case OVF_MIXED_SBS:
        return ovf_sbs_first_rejected(table->sbs);
    case OVF_MIXED_AIRCRAFT:
        return ovf_aircraft_json_first_rejected(table->aircraft);
    case OVF_MIXED_CSV:
        return ovf_csv_notes(table->csv)->first_rejected;
    case OVF_MIXED_OPENSKY:
    default:
        return "";
    }
}

uint64_t ovf_mixed_n_noise_bytes(const struct ovf_mixed *mixed)
{
    return mixed->receiver != NULL ? ovf_receiver_n_noise_bytes(mixed->receiver) : 0;
}

uint64_t ovf_mixed_n_dropped(const struct ovf_mixed *mixed)
{
    switch (mixed->format) {
    case OVF_MIXED_RECEIVER:
        return ovf_receiver_n_dropped(mixed->receiver);
    case OVF_MIXED_SBS:
        return ovf_sbs_n_dropped(mixed->sbs);
    case OVF_MIXED_AIRCRAFT:
        return ovf_aircraft_json_n_dropped(mixed->aircraft);
    case OVF_MIXED_CSV:
    case OVF_MIXED_OPENSKY:
    default:
        return 0;
    }
}

const char *ovf_mixed_note(const struct ovf_mixed *table)
{
    if (table->format == OVF_MIXED_RECEIVER)
        return ovf_receiver_note(table->receiver);
    return table->format == OVF_MIXED_SBS ? ovf_sbs_note(table->sbs) : "";
}

const struct ovf_csv_notes *ovf_mixed_csv_notes(const struct ovf_mixed *table)
{
    return table->csv != NULL ? ovf_csv_notes(table->csv) : NULL;
}

const char *ovf_mixed_unused_columns(const struct ovf_mixed *table)
{
    return table->csv != NULL ? ovf_csv_unused_columns(table->csv) : NULL;
}
