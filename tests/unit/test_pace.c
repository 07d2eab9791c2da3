/* SPDX-License-Identifier: Apache-2.0 */
/* Vertices that a way needs for its times and altitudes alone. Along the equator 0.01 degrees are 1,113 m. */
#include "test.h"

#include "base/time.h"
#include "view/pace.h"

enum { LEVELS = 10, N = 11 };

struct way {
    struct ovf_drawn vertices[N];
    struct ovf_flown_when whens[N];
    struct ovf_flown flown;
    struct ovf_piece piece;
};

/** East at 0.01 degrees each 5 s, level; its shape needs the ends alone. */
static void make(struct way *way)
{
    *way = (struct way){.piece = {OVF_PIECE_FLOWN, 0, N, 0, 50 * OVF_NS_PER_S, SIZE_MAX}};
    for (int i = 0; i < N; i++) {
        way->vertices[i] = (struct ovf_drawn){0, i * 100000, i == 0 || i == N - 1 ? 0 : LEVELS};
        way->whens[i] = (struct ovf_flown_when){true, true, 34000, 5 * i * OVF_NS_PER_S};
    }
    way->flown.vertices = way->vertices;
    way->flown.whens = way->whens;
    way->flown.n_vertices = N;
}

/** Which vertices are kept, a character each. */
static void assert_kept(struct way *way, const char *want)
{
    char got[N + 1] = "";
    struct ovf_pace pace = {0};
    assert_int_equal(ovf_pace_keep(&pace, &way->flown, &way->piece, LEVELS), OVF_OK);
    for (int i = 0; i < N; i++)
        got[i] = way->vertices[i].level == LEVELS ? '.' : way->vertices[i].level == 0 ? 'o' : 'x';
    assert_string_equal(got, want);
    ovf_pace_deinit(&pace);
}

static void test_an_even_flight_needs_its_ends_alone(void **state)
{
    (void)state;
    struct way way;
    make(&way);
    assert_kept(&way, "o.........o");
}

static void test_where_the_speed_changes_a_vertex_is_kept(void **state)
{
    (void)state;
    struct way way;
    make(&way);
    for (int i = 5; i < N; i++) /* half as fast from 4 on */
        way.whens[i].t_ns = (20 + 10 * (i - 4)) * OVF_NS_PER_S;
    assert_kept(&way, "o...x.....o");
}

static void test_half_a_second_is_within_what_is_tolerated(void **state)
{
    (void)state;
    struct way way;
    make(&way);
    for (int i = 1; i < N - 1; i++) /* 223 m in 1 s: 112 m */
        way.whens[i].t_ns += (i % 2 == 0 ? 1 : -1) * OVF_NS_PER_S / 2;
    assert_kept(&way, "o.........o");
}

static void test_tops_of_climbs_are_kept(void **state)
{
    (void)state;
    struct way way;
    make(&way);
    for (int i = 0; i < N; i++)
        way.whens[i].alt_ft = i < 4 ? 31000 + 1000 * i : 34000 + 90 * (i == 7);
    assert_kept(&way, "o..x......o");
}

static void test_altitudes_that_are_not_known_are_told_apart(void **state)
{
    (void)state;
    struct way way;
    make(&way);
    for (int i = 3; i < 7; i++)
        way.whens[i].has_alt = false;
    assert_kept(&way, "o.xx..xx..o");
}

static void test_without_times_nothing_more_is_kept(void **state)
{
    (void)state;
    struct way way;
    make(&way);
    for (int i = 0; i < N; i++)
        way.whens[i] = (struct ovf_flown_when){0};
    assert_kept(&way, "o.........o");
}

static void test_times_further_apart_than_their_difference_fits(void **state)
{
    (void)state;
    struct way way;
    make(&way);
    for (int i = 0; i < N; i++)
        way.whens[i].t_ns = (i - 5) * INT64_C(1800000000) * OVF_NS_PER_S; /* +-9e9 s at the ends */
    assert_kept(&way, "o.........o");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_even_flight_needs_its_ends_alone),
        cmocka_unit_test(test_where_the_speed_changes_a_vertex_is_kept),
        cmocka_unit_test(test_half_a_second_is_within_what_is_tolerated),
        cmocka_unit_test(test_tops_of_climbs_are_kept),
        cmocka_unit_test(test_altitudes_that_are_not_known_are_told_apart),
        cmocka_unit_test(test_without_times_nothing_more_is_kept),
        cmocka_unit_test(test_times_further_apart_than_their_difference_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
