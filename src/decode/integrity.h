/* SPDX-License-Identifier: Apache-2.0 */
/* What the type code of a position is worth, by the version of ADS-B and its NIC supplements. */
#ifndef OVF_DECODE_INTEGRITY_H
#define OVF_DECODE_INTEGRITY_H

#include <stdbool.h>
#include <stdint.h>

/** The supplements that are known; a version that has fewer does not look at the rest. */
struct ovf_nic_supplements {
    uint8_t version;
    bool a;
    bool b;
    bool c;
};

struct ovf_integrity {
    bool has_nic; /* version 0 has none (its NUC is another scale) */
    uint8_t nic;
    bool has_rc;
    float rc_m; /* the true position is within */
};

/** Of type codes 5 to 8, 9 to 18, 20 to 22; others state nothing. */
struct ovf_integrity ovf_integrity_of(uint8_t type_code, struct ovf_nic_supplements supplements);

#endif
