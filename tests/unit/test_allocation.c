/* SPDX-License-Identifier: Apache-2.0 */
/* Allocations of addresses: published examples, each with its source; what OpenSky says of all aircraft in the
 * recordings ("origin_country"); and the blocks that another table has (reference/code-blocks.csv, which tells
 * territories apart). */
#include "test.h"

#include <string.h>

#include "pack/iso3166.h"
#include "source/file.h"
#include "track/address.h"
#include "track/allocation.h"

static void addresses_of_published_examples_are_of_their_states(void **state)
{
    static const struct {
        uint32_t address;
        const char *state;
    } examples[] = {
        {0x4840D6, "NL"}, /* J. Sun, The 1090 Megahertz Riddle, 2nd ed., chapter 4: KLM1023 */
        {0x484175, "NL"}, /* the same, chapter 6: a position on the ground at Schiphol */
        {0x40621D, "GB"}, /* the same, chapter 5 */
        {0xA05F21, "US"}, /* the same, chapter 7: an airspeed */
        {0xA00001, "US"}, /* N1: the first of the FAA's, by which addresses follow from marks */
        {0xADF7C7, "US"}, /* N99999: the last of them */
        {0xAB8E4F, "US"}, /* N8437D: tests of flydent */
        {0xA61C53, "US"}, /* N493MC: a trace of readsb */
        {0x395D66, "FR"}, /* documentation of Icao24Utils, as the next two */
        {0x51D8CA, ""},   {0x000000, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        assert_string_equal(ovf_allocation_state(examples[i].address), examples[i].state);
}

static void a_block_ends_where_its_bits_do(void **state)
{
    (void)state;
    assert_string_equal(ovf_allocation_state(0x003FFF), "");
    assert_string_equal(ovf_allocation_state(0x004000), "ZW"); /* 13 bits, the first */
    assert_string_equal(ovf_allocation_state(0x0047FF), "ZW");
    assert_string_equal(ovf_allocation_state(0x004800), "");
    assert_string_equal(ovf_allocation_state(0x0FFFFF), "");
    assert_string_equal(ovf_allocation_state(0x100000), "RU"); /* 4 bits */
    assert_string_equal(ovf_allocation_state(0x1FFFFF), "RU");
    assert_string_equal(ovf_allocation_state(0x200000), "");
    assert_string_equal(ovf_allocation_state(0x727FFF), "KP"); /* 9 bits, neighbours */
    assert_string_equal(ovf_allocation_state(0x728000), "IQ");
    assert_string_equal(ovf_allocation_state(0x72FFFF), "IQ");
    assert_string_equal(ovf_allocation_state(0x730000), "IR");
    assert_string_equal(ovf_allocation_state(0x0ADFFF), "CO"); /* 11 bits, the only one */
    assert_string_equal(ovf_allocation_state(0x0AE000), "CR");
    assert_string_equal(ovf_allocation_state(0x896FFF), "AE"); /* 12 bits */
    assert_string_equal(ovf_allocation_state(0xE94FFF), "BO"); /* the last of a state */
}

static void blocks_of_nobody_are_of_no_state(void **state)
{
    static const uint32_t addresses[] = {
        0x200000, /* kept for a region */
        0xB00000,
        0xD00000,
        0xF00000, /* ICAO's, for a while */
        0xF09000, /* ICAO's, for special use */
        OVF_ADDRESS_SIMULATED_FIRST,
        0xFFFFFF,
        OVF_ADDRESS_NON_ICAO | 0x730123, /* a label that looks like one of Iran's */
        UINT32_MAX,
    };
    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        assert_string_equal(ovf_allocation_state(addresses[i]), "");
}

/** No block lies in another, none stands twice, and their sizes are those of the table: how many states have which is
 * counted by hand (6 bits: AR AU BR CA CN DE ES FR GB IN IT JP).
 * 512 addresses are less than any has. */
static void each_state_has_one_block(void **state)
{
    static const struct {
        uint32_t size;
        size_t n;
    } sizes[] = {{1 << 20, 2}, {1 << 18, 12}, {1 << 15, 44},
                 {1 << 13, 1}, {1 << 12, 66}, {1 << 11, 69}};
    size_t n_of[sizeof sizes / sizeof *sizes] = {0};
    static char seen[256][3];
    size_t n_seen = 0;
    (void)state;
    for (uint32_t first = 0; first < UINT32_C(1) << 24;) {
        uint32_t end = first;
        const char *const here = ovf_allocation_state(first);
        while (end < UINT32_C(1) << 24 && strcmp(ovf_allocation_state(end), here) == 0)
            end += 512;
        if (here[0] != '\0') {
            for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
                n_of[k] += sizes[k].size == end - first;
            for (size_t i = 0; i < n_seen; i++)
                assert_string_not_equal(seen[i], here);
            memcpy(seen[n_seen++], here, 3);
        }
        first = end;
    }
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        assert_int_equal(n_of[k], sizes[k].n);
    assert_int_equal(n_seen, 194);
}

static void read_file(const char *path, struct ovf_buffer *out)
{
    struct ovf_error err = {""};
    assert_int_equal(ovf_file_read(path, UINT64_C(1) << 26, out, &err), OVF_OK);
    assert_int_equal(ovf_buffer_append(out, "", 1), OVF_OK);
}

/** A country as OpenSky writes it; "": none. */
static const char *code_of(const struct ovf_iso_table *table, const char *name)
{
    static const char *const others[][2] = {{"Kingdom of the Netherlands", "NL"},
                                            {"Republic of Korea", "KR"},
                                            {"Taiwan", "TW"},
                                            {"Islamic Republic of Iran", "IR"},
                                            {"Republic of Moldova", "MD"},
                                            {"Libyan Arab Jamahiriya", "LY"},
                                            {"Bolivia", "BO"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(others[i][0], name) == 0)
            return others[i][1];
    }
    for (size_t i = 0; i < table->n; i++) {
        const char *const also = strstr(table->items[i].also, name);
        if (strcmp(table->items[i].name, name) == 0 || (name[0] != '\0' && also != NULL))
            return table->items[i].alpha2;
    }
    assert_int_equal(name[0], '\0');
    return "";
}

/** The next text in quotes, which ends there; NULL: there is none. */
static char *next_text(char **rest)
{
    char *const first = strchr(*rest, '"');
    char *const end = first != NULL ? strchr(first + 1, '"') : NULL;
    if (end == NULL)
        return NULL;
    *end = '\0';
    *rest = end + 1;
    return first + 1;
}

/** Of a snapshot: of each aircraft an address, a callsign and a country are the first texts. */
static size_t compare_states(const struct ovf_iso_table *table, const char *name)
{
    struct ovf_buffer text = {0};
    size_t n = 0;
    read_file(ovf_test_data(name), &text);
    char *rest = (char *)text.data;
    for (char *row = strstr(rest, "["); row != NULL; row = strpbrk(rest, "[")) {
        rest = row + 1 + strspn(row + 1, " \n[");
        uint32_t address = 0;
        if (*rest != '"')
            continue;
        const char *const hex = next_text(&rest);
        assert_true(ovf_address_parse(ovf_bytes_from_text(hex), &address));
        rest += strspn(rest, ", \n");
        if (*rest == '"')
            (void)next_text(&rest);
        else
            rest += strlen("null");
        const char *const country = next_text(&rest);
        assert_non_null(country);
        const char *const want = code_of(table, country);
        if (strcmp(ovf_allocation_state(address), want) != 0) {
            print_error("%s: %s, %s\n", hex, ovf_allocation_state(address), country);
            fail();
        }
        n++;
    }
    ovf_buffer_deinit(&text);
    return n;
}

static void states_of_recorded_aircraft_are_those_that_opensky_says(void **state)
{
    struct ovf_buffer text = {0};
    struct ovf_iso_table table = {0};
    struct ovf_error err = {""};
    (void)state;
    const char *const first = "opensky/states-2021-10-17.json";
    (void)ovf_test_data(first);
    assert_int_equal(ovf_file_read(ovf_test_source("data/iso3166.csv"), 1 << 20, &text, &err),
                     OVF_OK);
    assert_int_equal(ovf_iso_table_read(ovf_buffer_bytes(&text), &table, &err), OVF_OK);
    assert_int_equal(compare_states(&table, first), 5485);
    assert_int_equal(compare_states(&table, "opensky/states-2023-06-20.json"), 7128);
    ovf_iso_table_deinit(&table);
    ovf_buffer_deinit(&text);
}

/** What has the block that a territory's addresses are of, as that table calls territories; NULL: they are of none
 * (organisations), or the row is of one aircraft that is elsewhere (an address that was not changed). */
static const char *state_of(const char *code)
{
    static const char *const of[][2] = {
        {"BM", "GB"}, {"KY", "GB"}, {"IM", "GB"}, {"GG", "GB"}, {"FK", "GB"},
        {"MS", "GB"}, {"AW", "NL"}, {"XC", "NL"}, {"HK", "CN"}, {"MO", "CN"},
        {"ZZ", NULL}, {"XA", NULL}, {"XB", NULL},
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        if (strcmp(of[i][0], code) == 0)
            return of[i][1];
    }
    return code;
}

static void blocks_begin_where_another_table_has_them(void **state)
{
    struct ovf_buffer text = {0};
    size_t n = 0;
    (void)state;
    read_file(ovf_test_data("reference/code-blocks.csv"), &text);
    for (const char *line = strchr((char *)text.data, '\n'); line != NULL;
         line = strchr(line + 1, '\n')) {
        uint32_t first = 0;
        uint32_t last = 0;
        unsigned count;
        char code[3];
        if (sscanf(line, "\n%6x,%6x,%u,%*6[0-9A-F],%*6[0-9A-F],%*1[01],%2s", &first, &last, &count,
                   code) != 4)
            continue;
        const char *const want = state_of(code);
        n++;
        if (want == NULL || first == 0x38203B || first == 0x4951B4)
            continue;
        assert_string_equal(ovf_allocation_state(first), want);
        if (first != 0x4D2000) /* Malta: taken to be twice as large */
            assert_string_equal(ovf_allocation_state(last), want);
    }
    assert_int_equal(n, 811);
    ovf_buffer_deinit(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_of_published_examples_are_of_their_states),
        cmocka_unit_test(a_block_ends_where_its_bits_do),
        cmocka_unit_test(blocks_of_nobody_are_of_no_state),
        cmocka_unit_test(each_state_has_one_block),
        cmocka_unit_test(states_of_recorded_aircraft_are_those_that_opensky_says),
        cmocka_unit_test(blocks_begin_where_another_table_has_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
