/* SPDX-License-Identifier: Apache-2.0 */
/* One aircraft through all stages: merge, grade, split, endpoints, journeys, walks, passages. */
#include "engine/engine_parts.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "track/address.h"
#include "track/grade.h"
#include "track/twin.h"

const char *ovf_role_name(enum ovf_role role)
{
    static const char *const names[OVF_ROLE_N] = {
        [OVF_ROLE_OVERFLIGHT] = "overflight", [OVF_ROLE_ARRIVAL] = "arrival",
        [OVF_ROLE_DEPARTURE] = "departure",   [OVF_ROLE_DOMESTIC] = "domestic",
        [OVF_ROLE_INCOMPLETE] = "incomplete", [OVF_ROLE_NONE] = "none",
    };
    assert((unsigned)role < OVF_ROLE_N);
    return names[role];
}

enum ovf_status ovf_engine_new(const struct ovf_engine_config *config, struct ovf_engine **out)
{
    struct ovf_engine *engine = calloc(1, sizeof *engine);
    if (engine == NULL || ovf_sha256_new(&engine->hash) != OVF_OK) {
        free(engine);
        return OVF_E_NOMEM;
    }
    engine->config = config;
    *out = engine;
    return OVF_OK;
}

void ovf_engine_free(struct ovf_engine *engine)
{
    if (engine == NULL)
        return;
    ovf_sha256_free(engine->hash);
    ovf_track_deinit(&engine->track);
    ovf_track_deinit(&engine->twin);
    ovf_legs_deinit(&engine->legs);
    ovf_walk_deinit(&engine->walk);
    ovf_passages_deinit(&engine->passages);
    ovf_strength_room_deinit(&engine->without_weak);
    ovf_between_deinit(&engine->between);
    ovf_hearings_deinit(&engine->hearings);
    free(engine->flights);
    free(engine->crossings);
    free(engine->gaps);
    ovf_country_fields_free(engine->country_fields);
    free(engine);
}

void ovf_engine_set_speed(struct ovf_engine *engine, struct ovf_aircraft_speed speed)
{
    engine->speed = speed;
}

double ovf_engine_accuracy_m(const struct ovf_edition *edition)
{
    /* Of what a user draws the vertices are the definition, not a map of one: only what rounding them costs is left. */
    const double least_m = edition->kind == OVF_KIND_ZONE ? 0 : OVF_BOUNDARY_ACCURACY_MIN_M;
    return edition->boundary_accuracy_m > least_m ? edition->boundary_accuracy_m : least_m;
}

const struct ovf_detect_config *ovf_engine_detectors(const struct ovf_engine *e)
{
    return e->config->detect != NULL ? e->config->detect : &ovf_detect_defaults;
}

enum ovf_status ovf_engine_make_id(const struct ovf_engine *e, const char *subject,
                                   const char *what, int64_t t_ns, unsigned repetition,
                                   char id[OVF_ID_SIZE])
{
    char icao24[OVF_ADDRESS_SIZE];
    char text[512];
    struct ovf_digest digest;
    id[0] = '\0';
    if (e->config->is_nameless)
        return OVF_OK;
    ovf_address_format(e->track.address, icao24);
    const int64_t ms = t_ns / OVF_NS_PER_MS - (t_ns % OVF_NS_PER_MS < 0 ? 1 : 0);
    int len = snprintf(text, sizeof text, "%s|%s%s%.64s|%u|%.300s|%" PRId64, subject, icao24,
                       e->scope[0] != '\0' ? "@" : "", e->scope, e->chain, what, ms);
    if (repetition > 0)
        len += snprintf(text + len, sizeof text - (size_t)len, "|%u", repetition);
    assert(len > 0 && (size_t)len < sizeof text);
    enum ovf_status st =
        ovf_sha256_update(e->hash, (struct ovf_bytes){(const unsigned char *)text, (size_t)len});
    if (st == OVF_OK)
        st = ovf_sha256_finish(e->hash, &digest);
    if (st == OVF_OK)
        ovf_digest_format(&digest, 16, id);
    return st;
}

/** Grades the track; of two aircraft that take turns in it the other's fixes become the twin. */
static enum ovf_status grade(struct ovf_engine *e, size_t *n_suspect)
{
    const struct ovf_detect_config *const detect = ovf_engine_detectors(e);
    enum ovf_status st = ovf_track_grade(&e->track, detect, n_suspect);
    if (st != OVF_OK || !e->track.has_twin || e->chain > 1)
        return st;
    e->duplicate_address = true;
    st = ovf_track_split_twin(&e->track, &e->twin);
    return st == OVF_OK ? ovf_track_grade(&e->track, detect, n_suspect) : st;
}

/** All from the merged track on. */
static enum ovf_status follow_track(struct ovf_engine *e, const struct ovf_around *around,
                                    struct ovf_result *result)
{
    size_t n_suspect = 0;
    e->n_flights = 0;
    e->n_crossings = 0;
    e->n_gaps = 0;
    enum ovf_status st = grade(e, &n_suspect);
    if (st == OVF_OK)
        st = ovf_legs_split(&e->track, &e->legs);
    if (st == OVF_OK)
        st = ovf_engine_find_flights(e, around);
    for (size_t i = 0; i < e->n_flights && st == OVF_OK; i++)
        st = e->flights[i].is_elsewhere ? OVF_OK : ovf_engine_cross(e, i);
    if (st != OVF_OK)
        return st;
    *result = (struct ovf_result){.track = &e->track,
                                  .flights = e->flights,
                                  .n_flights = e->n_flights,
                                  .crossings = e->crossings,
                                  .n_crossings = e->n_crossings,
                                  .gaps = e->gaps,
                                  .n_gaps = e->n_gaps,
                                  .n_suspect = n_suspect,
                                  .chain = e->chain,
                                  .duplicate_address = e->duplicate_address};
    return OVF_OK;
}

static void begin_aircraft(struct ovf_engine *e, const char *scope)
{
    e->scope = scope;
    e->chain = 1;
    e->duplicate_address = false;
}

enum ovf_status ovf_engine_aircraft(struct ovf_engine *e, uint32_t address, const char *scope,
                                    const struct ovf_fixes *parts, size_t n_parts,
                                    const struct ovf_around *around, struct ovf_result *result)
{
    begin_aircraft(e, scope);
    const enum ovf_status st = ovf_track_merge(address, parts, n_parts, &e->track);
    return st == OVF_OK ? follow_track(e, around, result) : st;
}

enum ovf_status ovf_engine_take(struct ovf_engine *e, uint32_t address, const char *scope,
                                struct ovf_fixes *part, struct ovf_result *result)
{
    begin_aircraft(e, scope);
    const enum ovf_status st = ovf_track_take(address, part, &e->track);
    return st == OVF_OK ? follow_track(e, NULL, result) : st;
}

void ovf_engine_give_back(struct ovf_engine *e, struct ovf_fixes *room)
{
    const struct ovf_fixes own = {.items = e->track.fixes.items,
                                  .capacity = e->track.fixes.capacity};
    e->track.fixes = *room;
    e->track.fixes.n = 0;
    *room = own;
}

enum ovf_status ovf_engine_twin(struct ovf_engine *e, struct ovf_result *result)
{
    const struct ovf_track other = e->track;
    assert(e->duplicate_address && e->chain == 1);
    e->track = e->twin;
    e->twin = other;
    e->chain = 2;
    return follow_track(e, NULL, result);
}
