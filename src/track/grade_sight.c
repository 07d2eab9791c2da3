/* SPDX-License-Identifier: Apache-2.0 */
/* Who is heard is in sight of who hears: no receiver of satellite positions can tell otherwise. */
#include "geo/local.h"
#include "track/grade_parts.h"
#include "track/sight.h"

/** The higher of what is stated: satellites' may be as false as the place. */
static double height_m(const struct ovf_fix *fix)
{
    const bool has_baro = (fix->has & OVF_FIX_ALT_BARO) != 0;
    const bool has_geom = (fix->has & OVF_FIX_ALT_GEOM) != 0;
    if ((!has_baro && !has_geom) || (fix->flags & OVF_FIX_ON_GROUND) != 0)
        return OVF_SIGHT_HIGHEST_M; /* on the ground of which airport? */
    int32_t alt_ft = has_baro ? fix->alt_baro_ft : fix->alt_geom_ft;
    if (has_geom && fix->alt_geom_ft > alt_ft)
        alt_ft = fix->alt_geom_ft;
    return alt_ft > 0 ? alt_ft * OVF_M_PER_FT : 0;
}

/** Whether it is out of sight of \p receiver: how far, and how far that goes. */
static bool is_out_of_sight(const struct ovf_detect_config *config,
                            const struct ovf_receiver_place *receiver, const struct ovf_fix *fix,
                            double *apart_m, double *limit_m)
{
    *limit_m = ovf_sight_m(config, receiver, height_m(fix));
    if (ovf_point_chord_bound_m(receiver->at, fix->at) <= *limit_m)
        return false;
    *apart_m = ovf_point_chord_m(receiver->at, fix->at);
    return *apart_m > *limit_m;
}

void ovf_grader_judge_sight(struct ovf_grader *grader)
{
    const struct ovf_detect_config *config = grader->config;
    const uint32_t n = (uint32_t)grader->fixes->n;
    uint32_t out =
        n; /* the fix before that was out of sight, unless its receiver heard another since that was in it */
    if (!ovf_receivers_have_places(config->receivers))
        return;
    for (uint32_t i = 0; i < n; i++) {
        const struct ovf_fix *fix = &grader->fixes->items[i];
        double apart_m;
        double limit_m;
        if (fix->grade == OVF_GRADE_X || (fix->flags & OVF_FIX_DIRECT) == 0)
            continue;
        const struct ovf_receiver_place *const receiver =
            ovf_receivers_place(config->receivers, fix->receiver);
        if (receiver == NULL)
            continue;
        if (!is_out_of_sight(config, receiver, fix, &apart_m, &limit_m)) {
            if (out < n && grader->fixes->items[out].receiver == fix->receiver)
                out = n;
            continue;
        }
        ovf_grader_note(grader, (struct ovf_detection){.kind = OVF_DETECTION_SIGHT,
                                                       .first = out < n ? out : i,
                                                       .last = i,
                                                       .value = (float)(apart_m / 1000),
                                                       .limit = (float)(limit_m / 1000)});
        ovf_grader_suspect(grader, fix->t_ns, fix->t_ns);
        out = i;
    }
}
