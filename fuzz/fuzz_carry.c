/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as carried state: refused, or state that a scan gets through with. What it says comes back when it
 * is packed again. */

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "engine/carry.h"

#define NEW_NS (INT64_C(1751414400) * OVF_NS_PER_S) /* 2025-07-02: the seeds end there */

/* The next scan: a member of the next day with one fix, no airspaces, no airports. */
static enum ovf_status scan_on(const struct ovf_carry *carry, struct ovf_carry *next)
{
    const struct ovf_engine_config config = {.walk = {60 * OVF_NS_PER_S, 300 * OVF_NS_PER_S, false},
                                             .journey_ns = OVF_NS_PER_DAY};
    const struct ovf_track_member member = {
        .name = "new", .from_ns = NEW_NS, .to_ns = NEW_NS + OVF_NS_PER_DAY};
    struct ovf_fix fix = {.t_ns = NEW_NS + OVF_NS_PER_MIN, .at = {350000000, 440000000}};
    const struct ovf_fixes part = {&fix, 1, 1};
    struct ovf_engine *engine = NULL;
    struct ovf_join join = {0};
    enum ovf_status st = ovf_carry_join(carry, &member, 1, &part, 1, &join);
    if (st == OVF_OK)
        st = ovf_engine_new(&config, &engine);
    for (size_t i = 0; i < join.n_stretches && st == OVF_OK; i++) {
        struct ovf_around around = {.begins_journey = join.stretches[i].begins_journey};
        struct ovf_flight *flights = NULL;
        struct ovf_result result;
        st = ovf_join_flights_around(&join, carry, i, &flights, &around.n_flights);
        around.flights = flights;
        if (st == OVF_OK)
            st = ovf_engine_aircraft(engine, 0xF10000, "", &join.stretches[i].fixes, 1, &around,
                                     &result);
        if (st == OVF_OK)
            st = ovf_stretch_note(&join.stretches[i], &result);
        free(flights);
    }
    /* Its members' names are the join's: packed before that goes. */
    struct ovf_buffer bytes = {0};
    struct ovf_carry made = {0};
    if (st == OVF_OK)
        st = ovf_carry_next(carry, &member, 1, &join, OVF_NS_PER_DAY, &made);
    if (st == OVF_OK)
        st = ovf_carry_pack(&made, &bytes);
    if (st == OVF_OK && ovf_carry_unpack(ovf_buffer_bytes(&bytes), next, NULL) == OVF_E_FORMAT)
        abort();
    ovf_buffer_deinit(&bytes);
    ovf_carry_deinit(&made);
    ovf_engine_free(engine);
    ovf_join_deinit(&join);
    return st;
}

/* Packing says in one way what may be said in several; after that nothing changes. */
static void check_packing(const struct ovf_carry *carry)
{
    struct ovf_buffer once = {0};
    struct ovf_buffer twice = {0};
    struct ovf_carry again = {0};
    if (ovf_carry_pack(carry, &once) == OVF_OK) {
        const enum ovf_status st = ovf_carry_unpack(ovf_buffer_bytes(&once), &again, NULL);
        if (st == OVF_E_FORMAT)
            abort();
        if (st == OVF_OK && ovf_carry_pack(&again, &twice) == OVF_OK &&
            (once.len != twice.len || memcmp(once.data, twice.data, once.len) != 0))
            abort();
    }
    ovf_carry_deinit(&again);
    ovf_buffer_deinit(&once);
    ovf_buffer_deinit(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_carry carry = {0};
    struct ovf_carry next = {0};
    struct ovf_error err = {0};
    if (ovf_carry_unpack((struct ovf_bytes){data, size}, &carry, &err) != OVF_OK)
        return 0;
    check_packing(&carry);
    if (scan_on(&carry, &next) == OVF_OK && next.n_windows == 0)
        abort();
    ovf_carry_deinit(&next);
    ovf_carry_deinit(&carry);
    return 0;
}
