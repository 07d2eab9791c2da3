/* SPDX-License-Identifier: Apache-2.0 */
/* Parting the fixes of two aircraft: each keeps its order, and its aliases. */
#include "test.h"

#include "track/twin.h"

static void fixes_and_their_aliases_go_to_their_aircraft(void **state)
{
    (void)state;
    struct ovf_track track = {.address = 0xf10000};
    struct ovf_track twin = {0};
    for (uint32_t i = 0; i < 6; i++) {
        const struct ovf_fix fix = {
            .t_ns = i, .flags = i % 3 == 1 ? OVF_FIX_TWIN | OVF_FIX_IN_AIR : 0, .record = {0, i}};
        assert_int_equal(ovf_fixes_push(&track.fixes, &fix), OVF_OK);
    }
    static const uint32_t alias_of[] = {0, 1, 1, 4, 5};
    track.aliases = calloc(5, sizeof *track.aliases);
    for (uint32_t i = 0; i < 5; i++)
        track.aliases[i] = (struct ovf_track_alias){alias_of[i], {1, 10 + i}, 0};
    track.n_aliases = 5;
    track.aliases_capacity = 5;

    assert_int_equal(ovf_track_split_twin(&track, &twin), OVF_OK);
    assert_int_equal(twin.address, 0xf10000);
    assert_int_equal(track.fixes.n, 4);
    assert_int_equal(twin.fixes.n, 2);
    assert_int_equal(track.fixes.items[1].record.row, 2);
    assert_int_equal(twin.fixes.items[0].record.row, 1);
    assert_int_equal(twin.fixes.items[1].record.row, 4);
    assert_int_equal(twin.fixes.items[0].flags, OVF_FIX_IN_AIR);
    size_t n;
    const struct ovf_track_alias *aliases = ovf_track_aliases_of(&twin, 0, &n);
    assert_int_equal(n, 2);
    assert_int_equal(aliases[1].record.row, 12);
    aliases = ovf_track_aliases_of(&twin, 1, &n);
    assert_int_equal(n, 1);
    assert_int_equal(aliases[0].record.row, 13);
    aliases = ovf_track_aliases_of(&track, 0, &n);
    assert_int_equal(n, 1);
    assert_int_equal(aliases[0].record.row, 10);
    aliases = ovf_track_aliases_of(&track, 3, &n); /* was 5 */
    assert_int_equal(n, 1);
    assert_int_equal(aliases[0].record.row, 14);
    ovf_track_deinit(&track);
    ovf_track_deinit(&twin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixes_and_their_aliases_go_to_their_aircraft),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
