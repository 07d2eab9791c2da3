/* SPDX-License-Identifier: Apache-2.0 */
/* Compact position reporting: two halves of a position, or one and a place near by, to a point.
 *
 * All that decides is whole numbers, the number of zones of a latitude, too: a comparison with 58 constants. */
#ifndef OVF_DECODE_CPR_H
#define OVF_DECODE_CPR_H

#include <stdbool.h>
#include <stdint.h>

#include "decode/message.h"
#include "geo/point.h"

/** Two halves, the even one first. */
struct ovf_cpr_pair {
    uint32_t lat[2];
    uint32_t lon[2];
};

/** NL: how many zones of longitude there are at a latitude, 59 at the equator to 1 beyond 87 degrees. */
int ovf_cpr_zones(double lat_deg);

/**
 * The point of the newer of two halves, both of the air or both of the ground.
 *
 * \param[in] reference  of the ground: a place less than 45 degrees away, which tells the quarters of the globe
 *                       apart; NULL: then there is no answer. Not looked at for the air
 * \return false: they do not belong together (the zones of their latitudes differ), or give no latitude
 */
bool ovf_cpr_global(const struct ovf_cpr *even, const struct ovf_cpr *odd, bool odd_is_newer,
                    const struct ovf_point *reference, struct ovf_point *at);

/** The point of one half that is nearest to \p reference: right when that is less than half a zone away,
 * 180 NM in the air, 45 NM on the ground. \return false: it gives no latitude */
bool ovf_cpr_local(const struct ovf_cpr *cpr, struct ovf_point reference, struct ovf_point *at);

#endif
