/* SPDX-License-Identifier: Apache-2.0 */
/* Altitudes that part, and neighbours' that part alike, against counting by hand: on a meridian, where 100 km are
 * 0.8994 degrees of the mean sphere. */
#include "test.h"

#include "base/time.h"
#include "listen/altitudes.h"
#include "track/grade.h"

enum { NEAR_E7 = 8900000, FAR_E7 = 9100000 };

struct told {
    size_t n;
    uint32_t who[8];
    size_t n_others[8];
    uint32_t others[8][4]; /* the first */
};

static enum ovf_status tell(void *context, const struct ovf_shared_altitude *shared)
{
    struct told *told = context;
    told->who[told->n] = shared->change.address;
    told->n_others[told->n] = shared->n_others;
    for (size_t i = 0; i < shared->n_others && i < 4; i++)
        told->others[told->n][i] = shared->addresses[i];
    told->n++;
    return OVF_OK;
}

static enum ovf_status share(const struct ovf_altitude_change *changes, size_t n, struct told *told)
{
    struct ovf_shared_altitudes *shared = NULL;
    *told = (struct told){.n = 0};
    enum ovf_status st = ovf_shared_altitudes_new(&ovf_detect_defaults, tell, told, &shared);
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = ovf_shared_altitudes_push(shared, &changes[i]);
    if (st == OVF_OK)
        st = ovf_shared_altitudes_finish(shared);
    ovf_shared_altitudes_free(shared);
    return st;
}

static struct told told_of(const struct ovf_altitude_change *changes, size_t n)
{
    struct told told;
    assert_int_equal(share(changes, n, &told), OVF_OK);
    return told;
}

/** For half a minute from \p from_s on. */
static struct ovf_altitude_change change(int64_t from_s, int32_t north_e7, float change_ft,
                                         uint32_t address)
{
    return (struct ovf_altitude_change){from_s * OVF_NS_PER_S,
                                        (from_s + 30) * OVF_NS_PER_S,
                                        {338000000 + north_e7, 354900000},
                                        change_ft,
                                        address};
}

static void what_a_track_shows_is_where_it_began_and_which_way(void **state)
{
    (void)state;
    struct ovf_track track = {.address = 7};
    struct ovf_altitude_changes changes = {0};
    size_t n_suspect;
    for (int i = 0; i < 30; i++) {
        const struct ovf_fix fix = {.t_ns = i * 10 * OVF_NS_PER_S,
                                    .at = {i * 222200, 0},
                                    .gs_kt = 480,
                                    .alt_baro_ft = 35000,
                                    .alt_geom_ft = i < 13 ? 36000 : 34000,
                                    .has = OVF_FIX_GS | OVF_FIX_ALT_BARO | OVF_FIX_ALT_GEOM,
                                    .source = OVF_SOURCE_ADSB,
                                    .record = {0, (uint32_t)i}};
        assert_int_equal(ovf_fixes_push(&track.fixes, &fix), OVF_OK);
    }
    assert_int_equal(ovf_track_grade(&track, &ovf_detect_defaults, &n_suspect), OVF_OK);
    for (int again = 0; again < 2; again++) {
        assert_int_equal(ovf_altitude_changes_find(&track, &changes), OVF_OK);
        assert_int_equal(changes.n, 1);
        assert_int_equal(changes.items[0].from_ns, 120 * OVF_NS_PER_S);
        assert_int_equal(changes.items[0].to_ns, 150 * OVF_NS_PER_S);
        assert_int_equal(changes.items[0].at.lat_e7, 12 * 222200);
        assert_near((double)changes.items[0].change_ft, -2000, 0);
        assert_int_equal(changes.items[0].address, 7);
    }
    ovf_altitude_changes_deinit(&changes);
    ovf_track_deinit(&track);
}

static void neighbours_share_it_within_a_minute_and_a_hundred_kilometres(void **state)
{
    (void)state;
    const struct ovf_altitude_change changes[] = {
        change(0, 0, 900, 3), change(90, NEAR_E7, 1400, 1), change(95, -NEAR_E7, 400, 2)};
    struct told told = told_of(changes, 2); /* a minute after the end of the first */
    assert_int_equal(told.n, 2);
    assert_int_equal(told.who[0], 3);
    assert_int_equal(told.others[0][0], 1);
    assert_int_equal(told.who[1], 1);
    assert_int_equal(told.others[1][0], 3);
    told = told_of(changes, 3); /* the third: too late for the first, too far from the second */
    assert_int_equal(told.n, 2);
}

static void others_are_in_order_and_count_once(void **state)
{
    (void)state;
    const struct ovf_altitude_change changes[] = {change(0, 0, 900, 3), change(10, 0, 900, 9),
                                                  change(20, 0, 900, 1), change(50, 0, 900, 9)};
    const struct told told = told_of(changes, 4);
    assert_int_equal(told.n, 4);
    assert_int_equal(told.n_others[0], 2);
    assert_int_equal(told.others[0][0], 1);
    assert_int_equal(told.others[0][1], 9);
    assert_int_equal(told.n_others[1], 2); /* not its own */
}

static void another_way_or_much_more_or_far_away_or_later_is_not_shared(void **state)
{
    (void)state;
    const struct ovf_altitude_change changes[][2] = {
        {change(0, 0, 600, 1), change(0, 0, -600, 2)},
        {change(0, 0, 600, 1), change(0, 0, 1101, 2)},
        {change(0, 0, 600, 1), change(0, FAR_E7, 600, 2)},
        {change(0, 0, 600, 1), change(91, 0, 600, 2)},
        {change(0, 0, 600, 1), change(0, 0, 600, 1)},
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        assert_int_equal(told_of(changes[i], 2).n, 0);
}

static void what_is_over_is_told_while_others_still_come(void **state)
{
    (void)state;
    struct told told = {.n = 0};
    struct ovf_shared_altitudes *shared = NULL;
    const struct ovf_altitude_change changes[] = {change(0, 0, 900, 1), change(5, 0, 900, 2),
                                                  change(1000, 0, 900, 3)};
    assert_int_equal(ovf_shared_altitudes_new(&ovf_detect_defaults, tell, &told, &shared), OVF_OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(ovf_shared_altitudes_push(shared, &changes[i]), OVF_OK);
    assert_int_equal(told.n, 2);
    ovf_shared_altitudes_free(shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_track_shows_is_where_it_began_and_which_way),
        cmocka_unit_test(neighbours_share_it_within_a_minute_and_a_hundred_kilometres),
        cmocka_unit_test(others_are_in_order_and_count_once),
        cmocka_unit_test(another_way_or_much_more_or_far_away_or_later_is_not_shared),
        cmocka_unit_test(what_is_over_is_told_while_others_still_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
