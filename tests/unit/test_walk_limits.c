/* SPDX-License-Identifier: Apache-2.0 */
/* Floors and ceilings by datum. The aircraft climbs or descends uniformly, so that every instant is a
 * quotient of feet: design.md, section 5, says which feet. */
#include "geo_fixture.h"

struct scene {
    struct ovf_layer layer;
    struct ovf_walk walk;
};

static struct fixture box; /* one airspace 10 degrees wide; its index takes long to build */

static int make_box(void **state)
{
    (void)state;
    fixture_begin(&box);
    fixture_box(&box, 0, -5, -5, 5, 5);
    fixture_finish(&box);
    return 0;
}

static int drop_box(void **state)
{
    (void)state;
    fixture_end(&box);
    return 0;
}

/** Two fixes 100 s apart well inside the airspace, which has these limits. */
static void climb(struct scene *s, struct ovf_limits limits, int32_t from_ft, int32_t to_ft)
{
    *s = (struct scene){.layer = box.layer};
    s->layer.limits = &limits;
    s->layer.n_limits = 1;
    const struct ovf_fix fixes[] = {fix_alt(0, 0, 0, from_ft), fix_alt(100, 0, .2, to_ft)};
    walk_fixes(&s->layer, fixes, 2, 100, &s->walk);
    s->layer.limits = NULL;
}

static void end(struct scene *s)
{
    ovf_walk_deinit(&s->walk);
}

/** Step \p i is at \p t_s, and from there on the aircraft is inside or not, for sure or not. */
static void assert_step(const struct scene *s, size_t i, double t_s, bool inside, bool doubtful)
{
    assert_true(i < s->walk.steps.n);
    const struct ovf_step *step = &s->walk.steps.items[i];
    assert_near((double)step->t_ns, t_s * 1e9, 1);
    assert_int_equal(ovf_members_has(&step->members, 0), inside);
    if (inside)
        assert_int_equal(ovf_members_has(&step->doubtful, 0), doubtful);
}

static void a_flight_level_is_passed_at_its_barometric_feet(void **state)
{
    (void)state;
    struct scene s;
    climb(&s, (struct ovf_limits){0, 24500, 0, OVF_DATUM_FL, OVF_DATUM_UNLIMITED}, 20000, 30000);
    assert_int_equal(s.walk.steps.n, 3);
    assert_step(&s, 0, 0, false, false);
    assert_step(&s, 1, 45, true, false);
    end(&s);
    /* Surface and unlimited are open, whatever number stands beside them. */
    climb(&s, (struct ovf_limits){0, 9999, 9999, OVF_DATUM_SURFACE, OVF_DATUM_UNLIMITED}, 0, 50000);
    assert_int_equal(s.walk.steps.n, 2);
    assert_step(&s, 0, 0, true, false);
    end(&s);
}

static void within_1500_feet_of_a_limit_above_sea_level_it_is_undetermined(void **state)
{
    (void)state;
    struct scene s;
    const struct ovf_limits limits = {0, 10000, 20000, OVF_DATUM_AMSL, OVF_DATUM_AMSL};
    climb(&s, limits, 5000, 25000); /* 200 feet a second */
    assert_int_equal(s.walk.steps.n, 6);
    assert_step(&s, 0, 0, false, false);
    assert_step(&s, 1, 17.5, true, true);  /* 8,500 ft */
    assert_step(&s, 2, 32.5, true, false); /* 11,500 ft */
    assert_step(&s, 3, 67.5, true, true);  /* 18,500 ft */
    assert_step(&s, 4, 82.5, false, false);
    end(&s);
    climb(&s, limits, 25000, 5000);
    assert_int_equal(s.walk.steps.n, 6);
    assert_step(&s, 1, 17.5, true, true);
    assert_step(&s, 2, 32.5, true, false);
    assert_step(&s, 3, 67.5, true, true);
    assert_step(&s, 4, 82.5, false, false);
    end(&s);
    climb(&s, limits, 15000, 16000);
    assert_int_equal(s.walk.steps.n, 2);
    assert_step(&s, 0, 0, true, false);
    end(&s);
    climb(&s, limits, 21400, 21400);
    assert_step(&s, 0, 0, true, true);
    end(&s);
}

