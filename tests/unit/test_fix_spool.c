/* SPDX-License-Identifier: Apache-2.0 */
/* The spool against plain arrays, with room for a handful of fixes. */
#include "test.h"

#include <string.h>

#include "run/fix_spool.h"
#include "track/address.h"

enum { N_ADDRESSES = 7, N_INPUTS = 3, N_FIXES = 9000 };

static uint64_t random_state;

static uint64_t next_random(void) /* xorshift64, Marsaglia 2003 */
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

struct added {
    struct ovf_track_key key;
    struct ovf_fix fix;
    bool is_named;
    char registration[16];
};

static struct added random_added(uint32_t row, uint32_t item)
{
    struct added a;
    memset(&a, 0, sizeof a);
    uint32_t address = 0xF10000 + (uint32_t)(next_random() % N_ADDRESSES);
    if (address % 3 == 0)
        address |= OVF_ADDRESS_NON_ICAO;
    a.fix.record.item = item;
    a.fix.record.row = row;
    a.key = ovf_track_key(address, a.fix.record.item);
    a.fix.t_ns = (int64_t)(next_random() % 1000);
    a.fix.at.lat_e7 = (int32_t)row;
    a.is_named = next_random() % 4 == 0;
    snprintf(a.registration, sizeof a.registration, "SI-%u", row);
    return a;
}

static void add(struct ovf_fix_spool *spool, const struct added *a)
{
    struct ovf_identity identity = {.registration = ""};
    memcpy(identity.registration, a->registration, sizeof a->registration);
    assert_int_equal(
        ovf_fix_spool_add(spool, a->key, &a->fix, a->is_named ? &identity : NULL, NULL), OVF_OK);
}

static bool same_key(struct ovf_track_key a, struct ovf_track_key b)
{
    return a.address == b.address && a.input == b.input;
}

/* Each added fix of the track that is not of the rejected item, once. */
static size_t hold_track(const struct ovf_fix_spool *spool, size_t i, const struct added *all,
                         size_t n, uint32_t rejected)
{
    const struct ovf_track_key key = ovf_fix_spool_key(spool, i);
    const struct ovf_identity *identity = ovf_fix_spool_identity(spool, i);
    struct ovf_fixes got = {0};
    static bool seen[N_FIXES];
    const char *name = NULL;
    size_t n_want = 0;
    memset(seen, 0, sizeof seen);
    for (size_t k = 0; k < n; k++) {
        if (!same_key(all[k].key, key))
            continue;
        n_want += all[k].fix.record.item != rejected ? 1 : 0;
        if (all[k].is_named && all[k].fix.record.item != rejected)
            name = all[k].registration;
    }
    assert_int_equal(ovf_fix_spool_read(spool, i, &got, NULL), OVF_OK);
    assert_int_equal(got.n, n_want);
    for (size_t k = 0; k < got.n; k++) {
        const uint32_t row = got.items[k].record.row;
        assert_true(row < n && !seen[row] && same_key(all[row].key, key));
        assert_int_equal(got.items[k].t_ns, all[row].fix.t_ns);
        assert_int_equal(got.items[k].at.lat_e7, all[row].fix.at.lat_e7);
        seen[row] = true;
    }
    if (name != NULL) {
        assert_non_null(identity);
        assert_string_equal(identity->registration, name);
    } else {
        assert_null(identity);
    }
    ovf_fixes_deinit(&got);
    return n_want;
}

static void spool_with(size_t memory_fixes, size_t n, uint32_t rejected)
{
    static struct added all[N_FIXES];
    struct ovf_fix_spool *spool;
    size_t n_found = 0;
    size_t n_want = 0;
    assert_int_equal(ovf_fix_spool_new(memory_fixes, &spool), OVF_OK);
    for (size_t i = 0; i < n; i++) {
        const uint32_t item = (uint32_t)(i * N_INPUTS / n);
        all[i] = random_added((uint32_t)i, item);
        add(spool, &all[i]);
        n_want += item != rejected ? 1 : 0;
        if (item == rejected && (i + 1 == n || (i + 1) * N_INPUTS / n != item))
            assert_int_equal(ovf_fix_spool_reject_item(spool, rejected), OVF_OK);
    }
    assert_int_equal(ovf_fix_spool_seal(spool, NULL), OVF_OK);
    for (size_t i = 0; i < ovf_fix_spool_n_tracks(spool); i++) {
        if (i > 0)
            assert_true(ovf_track_key_compare(ovf_fix_spool_key(spool, i - 1),
                                              ovf_fix_spool_key(spool, i)) < 0);
        n_found += hold_track(spool, i, all, n, rejected);
    }
    assert_int_equal(n_found, n_want);
    ovf_fix_spool_free(spool);
}

static void what_goes_in_comes_out_by_track_whatever_the_memory(void **state)
{
    static const size_t memory[] = {0, 1, 10, 333, 100000};
    (void)state;
    random_state = 20250701;
    for (size_t m = 0; m < sizeof memory / sizeof *memory; m++) {
        spool_with(memory[m], 0, UINT32_MAX);
        spool_with(memory[m], 1, UINT32_MAX);
        spool_with(memory[m], N_FIXES, UINT32_MAX);
    }
}

static void nothing_of_a_rejected_member_comes_out(void **state)
{
    (void)state;
    random_state = 31;
    for (uint32_t rejected = 0; rejected < N_INPUTS; rejected++) {
        spool_with(10, N_FIXES, rejected);
        spool_with(100000, N_FIXES, rejected);
    }
}

static void a_label_is_of_its_input_and_an_address_is_of_all(void **state)
{
    (void)state;
    assert_int_equal(ovf_track_key_compare(ovf_track_key(0xF10001, 0), ovf_track_key(0xF10001, 1)),
                     0);
    assert_int_not_equal(ovf_track_key_compare(ovf_track_key(0xF10001 | OVF_ADDRESS_NON_ICAO, 0),
                                               ovf_track_key(0xF10001 | OVF_ADDRESS_NON_ICAO, 1)),
                         0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_in_comes_out_by_track_whatever_the_memory),
        cmocka_unit_test(nothing_of_a_rejected_member_comes_out),
        cmocka_unit_test(a_label_is_of_its_input_and_an_address_is_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
