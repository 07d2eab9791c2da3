/* SPDX-License-Identifier: Apache-2.0 */
/* What a fix is worth by itself: how far off it may be, and how far its kind and its own statements of
 * quality let it be believed. What its neighbours say of it is another question (track/plausible). */
#ifndef OVF_TRACK_QUALITY_H
#define OVF_TRACK_QUALITY_H

#include "track/fix.h"

/** The radius where an archive or a table states no quality: 0.5 NM. */
#define OVF_RADIUS_UNSTATED_M 926.0F

/** The radius where it is stated that the position's integrity is unknown (NIC 0): 20 NM. */
#define OVF_RADIUS_UNKNOWN_M 37040.0F

/**
 * How far the true position may be, metres: the largest of the stated containment (Rc, else that of the
 * NIC), twice the stated accuracy (EPU of the NACp; thrice for what MLAT states), and the floor of the
 * source. What states no integrity, or no probability for it (SIL), has a floor of OVF_RADIUS_UNSTATED_M
 * at the least. Statements of quality are of ADS-B; beside another source they are not read.
 */
float ovf_quality_radius_m(const struct ovf_fix *fix);

/**
 * The grade of a fix that contradicts nothing: A for ADS-B, not of version 0, with NIC >= 7, NACp >= 8 and
 * SIL >= 2; B for other ADS-B, and where the input does not say what the source is; C for MLAT, ADS-C and
 * rebroadcast ADS-B; D for TIS-B and others, and for all that a label reports (\p is_label: no ICAO address).
 */
enum ovf_grade ovf_quality_grade(const struct ovf_fix *fix, bool is_label);

/** The worse of NIC and NACp, which share a scale where it matters. \return false: it states neither, or its
 * source is not ADS-B, beside which they are not read */
static inline bool ovf_quality_integrity(const struct ovf_fix *fix, uint8_t *integrity)
{
    if ((fix->has & (OVF_FIX_NIC | OVF_FIX_NAC_P)) == 0 || fix->source != OVF_SOURCE_ADSB)
        return false;
    *integrity = (fix->has & OVF_FIX_NIC) != 0 ? fix->nic : UINT8_MAX;
    if ((fix->has & OVF_FIX_NAC_P) != 0 && fix->nac_p < *integrity)
        *integrity = fix->nac_p;
    return true;
}

#endif
