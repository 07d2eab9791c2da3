/* SPDX-License-Identifier: Apache-2.0 */
/* Headers of PMTiles archives, made by hand from the specification of version 3; and ranges by RFC 9110, 14. */
#include "test.h"

#include <string.h>

#include "serve/pmtiles.h"
#include "serve/tile_file.h"

enum { SIZE = 1000 };

/** A root directory of 25 bytes, 2 of metadata, no leaves, tiles up to the end; gzip, WebP. */
static void make_header(unsigned char header[OVF_PMTILES_HEADER_BYTES])
{
    static const unsigned char front[72] = {
        'P',  'M', 'T', 'i', 'l', 'e', 's', 3,                            /* */
        127,  0,   0,   0,   0,   0,   0,   0, 25,   0, 0, 0, 0, 0, 0, 0, /* root directory */
        152,  0,   0,   0,   0,   0,   0,   0, 2,    0, 0, 0, 0, 0, 0, 0, /* metadata */
        154,  0,   0,   0,   0,   0,   0,   0, 0,    0, 0, 0, 0, 0, 0, 0, /* leaf directories */
        0x9a, 0,   0,   0,   0,   0,   0,   0, 0x4e, 3, 0, 0, 0, 0, 0, 0, /* tiles: 154 + 846 */
    };
    memset(header, 0, OVF_PMTILES_HEADER_BYTES);
    memcpy(header, front, sizeof front);
    header[97] = 2;
    header[98] = 1;
    header[99] = 4;
}

/** What is said of it when one byte of it is another. */
static enum ovf_status check_with(size_t at, unsigned char byte, struct ovf_error *err)
{
    unsigned char header[OVF_PMTILES_HEADER_BYTES];
    make_header(header);
    header[at] = byte;
    return ovf_pmtiles_check((struct ovf_bytes){header, sizeof header}, SIZE, err);
}

static void test_an_archive_of_pictures_or_vector_tiles_is_taken(void **state)
{
    (void)state;
    for (unsigned char type = 1; type <= 5; type++)
        assert_int_equal(check_with(99, type, NULL), OVF_OK);
    for (unsigned char packed = 0; packed <= 2; packed++) {
        assert_int_equal(check_with(97, packed, NULL), OVF_OK);
        assert_int_equal(check_with(98, packed, NULL), OVF_OK);
    }
}

static void test_what_a_page_cannot_draw_is_refused_with_the_reason(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        unsigned char byte;
        const char *words;
    } cases[] = {
        {0, 'p', "no PMTiles archive"},
        {6, 0, "no PMTiles archive"},
        {7, 2, "version 2, not 3"},
        {7, 4, "version 4, not 3"},
        {99, 6, "MLT"},
        {99, 0, "of kind 0"},
        {99, 255, "of kind 255"},
        {97, 3, "other than gzip"},
        {98, 4, "other than gzip"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ovf_error err = {""};
        assert_int_equal(check_with(cases[i].at, cases[i].byte, &err), OVF_E_FORMAT);
        if (strstr(err.text, cases[i].words) == NULL)
            fail_msg("byte %zu: %s", cases[i].at, err.text);
    }
}

static void test_sections_that_are_not_in_the_file_are_refused(void **state)
{
    (void)state;
    /* a section that begins or ends beyond, by a byte or by so much that the sum wraps; a root directory that is empty,
     * in the header, or beyond the first 16,384 bytes */
    static const struct {
        size_t at;
        unsigned char byte;
    } cases[] = {{64, 0x4f}, {56, 0x9b}, {15, 0xff}, {23, 0xff}, {31, 0x80}, {39, 0xff},
                 {47, 1},    {55, 1},    {63, 0xff}, {71, 0xff}, {16, 0},    {8, 126}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ovf_error err = {""};
        assert_int_equal(check_with(cases[i].at, cases[i].byte, &err), OVF_E_FORMAT);
        if (strstr(err.text, "cut or damaged") == NULL)
            fail_msg("byte %zu: %s", cases[i].at, err.text);
    }
    unsigned char header[OVF_PMTILES_HEADER_BYTES];
    const struct ovf_bytes bytes = {header, sizeof header};
    make_header(header);
    assert_int_equal(ovf_pmtiles_check(bytes, SIZE - 1, NULL), OVF_E_FORMAT);
    header[17] = 0x3f; /* 25 + 63 * 256 bytes from byte 127: up to 16,280 */
    assert_int_equal(ovf_pmtiles_check(bytes, 100000, NULL), OVF_OK);
    header[16] = 25 + 105;
    assert_int_equal(ovf_pmtiles_check(bytes, 100000, NULL), OVF_E_FORMAT);
    header[16]--;
    assert_int_equal(ovf_pmtiles_check(bytes, 100000, NULL), OVF_OK);
}

