/* SPDX-License-Identifier: Apache-2.0 */
/* Carried state as bytes: what goes in comes out; any other bytes are refused, or are state that the next
 * scan can work with. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "engine/carry.h"

#define T0_NS (INT64_C(1751328000) * OVF_NS_PER_S) /* 2025-07-01 */

static struct ovf_fix some_fix(int64_t t_s, uint32_t item, uint32_t row)
{
    struct ovf_fix fix = {.t_ns = T0_NS + t_s * OVF_NS_PER_S + 1,
                          .at = {334000000 + (int32_t)row, -1800000000},
                          .alt_baro_ft = -300,
                          .gs_kt = 455.5F,
                          .has = OVF_FIX_ALT_BARO | OVF_FIX_GS | OVF_FIX_CALLSIGN,
                          .source = OVF_SOURCE_ADSB,
                          .callsign = "SIM1234",
                          .record = {item, row}};
    return fix;
}

static struct ovf_track_member some_member(const char *name, unsigned char first_byte)
{
    struct ovf_track_member member = {.name = name,
                                      .from_ns = T0_NS,
                                      .to_ns = T0_NS + OVF_NS_PER_DAY,
                                      .identity_source = OVF_IDENTITY_TRACE_HEADER};
    memset(member.digest.bytes, 0xab, sizeof member.digest.bytes);
    member.digest.bytes[0] = first_byte;
    memcpy(member.identity.registration, "XX-ABC", 7);
    memset(member.identity.owner_operator, 'o', sizeof member.identity.owner_operator - 1);
    member.identity.db_flags = UINT32_MAX;
    member.identity.has_db_flags = true;
    return member;
}

static struct ovf_flight some_flight(int64_t t_s)
{
    struct ovf_flight flight = {.id = "0123456789abcdef0123456789abcdef",
                                .callsign = "SIM12345",
                                .first = some_fix(t_s, 0, 1),
                                .last = some_fix(t_s + 3600, 0, 99),
                                .from = {.kind = OVF_ENDPOINT_OBSERVED,
                                         .has_airport = true,
                                         .airport = 82000,
                                         .country = "IR"},
                                .begins_journey = true};
    flight.start_ns = flight.first.t_ns;
    flight.end_ns = flight.last.t_ns;
    ovf_members_toggle(&flight.states, 0);
    ovf_members_toggle(&flight.states, 249);
    ovf_members_toggle(&flight.states, OVF_MEMBERS_MAX - 1);
    return flight;
}

/* All kinds of things: two windows, three members, two flights, two pieces. */
struct sample {
    struct ovf_carry_window windows[2];
    uint64_t seen[3];
    struct ovf_track_member members[2];
    struct ovf_flight flights[2];
    struct ovf_fix fixes[2][3];
    struct ovf_carry_piece pieces[2];
    struct ovf_carry carry;
};

static void make_sample(struct sample *s)
{
    *s = (struct sample){
        .windows = {{T0_NS, T0_NS + OVF_NS_PER_DAY},
                    {T0_NS + 2 * OVF_NS_PER_DAY, T0_NS + 3 * OVF_NS_PER_DAY}},
        .seen = {0, 77, UINT64_MAX},
        .members = {some_member("day/traces/01/trace_full_f10001.json", 1), some_member("", 2)},
        .flights = {some_flight(100), some_flight(90000)},
    };
    s->flights[1].begins_journey = false;
    s->flights[1].callsign[0] = '\0';
    for (uint32_t i = 0; i < 3; i++) {
        s->fixes[0][i] = some_fix(5000 + 10 * i, 0, i);
        s->fixes[1][i] = some_fix(86390 + 10 * i, i % 2, i);
    }
    s->pieces[0] = (struct ovf_carry_piece){.fixes = {s->fixes[0], 3, 3}, .known_after = true};
    s->pieces[1] = (struct ovf_carry_piece){
        .fixes = {s->fixes[1], 2, 2}, .known_before = true, .begins_journey = true};
    s->carry = (struct ovf_carry){.windows = s->windows,
                                  .n_windows = 2,
                                  .seen = s->seen,
                                  .n_seen = 3,
                                  .members = s->members,
                                  .n_members = 2,
                                  .pieces = s->pieces,
                                  .n_pieces = 2,
                                  .flights = s->flights,
                                  .n_flights = 2};
}

