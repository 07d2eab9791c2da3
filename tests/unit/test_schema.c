/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of keys: each type's good and bad values, and what the errors say. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "case/schema.h"

struct inner {
    struct ovf_case_head head;
    const char *name;
    int64_t days;
};

static const struct ovf_key inner_keys[] = {
    {"name", OVF_KEY_TEXT, OVF_KEY_REQUIRED, NULL, 0, 0, NULL, NULL, NULL,
     offsetof(struct inner, name), ""},
    {"days", OVF_KEY_INTEGER, 0, "d", 1, 31, NULL, "7", NULL, offsetof(struct inner, days), ""},
};
static const struct ovf_table inner_table = {"an inner thing", inner_keys, 2, sizeof(struct inner)};

struct outer {
    struct ovf_case_head head;
    double speed_kt;
    bool loud;
    int64_t day_ns;
    int64_t time_ns;
    int64_t clock_ns;
    const char *country;
    int64_t icao24;
    int64_t colour;
    struct ovf_case_place place;
    struct ovf_case_span span;
    struct ovf_case_list inner; /* struct inner */
    const char *text;
};

#define AT(member) offsetof(struct outer, member)
static const struct ovf_key outer_keys[] = {
    {"speed_kt", OVF_KEY_NUMBER, 0, "kt", 1, 900, NULL, "450", NULL, AT(speed_kt), ""},
    {"loud", OVF_KEY_BOOL, 0, NULL, 0, 0, NULL, NULL, NULL, AT(loud), ""},
    {"day", OVF_KEY_DATE, 0, NULL, 0, 0, NULL, NULL, NULL, AT(day_ns), ""},
    {"time", OVF_KEY_TIME, 0, NULL, 0, 0, NULL, NULL, NULL, AT(time_ns), ""},
    {"clock", OVF_KEY_CLOCK, 0, NULL, 0, 0, NULL, NULL, NULL, AT(clock_ns), ""},
    {"country", OVF_KEY_CODE, 0, NULL, 0, 0, NULL, NULL, NULL, AT(country), ""},
    {"icao24", OVF_KEY_ADDRESS, 0, NULL, 0, 0, NULL, NULL, NULL, AT(icao24), ""},
    {"colour", OVF_KEY_CHOICE, 0, NULL, 0, 0, "red|green", NULL, NULL, AT(colour), ""},
    {"place", OVF_KEY_PLACE, 0, NULL, 0, 0, NULL, NULL, NULL, AT(place), ""},
    {"span", OVF_KEY_SPAN, 0, "s", 0, 60, NULL, "5", NULL, AT(span), ""},
    {"inner", OVF_KEY_MAP, OVF_KEY_LIST, NULL, 0, 0, NULL, NULL, &inner_table, AT(inner), ""},
    {"text", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(text), ""},
};
static const struct ovf_table outer_table = {
    "an outer thing", outer_keys, sizeof outer_keys / sizeof *outer_keys, sizeof(struct outer)};

static struct outer read_good(const char *text, struct ovf_case_store *store)
{
    struct outer out;
    struct ovf_error err = {""};
    if (ovf_case_read(ovf_bytes_from_text(text), &outer_table, store, &out, &err) != OVF_OK)
        fail_msg("%s", err.text);
    return out;
}

static void refuses(const char *text, const char *says)
{
    struct ovf_case_store store = {0};
    struct outer out;
    struct ovf_error err = {""};
    assert_int_equal(ovf_case_read(ovf_bytes_from_text(text), &outer_table, &store, &out, &err),
                     OVF_E_FORMAT);
    if (strstr(err.text, says) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, says);
    ovf_case_store_deinit(&store);
}

static void every_type_is_read(void **state)
{
    (void)state;
    struct ovf_case_store store = {0};
    const struct outer got = read_good("speed_kt: 12.5\nloud: true\nday: 2012-10-27\n"
                                       "time: 2012-10-27T08:30:00Z\nclock: \"07:30\"\n"
                                       "country: IRQ\nicao24: F10001\ncolour: green\n"
                                       "place: [33.25, -44.5]\nspan: [1, 60]\ntext: 152\n"
                                       "inner:\n  - {name: a, days: 31}\n  - name: b\n",
                                       &store);
    assert_near(got.speed_kt, 12.5, 0);
    assert_true(got.loud);
    assert_int_equal(got.day_ns, INT64_C(1351296000) * OVF_NS_PER_S);
    assert_int_equal(got.time_ns, (INT64_C(1351296000) + 30600) * OVF_NS_PER_S);
    assert_int_equal(got.clock_ns, 27000 * OVF_NS_PER_S);
    assert_string_equal(got.country, "IRQ");
    assert_int_equal(got.icao24, 0xF10001);
    assert_int_equal(got.colour, 1);
    assert_null(got.place.name);
    assert_near(got.place.lat_deg, 33.25, 0);
    assert_near(got.place.lon_deg, -44.5, 0);
    assert_near(got.span.to, 60, 0);
    assert_string_equal(got.text, "152");
    assert_int_equal(got.inner.n, 2);
    const struct inner *const inner = got.inner.items;
    assert_int_equal(inner[0].days, 31);
    assert_int_equal(inner[1].days, 7);
    assert_int_equal(inner[1].head.place.line, 14);
    ovf_case_store_deinit(&store);
}

