/* SPDX-License-Identifier: Apache-2.0 */
/* Packed fixes: what goes in comes out, and any other bytes are refused. */
#include "test.h"

#include <string.h>

#include "track/fix_pack.h"

static struct ovf_fix some_fix(uint32_t i)
{
    struct ovf_fix fix = {
        .t_ns = INT64_C(1751362353412345678) + (int64_t)i * 10000000001,
        .at = {(int32_t)(900000000 - i * 7919), (int32_t)(-1800000000 + (int32_t)(i * 104729))},
        .alt_baro_ft = i % 3 == 0 ? -1500 : 34000,
        .alt_geom_ft = (int32_t)i,
        .gs_kt = 455.7F + (float)i,
        .track_deg = 359.9F,
        .rc_m = 185.2F,
        .accuracy_m = 370.4F,
        .radius_m = 926.0F,
        .heading_deg = 268.25F,
        .roll_cdeg = -2550,
        .vert_rate_fpm = -32768,
        .has = 0xffff,
        .squawk = 7777,
        .flags = 0x3f | 5 << OVF_FIX_NAC_V_SHIFT | OVF_DECODING_CPR_LOCAL << OVF_FIX_DECODING_SHIFT,
        .source = OVF_SOURCE_OTHER,
        .grade = OVF_GRADE_X,
        .nic = 11,
        .nac_p = 10,
        .sil = 3,
        .sil_type = OVF_SIL_PER_SAMPLE,
        .receiver = (uint16_t)(65535 - i),
        .version = 2,
        .record = {UINT32_MAX - i, i * 2},
    };
    memcpy(fix.callsign, i % 2 == 0 ? "SIM12345" : "\0\0\0\0\0\0\0\0", 8);
    return fix;
}

static void assert_same_fix(const struct ovf_fix *a, const struct ovf_fix *b)
{
    /* Member by member: the padding between them is nobody's. */
    assert_int_equal(a->t_ns, b->t_ns);
    assert_int_equal(a->at.lat_e7, b->at.lat_e7);
    assert_int_equal(a->at.lon_e7, b->at.lon_e7);
    assert_int_equal(a->alt_baro_ft, b->alt_baro_ft);
    assert_int_equal(a->alt_geom_ft, b->alt_geom_ft);
    assert_memory_equal(&a->gs_kt, &b->gs_kt, sizeof a->gs_kt);
    assert_memory_equal(&a->track_deg, &b->track_deg, sizeof a->track_deg);
    assert_memory_equal(&a->rc_m, &b->rc_m, sizeof a->rc_m);
    assert_memory_equal(&a->accuracy_m, &b->accuracy_m, sizeof a->accuracy_m);
    assert_memory_equal(&a->radius_m, &b->radius_m, sizeof a->radius_m);
    assert_memory_equal(&a->heading_deg, &b->heading_deg, sizeof a->heading_deg);
    assert_int_equal(a->roll_cdeg, b->roll_cdeg);
    assert_int_equal(a->vert_rate_fpm, b->vert_rate_fpm);
    assert_int_equal(a->has, b->has);
    assert_int_equal(a->squawk, b->squawk);
    assert_int_equal(a->flags, b->flags);
    assert_int_equal(a->source, b->source);
    assert_int_equal(a->grade, b->grade);
    assert_int_equal(a->nic, b->nic);
    assert_int_equal(a->nac_p, b->nac_p);
    assert_int_equal(a->sil, b->sil);
    assert_int_equal(a->sil_type, b->sil_type);
    assert_int_equal(a->receiver, b->receiver);
    assert_int_equal(a->version, b->version);
    assert_memory_equal(a->callsign, b->callsign, 8);
    assert_int_equal(a->record.item, b->record.item);
    assert_int_equal(a->record.row, b->record.row);
}

enum { N = 100 };

static struct ovf_buffer packed(size_t n)
{
    struct ovf_fix fixes[N];
    struct ovf_buffer bytes = {0};
    for (uint32_t i = 0; i < n; i++)
        fixes[i] = some_fix(i);
    assert_int_equal(ovf_fixes_pack(fixes, n, &bytes), OVF_OK);
    return bytes;
}

static void test_every_member_comes_back(void **state)
{
    (void)state;
    struct ovf_buffer bytes = packed(N);
    struct ovf_fixes out = {0};
    assert_int_equal(ovf_fixes_unpack(ovf_buffer_bytes(&bytes), &out, NULL), OVF_OK);
    assert_int_equal(out.n, N);
    for (uint32_t i = 0; i < N; i++) {
        const struct ovf_fix want = some_fix(i);
        assert_same_fix(&out.items[i], &want);
    }
    ovf_fixes_deinit(&out);
    ovf_buffer_deinit(&bytes);
}

