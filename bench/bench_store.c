/* SPDX-License-Identifier: Apache-2.0 */
/* Crossings into a new GeoPackage, with its R-tree, in one transaction:
 *
 *   bench_store FOLDER ROUNDS ROWS
 *
 * A row is what ovf_store_put_crossing puts: an entry in the R-tree, in the index of ids and in that of
 * aircraft each. The means of `overflight simulate --world-day` are an NDJSON object of 1,836 bytes and a
 * line of 364 points.
 *
 * store_short rows with who, where, when and a line of two points
 * store       rows with the columns that a scan fills, but the NDJSON object, and a line of 8 points
 * store_json  the same with the object
 * store_scan  the same with a line of 364 points: rows as a scan puts them
 * copy        SQLite alone: the finished table of store copied into a table without any index
 *
 * Files are made in FOLDER and removed. */
#include "bench.h"

#include <unistd.h>

#include "base/time.h"
#include "store/store.h"

enum { ROUNDS_MAX = 99, ROWS_MAX = 10000000, ID_BYTES = 33, JSON_BYTES = 1836, POINTS_MAX = 364 };

enum amount { SHORT, COLUMNS, WITH_JSON, SCANNED, N_AMOUNTS };
static const char *const names[] = {"store_short", "store", "store_json", "store_scan"};
static const int n_points[] = {2, 8, 8, POINTS_MAX};
/* So that no file is much larger than the others. */
static const size_t shares[] = {1, 1, 1, 4};

static const char program[] = "bench_store";

struct bench {
    char path[4096];
    size_t n_rows;
    char json[JSON_BYTES + 1];
};

static size_t rows_of(const struct bench *b, enum amount amount)
{
    return (b->n_rows + shares[amount] - 1) / shares[amount];
}

static void must(enum ovf_status st, const struct ovf_error *err)
{
    if (st != OVF_OK)
        bench_die(program, err->text);
}

static void remove_store(const struct bench *b)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal", "-plain"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char name[sizeof b->path + 16];
        (void)snprintf(name, sizeof name, "%s%s", b->path, suffixes[i]);
        (void)unlink(name);
    }
}

