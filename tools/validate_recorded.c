/* SPDX-License-Identifier: Apache-2.0 */
/* The truth of a recording is its own rows on the ground: where they lie on the map. */
#include "validate_recorded.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "read/csv.h"
#include "read/trace.h"
#include "source/file.h"
#include "track/grade.h"

#define MAX_BYTES (256U << 20)

static const double minutes[] = {1, 2, 4, 6, 8, 10, 15, 30};

enum { N_MINUTES = sizeof minutes / sizeof *minutes };

/** The fixes of a file, by aircraft. */
struct aircraft {
    uint32_t address;
    struct ovf_fixes fixes;
};

struct recording {
    struct aircraft *items;
    size_t n;
    size_t capacity;
};

static void free_recording(struct recording *recording)
{
    for (size_t i = 0; i < recording->n; i++)
        ovf_fixes_deinit(&recording->items[i].fixes);
    free(recording->items);
}

static enum ovf_status take_row(void *context, uint32_t address, const struct ovf_fix *fix,
                                const struct ovf_identity *identity)
{
    struct recording *const recording = context;
    size_t i = 0;
    (void)identity;
    while (i < recording->n && recording->items[i].address != address)
        i++;
    if (i == recording->n) {
        struct aircraft *grown = ovf_array_reserve(recording->items, &recording->capacity,
                                                   recording->n + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        recording->items = grown;
        recording->items[recording->n++] = (struct aircraft){.address = address};
    }
    return ovf_fixes_push(&recording->items[i].fixes, fix);
}

static enum ovf_status read_csv(struct ovf_bytes bytes, struct recording *out,
                                struct ovf_error *err)
{
    struct ovf_csv *csv = NULL;
    enum ovf_status st = ovf_csv_new(0, take_row, out, &csv);
    if (st == OVF_OK)
        st = ovf_csv_feed(csv, bytes, err);
    if (st == OVF_OK)
        st = ovf_csv_finish(csv, err);
    ovf_csv_free(csv);
    return st;
}

static enum ovf_status read_trace(struct ovf_bytes bytes, struct recording *out,
                                  struct ovf_error *err)
{
    struct ovf_trace trace = {0};
    enum ovf_reject reject = OVF_REJECT_N;
    enum ovf_status st = ovf_trace_read(bytes, 0, &trace, &reject, err);
    if (st == OVF_OK && reject != OVF_REJECT_N)
        st = OVF_E_FORMAT;
    for (size_t i = 0; i < trace.fixes.n && st == OVF_OK; i++)
        st = take_row(out, trace.address, &trace.fixes.items[i], NULL);
    ovf_trace_deinit(&trace);
    return st;
}

/** "observed 0.99", "inferred 0.80", "**KSTP 0.62**" where it is wrong. */
static void print_found(const struct ovf_airports *airports, const struct ovf_endpoint *found,
                        uint32_t truth)
{
    if (!found->has_airport)
        (void)printf(" - |");
    else if (found->airport == truth)
        (void)printf(" %s %.2f |", ovf_endpoint_kind_name(found->kind), found->score);
    else
        (void)printf(" **%s %.2f** |", ovf_airports_get(airports, found->airport).code,
                     found->score);
}

static void print_end(const struct ovf_airports *airports, const char *name, uint32_t address,
                      const struct ovf_track *track, const struct ovf_leg *leg, enum ovf_end end)
{
    const bool arrival = end == OVF_END_ARRIVAL;
    struct ovf_endpoint truth;
    const size_t first = leg->first;
    const struct ovf_track part = {
        .fixes = {.items = track->fixes.items + first, .n = leg->last - first + 1}};
    ovf_endpoint_find(airports, track, leg, end, &truth);
    if (!(arrival ? leg->ends_on_ground : leg->starts_on_ground) || !truth.has_airport)
        return;
    (void)printf("| %s | %06" PRIx32 " | %s | %s |", name, address,
                 arrival ? "arrival" : "departure", ovf_airports_get(airports, truth.airport).code);
    for (size_t k = 0; k < N_MINUTES; k++) {
        const size_t edge = arrival ? leg->last_airborne : leg->first_airborne;
        const struct cut cut = {.minutes = minutes[k], .edge_ns = track->fixes.items[edge].t_ns};
        struct ovf_endpoint found;
        size_t n_left;
        if (cut_and_find(airports, &part, end, &cut, &found, &n_left))
            print_found(airports, &found, truth.airport);
        else
            (void)printf(" |");
    }
    (void)printf("\n");
}

static enum ovf_status print_aircraft(const struct ovf_airports *airports, const char *name,
                                      const struct aircraft *aircraft)
{
    struct ovf_track track = {0};
    struct ovf_legs legs = {0};
    size_t n_suspect = 0;
    enum ovf_status st = ovf_track_merge(aircraft->address, &aircraft->fixes, 1, &track);
    if (st == OVF_OK)
        st = ovf_track_grade(&track, &ovf_detect_defaults, &n_suspect);
    if (st == OVF_OK)
        st = ovf_legs_split(&track, &legs);
    for (size_t i = 0; i < legs.n && st == OVF_OK; i++) {
        print_end(airports, name, aircraft->address, &track, &legs.items[i], OVF_END_DEPARTURE);
        print_end(airports, name, aircraft->address, &track, &legs.items[i], OVF_END_ARRIVAL);
    }
    ovf_legs_deinit(&legs);
    ovf_track_deinit(&track);
    return st;
}

void recorded_print_head(void)
{
    (void)printf("| recording | address | end | seen on the ground at |");
    for (size_t k = 0; k < N_MINUTES; k++)
        (void)printf(" %.0f min |", minutes[k]);
    (void)printf("\n|---|---|---|---|");
    for (size_t k = 0; k < N_MINUTES; k++)
        (void)printf("---|");
    (void)printf("\n");
}

enum ovf_status recorded_print(const struct ovf_airports *airports, const char *path,
                               struct ovf_error *err)
{
    struct ovf_buffer bytes = {0};
    struct recording recording = {0};
    const char *const slash = strrchr(path, '/');
    const char *const name = slash != NULL ? slash + 1 : path;
    enum ovf_status st = ovf_file_read(path, MAX_BYTES, &bytes, err);
    if (st == OVF_OK)
        st = strstr(name, ".csv") != NULL ? read_csv(ovf_buffer_bytes(&bytes), &recording, err)
                                          : read_trace(ovf_buffer_bytes(&bytes), &recording, err);
    for (size_t i = 0; i < recording.n && st == OVF_OK; i++)
        st = print_aircraft(airports, name, &recording.items[i]);
    free_recording(&recording);
    ovf_buffer_deinit(&bytes);
    return st;
}
