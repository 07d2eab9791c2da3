/* SPDX-License-Identifier: Apache-2.0 */
/* Flights whose reports are false for a while: of what is false, nothing may be believed, and of the rest not
 * too little may be lost. The flights are level, along a meridian or a parallel on the mean sphere, so that
 * their true places are a closed form; the kinds of falsehood are those that pilots and receivers reported:
 * a place somewhere else, an airport far away, circles, and a silence before and after. */
#include "test.h"

#include "base/time.h"
#include "geo/local.h"
#include "simulate/random.h"
#include "track/grade.h"

enum { SEED = 20240823, N_ROUNDS = OVF_SANITIZED ? 300 : 3000 };

/* Of the mean sphere: 60.04 NM are a degree. */
#define E7_PER_NMI (1e7 / 60.04)

enum kind { OFFSET, SINK_GS_KEPT, SINK_GS_ZERO, CIRCLE, N_KINDS };

struct flight {
    double gs_kt;
    double lat0_deg;
    double lon0_deg;
    bool is_east; /* along the parallel, else north along the meridian */
    double interval_s;
    double length_s;
    /* false from begin to end, unheard for hole_s before and after */
    enum kind kind;
    double begin_s;
    double end_s;
    double hole_s;
    double off_nmi;
    double off_deg; /* direction of the false place */
    double circle_nmi;
    double circle_kt;
    bool is_landed; /* its first report, when true, is on the ground */
};

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static struct flight draw_flight(struct ovf_random *random)
{
    struct flight f = {.gs_kt = ovf_random_between(random, 380, 520),
                       .lat0_deg = ovf_random_between(random, 10, 50),
                       .lon0_deg = ovf_random_between(random, 20, 60),
                       .is_east = ovf_random_below(random, 2) == 0,
                       .interval_s = ovf_random_between(random, 5, 30),
                       .length_s = ovf_random_between(random, 3000, 9000),
                       .kind = (enum kind)ovf_random_below(random, N_KINDS),
                       .off_nmi = ovf_random_between(random, 60, 400),
                       .off_deg = ovf_random_between(random, 0, 360),
                       .circle_nmi = ovf_random_between(random, 0.3, 10),
                       .circle_kt = ovf_random_between(random, 50, 450)};
    const double share = ovf_random_between(random, 0.02, 0.6);
    f.begin_s = ovf_random_between(random, 0, f.length_s * (1 - share));
    if (ovf_random_below(random, 5) == 0)
        f.begin_s = 0;
    f.end_s = f.begin_s + f.length_s * share;
    if (f.begin_s > 0 && ovf_random_below(random, 5) == 0)
        f.end_s = f.length_s + 1;
    f.is_landed = ovf_random_below(random, 2) == 0;
    if (ovf_random_below(random, 3) == 0)
        f.hole_s = ovf_random_between(random, 60, 500);
    return f;
}

static struct ovf_fix fix_at(double t_s, double lat_deg, double lon_deg, double gs_kt,
                             double track_deg)
{
    return (struct ovf_fix){
        .t_ns = (int64_t)(t_s * 1e3) * OVF_NS_PER_MS,
        .at = {(int32_t)(lat_deg * 1e7), (int32_t)(lon_deg * 1e7)},
        .alt_baro_ft = 35000,
        .gs_kt = (float)gs_kt,
        .track_deg = (float)track_deg,
        .has = OVF_FIX_GS | OVF_FIX_TRACK | OVF_FIX_ALT_BARO,
        .flags = OVF_FIX_IN_AIR,
        .source = OVF_SOURCE_ADSB,
    };
}

static struct ovf_fix true_fix(const struct flight *f, double t_s)
{
    const double rad = 3.14159265358979323846 / 180;
    const double way_deg = f->gs_kt * t_s / 3600 / 60.04;
    return f->is_east ? fix_at(t_s, f->lat0_deg, f->lon0_deg + way_deg / cos(f->lat0_deg * rad),
                               f->gs_kt, 90)
                      : fix_at(t_s, f->lat0_deg + way_deg, f->lon0_deg, f->gs_kt, 0);
}

static struct ovf_fix move(struct ovf_fix fix, double nmi, double direction_deg)
{
    const double rad = 3.14159265358979323846 / 180;
    const double lat_rad = fix.at.lat_e7 * 1e-7 * rad;
    fix.at.lat_e7 += (int32_t)(nmi * E7_PER_NMI * cos(direction_deg * rad));
    fix.at.lon_e7 += (int32_t)(nmi * E7_PER_NMI * sin(direction_deg * rad) / cos(lat_rad));
    return fix;
}

