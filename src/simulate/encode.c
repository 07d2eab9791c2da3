/* SPDX-License-Identifier: Apache-2.0 */
/* Encoding.
 * Source: RTCA DO-260B 2.2.3.2 and A.1.7 (positions); ICAO Annex 10 vol. IV, 3.1.2.3.3 (parity).
 *
 * An extended squitter: 5 bits format, 3 capability, 24 address, 56 ME, 24 parity. Fields of the ME are put down one
 * after the other, as the standard's figures list them.
 */
#include "simulate/encode.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846
#define RAD_PER_DEG (PI / 180)

enum { CPR_BITS = 17 };

/** A message while it is written, bit by bit. */
struct bits {
    struct ovf_encoded message;
    int n;
};

static void put(struct bits *bits, uint32_t value, int n_bits)
{
    for (int i = n_bits - 1; i >= 0; i--, bits->n++) {
        if ((value >> i & 1) != 0)
            bits->message.bytes[bits->n / 8] |= (unsigned char)(0x80 >> bits->n % 8);
    }
}

/** The remainder of the first \p n_bits and 24 zeros. */
static uint32_t parity_of(const unsigned char *bytes, int n_bits)
{
    uint32_t remainder = 0;
    for (int i = 0; i < n_bits; i++) {
        const uint32_t bit = bytes[i / 8] >> (7 - i % 8) & 1U;
        const bool divides = (remainder >> 23 ^ bit) != 0;
        remainder = remainder << 1 & 0xFFFFFF;
        if (divides)
            remainder ^= 0xFFF409;
    }
    return remainder;
}

static struct ovf_encoded seal(struct bits *bits)
{
    const uint32_t parity = parity_of(bits->message.bytes, bits->n);
    put(bits, parity, 24);
    bits->message.n_bytes = bits->n / 8;
    return bits->message;
}

static struct bits begin(const struct ovf_encode_sender *sender)
{
    struct bits bits = {.n = 0};
    put(&bits, (uint32_t)sender->df, 5);
    put(&bits, (uint32_t)sender->capability, 3);
    put(&bits, sender->icao24, 24);
    return bits;
}

struct ovf_encoded ovf_encode_all_call(uint32_t icao24, int capability)
{
    const struct ovf_encode_sender sender = {icao24, 11, capability};
    struct bits bits = begin(&sender);
    return seal(&bits);
}

struct ovf_encoded ovf_encode_altitude_reply(uint32_t icao24, int32_t alt_ft)
{
    const uint32_t n = (uint32_t)((alt_ft + 1000) / 25);
    struct bits bits = {.n = 0};
    put(&bits, 4, 5);
    put(&bits, 0, 3); /* in the air, no alert */
    put(&bits, 0, 11);
    put(&bits, n >> 5, 6);
    put(&bits, 0, 1); /* M: feet */
    put(&bits, n >> 4 & 1, 1);
    put(&bits, 1, 1); /* Q: 25 ft */
    put(&bits, n & 15, 4);
    const uint32_t parity = parity_of(bits.message.bytes, bits.n);
    put(&bits, parity ^ icao24, 24);
    bits.message.n_bytes = bits.n / 8;
    return bits.message;
}

struct ovf_encoded ovf_encode_identification(const struct ovf_encode_sender *sender,
                                             const char *callsign)
{
    enum { TYPE_SET_A = 4, CATEGORY_LARGE = 3, BLANK = 32 };
    struct bits bits = begin(sender);
    const size_t len = strlen(callsign);
    put(&bits, TYPE_SET_A, 5);
    put(&bits, CATEGORY_LARGE, 3);
    for (size_t i = 0; i < 8; i++) /* letters are 1 to 26, digits their ASCII */
        put(&bits, i >= len ? BLANK : (unsigned char)callsign[i] & 0x3FU, 6);
    return seal(&bits);
}

/** Zones of longitude at a latitude. */
static int zones_at(double lat_deg)
{
    if (fabs(lat_deg) >= 87)
        return fabs(lat_deg) > 87 ? 1 : 2;
    const double a = 1 - cos(PI / 30);
    const double c = cos(lat_deg * RAD_PER_DEG);
    return (int)floor(2 * PI / acos(1 - a / (c * c)));
}

static double modulo(double a, double b)
{
    return a - b * floor(a / b);
}

/** Both halves of a position, 17 bits each, of zones over \p span_deg. */
static void put_place(struct bits *bits, const struct ovf_encode_place *place, double span_deg)
{
    const double steps = 1 << CPR_BITS;
    const double dlat = span_deg / (place->is_odd ? 59 : 60);
    const double yz = floor(steps * modulo(place->lat_deg, dlat) / dlat + 0.5);
    const double rlat = dlat * (yz / steps + floor(place->lat_deg / dlat));
    const int n = zones_at(rlat) - (place->is_odd ? 1 : 0);
    const double dlon = span_deg / (n > 0 ? n : 1);
    const double xz = floor(steps * modulo(place->lon_deg, dlon) / dlon + 0.5);
    put(bits, place->is_odd ? 1 : 0, 1);
    put(bits, (uint32_t)modulo(yz, steps), CPR_BITS);
    put(bits, (uint32_t)modulo(xz, steps), CPR_BITS);
}