static struct ovf_buffer packed(const struct ovf_carry *carry)
{
    struct ovf_buffer bytes = {0};
    assert_int_equal(ovf_carry_pack(carry, &bytes), OVF_OK);
    return bytes;
}

static void assert_same_fix(const struct ovf_fix *a, const struct ovf_fix *b)
{
    assert_int_equal(a->t_ns, b->t_ns);
    assert_true(ovf_point_equal(a->at, b->at));
    assert_int_equal(a->alt_baro_ft, b->alt_baro_ft);
    assert_memory_equal(a->callsign, b->callsign, sizeof a->callsign);
    assert_int_equal(a->record.item, b->record.item);
    assert_int_equal(a->record.row, b->record.row);
}

static void assert_same_member(const struct ovf_track_member *a, const struct ovf_track_member *b)
{
    assert_string_equal(a->name, b->name);
    assert_memory_equal(&a->digest, &b->digest, sizeof a->digest);
    assert_int_equal(a->from_ns, b->from_ns);
    assert_int_equal(a->to_ns, b->to_ns);
    assert_int_equal(a->identity_source, b->identity_source);
    assert_string_equal(a->identity.registration, b->identity.registration);
    assert_string_equal(a->identity.type_code, b->identity.type_code);
    assert_string_equal(a->identity.description, b->identity.description);
    assert_string_equal(a->identity.owner_operator, b->identity.owner_operator);
    assert_int_equal(a->identity.db_flags, b->identity.db_flags);
    assert_int_equal(a->identity.has_db_flags, b->identity.has_db_flags);
}

static void assert_same_flight(const struct ovf_flight *a, const struct ovf_flight *b)
{
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->callsign, b->callsign);
    assert_same_fix(&a->first, &b->first);
    assert_same_fix(&a->last, &b->last);
    assert_int_equal(a->start_ns, b->start_ns);
    assert_int_equal(a->end_ns, b->end_ns);
    assert_int_equal(a->from.kind, b->from.kind);
    assert_int_equal(a->from.has_airport, b->from.has_airport);
    assert_int_equal(a->from.airport, b->from.airport);
    assert_string_equal(a->from.country, b->from.country);
    assert_int_equal(a->to.kind, b->to.kind);
    assert_true(ovf_members_equal(&a->states, &b->states));
    assert_int_equal(a->begins_journey, b->begins_journey);
}

static void everything_comes_back(void **state)
{
    (void)state;
    struct sample want;
    struct ovf_carry got;
    make_sample(&want);
    struct ovf_buffer bytes = packed(&want.carry);
    assert_int_equal(ovf_carry_unpack(ovf_buffer_bytes(&bytes), &got, NULL), OVF_OK);
    assert_int_equal(got.n_windows, 2);
    assert_memory_equal(got.windows, want.windows, sizeof want.windows);
    assert_int_equal(got.n_seen, 3);
    assert_memory_equal(got.seen, want.seen, sizeof want.seen);
    assert_int_equal(got.n_members, 2);
    assert_int_equal(got.n_flights, 2);
    assert_int_equal(got.n_pieces, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_same_member(&got.members[i], &want.members[i]);
        assert_same_flight(&got.flights[i], &want.flights[i]);
        assert_true(got.flights[i].is_elsewhere);
        assert_int_equal(got.pieces[i].known_before, want.pieces[i].known_before);
        assert_int_equal(got.pieces[i].known_after, want.pieces[i].known_after);
        assert_int_equal(got.pieces[i].begins_journey, want.pieces[i].begins_journey);
        assert_int_equal(got.pieces[i].fixes.n, want.pieces[i].fixes.n);
        for (size_t k = 0; k < got.pieces[i].fixes.n; k++)
            assert_same_fix(&got.pieces[i].fixes.items[k], &want.pieces[i].fixes.items[k]);
    }
    struct ovf_buffer again = packed(&got);
    assert_int_equal(again.len, bytes.len);
    assert_memory_equal(again.data, bytes.data, bytes.len);
    ovf_carry_deinit(&got);
    ovf_buffer_deinit(&again);
    ovf_buffer_deinit(&bytes);
}