static void test_a_header_that_is_cut_is_refused(void **state)
{
    (void)state;
    unsigned char header[OVF_PMTILES_HEADER_BYTES];
    make_header(header);
    for (size_t len = 0; len < sizeof header; len++)
        assert_int_equal(ovf_pmtiles_check((struct ovf_bytes){header, len}, SIZE, NULL),
                         OVF_E_FORMAT);
}

static void test_ranges_are_those_of_rfc_9110(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum ovf_range what;
        uint64_t from;
        uint64_t len;
    } cases[] = {
        {NULL, OVF_RANGE_WHOLE, 0, 0},
        {"bytes=0-0", OVF_RANGE_PART, 0, 1},
        {"bytes=0-499", OVF_RANGE_PART, 0, 500},
        {"BYTES=500-999", OVF_RANGE_PART, 500, 500},
        {"bytes=500-1000", OVF_RANGE_PART, 500, 500},
        {"bytes=999-", OVF_RANGE_PART, 999, 1},
        {"bytes=-500", OVF_RANGE_PART, 500, 500},
        {"bytes=-1001", OVF_RANGE_PART, 0, 1000},
        {"bytes=0-18446744073709551615", OVF_RANGE_PART, 0, 1000},
        {"bytes=1-99999999999999999999999999", OVF_RANGE_PART, 1, 999},
        {"bytes=-99999999999999999999999999", OVF_RANGE_PART, 0, 1000},
        {"bytes=1000-", OVF_RANGE_BEYOND, 0, 0},
        {"bytes=1000-1001", OVF_RANGE_BEYOND, 0, 0},
        {"bytes=18446744073709551616-", OVF_RANGE_BEYOND, 0, 0},
        {"bytes=-0", OVF_RANGE_BEYOND, 0, 0},
        {"bytes=0-1,5-6", OVF_RANGE_WHOLE, 0, 0},
        {"bytes=2-1", OVF_RANGE_WHOLE, 0, 0},
        {"bytes=-", OVF_RANGE_WHOLE, 0, 0},
        {"bytes=", OVF_RANGE_WHOLE, 0, 0},
        {"bytes=+1-2", OVF_RANGE_WHOLE, 0, 0},
        {"bytes=1-2x", OVF_RANGE_WHOLE, 0, 0},
        {"bytes=--1", OVF_RANGE_WHOLE, 0, 0},
        {"bytes 0-1", OVF_RANGE_WHOLE, 0, 0},
        {"tiles=0-1", OVF_RANGE_WHOLE, 0, 0},
        {"", OVF_RANGE_WHOLE, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t from = 0;
        uint64_t len = 0;
        if (ovf_range_read(cases[i].text, SIZE, &from, &len) != cases[i].what ||
            (cases[i].what == OVF_RANGE_PART && (from != cases[i].from || len != cases[i].len)))
            fail_msg("%s: %u from %u", cases[i].text, (unsigned)len, (unsigned)from);
    }
}

static void test_nothing_of_an_empty_file_can_be_sent(void **state)
{
    (void)state;
    uint64_t from;
    uint64_t len;
    assert_int_equal(ovf_range_read("bytes=0-", 0, &from, &len), OVF_RANGE_BEYOND);
    assert_int_equal(ovf_range_read("bytes=-1", 0, &from, &len), OVF_RANGE_BEYOND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_archive_of_pictures_or_vector_tiles_is_taken),
        cmocka_unit_test(test_what_a_page_cannot_draw_is_refused_with_the_reason),
        cmocka_unit_test(test_sections_that_are_not_in_the_file_are_refused),
        cmocka_unit_test(test_a_header_that_is_cut_is_refused),
        cmocka_unit_test(test_ranges_are_those_of_rfc_9110),
        cmocka_unit_test(test_nothing_of_an_empty_file_can_be_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