/** A well-mixed number of \p i, so that ids come in no order, as digests do. */
static uint64_t mixed(uint64_t i)
{
    i = (i ^ i >> 31) * UINT64_C(0x9E3779B97F4A7C15);
    i = (i ^ i >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    return i ^ i >> 32;
}

/** The last \p n_digits digits of \p value, and a NUL; returns where that is. */
static char *put_hex(char *at, uint64_t value, int n_digits)
{
    for (int i = n_digits; i > 0; i--, value >>= 4)
        at[i - 1] = "0123456789abcdef"[value & 15];
    at[n_digits] = '\0';
    return at + n_digits;
}

static const void *volatile made;

/** Without a \p store it is only made. */
static void put_row(const struct bench *b, struct ovf_store *store, size_t i, enum amount amount)
{
    char id[ID_BYTES];
    char rev[ID_BYTES];
    char icao24[] = "f00000";
    struct ovf_error err = {""};
    struct ovf_point points[POINTS_MAX];
    int64_t times_ns[POINTS_MAX];
    const int last = n_points[amount] - 1;
    const uint64_t m = mixed(i + 1);
    const int64_t t_ns = (INT64_C(1751328000) + (int64_t)(i % 86400)) * OVF_NS_PER_S;
    for (int32_t k = 0; k <= last; k++) {
        points[k] = (struct ovf_point){(int32_t)(m % 1600000000) - 800000000 + k * 10000,
                                       (int32_t)(m >> 32) % 1700000000 + k * 20000};
        times_ns[k] = t_ns + k * OVF_NS_PER_S;
    }
    put_hex(put_hex(id, m, 16), mixed(m), 16);
    put_hex(put_hex(rev, ~m, 16), mixed(~m), 16);
    put_hex(icao24 + 1, i / 20, 5);
    const struct ovf_store_part part = {points, (size_t)n_points[amount], times_ns};
    const struct ovf_store_crossing row = {
        .id = id,
        .rev = rev,
        .icao24 = icao24,
        .callsign = "SIM1234",
        .registration = "XX-ABC",
        .type_code = "A320",
        .airspace = i % 3 == 0 ? "IQ" : "TR",
        .kind = "country",
        .edition = "0.6.0",
        .role = "overflight",
        .class = "observed",
        .n_fixes_inside = {true, 151},
        .vertical = "inside",
        .entry_time = {true, t_ns},
        .entry_time_min = {true, t_ns - 4 * OVF_NS_PER_S},
        .entry_time_max = {true, t_ns + 6 * OVF_NS_PER_S},
        .entry_lat_deg = {true, points[0].lat_e7 / 1e7},
        .entry_lon_deg = {true, points[0].lon_e7 / 1e7},
        .entry_alt_baro_ft = {true, 35000.0},
        .entered_from = "IR",
        .exit_time = {true, t_ns + 1500 * OVF_NS_PER_S},
        .exit_time_min = {true, t_ns + 1490 * OVF_NS_PER_S},
        .exit_time_max = {true, t_ns + 1510 * OVF_NS_PER_S},
        .exit_lat_deg = {true, points[last].lat_e7 / 1e7},
        .exit_lon_deg = {true, points[last].lon_e7 / 1e7},
        .exit_alt_baro_ft = {true, 35000.0},
        .left_to = "SY",
        .duration_s = {true, 1500.0},
        .distance_m = {true, 350000.0},
        .from_airport = "OIIE",
        .from_country = "IR",
        .to_airport = "OSDI",
        .to_country = "SY",
        .flight_id = rev,
        .flight_start = {true, t_ns - 3000 * OVF_NS_PER_S},
        .flight_end = {true, t_ns + 4000 * OVF_NS_PER_S},
        .simulated = true,
        .json = amount >= WITH_JSON ? b->json : NULL,
        .geom = {.parts = &part, .n_parts = 1, .has_times = true},
    };
    const struct ovf_store_crossing shortened = {
        .id = id,
        .rev = rev,
        .icao24 = icao24,
        .callsign = row.callsign,
        .airspace = row.airspace,
        .entry_time = row.entry_time,
        .entry_lat_deg = row.entry_lat_deg,
        .entry_lon_deg = row.entry_lon_deg,
        .exit_time = row.exit_time,
        .exit_lat_deg = row.exit_lat_deg,
        .exit_lon_deg = row.exit_lon_deg,
        .geom = row.geom,
    };
    if (store != NULL)
        must(ovf_store_put_crossing(store, amount == SHORT ? &shortened : &row, &err), &err);
    else
        made = amount == SHORT ? &shortened : &row;
}

/** What making the rows takes alone: to make them up is no part of writing them. */
static double making_s(const struct bench *b, enum amount amount)
{
    const double begin_s = bench_cpu_s();
    for (size_t i = 0; i < rows_of(b, amount); i++)
        put_row(b, NULL, i, amount);
    return bench_cpu_s() - begin_s;
}

static void fill(const struct bench *b, struct ovf_store *store, enum amount amount)
{
    struct ovf_error err = {""};
    must(ovf_store_begin(store, INT64_C(1751500000) * OVF_NS_PER_S, &err), &err);
    for (size_t i = 0; i < rows_of(b, amount); i++)
        put_row(b, store, i, amount);
    must(ovf_store_commit(store, &err), &err);
}

/** SQLite's own speed with such rows. */
static void copy(const struct bench *b, struct ovf_store *store)
{
    static const char *const statements[] = {
        "PRAGMA plain.journal_mode=OFF", "PRAGMA plain.synchronous=OFF",
        "CREATE TABLE plain.rows AS SELECT * FROM crossings", "DETACH plain"};
    sqlite3 *const db = ovf_store_db(store);
    char attach[sizeof b->path + 64];
    (void)snprintf(attach, sizeof attach, "ATTACH '%s-plain' AS plain", b->path);
    if (sqlite3_exec(db, attach, NULL, NULL, NULL) != SQLITE_OK)
        bench_die(program, sqlite3_errmsg(db));
    const double begin_s = bench_cpu_s();
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        if (sqlite3_exec(db, statements[i], NULL, NULL, NULL) != SQLITE_OK)
            bench_die(program, sqlite3_errmsg(db));
    }
    bench_sample("copy", bench_cpu_s() - begin_s, b->n_rows);
}

static void run(const struct bench *b, enum amount amount)
{
    struct ovf_store *store = NULL;
    struct ovf_error err = {""};
    remove_store(b);
    must(ovf_store_open(b->path, &store, &err), &err);
    const double to_make_s = making_s(b, amount);
    const double begin_s = bench_cpu_s();
    fill(b, store, amount);
    bench_sample(names[amount], bench_cpu_s() - begin_s - to_make_s, rows_of(b, amount));
    if (amount == COLUMNS)
        copy(b, store);
    ovf_store_close(store);
    remove_store(b);
}

int main(int argc, char **argv)
{
    static struct bench b;
    if (argc != 4)
        bench_die(program, "FOLDER ROUNDS ROWS are due");
    (void)snprintf(b.path, sizeof b.path - 16, "%s/bench.gpkg", argv[1]);
    const size_t n_rounds = bench_count(program, argv[2], ROUNDS_MAX);
    b.n_rows = bench_count(program, argv[3], ROWS_MAX);
    memset(b.json, 'x', JSON_BYTES);
    memcpy(b.json, "{\"type\":\"crossing\",\"x\":\"", 24);
    memcpy(b.json + JSON_BYTES - 2, "\"}", 2);
    for (size_t round = 0; round < n_rounds; round++) {
        for (int amount = 0; amount < N_AMOUNTS; amount++)
            run(&b, (enum amount)amount);
    }
    bench_note("sqlite", sqlite3_libversion());
    return 0;
}
