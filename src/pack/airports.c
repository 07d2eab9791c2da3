/* SPDX-License-Identifier: Apache-2.0 */
/* Checking and reading the airport section; the layout stands in the header. After the check no read
 * can leave the section, so reading cannot fail. */
#include "pack/airports.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/local.h"
#include "geo/trig.h"
#include "pack/airports_layout.h"

static int32_t load_i32(const unsigned char *p)
{
    const uint32_t raw = ovf_load_u32le(p);
    return raw <= INT32_MAX ? (int32_t)raw : (int32_t)((int64_t)raw - INT64_C(4294967296));
}

static uint32_t load_u16(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static void load_text(char *text, const unsigned char *p, size_t size)
{
    memcpy(text, p, size);
    text[size] = '\0';
}

/* Printable ASCII without the space, then only NULs; all its bytes at once. The first byte is the lowest. */
static bool is_label(uint64_t text)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    const uint64_t high = each * 0x80;
    const uint64_t there = (text + each * 0x7F) & high; /* no NUL */
    const uint64_t visible = (text + each * (0x7F - ' ')) & high;
    const uint64_t last = (text + each) & high; /* 0x7F */
    const uint64_t behind_nul = there & ~(there << 8) & ~UINT64_C(0xFF);
    return ((text & high) | (there ^ visible) | last | behind_nul) == 0;
}

uint32_t ovf_airports_cell(struct ovf_point at)
{
    const uint32_t row = (uint32_t)((at.lat_e7 + INT64_C(900000000)) / OVF_E7_PER_DEG);
    const uint32_t column = (uint32_t)((at.lon_e7 + INT64_C(1800000000)) / OVF_E7_PER_DEG);
    return (row < OVF_AIRPORT_ROWS ? row : OVF_AIRPORT_ROWS - 1) * OVF_AIRPORT_COLUMNS +
           column; /* the pole itself */
}

static bool is_airport(const struct ovf_airports *a, uint32_t index)
{
    const unsigned char *p = a->airports + (size_t)index * AIRPORT_BYTES;
    const struct ovf_point at = {load_i32(p), load_i32(p + 4)};
    struct ovf_bytes name;
    if (at.lat_e7 < -900000000 || at.lat_e7 > 900000000 || at.lon_e7 < -1800000000 ||
        at.lon_e7 >= 1800000000)
        return false;
    const uint32_t cell = ovf_airports_cell(at);
    if (index < ovf_load_u32le(a->cells + (size_t)cell * 4) ||
        index >= ovf_load_u32le(a->cells + (size_t)cell * 4 + 4))
        return false;
    if ((uint64_t)ovf_load_u32le(p + 12) + p[22] > a->n_runways || p[23] >= OVF_AIRPORT_TYPES ||
        !ovf_bytes_slice(a->text, ovf_load_u32le(p + 16), load_u16(p + 20), &name))
        return false;
    return is_label(load_u16(p + 26)) && is_label(ovf_load_u32le(p + 28)) && p[32] != 0 &&
           is_label(ovf_load_u64le(p + 32)) && is_label(ovf_load_u64le(p + 40));
}

static bool check_cells(const struct ovf_airports *a)
{
    uint32_t before = 0;
    for (size_t i = 0; i <= N_CELLS; i++) {
        const uint32_t first = ovf_load_u32le(a->cells + i * 4);
        if (first < before || first > a->n)
            return false;
        before = first;
    }
    return before == a->n;
}

/** As a number whose order is that of the text. */
static uint64_t code_of(const struct ovf_airports *a, uint32_t index)
{
    const unsigned char *p = a->airports + (size_t)index * AIRPORT_BYTES + 32;
    uint64_t code = 0;
    for (int i = 0; i < 8; i++)
        code = code << 8 | p[i];
    return code;
}