/* A store of an earlier program holds bytes of version 1, which knew neither heading nor bank. */
static void test_bytes_of_version_1_are_read(void **state)
{
    (void)state;
    struct ovf_fix fix = some_fix(0);
    struct ovf_buffer bytes = {0};
    struct ovf_fixes out = {0};
    fix.heading_deg = 0;
    fix.roll_cdeg = 0;
    assert_int_equal(ovf_fixes_pack(&fix, 1, &bytes), OVF_OK);
    assert_int_equal(bytes.data[0], 2);
    ((unsigned char *)bytes.data)[0] = 1;
    assert_int_equal(ovf_fixes_unpack(ovf_buffer_bytes(&bytes), &out, NULL), OVF_OK);
    assert_int_equal(out.n, 1);
    assert_same_fix(&out.items[0], &fix);
    ovf_fixes_deinit(&out);
    ovf_buffer_deinit(&bytes);
}

static void test_no_fixes_are_a_few_bytes(void **state)
{
    (void)state;
    struct ovf_buffer bytes = packed(0);
    struct ovf_fixes out = {0};
    assert_int_equal(bytes.len, 2);
    assert_int_equal(ovf_fixes_unpack(ovf_buffer_bytes(&bytes), &out, NULL), OVF_OK);
    assert_int_equal(out.n, 0);
    ovf_fixes_deinit(&out);
    ovf_buffer_deinit(&bytes);
}

static void test_bytes_cut_anywhere_are_refused_and_leave_no_fix(void **state)
{
    (void)state;
    struct ovf_buffer bytes = packed(3);
    for (size_t len = 0; len < bytes.len; len++) {
        struct ovf_error err = {""};
        struct ovf_fixes out = {0};
        assert_int_equal(ovf_fixes_unpack((struct ovf_bytes){bytes.data, len}, &out, &err),
                         OVF_E_FORMAT);
        assert_int_equal(out.n, 0);
        assert_string_not_equal(err.text, "");
        ovf_fixes_deinit(&out);
    }
    ovf_buffer_deinit(&bytes);
}

static void test_a_place_off_the_globe_is_refused(void **state)
{
    (void)state;
    struct ovf_fix fix = some_fix(0);
    struct ovf_buffer bytes = {0};
    struct ovf_fixes out = {0};
    fix.at.lat_e7 = 900000001;
    assert_int_equal(ovf_fixes_pack(&fix, 1, &bytes), OVF_OK);
    assert_int_equal(ovf_fixes_unpack(ovf_buffer_bytes(&bytes), &out, NULL), OVF_E_FORMAT);
    ovf_fixes_deinit(&out);
    ovf_buffer_deinit(&bytes);
}

static void test_a_way_of_decoding_that_there_is_not_is_refused(void **state)
{
    (void)state;
    struct ovf_fix fix = some_fix(0);
    struct ovf_buffer bytes = {0};
    struct ovf_fixes out = {0};
    fix.flags = OVF_FIX_DECODING_BITS;
    assert_int_equal(ovf_fixes_pack(&fix, 1, &bytes), OVF_OK);
    assert_int_equal(ovf_fixes_unpack(ovf_buffer_bytes(&bytes), &out, NULL), OVF_E_FORMAT);
    ovf_fixes_deinit(&out);
    ovf_buffer_deinit(&bytes);
}

/* What neither is, nor changes, takes no byte. */
static void test_nac_v_and_decoding_that_stay_take_no_room(void **state)
{
    (void)state;
    unsigned char room[OVF_FIX_PACKED_MAX_BYTES];
    struct ovf_fix before = some_fix(0);
    struct ovf_fix fix = some_fix(1);
    const size_t n = ovf_fix_pack_next(&before, &fix, room).len;
    before.flags = fix.flags = 0x3f;
    before.has = fix.has = 0x7fff;
    assert_int_equal(ovf_fix_pack_next(&before, &fix, room).len, n);
}

static void test_a_huge_count_needs_no_memory(void **state)
{
    (void)state;
    static const unsigned char bytes[] = {1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};
    struct ovf_fixes out = {0};
    assert_int_equal(ovf_fixes_unpack((struct ovf_bytes){bytes, sizeof bytes}, &out, NULL),
                     OVF_E_FORMAT);
    assert_null(out.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_member_comes_back),
        cmocka_unit_test(test_bytes_of_version_1_are_read),
        cmocka_unit_test(test_no_fixes_are_a_few_bytes),
        cmocka_unit_test(test_bytes_cut_anywhere_are_refused_and_leave_no_fix),
        cmocka_unit_test(test_a_place_off_the_globe_is_refused),
        cmocka_unit_test(test_a_way_of_decoding_that_there_is_not_is_refused),
        cmocka_unit_test(test_nac_v_and_decoding_that_stay_take_no_room),
        cmocka_unit_test(test_a_huge_count_needs_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