static void nothing_is_a_few_bytes_and_comes_back(void **state)
{
    (void)state;
    const struct ovf_carry nothing = {0};
    struct ovf_carry got;
    struct ovf_buffer bytes = packed(&nothing);
    assert_int_equal(bytes.len, 6);
    assert_int_equal(ovf_carry_unpack(ovf_buffer_bytes(&bytes), &got, NULL), OVF_OK);
    assert_int_equal(got.n_windows + got.n_seen + got.n_members + got.n_flights + got.n_pieces, 0);
    ovf_carry_deinit(&got);
    ovf_buffer_deinit(&bytes);
}

/* Bytes in a place of their own size, so that a read too far is seen. */
static enum ovf_status unpack(const unsigned char *data, size_t len, struct ovf_carry *out)
{
    struct ovf_error err = {""};
    unsigned char *exactly = malloc(len + 1);
    assert_non_null(exactly);
    memcpy(exactly + 1, data, len);
    const enum ovf_status st = ovf_carry_unpack((struct ovf_bytes){exactly + 1, len}, out, &err);
    if (st != OVF_OK) {
        assert_int_equal(st, OVF_E_FORMAT);
        assert_string_not_equal(err.text, "");
        assert_null(out->windows);
        assert_null(out->pieces);
        assert_int_equal(out->n_pieces, 0);
    }
    free(exactly);
    return st;
}

static void bytes_cut_anywhere_are_refused(void **state)
{
    (void)state;
    struct sample s;
    struct ovf_carry got;
    make_sample(&s);
    struct ovf_buffer bytes = packed(&s.carry);
    for (size_t len = 0; len < bytes.len; len++)
        assert_int_equal(unpack(bytes.data, len, &got), OVF_E_FORMAT);
    assert_int_equal(ovf_buffer_append(&bytes, "", 1), OVF_OK);
    assert_int_equal(unpack(bytes.data, bytes.len, &got), OVF_E_FORMAT);
    ovf_buffer_deinit(&bytes);
}

/* What later code takes for granted. */
static void assert_sane(const struct ovf_carry *carry)
{
    for (size_t i = 0; i < carry->n_windows; i++) {
        assert_true(carry->windows[i].from_ns < carry->windows[i].to_ns);
        assert_true(i == 0 || carry->windows[i - 1].to_ns < carry->windows[i].from_ns);
    }
    for (size_t i = 1; i < carry->n_seen; i++)
        assert_true(carry->seen[i - 1] <= carry->seen[i]);
    for (size_t i = 0; i < carry->n_members; i++)
        assert_true(strlen(carry->members[i].name) < 1000);
    for (size_t i = 0; i < carry->n_pieces; i++) {
        const struct ovf_fixes *fixes = &carry->pieces[i].fixes;
        assert_true(fixes->n > 0);
        for (size_t k = 0; k < fixes->n; k++) {
            assert_true(fixes->items[k].record.item < carry->n_members);
            assert_true(fixes->items[k].t_ns >= 0);
            assert_true(k == 0 || ovf_fix_compare(&fixes->items[k - 1], &fixes->items[k]) <= 0);
        }
    }
}

/* Whether the next scan gets through with it. */
static void assert_works(const struct ovf_carry *carry)
{
    const struct ovf_track_member member = some_member("new", 9);
    struct ovf_fix fix = some_fix(86400, 0, 0);
    const struct ovf_fixes part = {&fix, 1, 1};
    struct ovf_join join = {0};
    struct ovf_carry next = {0};
    assert_int_equal(ovf_carry_join(carry, &member, 1, &part, 1, &join), OVF_OK);
    assert_int_equal(ovf_carry_next(carry, &member, 1, &join, OVF_NS_PER_DAY, &next), OVF_OK);
    ovf_carry_deinit(&next);
    ovf_join_deinit(&join);
}

static void any_flipped_byte_is_refused_or_makes_sense(void **state)
{
    (void)state;
    static const unsigned char masks[] = {0x01, 0x02, 0x40, 0x80, 0xff};
    struct sample s;
    size_t n_refused = 0;
    make_sample(&s);
    struct ovf_buffer bytes = packed(&s.carry);
    for (size_t i = 0; i < bytes.len * sizeof masks; i++) {
        struct ovf_carry got;
        bytes.data[i / sizeof masks] ^= masks[i % sizeof masks];
        if (unpack(bytes.data, bytes.len, &got) == OVF_OK) {
            assert_sane(&got);
            assert_works(&got);
            ovf_carry_deinit(&got);
        } else {
            n_refused++;
        }
        bytes.data[i / sizeof masks] ^= masks[i % sizeof masks];
    }
    assert_true(n_refused > bytes.len); /* most of what can be seen is seen */
    ovf_buffer_deinit(&bytes);
}

