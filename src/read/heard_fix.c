/* SPDX-License-Identifier: Apache-2.0 */
/* Holding values. A speed is no longer what it was after a few seconds; a name is. */
#include "read/heard_fix.h"

#include <string.h>

#include "base/time.h"
#include "decode/heard.h"

#define MOTION_HOLD_NS (5 * OVF_NS_PER_S)
#define HEARING_ALT_NS (10 * OVF_NS_PER_S)
/* Radars ask for heading and bank once a turn: every 4 to 12 s. */
#define ATTITUDE_HOLD_NS (15 * OVF_NS_PER_S)

static inline bool wants_motion(const struct ovf_fix *fix, unsigned bit,
                                const struct ovf_heard_number *number)
{
    return (fix->has & bit) == 0 && ovf_heard_within(number->t_ns, fix->t_ns, MOTION_HOLD_NS);
}

static void fill_motion(struct ovf_fix *fix, const struct ovf_aircraft *a)
{
    if (wants_motion(fix, OVF_FIX_GS, &a->gs_kt)) {
        fix->gs_kt = (float)a->gs_kt.value;
        fix->has |= OVF_FIX_GS;
    }
    if (wants_motion(fix, OVF_FIX_TRACK, &a->track_deg)) {
        fix->track_deg = (float)a->track_deg.value;
        fix->has |= OVF_FIX_TRACK;
    }
    if (wants_motion(fix, OVF_FIX_VERT_RATE, &a->baro_rate_fpm)) {
        fix->vert_rate_fpm = (int16_t)a->baro_rate_fpm.value;
        fix->has |= OVF_FIX_VERT_RATE;
    }
    if (wants_motion(fix, OVF_FIX_VERT_RATE, &a->geom_rate_fpm)) {
        fix->vert_rate_fpm = (int16_t)a->geom_rate_fpm.value;
        fix->has |= OVF_FIX_VERT_RATE;
        fix->flags |= OVF_FIX_GEOM_RATE;
    }
    if ((fix->has & OVF_FIX_ALT_BARO) != 0 &&
        wants_motion(fix, OVF_FIX_ALT_GEOM, &a->geom_minus_baro_ft)) {
        fix->alt_geom_ft = fix->alt_baro_ft + (int32_t)a->geom_minus_baro_ft.value;
        fix->has |= OVF_FIX_ALT_GEOM;
    }
}

static void fill_attitude(struct ovf_fix *fix, const struct ovf_aircraft *a)
{
    if (ovf_heard_within(a->heading_deg.t_ns, fix->t_ns, ATTITUDE_HOLD_NS)) {
        fix->heading_deg = (float)a->heading_deg.value;
        fix->has |= OVF_FIX_HEADING;
    }
    if (ovf_heard_within(a->roll_deg.t_ns, fix->t_ns, ATTITUDE_HOLD_NS)) {
        const double cdeg = 100 * a->roll_deg.value;
        fix->roll_cdeg = (int16_t)(cdeg < 0 ? cdeg - 0.5 : cdeg + 0.5);
        fix->has |= OVF_FIX_ROLL;
    }
}

/** Whether it is said by \p number and not by the message with the position; then the fix has it, held. */
static bool holds_small(struct ovf_fix *fix, unsigned bit, const struct ovf_heard_number *number)
{
    if ((fix->has & bit) != 0 || !ovf_heard_holds(number, fix->t_ns))
        return false;
    fix->has |= (uint16_t)bit;
    fix->flags |= OVF_FIX_HELD;
    return true;
}

static enum ovf_sil_type sil_type(const struct ovf_aircraft *aircraft)
{
    if (!aircraft->has_sil_supplement)
        return OVF_SIL_UNKNOWN;
    return aircraft->sil_is_per_sample ? OVF_SIL_PER_SAMPLE : OVF_SIL_PER_HOUR;
}

static void fill_quality(struct ovf_fix *fix, const struct ovf_aircraft *aircraft)
{
    if (holds_small(fix, OVF_FIX_VERSION, &aircraft->version))
        fix->version = (uint8_t)aircraft->version.value & 15U;
    if (holds_small(fix, OVF_FIX_NAC_P, &aircraft->nac_p))
        fix->nac_p = (uint8_t)aircraft->nac_p.value & 15U;
    if (holds_small(fix, OVF_FIX_SIL, &aircraft->sil)) {
        fix->sil = (uint8_t)aircraft->sil.value & 3U;
        fix->sil_type = sil_type(aircraft) & 3U;
    }
}

static void fill_nac_v(struct ovf_fix *fix, const struct ovf_aircraft *aircraft)
{
    if (!ovf_heard_within(aircraft->nac_v_ns, fix->t_ns, OVF_HEARD_HOLD_NS))
        return;
    ovf_fix_set_nac_v(fix, aircraft->nac_v);
    fix->flags |= OVF_FIX_HELD;
}

void ovf_heard_fix_fill(struct ovf_fix *fix, const struct ovf_aircraft *aircraft)
{
    fill_motion(fix, aircraft);
    fill_attitude(fix, aircraft);
    fill_quality(fix, aircraft);
    fill_nac_v(fix, aircraft);
    if ((fix->has & OVF_FIX_SQUAWK) == 0 && ovf_heard_holds(&aircraft->squawk, fix->t_ns)) {
        fix->squawk = (uint16_t)aircraft->squawk.value;
        fix->has |= OVF_FIX_SQUAWK;
        fix->flags |= OVF_FIX_HELD;
    }
    if ((fix->has & OVF_FIX_CALLSIGN) == 0 &&
        ovf_heard_within(aircraft->callsign.t_ns, fix->t_ns, OVF_HEARD_HOLD_NS)) {
        memcpy(fix->callsign, aircraft->callsign.text, sizeof fix->callsign);
        fix->has |= OVF_FIX_CALLSIGN;
        fix->flags |= OVF_FIX_HELD;
    }
}

struct ovf_fix ovf_heard_fix_hearing(const struct ovf_aircraft *aircraft, int64_t t_ns,
                                     struct ovf_point receiver, struct ovf_record record)
{
    const struct ovf_heard_number *const alt = &aircraft->sure_alt_ft;
    struct ovf_fix fix = {.t_ns = t_ns,
                          .at = receiver,
                          .source = OVF_SOURCE_MODE_S,
                          .flags = OVF_FIX_HEARING,
                          .record = record};
    if (ovf_heard_within(alt->t_ns, t_ns, HEARING_ALT_NS)) {
        fix.alt_baro_ft = (int32_t)alt->value;
        fix.has |= OVF_FIX_ALT_BARO;
    }
    return fix;
}