static void what_is_not_written_is_absent_or_its_fallback(void **state)
{
    (void)state;
    struct ovf_case_store store = {0};
    const struct outer got = read_good("loud: false\n", &store);
    assert_int_equal(got.head.has, 1u << 1);
    assert_near(got.speed_kt, 450, 0);
    assert_near(got.span.from, 5, 0);
    assert_near(got.span.to, 5, 0);
    assert_null(got.country);
    ovf_case_store_deinit(&store);
}

static void norway_is_a_country_and_no_truth(void **state)
{
    (void)state;
    struct ovf_case_store store = {0};
    assert_string_equal(read_good("country: NO\n", &store).country, "NO");
    ovf_case_store_deinit(&store);
    refuses("loud: NO\n", "true or false is due");
    refuses("loud: yes\n", "line 1, column 7: loud: \"yes\": true or false is due");
    refuses("loud: \"true\"\n", "true or false");
    refuses("country: no\n", "a country code in capitals");
}

static void numbers_are_numbers(void **state)
{
    (void)state;
    refuses("speed_kt: 12kt\n", "speed_kt: \"12kt\": a number in kt from 1 to 900 is due");
    refuses("speed_kt: 0123\n", "leading zero");
    refuses("speed_kt: \"12\"\n", "without quotes");
    refuses("speed_kt: nan\n", "a number in kt");
    refuses("speed_kt: .inf\n", "a number in kt");
    refuses("speed_kt: 0x10\n", "a number in kt");
    refuses("speed_kt: 1_000\n", "a number in kt");
    refuses("speed_kt: 0.5\n", "from 1 to 900");
    refuses("speed_kt: 901\n", "from 1 to 900");
    refuses("speed_kt: [1, 2]\n", "one value is due");
    refuses("speed_kt: {a: 1}\n", "no keys");
    refuses("speed_kt:\n", "a number in kt");
    refuses("inner: [{name: x, days: 1.5}]\n", "a whole number in d from 1 to 31");
    refuses("inner: [{name: x, days: 32}]\n", "from 1 to 31");
}

static void other_types_say_what_is_due(void **state)
{
    (void)state;
    refuses("day: 2012-02-30\n", "in the calendar");
    refuses("day: 27.10.2012\n", "in the calendar");
    refuses("time: 2012-10-27\n", "a time is due");
    refuses("clock: 24:00\n", "a time of day");
    refuses("clock: 7:30\n", "a time of day");
    refuses("icao24: f1000\n", "six hexadecimal digits");
    refuses("icao24: ~f1000\n", "six hexadecimal digits");
    refuses("colour: blue\n", "one of red|green is due");
    refuses("place: [33]\n", "a name or [latitude, longitude]");
    refuses("place: [91, 0]\n", "degrees of latitude from -90 to 90");
    refuses("place: [0, 181]\n", "degrees of longitude");
    refuses("span: [9, 3]\n", "the first number is larger");
    refuses("text: ~\n", "a text is due");
    refuses("text:\n", "a text is due");
    refuses("inner: x\n", "a list is due");
    refuses("inner: [x]\n", "keys and values are due");
}

static void keys_that_are_not_known_or_missing_are_named(void **state)
{
    (void)state;
    refuses("speed: 3\n", "line 1, column 1: unknown key \"speed\" in an outer thing; did you mean "
                          "\"speed_kt\"?");
    refuses("colur: red\n", "did you mean \"colour\"?");
    refuses("inner:\n  - nam: x\n", "line 2, column 5: unknown key \"nam\" in an inner thing");
    refuses("inner:\n  - days: 3\n", "line 2, column 5: the key \"name\" is missing");
    refuses("- 1\n", "the keys of an outer thing are due");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_is_read),
        cmocka_unit_test(what_is_not_written_is_absent_or_its_fallback),
        cmocka_unit_test(norway_is_a_country_and_no_truth),
        cmocka_unit_test(numbers_are_numbers),
        cmocka_unit_test(other_types_say_what_is_due),
        cmocka_unit_test(keys_that_are_not_known_or_missing_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
