/* SPDX-License-Identifier: Apache-2.0 */
/* What one Mode S message says by itself. */
#ifndef OVF_DECODE_MESSAGE_H
#define OVF_DECODE_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

/** Bit 24 of an address: a label that a ground station made up, no address (as in track/address). */
#define OVF_MESSAGE_NON_ICAO (UINT32_C(1) << 24)

/** Whose word a message is. */
enum ovf_message_source {
    OVF_MESSAGE_MODE_S, /* a reply to a radar, an aircraft or nobody; no position */
    OVF_MESSAGE_ADSB,   /* the aircraft's own */
    OVF_MESSAGE_ADSR,   /* the same, repeated by a ground station */
    OVF_MESSAGE_TISB,   /* a ground station's, from radar */
    OVF_MESSAGE_MLAT,   /* a network of receivers', marked by the frame's stamp */
};

/** "mode_s", "adsb" ... */
const char *ovf_message_source_name(enum ovf_message_source source);

/** Which members of a message are stated. An absent one is 0 and means nothing. */
enum {
    OVF_MESSAGE_ALT_BARO = 1 << 0,
    OVF_MESSAGE_ALT_GEOM = 1 << 1,
    OVF_MESSAGE_SQUAWK = 1 << 2,
    OVF_MESSAGE_CALLSIGN = 1 << 3,
    OVF_MESSAGE_CATEGORY = 1 << 4,
    OVF_MESSAGE_CPR = 1 << 5,
    OVF_MESSAGE_GS = 1 << 6,
    OVF_MESSAGE_TRACK = 1 << 7,
    OVF_MESSAGE_HEADING = 1 << 8,
    OVF_MESSAGE_IAS = 1 << 9,
    OVF_MESSAGE_TAS = 1 << 10,
    OVF_MESSAGE_MACH = 1 << 11,
    OVF_MESSAGE_BARO_RATE = 1 << 12,
    OVF_MESSAGE_GEOM_RATE = 1 << 13, /* of GNSS, or inertial: not barometric */
    OVF_MESSAGE_GEOM_MINUS_BARO = 1 << 14,
    OVF_MESSAGE_EMERGENCY = 1 << 15,
    OVF_MESSAGE_VERSION = 1 << 16,
    OVF_MESSAGE_NIC_A = 1 << 17,
    OVF_MESSAGE_NIC_B = 1 << 18,
    OVF_MESSAGE_NIC_C = 1 << 19,
    OVF_MESSAGE_NAC_P = 1 << 20,
    OVF_MESSAGE_NAC_V = 1 << 21,
    OVF_MESSAGE_SIL = 1 << 22,
    OVF_MESSAGE_SIL_SUPPLEMENT = 1 << 23,
    OVF_MESSAGE_NIC_BARO = 1 << 24,
    OVF_MESSAGE_SELECTED_ALT = 1 << 25,
    OVF_MESSAGE_FMS_ALT = 1 << 26,
    OVF_MESSAGE_QNH = 1 << 27,
    OVF_MESSAGE_ROLL = 1 << 28,
    OVF_MESSAGE_TRACK_RATE = 1 << 29,
    OVF_MESSAGE_GROUND = 1 << 30, /* on_ground is stated */
};

/** A position as it is sent: half of one, of 2^17 steps a zone (2^19 a quarter of the globe on the ground). */
struct ovf_cpr {
    uint32_t lat;
    uint32_t lon;
    bool is_odd;
    bool is_surface;
};

struct ovf_message {
    uint32_t has; /* OVF_MESSAGE_ALT_BARO ... */
    uint32_t address;
    uint8_t df;
    uint8_t
        capability; /* the three bits behind the format: CA of 11 and 17, CF of 18, FS of 4, 5, 20, 21 */
    uint8_t source;    /* enum ovf_message_source */
    uint8_t type_code; /* of an extended squitter; 0 is one of its own */
    uint8_t subtype;
    uint8_t bds;       /* the register, 0x05 to 0x65; 0: none, or not known which */
    bool is_squitter;  /* extended: type_code means something */
    bool is_corrected; /* one bit was wrong */
    bool on_ground;
    uint8_t version;
    uint8_t nac_p;
    uint8_t nac_v;
    uint8_t sil;
    bool nic_a;
    bool nic_b;
    bool nic_c;
    bool nic_baro;
    bool sil_is_per_sample; /* its supplement; else per hour */
    uint8_t emergency;
    char category[3]; /* "A3" */
    uint16_t squawk;  /* four octal digits as read, 0 to 7777 in decimal notation */
    int32_t alt_baro_ft;
    int32_t alt_geom_ft;
    int32_t baro_rate_fpm;
    int32_t geom_rate_fpm;
    int32_t geom_minus_baro_ft;
    int32_t selected_alt_ft;
    int32_t fms_alt_ft;
    struct ovf_cpr cpr;
    uint32_t
        velocity; /* over ground, as it is sent in 0,9; 0: gs_kt and track_deg are none of it */
    double gs_kt;
    double track_deg;   /* true, 0 to below 360 */
    double heading_deg; /* magnetic in 6,0; what the airframe has in 0,9 */
    double ias_kt;
    double tas_kt;
    double mach;
    double qnh_hpa;
    double roll_deg; /* right wing down is positive */
    double track_rate_degps;
    char callsign[8]; /* padded with NULs */
};

#endif