static bool check_codes(const struct ovf_airports *a)
{
    uint64_t before = 0; /* no code is empty */
    uint32_t index_before = 0;
    for (uint32_t i = 0; i < a->n; i++) {
        const uint32_t index = ovf_load_u32le(a->codes + (size_t)i * 4);
        if (index >= a->n)
            return false;
        const uint64_t code = code_of(a, index);
        if (code < before || (code == before && index <= index_before))
            return false;
        before = code;
        index_before = index;
    }
    return true;
}

static bool check_runways(const struct ovf_airports *a)
{
    for (uint32_t i = 0; i < a->n_runways; i++) {
        const unsigned char *p = a->runways + (size_t)i * RUNWAY_BYTES;
        if (load_u16(p + 4) > 360 || !is_label(ovf_load_u64le(p + 8)) ||
            !is_label(ovf_load_u64le(p + 16)))
            return false;
    }
    return true;
}

/* Where the parts stand; false when the bytes are not exactly that many. */
static bool lay_out(struct ovf_bytes section, struct ovf_airports *a)
{
    if (section.len < HEADER_BYTES || memcmp(section.data, OVF_AIRPORTS_MAGIC, 8) != 0)
        return false;
    const struct ovf_airports_layout layout =
        ovf_airports_lay_out(ovf_load_u32le(section.data + 8), ovf_load_u32le(section.data + 12),
                             ovf_load_u32le(section.data + 16));
    if (layout.end != section.len)
        return false;
    *a = (struct ovf_airports){
        .n = ovf_load_u32le(section.data + 8),
        .n_runways = ovf_load_u32le(section.data + 12),
        .cells = section.data + HEADER_BYTES,
        .airports = section.data + layout.airports,
        .runways = section.data + layout.runways,
        .codes = section.data + layout.codes,
        .text = {section.data + layout.text, ovf_load_u32le(section.data + 16)},
    };
    return true;
}

enum ovf_status ovf_airports_view(struct ovf_bytes section, struct ovf_airports *out,
                                  struct ovf_error *err)
{
    struct ovf_airports a = {0};
    if (!lay_out(section, &a))
        return ovf_error_set(err, OVF_E_FORMAT, "airports: no section of this version (%zu bytes)",
                             section.len);
    if (!check_cells(&a))
        return ovf_error_set(err, OVF_E_FORMAT, "airports: the cells are not in order");
    for (uint32_t i = 0; i < a.n; i++)
        if (!is_airport(&a, i))
            return ovf_error_set(err, OVF_E_FORMAT, "airports: airport %u is broken", (unsigned)i);
    if (!check_runways(&a) || !check_codes(&a))
        return ovf_error_set(err, OVF_E_FORMAT, "airports: runways or codes are broken");
    *out = a;
    return OVF_OK;
}

struct ovf_airport ovf_airports_get(const struct ovf_airports *airports, uint32_t index)
{
    const unsigned char *p = airports->airports + (size_t)index * AIRPORT_BYTES;
    struct ovf_airport airport = {
        .at = {load_i32(p), load_i32(p + 4)},
        .elevation_ft = load_i32(p + 8),
        .has_elevation = (p[24] & AIRPORT_HAS_ELEVATION) != 0,
        .scheduled = (p[24] & AIRPORT_SCHEDULED) != 0,
        .type = (enum ovf_airport_type)p[23],
        .name = {airports->text.data + ovf_load_u32le(p + 16), load_u16(p + 20)},
        .first_runway = ovf_load_u32le(p + 12),
        .n_runways = p[22],
    };
    load_text(airport.country, p + 26, 2);
    load_text(airport.iata, p + 28, 4);
    load_text(airport.code, p + 32, 8);
    load_text(airport.identifier, p + 40, 8);
    return airport;
}

struct ovf_runway ovf_airports_runway(const struct ovf_airports *airports, uint32_t index)
{
    const unsigned char *p = airports->runways + (size_t)index * RUNWAY_BYTES;
    struct ovf_runway runway = {
        .length_ft = load_u16(p),
        .width_ft = load_u16(p + 2),
        .heading_deg = load_u16(p + 4),
        .has_heading = (p[6] & RUNWAY_HAS_HEADING) != 0,
        .closed = (p[6] & RUNWAY_CLOSED) != 0,
    };
    load_text(runway.low, p + 8, 8);
    load_text(runway.high, p + 16, 8);
    return runway;
}

