/* SPDX-License-Identifier: Apache-2.0 */
/* What an altitude is counted from. Heights of different datums are never compared unseen. */
#ifndef OVF_GEO_DATUM_H
#define OVF_GEO_DATUM_H

#include <stdint.h>

enum ovf_datum {
    OVF_DATUM_FL,        /* feet of barometric altitude at 1013.25 hPa; FL 245 is 24,500 */
    OVF_DATUM_AMSL,      /* feet above mean sea level */
    OVF_DATUM_AGL,       /* feet above the ground below */
    OVF_DATUM_SURFACE,   /* the ground or water itself: open downwards */
    OVF_DATUM_UNLIMITED, /* open upwards */
    OVF_DATUM_N
};

/** A floor or a ceiling as it is published. */
struct ovf_limit {
    enum ovf_datum datum;
    int32_t ft; /* 0 for SURFACE and UNLIMITED */
};

#endif
