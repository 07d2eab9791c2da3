/* SPDX-License-Identifier: Apache-2.0 */
/* Flights and what is asked of them, sorted by the pair of airports, flights first. */
#include "run/shares.h"

#include <stdlib.h>
#include <string.h>

#include "report/share.h"
#include "rules/aircraft_group.h"
#include "run/sorter.h"
#include "series/share.h"

enum { SORTER_BYTES = 1 << 20, FLIGHT = 0, ASKED = 1 };

struct ovf_shares {
    struct ovf_sorter *sorter;
    struct ovf_sorter *ranked; /* lines */
};

/** Behind it, NUL-terminated: of a flight the airspaces that it crossed and those of which it does not tell; of what is
 * asked its airspace, and that one's name. */
struct record {
    uint32_t from;
    uint32_t to;
    uint32_t is_asked;
    uint32_t address;
    int64_t start_ns; /* of the flight, which is none of the others */
    char operator_icao[4];
    char crossing_id[OVF_ID_SIZE];
};

enum ovf_status ovf_shares_new(struct ovf_shares **out)
{
    struct ovf_shares *shares = calloc(1, sizeof *shares);
    if (shares == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = ovf_sorter_new(SORTER_BYTES, &shares->sorter);
    if (st == OVF_OK)
        st = ovf_sorter_new(SORTER_BYTES, &shares->ranked);
    if (st != OVF_OK) {
        ovf_shares_free(shares);
        return st;
    }
    *out = shares;
    return OVF_OK;
}

void ovf_shares_free(struct ovf_shares *shares)
{
    if (shares == NULL)
        return;
    ovf_sorter_free(shares->sorter);
    ovf_sorter_free(shares->ranked);
    free(shares);
}

/* ---- what waits ---- */

static enum ovf_status add(struct ovf_shares *shares, const struct record *record,
                           struct ovf_bytes first, struct ovf_bytes second, struct ovf_error *err)
{
    const struct ovf_sort_key key = {.start_ns =
                                         (int64_t)((uint64_t)record->from << 32 | record->to),
                                     .address = record->is_asked};
    struct ovf_buffer line = {0};
    enum ovf_status st = ovf_buffer_append(&line, record, sizeof *record);
    if (st == OVF_OK)
        st = ovf_buffer_append(&line, first.data, first.len);
    if (st == OVF_OK)
        st = ovf_buffer_append(&line, second.data, second.len);
    if (st == OVF_OK)
        st = ovf_sorter_add(shares->sorter, key, ovf_buffer_bytes(&line), err);
    ovf_buffer_deinit(&line);
    return st;
}

enum ovf_status ovf_shares_add_flight(struct ovf_shares *shares, uint32_t address, int64_t start_ns,
                                      const struct ovf_past_flight *past, struct ovf_error *err)
{
    struct record record;
    memset(&record, 0, sizeof record); /* lines are compared, padding and all */
    record.from = past->from;
    record.to = past->to;
    record.is_asked = FLIGHT;
    record.address = address;
    record.start_ns = start_ns;
    memcpy(record.operator_icao, past->operator_icao, sizeof record.operator_icao);
    return add(shares, &record, ovf_buffer_bytes(&past->crossed), ovf_buffer_bytes(&past->unclear),
               err);
}

enum ovf_status ovf_shares_add_crossing(struct ovf_shares *shares, const struct ovf_report *report,
                                        const struct ovf_report_line *line, struct ovf_error *err)
{
    const struct ovf_crossing *const crossing = line->crossing;
    const struct ovf_flight *const flight = &line->result->flights[crossing->flight];
    const struct ovf_edition *const edition = report->config->layers[crossing->layer].edition;
    const char *const code = edition->airspaces[crossing->passage.owner].code;
    struct record record;
    struct ovf_buffer airspace = {0};
    if (crossing->passage.class != OVF_CLASS_POSSIBLE || !ovf_past_has_ends(flight))
        return OVF_OK;
    memset(&record, 0, sizeof record);
    record.from = flight->from.airport;
    record.to = flight->to.airport;
    record.is_asked = ASKED;
    record.address = line->result->track->address;
    record.start_ns = flight->start_ns;
    (void)ovf_callsign_operator(flight->callsign, record.operator_icao);
    memcpy(record.crossing_id, crossing->id, sizeof record.crossing_id);
    enum ovf_status st = ovf_past_put_airspace(report->config, crossing, &airspace);
    if (st == OVF_OK)
        st = ovf_buffer_append(&airspace, "", 1);
    if (st == OVF_OK)
        st = add(shares, &record, ovf_buffer_bytes(&airspace),
                 (struct ovf_bytes){(const void *)code, strlen(code) + 1}, err);
    ovf_buffer_deinit(&airspace);
    return st;
}

/* ---- what is said ---- */

struct telling {
    struct ovf_shares *shares;
    const struct ovf_airports *airports;
    struct ovf_error *err;
    struct record pair;        /* whose flights are at hand */
    struct ovf_buffer flights; /* their records, one behind the other */
    struct ovf_buffer text;
};

/** The two texts behind a record. */
static void texts_of(const unsigned char *record, const char *texts[2])
{
    texts[0] = (const char *)record + sizeof(struct record);
    texts[1] = texts[0] + strlen(texts[0]) + 1;
}

/** Of the flights at hand but that of \p asked those of the operator; of all where it is "". */
static struct ovf_past_count count_flights(const struct telling *t, const struct record *asked,
                                           const char *operator_icao, const char *airspace)
{
    struct ovf_past_count count = {0};
    for (size_t at = 0; at < t->flights.len;) {
        struct record record;
        const char *texts[2];
        memcpy(&record, t->flights.data + at, sizeof record);
        texts_of(t->flights.data + at, texts);
        const bool is_own = record.address == asked->address && record.start_ns == asked->start_ns;
        if (!is_own &&
            (operator_icao[0] == '\0' || strcmp(operator_icao, record.operator_icao) == 0))
            ovf_past_note(texts[0], texts[1], airspace, &count);
        at = (size_t)((const unsigned char *)texts[1] + strlen(texts[1]) + 1 - t->flights.data);
    }
    return count;
}

/** The larger first; of the same those of more flights. */
static struct ovf_sort_key rank_of(struct ovf_past_count count)
{
    return (struct ovf_sort_key){.start_ns =
                                     -(int64_t)(1e15 * ovf_share_mean(count.n_crossed, count.n)),
                                 .entry_ns = -(int64_t)count.n};
}

static enum ovf_status answer(struct telling *t, const struct record *record,
                              const char *const texts[2])
{
    struct ovf_airport from;
    struct ovf_airport to;
    struct ovf_historical_share share = {.crossing_id = record->crossing_id,
                                         .airspace = texts[1],
                                         .operator_icao = record->operator_icao};
    share.count = count_flights(t, record, share.operator_icao, texts[0]);
    if (share.count.n == 0) {
        share.operator_icao = "";
        share.count = count_flights(t, record, "", texts[0]);
    }
    if (share.count.n == 0)
        return OVF_OK;
    from = ovf_airports_get(t->airports, record->from);
    to = ovf_airports_get(t->airports, record->to);
    share.from = from.code;
    share.to = to.code;
    t->text.len = 0;
    const enum ovf_status st = ovf_ndjson_share(&share, &t->text);
    return st == OVF_OK ? ovf_sorter_add(t->shares->ranked, rank_of(share.count),
                                         ovf_buffer_bytes(&t->text), t->err)
                        : st;
}

static enum ovf_status take(void *context, struct ovf_bytes line)
{
    struct telling *t = context;
    struct record record;
    const char *texts[2];
    memcpy(&record, line.data, sizeof record);
    if (record.from != t->pair.from || record.to != t->pair.to)
        t->flights.len = 0;
    t->pair = record;
    if (record.is_asked == FLIGHT)
        return ovf_buffer_append(&t->flights, line.data, line.len);
    texts_of(line.data, texts);
    return answer(t, &record, texts);
}

static enum ovf_status write_line(void *context, struct ovf_bytes line)
{
    return ovf_sink_write(context, line.data, line.len);
}

enum ovf_status ovf_shares_print(struct ovf_shares *shares, const struct ovf_airports *airports,
                                 const struct ovf_sink *out, struct ovf_error *err)
{
    struct ovf_sink sink = *out;
    struct telling telling = {.shares = shares, .airports = airports, .err = err};
    enum ovf_status st = ovf_sorter_finish(shares->sorter, take, &telling, err);
    if (st == OVF_OK)
        st = ovf_sorter_finish(shares->ranked, write_line, &sink, err);
    ovf_buffer_deinit(&telling.flights);
    ovf_buffer_deinit(&telling.text);
    return st;
}