static void datums_mix(void **state)
{
    (void)state;
    struct scene s;
    const struct ovf_limits limits = {0, 5000, 19500, OVF_DATUM_AMSL, OVF_DATUM_FL};
    climb(&s, limits, 0, 20000); /* 200 feet a second */
    assert_int_equal(s.walk.steps.n, 5);
    assert_step(&s, 1, 17.5, true, true);
    assert_step(&s, 2, 32.5, true, false);
    assert_step(&s, 3, 97.5, false, false);
    end(&s);
    /* So low a room is never left by the margins: all of it is undetermined. */
    climb(&s, (struct ovf_limits){0, 5000, 6000, OVF_DATUM_AMSL, OVF_DATUM_AMSL}, 0, 20000);
    assert_int_equal(s.walk.steps.n, 4);
    assert_step(&s, 1, 17.5, true, true);
    assert_step(&s, 2, 37.5, false, false);
    end(&s);
}

static void above_ground_cannot_be_decided(void **state)
{
    (void)state;
    struct scene s;
    climb(&s, (struct ovf_limits){0, 0, 2000, OVF_DATUM_SURFACE, OVF_DATUM_AGL}, 1000, 3000);
    assert_int_equal(s.walk.steps.n, 2);
    assert_step(&s, 0, 0, true, true);
    end(&s);
    /* Yet the other limit can. */
    climb(&s, (struct ovf_limits){0, 1000, 10000, OVF_DATUM_AGL, OVF_DATUM_FL}, 8000, 12000);
    assert_int_equal(s.walk.steps.n, 3);
    assert_step(&s, 0, 0, true, true);
    assert_step(&s, 1, 50, false, false);
    end(&s);
}

/** Members and doubt at any instant are those of the interpolated altitude judged alone. */
static void every_instant_agrees_with_the_limits_read_plainly(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 300; round++) {
        struct scene s;
        const int32_t a = (int32_t)random_below(&seed, 40) * 1000;
        const struct ovf_limits limits = {0, a, a + 1000 + (int32_t)random_below(&seed, 10) * 1000,
                                          (enum ovf_datum)random_below(&seed, 2),
                                          (enum ovf_datum)random_below(&seed, 2)};
        const int32_t from_ft = (int32_t)random_below(&seed, 50) * 1000;
        const int32_t to_ft = (int32_t)random_below(&seed, 50) * 1000;
        climb(&s, limits, from_ft, to_ft);
        for (int k = 0; k < 50; k++) {
            const double share = random_in(&seed, 0, 1);
            const double alt_ft = from_ft + share * (to_ft - from_ft);
            const double m_floor = limits.floor_datum == OVF_DATUM_AMSL ? 1500 : 0;
            const double m_ceiling = limits.ceiling_datum == OVF_DATUM_AMSL ? 1500 : 0;
            const bool inside =
                alt_ft >= limits.floor_ft - m_floor && alt_ft <= limits.ceiling_ft + m_ceiling;
            const bool sure =
                alt_ft >= limits.floor_ft + m_floor && alt_ft <= limits.ceiling_ft - m_ceiling;
            size_t i = 0;
            while (i + 1 < s.walk.steps.n - 1 &&
                   (double)s.walk.steps.items[i + 1].t_ns <= share * 1e11)
                i++;
            const struct ovf_step *step = &s.walk.steps.items[i];
            if (from_ft == to_ft && m_floor + m_ceiling > 0)
                continue; /* may stand on a margin's edge all along */
            assert_int_equal(ovf_members_has(&step->members, 0), inside);
            if (inside)
                assert_int_equal(ovf_members_has(&step->doubtful, 0), !sure);
        }
        end(&s);
    }
}

/* ---- with a geoid ---- */

/** The same 100 m everywhere, which is 328.08 ft: but absent west of 0.1 E where it says so. */
static int16_t undulation_cm[OVF_GEOID_ROWS * OVF_GEOID_COLUMNS];
static const struct ovf_geoid geoid = {undulation_cm, "made for the test"};
static const double undulation_ft = 100 / 0.3048;

static void fill_geoid(bool absent_in_the_west)
{
    for (size_t i = 0; i < sizeof undulation_cm / sizeof *undulation_cm; i++)
        undulation_cm[i] = absent_in_the_west && i % OVF_GEOID_COLUMNS <= OVF_GEOID_COLUMNS / 2
                               ? OVF_GEOID_ABSENT
                               : 10000;
}

static struct ovf_fix fix_geom(struct ovf_fix fix, int32_t alt_geom_ft)
{
    fix.alt_geom_ft = alt_geom_ft;
    fix.has |= OVF_FIX_ALT_GEOM;
    return fix;
}

