/* SPDX-License-Identifier: Apache-2.0 */
/* For tests with other programs: writes a small store with a row of every kind, or checks one that
 * others have edited.
 *
 *   tool_gpkg write FILE     everything in it is invented
 *   tool_gpkg check FILE     integrity, foreign keys, R-trees; prints the number of crossings
 *   tool_gpkg fill FILE N    N crossings more, in one transaction; prints rows and seconds */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/time.h"
#include "store/gpkg.h"
#include "store/store.h"

static struct ovf_error error;

static void must(enum ovf_status st)
{
    if (st == OVF_OK)
        return;
    fprintf(stderr, "%s (status %d)\n", error.text, (int)st);
    exit(1);
}

static struct ovf_point at(double lat_deg, double lon_deg)
{
    return (struct ovf_point){(int32_t)lround(lat_deg * 1e7), ovf_lon_wrap(llround(lon_deg * 1e7))};
}

static struct ovf_store_time when(int64_t t_s)
{
    return (struct ovf_store_time){true, (1341137553 + t_s) * OVF_NS_PER_S + 412 * OVF_NS_PER_MS};
}

static struct ovf_store_int number(int64_t value)
{
    return (struct ovf_store_int){true, value};
}

static void put_crossings(struct ovf_store *store)
{
    static const char *const classes[] = {"observed", "bracketed",  "necessary",   "near_certain",
                                          "possible", "impossible", "inconsistent"};
    for (int i = 0; i < 7; i++) {
        char id[16];
        const struct ovf_point points[] = {at(33 + i, 40), at(33.5 + i, 42), at(33.2 + i, 45)};
        const int64_t times_ns[] = {when(i).t_ns, when(i + 500).t_ns, when(i + 1000).t_ns};
        const struct ovf_store_part parts[] = {{points, 2, times_ns},
                                               {points + 1, 2, times_ns + 1}};
        snprintf(id, sizeof id, "c%d", i);
        const struct ovf_store_crossing row = {
            .id = id,
            .rev = "r1",
            .icao24 = "f10031",
            .callsign = "SIM152",
            .airspace = "IQ",
            .kind = "country",
            .edition = "0.6.0",
            .role = "overflight",
            .class = classes[i],
            .n_fixes_inside = number(212),
            .entry_time = when(i),
            .entry_lat_deg = {true, 33.0 + i},
            .entry_lon_deg = {true, 40},
            .exit_time = when(1000 + i),
            .duration_s = {true, 1000.25},
            .distance_m = {true, 612345},
            .from_airport = "OIIE",
            .to_airport = "OSDI",
            .flight_id = "f1",
            .simulated = true,
            .json = "{\"type\":\"crossing\",\"simulated\":true}",
            .geom = {.parts = parts, .n_parts = 2, .has_times = true},
        };
        must(ovf_store_put_crossing(store, &row, &error));
    }
}

static void put_lines(struct ovf_store *store)
{
    const struct ovf_point pacific[] = {at(20, 178), at(21, 179.5), at(22, -179)};
    const struct ovf_point later[] = {at(25, -170), at(26, -169)};
    const int64_t times_ns[] = {when(0).t_ns, when(60).t_ns, when(100).t_ns, when(4000).t_ns,
                                when(9000).t_ns};
    const struct ovf_store_part parts[] = {{pacific, 3, times_ns}, {later, 2, times_ns + 3}};
    const struct ovf_store_flight flight = {
        .id = "f1",
        .rev = "r1",
        .icao24 = "f10031",
        .flight_start = when(0),
        .flight_end = when(9000),
        .from_score = {true, 0.99},
        .n_fixes = number(5),
        .altitudes = "0:,60:34000,9000:34000",
        .simulated = true,
        .geom = {.parts = parts, .n_parts = 2, .has_times = true},
    };
    must(ovf_store_put_flight(store, &flight, &error));
    const struct ovf_point ends[] = {pacific[2], later[0]};
    const struct ovf_store_part part = {.points = ends, .n_points = 2};
    const struct ovf_store_gap gap = {
        .id = "g1",
        .rev = "r1",
        .icao24 = "f10031",
        .flight_id = "f1",
        .gap_start = when(100),
        .gap_end = when(4000),
        .duration_s = {true, 3900},
        .cause = "not_heard",
        .simulated = true,
        .geom = {.parts = &part, .n_parts = 1, .geodesic = true},
    };
    must(ovf_store_put_gap(store, &gap, &error));
}

static void put_area(struct ovf_store *store)
{
    struct ovf_map_point points[] = {{0, 0},
                                     {0, 100000000},
                                     {100000000, 100000000},
                                     {100000000, 0},
                                     {0, 0},
                                     {20000000, 20000000},
                                     {80000000, 20000000},
                                     {80000000, 80000000},
                                     {20000000, 20000000}};
    struct ovf_polygon_ring rings[] = {{0, 5, false}, {5, 4, true}};
    const struct ovf_store_airspace row = {
        .id = "zone:box",
        .rev = "r1",
        .airspace = "zone:box",
        .name = "A box with a hole",
        .kind = "zone",
        .floor = "FL100",
        .geom = {.points = points, .n_points = 9, .rings = rings, .n_rings = 2},
    };
    must(ovf_store_put_airspace(store, &row, &error));
}

