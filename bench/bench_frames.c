/* SPDX-License-Identifier: Apache-2.0 */
/* Made traffic as a receiver would have heard it, in Beast, to measure what listens.
 *
 *   bench_frames AIRCRAFT MESSAGES_PER_S SECONDS SPEED_KT [LIFE_S [INDEX]] >FILE
 *
 * With LIFE_S each is heard for so long only, one after the other. INDEX gets, a line for each millisecond, how many
 * bytes were heard by its end.
 *
 * Aircraft are spread evenly between 60 degrees north and south and fly east or west; at a few knots they hardly
 * move, so that a program that times frames by its own clock believes their places however fast they come. Each row
 * of an aircraft is two halves of a position and its velocity, and of every fourth its name, squawk and status. */
#include "bench.h"

#include <math.h>

#include "base/time.h"
#include "simulate/receiver.h"

enum { AIRCRAFT_MAX = 1000000, RATE_MAX = 10000000, SECONDS_MAX = 86400, SPEED_MAX_KT = 1000 };

static const char program[] = "bench_frames";
static const double messages_a_row = 3.75;
static const double deg_per_kt_s = 1.0 / 60 / 3600; /* along the equator */
static const int64_t begin_ns = INT64_C(1751328000) * OVF_NS_PER_S;

static void must(enum ovf_status st)
{
    if (st != OVF_OK)
        bench_die(program, "out of memory, or it cannot be written");
}

struct writing {
    const struct ovf_hearing *hearing;
    FILE *index; /* NULL: none is wanted */
    size_t n;    /* things written */
    size_t n_bytes;
    int64_t until_ns; /* the end of the millisecond at hand */
};

/** What is written at once is one thing that was heard. */
static enum ovf_status write_out(void *context, const void *data, size_t len)
{
    struct writing *const w = context;
    const int64_t t_ns = w->hearing->items[w->n++].t_ns;
    for (; w->index != NULL && t_ns >= w->until_ns; w->until_ns += OVF_NS_PER_MS)
        (void)fprintf(w->index, "%zu\n", w->n_bytes);
    w->n_bytes += len;
    return fwrite(data, 1, len, stdout) == len ? OVF_OK : OVF_E_IO;
}

/** The part of \p x behind the point. */
static double rest(double x)
{
    return x - floor(x);
}

static struct ovf_sim_flight make_flight(uint32_t i)
{
    struct ovf_sim_flight flight = {.icao24 = 0xF10000 - 0x100000 + i, .address = 0xE10000 - i};
    (void)snprintf(flight.callsign, sizeof flight.callsign, "SIM%05u", (unsigned)(i % 100000));
    return flight;
}

struct traffic {
    size_t n_aircraft;
    double span_s;
    double life_s; /* of one aircraft */
    double step_s; /* between its rows */
    double speed_kt;
};

/** Row \p k of aircraft \p i: places by the golden ratio and its square, which fill a plane evenly. */
static struct ovf_sim_row make_row(uint32_t i, size_t k, const struct traffic *traffic)
{
    const double speed_kt = traffic->speed_kt;
    const double lat_deg = 120 * rest(i * 0.7548776662466927) - 60;
    const double sign = i % 2 == 0 ? 1 : -1;
    const double begin_s =
        (traffic->span_s - traffic->life_s) * (double)i / (double)traffic->n_aircraft;
    const double t_s = begin_s + ((double)k + rest(i * 0.6180339887498949)) * traffic->step_s;
    const double lon_deg =
        360 * rest(i * 0.5698402909980532) +
        sign * t_s * speed_kt * deg_per_kt_s / cos(lat_deg * 0.017453292519943295);
    return (struct ovf_sim_row){.t_ns = begin_ns + (int64_t)(t_s * 1e9),
                                .lat_e6 = (int32_t)(lat_deg * 1e6),
                                .lon_e6 = (int32_t)((360 * rest(lon_deg / 360 + 0.5) - 180) * 1e6),
                                .alt_ft = 30000 + (int32_t)(i % 41) * 200,
                                .alt_geom_ft = 30500 + (int32_t)(i % 41) * 200,
                                .gs_dkt = (int32_t)(speed_kt * 10),
                                .track_ddeg = sign > 0 ? 900 : 2700};
}

static void add_aircraft(struct ovf_hearing *hearing, uint32_t i, const struct traffic *traffic)
{
    struct ovf_sim_flight flight = make_flight(i);
    const struct ovf_timetable timetable = {.flights = &flight, .n_flights = 1};
    const size_t n_rows = (size_t)ceil(traffic->life_s / traffic->step_s);
    struct ovf_sim_row *rows = calloc(n_rows, sizeof *rows);
    if (rows == NULL)
        bench_die(program, "out of memory");
    for (size_t k = 0; k < n_rows; k++)
        rows[k] = make_row(i, k, traffic);
    must(ovf_hearing_add_frames(hearing, &timetable, rows, n_rows));
    free(rows);
}

static void write_all(struct ovf_hearing *hearing, const char *index)
{
    struct writing writing = {.hearing = hearing, .until_ns = begin_ns + OVF_NS_PER_MS};
    const struct ovf_sink sink = {write_out, &writing};
    int64_t start_ns = begin_ns;
    char start[OVF_TIME_SIZE];
    if (index != NULL && (writing.index = fopen(index, "w")) == NULL)
        bench_die(program, "the index cannot be written");
    must(ovf_hearing_write_beast(hearing, &sink, &start_ns));
    ovf_time_format(start_ns, 6, start);
    (void)fprintf(stderr, "frames %zu start %s\n", hearing->n, start);
    if (fflush(stdout) != 0 || (writing.index != NULL && fclose(writing.index) != 0))
        bench_die(program, "it cannot be written");
}

int main(int argc, char **argv)
{
    struct ovf_hearing hearing = {0};
    if (argc < 5 || argc > 7)
        bench_die(program, "AIRCRAFT MESSAGES_PER_S SECONDS SPEED_KT [LIFE_S [INDEX]] are due");
    struct traffic traffic = {.n_aircraft = bench_count(program, argv[1], AIRCRAFT_MAX),
                              .span_s = (double)bench_count(program, argv[3], SECONDS_MAX),
                              .speed_kt = (double)bench_count(program, argv[4], SPEED_MAX_KT)};
    const double rate = (double)bench_count(program, argv[2], RATE_MAX);
    traffic.life_s = argc > 5 ? (double)bench_count(program, argv[5], SECONDS_MAX) : traffic.span_s;
    traffic.step_s =
        messages_a_row * (double)traffic.n_aircraft * traffic.life_s / traffic.span_s / rate;
    for (size_t i = 0; i < traffic.n_aircraft; i++)
        add_aircraft(&hearing, (uint32_t)i, &traffic);
    write_all(&hearing, argc > 6 ? argv[6] : NULL);
    ovf_hearing_deinit(&hearing);
    return 0;
}