static void walk_with_geoid(struct scene *s, struct ovf_limits limits, const struct ovf_fix *fixes,
                            size_t n)
{
    *s = (struct scene){.layer = box.layer};
    s->layer.limits = &limits;
    s->layer.n_limits = 1;
    s->layer.geoid = &geoid;
    walk_fixes(&s->layer, fixes, n, 100, &s->walk);
    s->layer.limits = NULL;
}

static void geometric_altitude_less_the_geoid_is_compared_within_500_feet(void **state)
{
    (void)state;
    struct scene s;
    const struct ovf_limits limits = {0, 10000, 20000, OVF_DATUM_AMSL, OVF_DATUM_AMSL};
    /* Barometric altitude says the contrary all along: it is not looked at. */
    const struct ovf_fix fixes[] = {fix_geom(fix_alt(0, 0, 0, 30000), 5000),
                                    fix_geom(fix_alt(100, 0, .2, 0), 25000)};
    fill_geoid(false);
    walk_with_geoid(&s, limits, fixes, 2); /* 200 feet a second */
    assert_int_equal(s.walk.steps.n, 6);
    assert_step(&s, 0, 0, false, false);
    assert_step(&s, 1, (9500 + undulation_ft - 5000) / 200, true, true);
    assert_step(&s, 2, (10500 + undulation_ft - 5000) / 200, true, false);
    assert_step(&s, 3, (19500 + undulation_ft - 5000) / 200, true, true);
    assert_step(&s, 4, (20500 + undulation_ft - 5000) / 200, false, false);
    end(&s);
}

static void a_flight_level_stays_barometric_beside_it(void **state)
{
    (void)state;
    struct scene s;
    const struct ovf_limits limits = {0, 5000, 19500, OVF_DATUM_AMSL, OVF_DATUM_FL};
    const struct ovf_fix fixes[] = {fix_geom(fix_alt(0, 0, 0, 0), 0),
                                    fix_geom(fix_alt(100, 0, .2, 39000), 20000)};
    fill_geoid(false);
    walk_with_geoid(&s, limits, fixes, 2);
    assert_int_equal(s.walk.steps.n, 5);
    assert_step(&s, 1, (4500 + undulation_ft) / 200, true, true);
    assert_step(&s, 2, (5500 + undulation_ft) / 200, true, false);
    assert_step(&s, 3, 50, false, false); /* FL195 */
    end(&s);
    /* Without barometric altitude FL cannot be judged, but what is below the floor is out. */
    struct ovf_fix bare[] = {fix_geom(fix_deg(0, 0, 0), 0), fix_geom(fix_deg(100, 0, .2), 20000)};
    walk_with_geoid(&s, limits, bare, 2);
    assert_int_equal(s.walk.steps.n, 3);
    assert_step(&s, 0, 0, false, false);
    assert_step(&s, 1, (4500 + undulation_ft) / 200, true, true);
    end(&s);
}

static void where_one_of_the_two_is_missing_it_is_barometric(void **state)
{
    (void)state;
    struct scene s;
    const struct ovf_limits limits = {0, 0, 10000, OVF_DATUM_SURFACE, OVF_DATUM_AMSL};
    /* 1,000 ft below the ceiling: sure of the one, not of the other. The second fix has no geometric
     * altitude, the third has both. */
    const struct ovf_fix fixes[] = {fix_geom(fix_alt(0, 0, .2, 9000), 9300),
                                    fix_alt(50, 0, .25, 9000),
                                    fix_geom(fix_alt(100, 0, .3, 9000), 9300)};
    fill_geoid(false);
    walk_with_geoid(&s, limits, fixes, 3);
    assert_int_equal(s.walk.steps.n, 4);
    assert_step(&s, 0, 0, true, false);
    assert_step(&s, 1, 50, true, true);
    assert_step(&s, 2, 100, true, false);
    end(&s);
    /* Nothing is interpolated from the one to the other: the ceiling is passed when the fix is reached. */
    const struct ovf_fix climbing[] = {fix_geom(fix_alt(0, 0, .2, 20000), 9300),
                                       fix_alt(50, 0, .25, 20000)};
    walk_with_geoid(&s, limits, climbing, 2);
    assert_int_equal(s.walk.steps.n, 3);
    assert_step(&s, 0, 0, true, false);
    assert_step(&s, 1, 50, false, false);
    end(&s);
    /* A grid that does not reach so far west. */
    const struct ovf_fix eastward[] = {fix_geom(fix_alt(0, 0, -.5, 9000), 9300),
                                       fix_geom(fix_alt(50, 0, .5, 9000), 9300)};
    fill_geoid(true);
    walk_with_geoid(&s, limits, eastward, 2);
    assert_int_equal(s.walk.steps.n, 3);
    assert_step(&s, 0, 0, true, true);
    assert_step(&s, 1, 50, true, false);
    end(&s);
}