static void put_rest(struct ovf_store *store)
{
    int64_t fid = 0;
    const struct ovf_store_input input = {.id = "sha256:00",
                                          .path = "day.tar",
                                          .bytes = number(1),
                                          .first = when(0),
                                          .last = when(9)};
    must(ovf_store_put_input(store, &input, &error));
    must(ovf_store_find(store, OVF_STORE_INPUT, "sha256:00", &fid, &error));
    const struct ovf_store_journey journey = {
        .id = "j1", .rev = "r1", .icao24 = "f10031", .journey_legs = number(2), .simulated = true};
    must(ovf_store_put_journey(store, &journey, &error));
    const struct ovf_store_finding finding = {.id = "x1",
                                              .rev = "r1",
                                              .rule = "permit/1",
                                              .verdict = "not_in_supplied_list",
                                              .about_kind = "crossing",
                                              .about_id = "c0",
                                              .as_of = when(0)};
    must(ovf_store_put_finding(store, &finding, &error));
    const struct ovf_store_completeness day = {.id = "sha256:00 2012-07-01",
                                               .input = "sha256:00",
                                               .day = when(0),
                                               .folders = number(256),
                                               .aircraft_to_neighbours = {true, 1.02}};
    must(ovf_store_put_completeness(store, &day, &error));
    const struct ovf_store_traffic traffic = {.input_fid = number(fid),
                                              .day = when(0),
                                              .cell = number(7),
                                              .alt_band = "high",
                                              .lat_deg = {true, 33.5},
                                              .lon_deg = {true, 44.5},
                                              .fixes = number(100)};
    must(ovf_store_put_traffic(store, &traffic, &error));
}

static void write_all(struct ovf_store *store)
{
    must(ovf_store_begin(store, when(0).t_ns, &error));
    put_crossings(store);
    put_lines(store);
    put_area(store);
    put_rest(store);
    must(ovf_store_commit(store, &error));
}

static void expect(struct ovf_store *store, const char *sql, const char *want)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    must(ovf_sql_prepare(ovf_store_db(store), sql, &stmt, &error));
    must(ovf_sql_step(stmt, &row, &error));
    const char *const got = row ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
    if (got == NULL || strcmp(got, want) != 0) {
        fprintf(stderr, "%s: got %s, want %s\n", sql, got != NULL ? got : "nothing", want);
        exit(1);
    }
    sqlite3_finalize(stmt);
}

static void check(struct ovf_store *store)
{
    int64_t n = 0;
    expect(store, "PRAGMA integrity_check", "ok");
    expect(store, "SELECT count(*) FROM pragma_foreign_key_check", "0");
    expect(store, "SELECT rtreecheck('rtree_crossings_geom')", "ok");
    expect(store, "SELECT rtreecheck('rtree_flights_geom')", "ok");
    expect(store,
           "SELECT count(*) FROM crossings c LEFT JOIN rtree_crossings_geom r ON r.id=c.fid "
           "WHERE (c.geom IS NULL)!=(r.id IS NULL)",
           "0");
    expect(store,
           "SELECT (SELECT count(*) FROM rtree_crossings_geom)="
           "(SELECT count(*) FROM crossings WHERE geom NOT NULL)",
           "1");
    must(ovf_sql_int(ovf_store_db(store), "SELECT count(*) FROM crossings", 0, &n, &error));
    printf("%lld\n", (long long)n);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void fill(struct ovf_store *store, long n)
{
    const double begin_s = seconds();
    must(ovf_store_begin(store, when(0).t_ns, &error));
    for (long i = 0; i < n; i++) {
        char id[33];
        const uint64_t r = (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15);
        const double lat = (double)(r >> 40) / 16777216.0 * 160 - 80;
        const double lon = (double)(r >> 16 & 0xffffff) / 16777216.0 * 358 - 179;
        const struct ovf_point points[] = {at(lat, lon), at(lat + 0.5, lon + 0.5)};
        const int64_t times_ns[] = {when(i).t_ns, when(i + 600).t_ns};
        const struct ovf_store_part part = {points, 2, times_ns};
        snprintf(id, sizeof id, "%016llx%016llx", (unsigned long long)r, (unsigned long long)i);
        const struct ovf_store_crossing row = {
            .id = id,
            .rev = id,
            .icao24 = "f10031",
            .airspace = "IQ",
            .class = "observed",
            .entry_time = when(i),
            .exit_time = when(i + 600),
            .geom = {.parts = &part, .n_parts = 1, .has_times = true},
        };
        must(ovf_store_put_crossing(store, &row, &error));
    }
    const double put_s = seconds();
    must(ovf_store_commit(store, &error));
    const double end_s = seconds();
    printf("%ld rows: put %.3f s, index and commit %.3f s, %.0f rows/s\n", n, put_s - begin_s,
           end_s - put_s, (double)n / (end_s - begin_s));
}

int main(int argc, char **argv)
{
    struct ovf_store *store = NULL;
    if (argc < 3) {
        fprintf(stderr, "usage: tool_gpkg write|check|fill FILE [N]\n");
        return 2;
    }
    must(ovf_store_open(argv[2], &store, &error));
    if (strcmp(argv[1], "write") == 0)
        write_all(store);
    else if (strcmp(argv[1], "check") == 0)
        check(store);
    else if (argc == 4)
        fill(store, strtol(argv[3], NULL, 10));
    ovf_store_close(store);
    return 0;
}
