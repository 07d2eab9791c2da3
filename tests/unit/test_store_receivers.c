/* SPDX-License-Identifier: Apache-2.0 */
/* What carried fixes say of who heard them, from one scan to the next. */
#include "test.h"

#include "gpkg_fixture.h"
#include "store/receivers.h"

/** One fix that number \p receiver of a scan heard from the aircraft itself. */
struct heard {
    struct ovf_fix fix;
    struct ovf_carry_piece piece;
    struct ovf_carry carry;
};

static void hear(struct heard *heard, uint16_t receiver)
{
    *heard = (struct heard){.fix = {.receiver = receiver, .flags = OVF_FIX_DIRECT}};
    heard->piece = (struct ovf_carry_piece){.fixes = {.items = &heard->fix, .n = 1}};
    heard->carry = (struct ovf_carry){.pieces = &heard->piece, .n_pieces = 1};
}

/** The number of \p id in the scan of \p receivers. */
static uint16_t number_of(struct ovf_receivers *receivers, uint64_t id)
{
    uint16_t number;
    assert_int_equal(ovf_receivers_number(receivers, id, &number), OVF_OK);
    return number;
}

static void open_store(struct gpkg_fixture *f, struct ovf_receivers *receivers,
                       struct ovf_store_receivers *out)
{
    gpkg_begin(f, 1);
    assert_int_equal(ovf_store_receivers_open(f->store, receivers, out, &f->err), OVF_OK);
    gpkg_commit(f);
}

static void the_next_scan_knows_who_heard_it_by_a_number_of_its_own(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_receivers first = {.n = 0};
    struct ovf_receivers second = {.n = 0};
    struct ovf_store_receivers in_first = {0};
    struct ovf_store_receivers in_second = {0};
    struct heard heard;
    (void)number_of(&first, 5);
    hear(&heard, number_of(&first, 7));
    open_store(&f, &first, &in_first);
    ovf_store_receivers_saving(&in_first, &heard.carry);
    assert_int_equal(number_of(&second, 9), 1);
    open_store(&f, &second, &in_second);
    ovf_store_receivers_loaded(&in_second, &heard.carry);
    assert_true(ovf_receivers_id(&second, heard.fix.receiver) == 7);
    assert_int_equal(heard.fix.flags, OVF_FIX_DIRECT);
    ovf_store_receivers_deinit(&in_first);
    ovf_store_receivers_deinit(&in_second);
    ovf_receivers_deinit(&first);
    ovf_receivers_deinit(&second);
    gpkg_fixture_close(&f);
}

/* Number 0 is the input's own receiver, whose place may be told: another's fix is nothing to hold against it. */
static void who_has_no_number_in_a_full_store_is_nobody(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_receivers many = {.n = 0};
    struct ovf_receivers another = {.n = 0};
    struct ovf_store_receivers in_many = {0};
    struct ovf_store_receivers in_another = {0};
    struct heard heard;
    struct heard own;
    for (uint64_t k = 1; k <= OVF_RECEIVERS_MAX; k++)
        assert_int_equal(number_of(&many, k * UINT64_C(0xD1342543DE82EF95)), k);
    open_store(&f, &many, &in_many);
    hear(&heard, number_of(&another, 7));
    hear(&own, 0);
    open_store(&f, &another, &in_another);
    ovf_store_receivers_saving(&in_another, &heard.carry);
    ovf_store_receivers_saving(&in_another, &own.carry);
    assert_int_equal(heard.fix.receiver, 0);
    assert_int_equal(heard.fix.flags, 0);
    assert_int_equal(own.fix.receiver, 0);
    assert_int_equal(own.fix.flags, OVF_FIX_DIRECT);
    ovf_store_receivers_deinit(&in_many);
    ovf_store_receivers_deinit(&in_another);
    ovf_receivers_deinit(&many);
    ovf_receivers_deinit(&another);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_scan_knows_who_heard_it_by_a_number_of_its_own),
        cmocka_unit_test(who_has_no_number_in_a_full_store_is_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
