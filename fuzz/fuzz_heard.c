/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the runs of an aircraft: they end, come back when they are packed again, and say what they say
 * to whoever asks about gaps. */

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "listen/reception.h"

/* Runs in order of time, as a flight has them, come back as they are. */
static void check_packing(struct ovf_bytes bytes)
{
    struct ovf_heard_reader reader = {.rest = bytes};
    struct ovf_heard_run run;
    while (ovf_heard_next(&reader, &run)) {
        struct ovf_buffer packed = {0};
        struct ovf_heard_run again;
        if (ovf_heard_pack(&run, 1, &packed) == OVF_OK) {
            struct ovf_heard_reader second = {.rest = ovf_buffer_bytes(&packed)};
            if (!ovf_heard_next(&second, &again) || again.from_s != run.from_s ||
                again.to_s != run.to_s || again.cell != run.cell || again.n_fixes != run.n_fixes ||
                again.band != run.band || again.is_silent != run.is_silent ||
                again.is_disturbed != run.is_disturbed)
                abort();
        }
        ovf_buffer_deinit(&packed);
    }
}

static void ask(struct ovf_bytes bytes)
{
    /* 2025-07-01 10:00 UTC, from Tehran to Damascus in two hours; the seeds fly there. */
    const struct ovf_gap gap = {.address = 1,
                                .from = {354000000, 511500000},
                                .to = {334000000, 365200000},
                                .from_s = INT64_C(1751364000),
                                .to_s = INT64_C(1751371200),
                                .band = OVF_BAND_HIGH};
    struct ovf_reception *reception = NULL;
    struct ovf_gap_evidence evidence;
    struct ovf_minutes minutes = {0};
    enum ovf_status st = ovf_reception_new(&ovf_detect_defaults, &reception);
    if (st == OVF_OK)
        st = ovf_reception_add(reception, &gap);
    if (st == OVF_OK)
        st = ovf_reception_prepare(reception);
    if (st == OVF_OK)
        st = ovf_reception_take(reception, 2, bytes);
    if (st == OVF_OK) {
        ovf_reception_ask(reception, 0, &evidence);
        if (evidence.n_heard > 1 || evidence.known_s > gap.to_s - gap.from_s ||
            !(evidence.received_share >= 0 && evidence.received_share <= 1))
            abort();
    }
    ovf_reception_free(reception);
    st = st == OVF_OK ? ovf_minutes_take(&minutes, bytes) : st;
    if (st == OVF_OK &&
        ovf_minutes_outage(&minutes, &ovf_detect_defaults, gap.from_s, gap.to_s) != OVF_OUTAGE_NONE)
        abort(); /* of one aircraft */
    struct ovf_minutes_day day = {.day = gap.from_s / OVF_DAY_S};
    ovf_minutes_take_of_day(&day, bytes);
    ovf_minutes_deinit(&minutes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_packing((struct ovf_bytes){data, size});
    ask((struct ovf_bytes){data, size});
    return 0;
}
