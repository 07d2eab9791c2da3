/* SPDX-License-Identifier: Apache-2.0 */
/* Tables and floors. NIC to Rc and NACp to EPU are the tables of RTCA DO-260B.
 *
 * A transponder of version 0 states one category of uncertainty only (NUCp); what archives write as its NIC,
 * NACp and SIL is derived from it, so it is good for a radius and not for the best grade. */
#include "track/quality.h"

/* What positions of a source are worth at their best. */
static float floor_m(const struct ovf_fix *fix)
{
    static const float floors_m[] = {
        [OVF_SOURCE_UNKNOWN] = OVF_RADIUS_UNSTATED_M,
        [OVF_SOURCE_ADSB] = 50,
        [OVF_SOURCE_ADSR] = 300,
        [OVF_SOURCE_TISB] = 1852,
        [OVF_SOURCE_MLAT] = 1852,
        [OVF_SOURCE_ADSC] = 926,
        [OVF_SOURCE_MODE_S] = 9260, /* sends no positions: some other one was kept */
        [OVF_SOURCE_OTHER] = 9260,
    };
    return floors_m[fix->source];
}

/* NIC 6 is below 0.6 NM, or 0.5 with a supplement that archives do not write. */
static const float rc_of_nic_m[] = {
    OVF_RADIUS_UNKNOWN_M, 37040, 14816, 7408, 3704, 1852, 1111.2F, 370.4F, 185.2F, 75, 25, 7.5F,
};

/* Twice the EPU is the radius: that of an unknown one is at the least what nothing stated comes to. */
static const float epu_of_nac_p_m[] = {
    OVF_RADIUS_UNSTATED_M / 2, 18520, 7408, 3704, 1852, 926, 555.6F, 185.2F, 92.6F, 30, 10, 3,
};

enum { NIC_MAX = 11, NAC_P_MAX = 11 };

static float larger(float a, float b)
{
    return a > b ? a : b;
}

static float containment_m(const struct ovf_fix *fix)
{
    const bool is_unknown = (fix->has & OVF_FIX_NIC) != 0 && fix->nic == 0;
    if ((fix->has & OVF_FIX_RC) != 0 && !is_unknown)
        return fix->rc_m < OVF_RADIUS_UNKNOWN_M ? fix->rc_m : OVF_RADIUS_UNKNOWN_M;
    if ((fix->has & OVF_FIX_NIC) != 0 && fix->nic <= NIC_MAX)
        return rc_of_nic_m[fix->nic];
    return OVF_RADIUS_UNSTATED_M;
}

/* ADS-B, and its rebroadcast, which repeats what the aircraft states. */
static float stated_m(const struct ovf_fix *fix)
{
    float radius_m = containment_m(fix);
    if ((fix->has & OVF_FIX_NAC_P) != 0 && fix->nac_p <= NAC_P_MAX)
        radius_m = larger(radius_m, 2 * epu_of_nac_p_m[fix->nac_p]);
    if ((fix->has & OVF_FIX_SIL) == 0 || fix->sil == 0)
        radius_m = larger(radius_m, OVF_RADIUS_UNSTATED_M);
    return radius_m;
}

float ovf_quality_radius_m(const struct ovf_fix *fix)
{
    float radius_m = floor_m(fix);
    if (fix->source == OVF_SOURCE_ADSB || fix->source == OVF_SOURCE_ADSR)
        radius_m = larger(radius_m, stated_m(fix));
    if ((fix->has & OVF_FIX_ACCURACY) != 0)
        radius_m = larger(radius_m, (fix->source == OVF_SOURCE_MLAT ? 3 : 2) * fix->accuracy_m);
    return radius_m < OVF_RADIUS_UNKNOWN_M ? radius_m : OVF_RADIUS_UNKNOWN_M;
}

static bool states_the_best(const struct ovf_fix *fix)
{
    const unsigned needed = OVF_FIX_NIC | OVF_FIX_NAC_P | OVF_FIX_SIL;
    const bool is_derived = (fix->has & OVF_FIX_VERSION) != 0 && fix->version == 0;
    return (fix->has & needed) == needed && !is_derived && fix->nic >= 7 && fix->nac_p >= 8 &&
           fix->sil >= 2;
}

enum ovf_grade ovf_quality_grade(const struct ovf_fix *fix, bool is_label)
{
    static const uint8_t grades[] = {
        [OVF_SOURCE_UNKNOWN] = OVF_GRADE_B, [OVF_SOURCE_ADSB] = OVF_GRADE_B,
        [OVF_SOURCE_ADSR] = OVF_GRADE_C,    [OVF_SOURCE_TISB] = OVF_GRADE_D,
        [OVF_SOURCE_MLAT] = OVF_GRADE_C,    [OVF_SOURCE_ADSC] = OVF_GRADE_C,
        [OVF_SOURCE_MODE_S] = OVF_GRADE_D,  [OVF_SOURCE_OTHER] = OVF_GRADE_D,
    };
    if (is_label)
        return OVF_GRADE_D;
    if (fix->source == OVF_SOURCE_ADSB && states_the_best(fix))
        return OVF_GRADE_A;
    return (enum ovf_grade)grades[fix->source];
}
