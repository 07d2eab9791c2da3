/* SPDX-License-Identifier: Apache-2.0 */
/* Made traffic as a receiver would have heard it, in Beast, to measure what listens.
 *
 *   bench_frames AIRCRAFT MESSAGES_PER_S SECONDS SPEED_KT >FILE
 *
 * Aircraft are spread evenly between 60 degrees north and south and fly east or west; at a few knots they hardly move, so
 * that a program that times frames by its own clock believes their places however fast they come. Each row of an
 * aircraft is two halves of a position and its velocity, and of every fourth its name, squawk and status. */
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

static enum ovf_status write_out(void *context, const void *data, size_t len)
{
    return fwrite(data, 1, len, context) == len ? OVF_OK : OVF_E_IO;
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

/** Row \p k of aircraft \p i: places by the golden ratio and its square, which fill a plane evenly. */
static struct ovf_sim_row make_row(uint32_t i, size_t k, double step_s, double speed_kt)
{
    const double lat_deg = 120 * rest(i * 0.7548776662466927) - 60;
    const double sign = i % 2 == 0 ? 1 : -1;
    const double t_s = ((double)k + rest(i * 0.6180339887498949)) * step_s;
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

static void add_aircraft(struct ovf_hearing *hearing, uint32_t i, size_t n_rows, double step_s,
                         double speed_kt)
{
    struct ovf_sim_flight flight = make_flight(i);
    const struct ovf_timetable timetable = {.flights = &flight, .n_flights = 1};
    struct ovf_sim_row *rows = calloc(n_rows, sizeof *rows);
    if (rows == NULL)
        must(OVF_E_NOMEM);
    for (size_t k = 0; k < n_rows; k++)
        rows[k] = make_row(i, k, step_s, speed_kt);
    must(ovf_hearing_add_frames(hearing, &timetable, rows, n_rows));
    free(rows);
}

int main(int argc, char **argv)
{
    struct ovf_hearing hearing = {0};
    const struct ovf_sink sink = {write_out, stdout};
    int64_t start_ns = begin_ns;
    char start[OVF_TIME_SIZE];
    if (argc != 5)
        bench_die(program, "AIRCRAFT MESSAGES_PER_S SECONDS SPEED_KT are due");
    const size_t n_aircraft = bench_count(program, argv[1], AIRCRAFT_MAX);
    const double rate = (double)bench_count(program, argv[2], RATE_MAX);
    const double span_s = (double)bench_count(program, argv[3], SECONDS_MAX);
    const double speed_kt = (double)bench_count(program, argv[4], SPEED_MAX_KT);
    const double step_s = messages_a_row * (double)n_aircraft / rate;
    for (size_t i = 0; i < n_aircraft; i++)
        add_aircraft(&hearing, (uint32_t)i, (size_t)ceil(span_s / step_s), step_s, speed_kt);
    must(ovf_hearing_write_beast(&hearing, &sink, &start_ns));
    ovf_time_format(start_ns, 6, start);
    (void)fprintf(stderr, "frames %zu start %s\n", hearing.n, start);
    ovf_hearing_deinit(&hearing);
    return fflush(stdout) == 0 ? 0 : 1;
}
