/* SPDX-License-Identifier: Apache-2.0 */
/* Whose address, whose operator. Addresses and designators are of states that nobody doubts; the flights are invented
 * and fly nowhere. */
#include "test.h"

#include <string.h>

#include "report/line.h"
#include "rules/operated.h"
#include "track/address.h"

enum { N_MAX = 24, ADDRESS_OF_IE = 0x4CA123, ADDRESS_OF_TR = 0x4B8123 };

struct scene {
    struct ovf_fix fixes[N_MAX];
    struct ovf_track track;
    struct ovf_flight flight;
};

/** One flight of the fixes with these callsigns, "" is none; its own is the first. */
static struct ovf_operated told(struct scene *s, uint32_t address, const char *const *callsigns,
                                size_t n)
{
    memset(s, 0, sizeof *s);
    for (size_t i = 0; i < n; i++) {
        s->fixes[i].grade = OVF_GRADE_B;
        s->fixes[i].has = callsigns[i][0] != '\0' ? OVF_FIX_CALLSIGN : 0;
        memcpy(s->fixes[i].callsign, callsigns[i], strlen(callsigns[i]));
    }
    s->track.address = address;
    s->track.fixes.items = s->fixes;
    s->track.fixes.n = n;
    s->flight.fixes = (struct ovf_leg){.last = n - 1, .n_callsigns = (unsigned)n};
    memcpy(s->flight.callsign, callsigns[0], strlen(callsigns[0]));
    return ovf_operated_of(NULL, &s->track, &s->flight);
}

static struct ovf_operated told_one(uint32_t address, const char *callsign)
{
    struct scene s;
    return told(&s, address, &callsign, 1);
}

static void an_operator_of_the_addresss_state_is_told_and_not_flagged(void **state)
{
    const struct ovf_operated operated = told_one(ADDRESS_OF_TR, "THY1AB");
    (void)state;
    assert_string_equal(operated.address_state, "TR");
    assert_string_equal(operated.by.designator, "THY");
    assert_string_equal(operated.by.state, "TR");
    assert_int_equal(operated.n_elsewhere, 0);
}

static void an_address_of_another_state_is_flagged(void **state)
{
    const struct ovf_operated operated = told_one(ADDRESS_OF_IE, "THY1AB");
    (void)state;
    assert_string_equal(operated.address_state, "IE");
    assert_int_equal(operated.n_elsewhere, 1);
    assert_string_equal(operated.elsewhere[0].designator, "THY");
    assert_string_equal(operated.elsewhere[0].state, "TR");
}

static void nothing_is_flagged_where_either_is_not_known(void **state)
{
    static const struct {
        uint32_t address;
        const char *callsign;
    } cases[] = {
        {ADDRESS_OF_IE, ""},                              /* none heard */
        {ADDRESS_OF_IE, "AAA12"},                         /* nobody that is known */
        {ADDRESS_OF_IE, "TCABC"},                         /* a registration */
        {ADDRESS_OF_IE, "THYAB"},                         /* no number behind the letters */
        {ADDRESS_OF_IE, "THY"},                           /* nothing behind them */
        {ADDRESS_OF_IE, "SAS12"},                         /* of three states */
        {OVF_ADDRESS_NON_ICAO | ADDRESS_OF_IE, "THY1AB"}, /* a label */
        {OVF_ADDRESS_SIMULATED_FIRST, "THY1AB"},
        {0xB00000, "THY1AB"}, /* nobody's */
        {0xF00001, "THY1AB"}, /* ICAO's */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(told_one(cases[i].address, cases[i].callsign).n_elsewhere, 0);
    assert_string_equal(told_one(ADDRESS_OF_IE, "AAA12").by.designator, "");
}

static void each_callsign_of_a_flight_is_considered(void **state)
{
    static const char *const callsigns[] = {"RYR1",  "RYR2",  "",       "IRA7", "THY1AB",
                                            "IRA12", "AAA33", "THY1AB", "EIN5", "SYR1"};
    struct scene s;
    (void)state;
    struct ovf_operated operated =
        told(&s, ADDRESS_OF_IE, callsigns, sizeof callsigns / sizeof *callsigns);
    char text[OVF_REPORT_ELSEWHERE_SIZE];
    ovf_report_elsewhere(&operated, text);
    assert_string_equal(operated.by.designator, "RYR");
    assert_string_equal(text, "IRA=IR SYR=SY THY=TR");
    s.fixes[9].grade = OVF_GRADE_X; /* not believed: so is its callsign */
    operated = ovf_operated_of(NULL, &s.track, &s.flight);
    ovf_report_elsewhere(&operated, text);
    assert_string_equal(text, "IRA=IR THY=TR");
    s.flight.is_elsewhere = true; /* its fixes are not in the track */
    assert_int_equal(ovf_operated_of(NULL, &s.track, &s.flight).n_elsewhere, 0);
}

/** In whatever order they come. */
static void of_many_operators_the_first_eight_are_told(void **state)
{
    static const char *const callsigns[] = {"UAE1", "THY1", "SYR1", "SVA1", "RJA1", "QTR1",
                                            "OMA1", "MSR1", "MEA1", "KAC1", "IRA1", "AFL1"};
    enum { N = sizeof callsigns / sizeof *callsigns };
    const char *turned[N];
    char text[OVF_REPORT_ELSEWHERE_SIZE];
    struct scene s;
    (void)state;
    for (size_t first = 0; first < N; first++) {
        for (size_t i = 0; i < N; i++)
            turned[i] = callsigns[(first + 5 * i) % N];
        const struct ovf_operated operated = told(&s, ADDRESS_OF_IE, turned, N);
        ovf_report_elsewhere(&operated, text);
        assert_string_equal(text, "AFL=RU IRA=IR KAC=KW MEA=LB MSR=EG OMA=OM QTR=QA RJA=JO");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_operator_of_the_addresss_state_is_told_and_not_flagged),
        cmocka_unit_test(an_address_of_another_state_is_flagged),
        cmocka_unit_test(nothing_is_flagged_where_either_is_not_known),
        cmocka_unit_test(each_callsign_of_a_flight_is_considered),
        cmocka_unit_test(of_many_operators_the_first_eight_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