static void on_the_ground_no_altitude_is_looked_at(void **state)
{
    (void)state;
    struct scene s;
    struct ovf_fix fixes[] = {fix_geom(fix_deg(0, 0, 0), 30000),
                              fix_geom(fix_deg(50, 0, .1), 30000)};
    fixes[0].flags = fixes[1].flags = OVF_FIX_ON_GROUND;
    fill_geoid(false);
    walk_with_geoid(&s, (struct ovf_limits){0, 0, 10000, OVF_DATUM_SURFACE, OVF_DATUM_AMSL}, fixes,
                    2);
    assert_int_equal(s.walk.steps.n, 2);
    assert_step(&s, 0, 0, true, false);
    end(&s);
}

/* In a minute 40,000 ft: from 35,000 ft and back to 20,000 ft higher or lower, but from 51,000 ft or lower to no more
 * than 60,000. Sea level is up to 1,500 ft off. */
static void what_could_be_reached_between_lies_within_limits_or_not(void **state)
{
    (void)state;
    const struct {
        struct ovf_limits limits;
        int32_t from_ft;
        int32_t to_ft;
        double time_s;
        bool holds;
    } cases[] = {
        {{0, 15000, 55000, OVF_DATUM_FL, OVF_DATUM_FL}, 35000, 35000, 60, true},
        {{0, 15100, 55000, OVF_DATUM_FL, OVF_DATUM_FL}, 35000, 35000, 60, false},
        {{0, 15000, 54900, OVF_DATUM_FL, OVF_DATUM_FL}, 35000, 35000, 60, false},
        {{0, 0, 60000, OVF_DATUM_SURFACE, OVF_DATUM_FL}, 51000, 0, 600, true},
        {{0, 0, 60000, OVF_DATUM_SURFACE, OVF_DATUM_FL}, 0, 51100, 600, false},
        {{0, 0, 59900, OVF_DATUM_SURFACE, OVF_DATUM_FL}, 51000, 0, 600, false},
        {{0, 0, 61600, OVF_DATUM_SURFACE, OVF_DATUM_AMSL}, 35000, 35000, 600, true},
        {{0, 0, 61500, OVF_DATUM_SURFACE, OVF_DATUM_AMSL}, 35000, 35000, 600, false},
        {{0, 1000, 0, OVF_DATUM_AGL, OVF_DATUM_UNLIMITED}, 35000, 35000, 1, false},
        {{0, 0, 60000, OVF_DATUM_SURFACE, OVF_DATUM_FL}, 35000, 14000, 30, false}, /* 20,000 ft */
        {{0, 0, 60000, OVF_DATUM_SURFACE, OVF_DATUM_FL}, 35000, 16000, 30, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ovf_fix from = fix_alt(0, 0, 0, cases[i].from_ft);
        struct ovf_fix to = fix_alt(cases[i].time_s, 0, 0.2, cases[i].to_ft);
        assert_int_equal(ovf_limits_hold(&cases[i].limits, &from, &to, cases[i].time_s),
                         cases[i].holds);
        to.has = 0;
        assert_false(ovf_limits_hold(&cases[i].limits, &from, &to, cases[i].time_s));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flight_level_is_passed_at_its_barometric_feet),
        cmocka_unit_test(within_1500_feet_of_a_limit_above_sea_level_it_is_undetermined),
        cmocka_unit_test(datums_mix),
        cmocka_unit_test(above_ground_cannot_be_decided),
        cmocka_unit_test(every_instant_agrees_with_the_limits_read_plainly),
        cmocka_unit_test(geometric_altitude_less_the_geoid_is_compared_within_500_feet),
        cmocka_unit_test(a_flight_level_stays_barometric_beside_it),
        cmocka_unit_test(where_one_of_the_two_is_missing_it_is_barometric),
        cmocka_unit_test(on_the_ground_no_altitude_is_looked_at),
        cmocka_unit_test(what_could_be_reached_between_lies_within_limits_or_not),
    };
    return cmocka_run_group_tests(tests, make_box, drop_box);
}
