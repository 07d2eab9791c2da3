/* SPDX-License-Identifier: Apache-2.0 */
/* What a transponder sends: extended squitters and all-call replies, with their parity. Written from the standards
 * alone and apart from src/decode, which is judged by it. */
#ifndef OVF_SIMULATE_ENCODE_H
#define OVF_SIMULATE_ENCODE_H

#include <stdbool.h>
#include <stdint.h>

enum { OVF_ENCODED_MAX_BYTES = 14 };

struct ovf_encoded {
    unsigned char bytes[OVF_ENCODED_MAX_BYTES];
    int n_bytes; /* 7 or 14 */
};

/** Who sends, and how. */
struct ovf_encode_sender {
    uint32_t icao24;
    int df;         /* 17, or 18 of a ground station */
    int capability; /* CA of 17: 4 on the ground, 5 in the air; CF of 18: 2 TIS-B */
};

/** All-call reply (format 11), that nobody asked for. */
struct ovf_encoded ovf_encode_all_call(uint32_t icao24, int capability);

/** Altitude reply (format 4) in the air; \p alt_ft: -1,000 to 50,175, a multiple of 25. */
struct ovf_encoded ovf_encode_altitude_reply(uint32_t icao24, int32_t alt_ft);

/** \p callsign: up to eight of A-Z, 0-9, NUL-terminated. Category A3. */
struct ovf_encoded ovf_encode_identification(const struct ovf_encode_sender *sender,
                                             const char *callsign);

struct ovf_encode_place {
    double lat_deg;
    double lon_deg;
    bool is_odd;
    int type_code;    /* 9 to 18 in the air, 5 to 8 on the ground */
    int32_t alt_ft;   /* in the air: -1,000 to 50,175, a multiple of 25 */
    double gs_kt;     /* on the ground */
    double track_deg; /* likewise */
};

struct ovf_encoded ovf_encode_airborne(const struct ovf_encode_sender *sender,
                                       const struct ovf_encode_place *place);
struct ovf_encoded ovf_encode_surface(const struct ovf_encode_sender *sender,
                                      const struct ovf_encode_place *place);

struct ovf_encode_velocity {
    double gs_kt; /* below 1,022 in each direction */
    double track_deg;
    int32_t baro_rate_fpm;      /* within 32,640 */
    int32_t geom_minus_baro_ft; /* within 3,125 */
};

struct ovf_encoded ovf_encode_velocity(const struct ovf_encode_sender *sender,
                                       const struct ovf_encode_velocity *velocity);

/** \p squawk: four octal digits as read, in decimal notation. No emergency. */
struct ovf_encoded ovf_encode_status(const struct ovf_encode_sender *sender, unsigned squawk);

/** Operational status of version 2, no supplements. */
struct ovf_encoded ovf_encode_operation(const struct ovf_encode_sender *sender, bool on_ground,
                                        unsigned nac_p, unsigned sil);

#endif