struct ovf_encoded ovf_encode_airborne(const struct ovf_encode_sender *sender,
                                       const struct ovf_encode_place *place)
{
    struct bits bits = begin(sender);
    const uint32_t n = (uint32_t)((place->alt_ft + 1000) / 25);
    put(&bits, (uint32_t)place->type_code, 5);
    put(&bits, 0, 3); /* no alert, no supplement */
    put(&bits, n >> 4, 7);
    put(&bits, 1, 1); /* Q: 25 ft */
    put(&bits, n & 15, 4);
    put(&bits, 0, 1);
    put_place(&bits, place, 360);
    return seal(&bits);
}

/** Movement, the steps of DO-260B table 2-15. */
static uint32_t movement_of(double gs_kt)
{
    static const struct {
        double from_kt;
        double step_kt;
        uint32_t first;
    } runs[] = {{175, 1e9, 124}, {100, 5, 109}, {70, 2, 94},      {15, 1, 39},
                {2, 0.5, 13},    {1, 0.25, 9},  {0.125, 0.125, 2}};
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        if (gs_kt >= runs[i].from_kt)
            return runs[i].first + (uint32_t)floor((gs_kt - runs[i].from_kt) / runs[i].step_kt);
    }
    return 1; /* it stands */
}

struct ovf_encoded ovf_encode_surface(const struct ovf_encode_sender *sender,
                                      const struct ovf_encode_place *place)
{
    struct bits bits = begin(sender);
    put(&bits, (uint32_t)place->type_code, 5);
    put(&bits, movement_of(place->gs_kt), 7);
    put(&bits, 1, 1);
    put(&bits, (uint32_t)floor(place->track_deg * 128 / 360 + 0.5) % 128, 7);
    put(&bits, 0, 1);
    put_place(&bits, place, 90);
    return seal(&bits);
}

/** A sign, and what counts from 1; 0 would be "not available". */
static void put_signed(struct bits *bits, int32_t n, int n_bits)
{
    put(bits, n < 0 ? 1 : 0, 1);
    put(bits, (uint32_t)((n < 0 ? -n : n) + 1), n_bits);
}

struct ovf_encoded ovf_encode_velocity(const struct ovf_encode_sender *sender,
                                       const struct ovf_encode_velocity *velocity)
{
    enum { TYPE_VELOCITY = 19, OVER_GROUND = 1 };
    const double track_rad = velocity->track_deg * RAD_PER_DEG;
    struct bits bits = begin(sender);
    put(&bits, TYPE_VELOCITY, 5);
    put(&bits, OVER_GROUND, 3);
    put(&bits, 0, 2);
    put(&bits, 1, 3); /* NACv: within 10 m/s */
    put_signed(&bits, (int32_t)lround(velocity->gs_kt * sin(track_rad)), 10);
    put_signed(&bits, (int32_t)lround(velocity->gs_kt * cos(track_rad)), 10);
    put(&bits, 1, 1); /* the rate is barometric */
    put_signed(&bits, velocity->baro_rate_fpm / 64, 9);
    put(&bits, 0, 2);
    put_signed(&bits, velocity->geom_minus_baro_ft / 25, 7);
    return seal(&bits);
}

struct ovf_encoded ovf_encode_status(const struct ovf_encode_sender *sender, unsigned squawk)
{
    enum { TYPE_STATUS = 28, EMERGENCY = 1 };
    const unsigned a = squawk / 1000;
    const unsigned b = squawk / 100 % 10;
    const unsigned c = squawk / 10 % 10;
    const unsigned d = squawk % 10;
    /* C1 A1 C2 A2 C4 A4 0 B1 D1 B2 D2 B4 D4 */
    const unsigned code[13] = {c & 1, a & 1, c >> 1 & 1, a >> 1 & 1, c >> 2, a >> 2, 0,
                               b & 1, d & 1, b >> 1 & 1, d >> 1 & 1, b >> 2, d >> 2};
    struct bits bits = begin(sender);
    put(&bits, TYPE_STATUS, 5);
    put(&bits, EMERGENCY, 3);
    put(&bits, 0, 3);
    for (int i = 0; i < 13; i++)
        put(&bits, code[i], 1);
    put(&bits, 0, 32);
    return seal(&bits);
}

struct ovf_encoded ovf_encode_operation(const struct ovf_encode_sender *sender, bool on_ground,
                                        unsigned nac_p, unsigned sil)
{
    enum { TYPE_OPERATION = 31, VERSION = 2 };
    struct bits bits = begin(sender);
    put(&bits, TYPE_OPERATION, 5);
    put(&bits, on_ground ? 1 : 0, 3);
    put(&bits, 0, 32); /* capability classes, operational modes */
    put(&bits, VERSION, 3);
    put(&bits, 0, 1); /* supplement A */
    put(&bits, nac_p, 4);
    put(&bits, 0, 2);
    put(&bits, sil, 2);
    put(&bits, on_ground ? 0 : 1, 1); /* NICbaro */
    put(&bits, 0, 3);
    return seal(&bits);
}