double ovf_airports_longest_ft(const struct ovf_airports *airports,
                               const struct ovf_airport *airport)
{
    double longest_ft = 0;
    for (uint32_t i = 0; i < airport->n_runways; i++) {
        const struct ovf_runway runway = ovf_airports_runway(airports, airport->first_runway + i);
        if (!runway.closed && runway.length_ft > longest_ft)
            longest_ft = runway.length_ft;
    }
    return longest_ft;
}

bool ovf_airports_find(const struct ovf_airports *airports, struct ovf_bytes code, uint32_t *index)
{
    unsigned char key[8] = {0};
    if (code.len == 0 || code.len > sizeof key)
        return false;
    memcpy(key, code.data, code.len);
    uint32_t low = 0;
    uint32_t high = airports->n;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const uint32_t at = ovf_load_u32le(airports->codes + (size_t)middle * 4);
        if (memcmp(airports->airports + (size_t)at * AIRPORT_BYTES + 32, key, 8) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = false;
    for (; low < airports->n; low++) {
        const uint32_t at = ovf_load_u32le(airports->codes + (size_t)low * 4);
        const unsigned char *p = airports->airports + (size_t)at * AIRPORT_BYTES;
        if (memcmp(p + 32, key, 8) != 0)
            break;
        if (found && p[23] == OVF_AIRPORT_CLOSED)
            continue;
        *index = at;
        found = true;
        if (p[23] != OVF_AIRPORT_CLOSED)
            break;
    }
    return found;
}

struct ovf_airport_range ovf_airports_of_cell(const struct ovf_airports *airports, uint32_t cell)
{
    const unsigned char *p = airports->cells + (size_t)cell * 4;
    return (struct ovf_airport_range){ovf_load_u32le(p), ovf_load_u32le(p + 4)};
}

static double cosine_of(int64_t angle_e7)
{
    double sine = 0;
    double cosine = 0;
    ovf_sincos_e7((int32_t)angle_e7, &sine, &cosine);
    return cosine;
}

struct circle {
    struct ovf_point point;
    double cosine; /* of its latitude */
    double radius_m;
};

/** How far from the point's longitude a place in a row of cells can be: of two places that are dlat and dlon apart,
 * chord^2 = 4 sin^2(dlat / 2) + 4 cos cos sin^2(dlon / 2). All of the row when that is a quarter of the globe. */
static int64_t reach_in_row_e7(const struct circle *circle, int32_t row)
{
    const int64_t low_e7 = (int64_t)(row - OVF_AIRPORT_ROWS / 2) * OVF_E7_PER_DEG;
    const int64_t high_e7 = low_e7 + OVF_E7_PER_DEG;
    const int64_t lat_e7 = circle->point.lat_e7;
    const int64_t dlat_e7 = lat_e7 < low_e7    ? low_e7 - lat_e7
                            : lat_e7 > high_e7 ? lat_e7 - high_e7
                                               : 0;
    const double least = cosine_of(row < OVF_AIRPORT_ROWS / 2 ? low_e7 : high_e7);
    const double chord = circle->radius_m / RADIUS_LOW_M;
    const double left = chord * chord - 2 * (1 - cosine_of(dlat_e7));
    const double cosines = circle->cosine * least; /* 0 at a pole */
    if (!(left < 2 * cosines))
        return OVF_E7_PER_DEG * INT64_C(180);
    /* No arc from 0 to a right angle is longer than its sine x and (pi / 2 - 1) x^3. */
    const double sine2 = left > 0 ? left / (4 * cosines) : 0;
    const double arc = 2 * sqrt(sine2) * (1 + 0.571 * sine2);
    return (int64_t)(arc * E7_PER_RAD_HIGH) + 1;
}

/** The cells of a row that the circle may have a place in: no more than go round the globe. */
static void visit_row(const struct circle *circle, int32_t row, struct ovf_airport_reach reach,
                      ovf_airport_cells_visit *visit, void *context)
{
    const uint32_t begin = (uint32_t)(row * OVF_AIRPORT_COLUMNS);
    const int64_t east_e7 = circle->point.lon_e7 + OVF_E7_TURN * 3 / 2; /* a turn more: above 0 */
    const int32_t west = (int32_t)((east_e7 - reach.lon_e7) / OVF_E7_PER_DEG);
    const int32_t east = (int32_t)((east_e7 + reach.lon_e7) / OVF_E7_PER_DEG);
    const int32_t n = east - west < OVF_AIRPORT_COLUMNS ? east - west + 1 : OVF_AIRPORT_COLUMNS;
    const int32_t first = west % OVF_AIRPORT_COLUMNS;
    const int32_t n_behind = first + n > OVF_AIRPORT_COLUMNS ? first + n - OVF_AIRPORT_COLUMNS : 0;
    visit(context, begin + (uint32_t)first, begin + (uint32_t)(first + n - n_behind), reach);
    if (n_behind > 0)
        visit(context, begin, begin + (uint32_t)n_behind, reach);
}

void ovf_airports_each_cells(struct ovf_point point, double radius_m,
                             ovf_airport_cells_visit *visit, void *context)
{
    if (!(radius_m >= 0))
        return;
    const struct circle circle = {point, cosine_of(point.lat_e7),
                                  radius_m < OVF_AIRPORTS_NEAR_MAX_M ? radius_m
                                                                     : OVF_AIRPORTS_NEAR_MAX_M};
    const double reach_deg = circle.radius_m / M_PER_DEG_LOW;
    struct ovf_airport_reach reach = {.lat_e7 = (int64_t)(reach_deg * OVF_E7_PER_DEG) + 1};
    const int64_t south_e7 = point.lat_e7 + INT64_C(900000000) - reach.lat_e7;
    const int64_t north_e7 = point.lat_e7 + INT64_C(900000000) + reach.lat_e7;
    for (int32_t row = south_e7 > 0 ? (int32_t)(south_e7 / OVF_E7_PER_DEG) : 0;
         row <= north_e7 / OVF_E7_PER_DEG && row < OVF_AIRPORT_ROWS; row++) {
        reach.lon_e7 = reach_in_row_e7(&circle, row);
        visit_row(&circle, row, reach, visit, context);
    }
}

struct search {
    const struct ovf_airports *airports;
    struct ovf_point point;
    struct ovf_unit centre;
    double radius_m;
    ovf_airport_visit *visit;
    void *context;
};

static void search_cells(void *context, uint32_t begin, uint32_t end,
                         struct ovf_airport_reach reach)
{
    const struct search *const search = context;
    const uint32_t last = ovf_airports_of_cell(search->airports, end - 1).end;
    for (uint32_t i = ovf_airports_of_cell(search->airports, begin).begin; i < last; i++) {
        const unsigned char *p = search->airports->airports + (size_t)i * AIRPORT_BYTES;
        const struct ovf_point at = {load_i32(p), load_i32(p + 4)};
        if (!ovf_airport_may_reach(search->point, at, reach))
            continue;
        const double distance_m = ovf_chord_m(search->centre, ovf_unit_from_point(at));
        if (distance_m <= search->radius_m)
            search->visit(search->context, i, distance_m);
    }
}

void ovf_airports_each_near(const struct ovf_airports *airports, struct ovf_point point,
                            double radius_m, ovf_airport_visit *visit, void *context)
{
    struct search search = {.airports = airports,
                            .point = point,
                            .centre = ovf_unit_from_point(point),
                            .radius_m = fmin(radius_m, OVF_AIRPORTS_NEAR_MAX_M),
                            .visit = visit,
                            .context = context};
    ovf_airports_each_cells(point, radius_m, search_cells, &search);
}
