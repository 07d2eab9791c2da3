/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts on made gaps, one state at a time:
 *
 *   bench_reach PACK GAPS [STATE]
 *
 * A gap begins within a degree of the state's box and lasts 3 to 180 minutes, short ones as often as long ones; its
 * ends are as far apart as 300 to 600 kt make in that time, in any direction. Each verdict is a sample
 * `reach_<state>`, and a note tells what it said: two builds that say the same have the same notes. */
#include "bench.h"
#include "bench_draw.h"

#include <math.h>

#include "airspace/edition.h"
#include "base/time.h"
#include "engine/engine.h"
#include "geo/geodesic.h"
#include "question/pack_file.h"
#include "reach/prism.h"

enum { GAPS_MAX = 100000 };

static const char program[] = "bench_reach";

static const struct ovf_speed_limits limits = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S,
                                               false};

static void must(enum ovf_status st, const char *what)
{
    if (st != OVF_OK)
        bench_die(program, what);
}

static void draw_gap(uint64_t *state, const struct ovf_extent *box, struct ovf_anchor *from,
                     struct ovf_anchor *to)
{
    struct geod_geodesic globe;
    double lat_deg;
    double lon_deg;
    double azimuth_there_deg;
    const double west_deg = ovf_deg_from_e7(box->west_e7);
    const double width_deg =
        ovf_deg_from_e7(box->east_e7) - west_deg + (box->east_e7 < box->west_e7 ? 360 : 0);
    const double from_lat_deg = bench_draw(state, fmax(-89, ovf_deg_from_e7(box->south_e7) - 1),
                                           fmin(89, ovf_deg_from_e7(box->north_e7) + 1));
    const double from_lon_deg = bench_draw(state, west_deg - 1, west_deg + width_deg + 1);
    const double time_s = exp(bench_draw(state, log(180), log(10800)));
    const double length_m = time_s * bench_draw(state, 300, 600) * 1852 / 3600;
    geod_init(&globe, OVF_WGS84_A_M, OVF_WGS84_F);
    geod_direct(&globe, from_lat_deg, from_lon_deg, bench_draw(state, 0, 360), length_m, &lat_deg,
                &lon_deg, &azimuth_there_deg);
    *from = (struct ovf_anchor){0, bench_point_at(from_lat_deg, from_lon_deg), 926};
    *to = (struct ovf_anchor){(int64_t)(time_s * (double)OVF_NS_PER_S),
                              bench_point_at(lat_deg, lon_deg), 926};
}

static void tell(const char *code, size_t gap, const struct ovf_verdict *v)
{
    char text[160];
    (void)snprintf(text, sizeof text, "%s-%zu %s %.6f %.6f %d %d %lld %lld", code, gap,
                   ovf_class_name(v->class), v->direct_kt, v->avoidance_kt, v->is_inside,
                   v->is_open, (long long)v->entry_ns, (long long)v->exit_ns);
    bench_note("verdict", text);
}

static void judge_state(struct ovf_reach *reach, const struct ovf_edition *edition, uint32_t owner,
                        size_t n_gaps)
{
    const struct ovf_airspace *const airspace = &edition->airspaces[owner];
    struct ovf_region region = {.index = &edition->index,
                                .accuracy_m = ovf_engine_accuracy_m(edition)};
    uint64_t state = owner;
    char name[64];
    (void)snprintf(name, sizeof name, "reach_%s", airspace->code);
    ovf_members_toggle(&region.owners, owner);
    for (size_t i = 0; i < n_gaps; i++) {
        struct ovf_anchor from;
        struct ovf_anchor to;
        struct ovf_verdict verdict;
        draw_gap(&state, &airspace->extent, &from, &to);
        const double begin_s = bench_cpu_s();
        must(ovf_reach_judge(reach, &region, &from, &to, &limits, &verdict, NULL), "no verdict");
        bench_sample(name, bench_cpu_s() - begin_s, 1);
        tell(airspace->code, i, &verdict);
    }
}

int main(int argc, char **argv)
{
    struct ovf_pack_file pack = {0};
    struct ovf_edition edition = {0};
    struct ovf_reach reach = {0};
    if (argc != 3 && argc != 4)
        bench_die(program, "PACK GAPS [STATE] are due");
    const size_t n_gaps = bench_count(program, argv[2], GAPS_MAX);
    must(ovf_pack_file_open(argv[1], &pack, NULL), "the pack cannot be read");
    must(ovf_edition_from_pack(&pack.pack, &edition), "out of memory");
    for (uint32_t i = 0; i < edition.n_airspaces; i++) {
        if (argc == 3 || strcmp(edition.airspaces[i].code, argv[3]) == 0)
            judge_state(&reach, &edition, i, n_gaps);
    }
    ovf_reach_deinit(&reach);
    ovf_edition_deinit(&edition);
    ovf_pack_file_close(&pack);
    return 0;
}