static void refuse_changed(void (*change)(struct sample *))
{
    struct sample s;
    struct ovf_carry got;
    make_sample(&s);
    change(&s);
    struct ovf_buffer bytes = packed(&s.carry);
    assert_int_equal(unpack(bytes.data, bytes.len, &got), OVF_E_FORMAT);
    ovf_buffer_deinit(&bytes);
}

static void name_no_member(struct sample *s)
{
    s->fixes[1][1].record.item = 2;
}

static void turn_back_time(struct sample *s)
{
    s->fixes[0][2].t_ns = s->fixes[0][0].t_ns;
}

static void empty_a_piece(struct sample *s)
{
    s->pieces[0].fixes.n = 0;
}

static void swap_windows(struct sample *s)
{
    s->windows[1] = (struct ovf_carry_window){T0_NS - 2, T0_NS - 1};
}

static void turn_a_window(struct sample *s)
{
    s->windows[1].to_ns = s->windows[1].from_ns;
}

static void swap_seen(struct sample *s)
{
    s->seen[1] = UINT64_MAX;
    s->seen[2] = 1;
}

static void leave_time(struct sample *s)
{
    s->flights[0].last.t_ns = INT64_MIN;
}

static void leave_time_with_a_window(struct sample *s)
{
    s->windows[1].to_ns = INT64_MAX;
}

static void ends_of_no_airport(struct sample *s)
{
    s->flights[0].to.kind = (enum ovf_endpoint_kind)(OVF_ENDPOINT_STATED + 1);
}

static void what_breaks_a_promise_is_refused(void **state)
{
    (void)state;
    refuse_changed(name_no_member);
    refuse_changed(turn_back_time);
    refuse_changed(empty_a_piece);
    refuse_changed(swap_windows);
    refuse_changed(turn_a_window);
    refuse_changed(swap_seen);
    refuse_changed(leave_time);
    refuse_changed(leave_time_with_a_window);
    refuse_changed(ends_of_no_airport);
}

/* A count of any size at each place where one stands, in a megabyte of zeros: the room asked for is that
 * of items which the megabyte could hold. */
static void a_huge_count_is_refused_at_once(void **state)
{
    (void)state;
    enum { N = 1 << 20 };
    static const unsigned char huge[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1};
    static const unsigned char large[] = {0xff, 0xff, 0x7f};
    unsigned char *bytes = calloc(N, 1);
    struct ovf_carry got;
    assert_non_null(bytes);
    for (size_t at = 1; at <= 5; at++) {
        memset(bytes, 0, 64);
        bytes[0] = 1;
        memcpy(bytes + at, huge, sizeof huge);
        assert_int_equal(unpack(bytes, N, &got), OVF_E_FORMAT);
        assert_int_equal(unpack(bytes, at + sizeof huge, &got), OVF_E_FORMAT);
        memcpy(bytes + at, large,
               sizeof large); /* 2 to the 21, less one: more than 2 to the 20 bytes */
        assert_int_equal(unpack(bytes, N, &got), OVF_E_FORMAT);
    }
    free(bytes);
}

static void another_version_is_refused(void **state)
{
    (void)state;
    struct sample s;
    struct ovf_carry got;
    make_sample(&s);
    struct ovf_buffer bytes = packed(&s.carry);
    bytes.data[0] = 2;
    assert_int_equal(unpack(bytes.data, bytes.len, &got), OVF_E_FORMAT);
    bytes.data[0] = 0;
    assert_int_equal(unpack(bytes.data, bytes.len, &got), OVF_E_FORMAT);
    ovf_buffer_deinit(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_comes_back),
        cmocka_unit_test(nothing_is_a_few_bytes_and_comes_back),
        cmocka_unit_test(bytes_cut_anywhere_are_refused),
        cmocka_unit_test(any_flipped_byte_is_refused_or_makes_sense),
        cmocka_unit_test(what_breaks_a_promise_is_refused),
        cmocka_unit_test(a_huge_count_is_refused_at_once),
        cmocka_unit_test(another_version_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