static struct ovf_fix false_fix(const struct flight *f, double t_s)
{
    struct ovf_fix fix = true_fix(f, t_s);
    if (f->kind == OFFSET)
        return move(fix, f->off_nmi, f->off_deg);
    struct ovf_fix place = true_fix(f, f->begin_s);
    place = move(place, f->off_nmi, f->off_deg);
    fix.at = place.at;
    if (f->kind == SINK_GS_ZERO)
        fix.gs_kt = 0;
    if (f->kind != CIRCLE)
        return fix;
    const double turn_deg =
        f->circle_kt * (t_s - f->begin_s) / 3600 / f->circle_nmi * 180 / 3.14159265358979323846;
    fix = move(fix, f->circle_nmi, turn_deg);
    fix.gs_kt = (float)f->circle_kt;
    fix.track_deg = (float)fmod(turn_deg + 90, 360);
    return fix;
}

/** Whether the jump at \p t_s, between the last report on one side and the first on the other, is more than
 * any airliner flies (750 kt): else the reports are those of a possible flight. */
static bool is_evident(const struct flight *f, double t_s, bool has_neighbour)
{
    const struct ovf_fix here = true_fix(f, t_s);
    const struct ovf_fix there = false_fix(f, t_s);
    return has_neighbour && ovf_point_chord_m(here.at, there.at) / 1852 >
                                10 + (f->hole_s + f->interval_s) * (750 + f->gs_kt) / 3600;
}

/** Somewhere the jump is evident, and what is true is heard for a twentieth of the time at the least. */
static bool can_be_told(const struct flight *f)
{
    const double before_s = larger(f->begin_s - f->hole_s, 0);
    const double after_s = larger(f->length_s - f->end_s - f->hole_s, 0);
    const double least_s = 0.06 * (f->end_s - f->begin_s) + 3 * f->interval_s;
    return (is_evident(f, f->begin_s, before_s > least_s) ||
            is_evident(f, f->end_s, after_s > least_s));
}

struct tally {
    size_t n_false;
    size_t n_false_believed;
    size_t n_true;
    size_t n_true_believed;
};

static void run(const struct flight *f, struct tally *tally)
{
    struct ovf_track track = {.address = 0x3c0000};
    size_t n_suspect;
    for (double t_s = 0; t_s < f->length_s; t_s += f->interval_s) {
        const bool lies = t_s >= f->begin_s && t_s <= f->end_s;
        if (!lies && t_s > f->begin_s - f->hole_s && t_s < f->end_s + f->hole_s)
            continue;
        struct ovf_fix fix = lies ? false_fix(f, t_s) : true_fix(f, t_s);
        fix.record.row = lies ? 1 : 0;
        if (f->is_landed && !lies && t_s <= 0)
            fix.flags = OVF_FIX_ON_GROUND;
        assert_int_equal(ovf_fixes_push(&track.fixes, &fix), OVF_OK);
    }
    assert_int_equal(ovf_track_grade(&track, &ovf_detect_defaults, &n_suspect), OVF_OK);
    for (size_t i = 0; i < track.fixes.n; i++) {
        const bool believed = track.fixes.items[i].grade != OVF_GRADE_X;
        const bool lies = track.fixes.items[i].record.row == 1;
        tally->n_false += lies ? 1 : 0;
        tally->n_false_believed += lies && believed ? 1 : 0;
        tally->n_true += lies ? 0 : 1;
        tally->n_true_believed += !lies && believed ? 1 : 0;
    }
    ovf_track_deinit(&track);
}

static void nothing_false_is_believed(void **state)
{
    (void)state;
    struct tally by_kind[N_KINDS] = {{0}};
    size_t n_bad = 0;
    int n_told = 0;
    for (int round = 0; round < N_ROUNDS; round++) {
        struct ovf_random random = ovf_random_stream(SEED, (uint64_t)round, 0);
        const struct flight f = draw_flight(&random);
        if (!can_be_told(&f))
            continue;
        struct tally *tally = &by_kind[f.kind];
        n_told++;
        const size_t before = tally->n_false_believed;
        run(&f, tally);
        if (tally->n_false_believed > before && n_bad++ < 20)
            print_message(
                "round %d: kind %d, %zu false fixes believed; false %.0f to %.0f of %.0f s, hole "
                "%.0f s, %.0f NM off to %.0f, step %.0f s, %.0f kt, circle %.1f NM %.0f kt\n",
                round, (int)f.kind, tally->n_false_believed - before, f.begin_s, f.end_s,
                f.length_s, f.hole_s, f.off_nmi, f.off_deg, f.interval_s, f.gs_kt, f.circle_nmi,
                f.circle_kt);
    }
    struct tally sum = {0};
    for (int k = 0; k < N_KINDS; k++) {
        sum.n_true += by_kind[k].n_true;
        sum.n_true_believed += by_kind[k].n_true_believed;
    }
    print_message("%d flights, %zu of %zu true fixes believed\n", n_told, sum.n_true_believed,
                  sum.n_true);
    assert_true(n_told > N_ROUNDS / 2);
    assert_true(sum.n_true_believed * 2 > sum.n_true);
    assert_int_equal(n_bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_false_is_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
