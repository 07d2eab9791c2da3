/* SPDX-License-Identifier: Apache-2.0 */
/* How far the receiver whose place is stated hears. Radio goes round the globe as if that were a third larger (Rec.
 * ITU-R P.834), so that a height of h metres sees 4,120 m times its root far, and two heights see each other as
 * far as both together. */
#ifndef OVF_TRACK_SIGHT_H
#define OVF_TRACK_SIGHT_H

#include "track/detection.h"
#include "track/receivers.h"

#define OVF_M_PER_FT 0.3048

/** An unknown altitude is that of nobody's cruise. */
#define OVF_SIGHT_HIGHEST_M 15000.0

/** As far as \p receiver hears who is \p height_m (0 or more) high, with the share that is allowed for. */
double ovf_sight_m(const struct ovf_detect_config *config,
                   const struct ovf_receiver_place *receiver, double height_m);

#endif
