/* SPDX-License-Identifier: Apache-2.0 */
/* What was told last of each crossing: what is kept, and what goes. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "serve/standing.h"

static const int64_t day_ms = INT64_C(86400000);

static void note(struct ovf_standing *standing, uint64_t number, const char *id,
                 enum ovf_watch_stand stand, int64_t now_ms)
{
    ovf_standing_note(standing, number, id, stand, ovf_bytes_from_text(id), now_ms);
}

static bool has(const struct ovf_standing *standing, const char *id)
{
    for (size_t i = 0; i < standing->n; i++) {
        if (strcmp(standing->lines[i].id, id) == 0)
            return true;
    }
    return false;
}

static void lines_stand_in_the_order_of_telling(void **state)
{
    (void)state;
    struct ovf_standing standing = {0};
    note(&standing, 3, "a", OVF_WATCH_INSIDE, 0);
    note(&standing, 5, "b", OVF_WATCH_INSIDE, 0);
    note(&standing, 8, "a", OVF_WATCH_OVER, 0);
    assert_int_equal(standing.n, 2);
    assert_int_equal(ovf_standing_from(&standing, 0)->number, 5);
    assert_int_equal(ovf_standing_from(&standing, 6)->number, 8);
    assert_int_equal(ovf_standing_from(&standing, 8)->number, 8);
    assert_null(ovf_standing_from(&standing, 9));
    note(&standing, 9, "b", OVF_WATCH_NOTHING, 0);
    assert_int_equal(standing.n, 1);
    assert_int_equal(standing.n_bytes, 1);
    assert_int_equal(standing.n_left_off, 0);
    ovf_standing_deinit(&standing);
}

static void who_was_inside_and_not_told_of_for_a_day_goes_before_what_is_over(void **state)
{
    char id[16];
    (void)state;
    struct ovf_standing standing = {0};
    note(&standing, 0, "landed", OVF_WATCH_INSIDE, 0);
    note(&standing, 1, "left", OVF_WATCH_OVER, day_ms);
    for (unsigned i = 2; i <= OVF_STANDING_MAX; i++) {
        (void)snprintf(id, sizeof id, "%u", i);
        note(&standing, i, id, OVF_WATCH_INSIDE, day_ms);
    }
    assert_int_equal(standing.n, OVF_STANDING_MAX);
    assert_false(has(&standing, "landed"));
    assert_true(has(&standing, "left"));
    assert_int_equal(standing.n_left_off, 1);
    ovf_standing_deinit(&standing);
}

static void long_lines_are_bounded_by_their_bytes(void **state)
{
    enum { N = 40 };
    static unsigned char line[1 << 20];
    char id[16];
    (void)state;
    struct ovf_standing standing = {0};
    for (unsigned i = 0; i < N; i++) {
        (void)snprintf(id, sizeof id, "%u", i);
        ovf_standing_note(&standing, i, id, OVF_WATCH_INSIDE, (struct ovf_bytes){line, sizeof line},
                          0);
    }
    assert_int_equal(standing.n_bytes, OVF_STANDING_MAX_BYTES);
    assert_int_equal(standing.n_left_off, N - 32);
    assert_int_equal(ovf_standing_from(&standing, 0)->number, N - 32);
    ovf_standing_deinit(&standing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_stand_in_the_order_of_telling),
        cmocka_unit_test(who_was_inside_and_not_told_of_for_a_day_goes_before_what_is_over),
        cmocka_unit_test(long_lines_are_bounded_by_their_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
