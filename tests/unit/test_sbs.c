/* SPDX-License-Identifier: Apache-2.0 */
/* SBS lines: the cases S of robustness.md. The layout is that of BaseStation's socket data; lines are made here. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/time.h"
#include "read/sbs.h"

#define T0_NS (INT64_C(1751328000) * OVF_NS_PER_S) /* 2025-07-01, by date -u */
#define HEAD(type, time) "MSG," type ",1,1,F10001,1,2025/07/01," time ",2025/07/01," time ","
#define PLACE HEAD("3", "00:00:10.250") ",35000,,,46.5,7.25,,,0,0,0,0\n"

enum { MAX_ROWS = 16 };

struct result {
    enum ovf_status status;
    enum ovf_reject reject;
    const int64_t *now; /* live */
    bool has_receiver;
    struct ovf_error err;
    struct ovf_tally rows;
    size_t n;
    uint32_t addresses[MAX_ROWS];
    struct ovf_fix fixes[MAX_ROWS];
};

static enum ovf_status keep(void *context, uint32_t address, const struct ovf_fix *fix,
                            const struct ovf_identity *identity)
{
    struct result *r = context;
    assert_null(identity);
    if (r->n < MAX_ROWS) {
        r->addresses[r->n] = address;
        r->fixes[r->n] = *fix;
    }
    r->n++;
    return OVF_OK;
}

static void read_pieces(struct result *r, struct ovf_bytes text, int64_t ahead_ns, size_t piece)
{
    struct ovf_sbs *sbs = NULL;
    const int64_t *const now = r->now;
    const bool has_receiver = r->has_receiver;
    memset(r, 0, sizeof *r);
    r->now = now;
    r->has_receiver = has_receiver;
    r->reject = OVF_REJECT_N;
    const struct ovf_read_options options = {.sbs_ahead_ns = ahead_ns,
                                             .has_receiver = r->has_receiver};
    assert_int_equal(ovf_sbs_new(3, &options, keep, r, &sbs), OVF_OK);
    for (size_t at = 0; at < text.len && r->status == OVF_OK; at += piece) {
        const size_t len = text.len - at < piece ? text.len - at : piece;
        r->status = ovf_sbs_feed(sbs, (struct ovf_bytes){text.data + at, len}, r->now, &r->err);
    }
    if (r->status == OVF_OK)
        r->status = ovf_sbs_finish(sbs, &r->reject, &r->err);
    r->rows = *ovf_sbs_rows(sbs);
    ovf_sbs_free(sbs);
}

static void read_text(struct result *r, const char *text)
{
    struct result other = {.now = r->now, .has_receiver = r->has_receiver};
    read_pieces(r, ovf_bytes_from_text(text), 0, SIZE_MAX / 2);
    read_pieces(&other, ovf_bytes_from_text(text), 0, 1);
    assert_memory_equal(&other, r, sizeof other);
}

static void a_line_with_a_place_is_a_fix_with_what_lines_before_it_said(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_text(
        &r,
        HEAD("1", "00:00:01.000") "SIM1    ,,,,,,,,,,,\r\n" HEAD(
            "4",
            "00:00:08.000") ",,412.3,271.5,,,-640,,,,,0\r\n" HEAD("6",
                                                                  "00:00:09.000") ",,,,,,,1017,0,0,"
                                                                                  "0,\r\n" PLACE);
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.rows.n_used, 4);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.addresses[0], 0xF10001);
    const struct ovf_fix *const fix = &r.fixes[0];
    assert_true(fix->t_ns == T0_NS + 10250 * OVF_NS_PER_MS);
    assert_int_equal(fix->at.lat_e7, 465000000);
    assert_int_equal(fix->at.lon_e7, 72500000);
    assert_int_equal(fix->alt_baro_ft, 35000);
    assert_near((double)fix->gs_kt, 412.3, 1e-4);
    assert_near((double)fix->track_deg, 271.5, 1e-4);
    assert_int_equal(fix->vert_rate_fpm, -640);
    assert_int_equal(fix->squawk, 1017);
    assert_memory_equal(fix->callsign, "SIM1\0\0\0", 8);
    assert_int_equal(fix->source, OVF_SOURCE_UNKNOWN); /* the format does not say */
    assert_int_equal(fix->record.row, 3);
}

static void what_the_receiver_heard_itself_is_known_where_its_place_is(void **state)
{
    (void)state;
    const char *const rest = ",1,2025/07/01,00:00:10,,,,35000,,,46.5,7.25,,,0,0,0,0\n";
    const struct {
        const char *begin;
        bool is_direct;
    } lines[] = {
        {"MSG,3,1,1,F10001", true}, {"MLAT,3,1,1,F10001", false}, {"MSG,3,1,1,~F10001", false}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct result r = {.has_receiver = true};
        char line[200];
        (void)snprintf(line, sizeof line, "%s%s", lines[i].begin, rest);
        read_text(&r, line);
        assert_int_equal(r.n, 1);
        assert_int_equal((r.fixes[0].flags & OVF_FIX_DIRECT) != 0, lines[i].is_direct);
        r.has_receiver = false;
        read_text(&r, line);
        assert_int_equal(r.fixes[0].flags & OVF_FIX_DIRECT, 0);
    }
}

static void a_speed_is_held_for_seconds_and_a_name_for_a_minute(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_text(&r, HEAD("1", "00:00:00.000") "SIM1,,,,,,,,,,,\n" HEAD(
                      "4", "00:00:05.000") ",,412,271,,,0,,,,,0\n" PLACE);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.fixes[0].has & OVF_FIX_GS, 0); /* 5.25 s */
    assert_true((r.fixes[0].has & OVF_FIX_CALLSIGN) != 0);
    read_text(&r, "MSG,1,1,1,F10001,1,2025/06/30,23:59:10.000,,,SIM1,,,,,,,,,,,\n" PLACE);
    assert_int_equal(r.fixes[0].has & OVF_FIX_CALLSIGN, 0); /* 60.25 s */
}

static void the_clock_may_be_ahead_of_utc(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_pieces(&r, ovf_bytes_from_text(PLACE), 7200 * OVF_NS_PER_S, 7);
    assert_true(r.fixes[0].t_ns == T0_NS + 10250 * OVF_NS_PER_MS - 7200 * OVF_NS_PER_S);
}

static void mlat_and_ground_are_said(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_text(&r, "MLAT,3,1,1,F10001,1,2025/07/01,00:00:10,,,,35000,,,46.5,7.25,,,0,0,0,-1\n");
    assert_int_equal(r.fixes[0].source, OVF_SOURCE_MLAT);
    assert_true((r.fixes[0].flags & OVF_FIX_ON_GROUND) != 0);
}

static void dates_that_are_none_reject_the_line(void **state) /* S04 */
{
    (void)state;
    static const struct {
        const char *date;
        const char *time;
        bool good;
    } rows[] = {{"2025/07/01", "00:00:10", true},
                {"2025/02/30", "00:00:10", false},
                {"2025/07/01", "24:00:00", false},
                {"2016/12/31", "23:59:60", true}, /* a leap second, read as the next minute's 0 */
                {"2025-07-01", "00:00:10", false},
                {"1970/01/01", "00:00:10", false},
                {"", "00:00:10", false},
                {"2025/07/01", "", false},
                {"2025/07/0\x01", "00:00:10", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[256];
        struct result r = {.now = NULL};
        (void)snprintf(text, sizeof text,
                       PLACE "MSG,3,1,1,F10001,1,%s,%s,,,,35000,,,46.5,7.25,,,0,0,0,0\n",
                       rows[i].date, rows[i].time);
        read_text(&r, text);
        assert_int_equal(r.n, rows[i].good ? 2 : 1);
        assert_int_equal(r.rows.n_rejected[OVF_REJECT_BAD_TIME], rows[i].good ? 0 : 1);
    }
}

static void a_file_without_any_time_is_refused(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_text(&r, "MSG,3,,,F10001,,,,,,,2525,,,33.96693,-118.25598,,,0,0,0,0\n");
    assert_int_equal(r.status, OVF_E_FORMAT);
    assert_int_equal(r.reject, OVF_REJECT_NO_START);
    assert_non_null(strstr(r.err.text, "left the dates and times out"));
    /* when it was written is better than nothing */
    read_text(&r, "MSG,3,,,F10001,,,,2025/07/01,00:00:10,,2525,,,33.9,-118.2,,,0,0,0,0\n");
    assert_int_equal(r.n, 1);
}

static void live_lines_without_a_time_have_that_at_which_they_came(void **state)
{
    (void)state;
    static const int64_t now_ns = T0_NS + 7;
    struct result r = {.now = &now_ns};
    read_text(&r, "MSG,3,,,F10001,,,,,,,2525,,,33.9,-118.2,,,0,0,0,0\n" PLACE);
    assert_int_equal(r.n, 2);
    assert_true(r.fixes[0].t_ns == now_ns);
    assert_true(r.fixes[1].t_ns == T0_NS + 10250 * OVF_NS_PER_MS);
}

static void other_numbers_of_fields_reject_the_line(void **state) /* S01 */
{
    (void)state;
    for (size_t n_commas = 0; n_commas <= 200; n_commas++) {
        char commas[201];
        char text[600];
        struct result r = {.now = NULL};
        memset(commas, ',', sizeof commas);
        (void)snprintf(text, sizeof text, PLACE "MSG%.*s", (int)n_commas, commas);
        read_text(&r, text);
        assert_int_equal(r.n, 1);
        const enum ovf_reject want = n_commas < 21   ? OVF_REJECT_ROW_SHORT
                                     : n_commas > 21 ? OVF_REJECT_ROW_LONG
                                                     : OVF_REJECT_BAD_ADDRESS;
        assert_int_equal(r.rows.n_rejected[want], 1);
    }
}

static void numbers_that_are_none_reject_the_line(void **state) /* S03 */
{
    (void)state;
    static const struct {
        const char *lat;
        enum ovf_reject reason;
    } rows[] = {{"nan", OVF_REJECT_BAD_NUMBER},
                {"inf", OVF_REJECT_BAD_NUMBER},
                {"1e309", OVF_REJECT_BAD_NUMBER},
                {"-0", OVF_REJECT_N},
                {"+45", OVF_REJECT_N},
                {"91", OVF_REJECT_BAD_POSITION},
                {"", OVF_REJECT_BAD_NUMBER},
                {"\xd9\xa4\xd9\xa5", OVF_REJECT_BAD_NUMBER}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[256];
        struct result r = {.now = NULL};
        (void)snprintf(text, sizeof text, HEAD("3", "00:00:10") ",35000,,,%s,7.25,,,0,0,0,0\n",
                       rows[i].lat);
        read_text(&r, text);
        assert_int_equal(r.n, rows[i].reason == OVF_REJECT_N ? 1 : 0);
        if (rows[i].reason != OVF_REJECT_N)
            assert_int_equal(r.rows.n_rejected[rows[i].reason], 1);
    }
    struct result r = {.now = NULL};
    read_text(&r, HEAD("3", "00:00:10") ",35000,,,45,5,7.25,,,0,0,0,0\n"); /* a decimal comma */
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_ROW_LONG], 1);
}

static void hostile_texts_are_no_callsigns(void **state) /* S05 */
{
    (void)state;
    static const char *const texts[] = {"<img src=x onerror=alert(1)>",
                                        "=HYPERLINK(\"http://x\")",
                                        "../../etc/passwd",
                                        "\xE2\x80\xAESIM1",
                                        "%s%n",
                                        "'; --"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char text[256];
        struct result r = {.now = NULL};
        (void)snprintf(text, sizeof text, HEAD("3", "00:00:10") "%s,35000,,,45,7.25,,,0,0,0,0\n",
                       texts[i]);
        read_text(&r, text);
        assert_int_equal(r.n, 1);
        assert_int_equal(r.fixes[0].has & OVF_FIX_CALLSIGN, 0);
    }
    struct result r = {.now = NULL};
    read_text(&r, PLACE HEAD("3", "00:00:10") "\";DROP TABLE flights;--,1,,,45,7,,,0,0,0,0\n");
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_BAD_TEXT], 1);
}

static void a_line_beyond_the_limit_costs_itself_only(void **state) /* S02 */
{
    (void)state;
    for (size_t len = OVF_SBS_MAX_LINE_BYTES - 1; len <= OVF_SBS_MAX_LINE_BYTES + 1; len++) {
        static const char head[] = HEAD("1", "00:00:10");
        static const char tail[] = ",,,,,,,,,,,";
        char name[OVF_SBS_MAX_LINE_BYTES + 1];
        char text[2 * OVF_SBS_MAX_LINE_BYTES];
        struct result r = {.now = NULL};
        memset(name, 'A', sizeof name);
        (void)snprintf(text, sizeof text, "%s%.*s%s\n" PLACE, head,
                       (int)(len - strlen(head) - strlen(tail)), name, tail);
        read_text(&r, text);
        assert_int_equal(r.n, 1);
        assert_int_equal(r.rows.n_rejected[OVF_REJECT_TOO_LARGE],
                         len > OVF_SBS_MAX_LINE_BYTES ? 1 : 0);
    }
}

static void lines_about_the_program_are_passed_over(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_text(&r,
              "STA,,5,179,400AE7,10103,2008/11/28,14:58:51.153,2008/11/28,14:58:51.153,RM\n"
              "CLK,,496,-1,,-1,2010/02/19,18:18:19.036,2010/02/19,18:18:19.036\n"
              "AIR,,333,240,400F4D,240,2010/02/19,18:06:07.128,2010/02/19,18:06:07.128\n\n" PLACE
              "Total processed 1 messages");
    assert_int_equal(r.rows.n_read, 2);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_WRONG_TYPE], 1);
}

/** A line of an altitude, or of a position; \p t_s after T0_NS, in July. */
static void add_line(struct ovf_buffer *text, uint32_t address, int64_t t_s, const char *rest)
{
    char line[120];
    const int len =
        snprintf(line, sizeof line, "MSG,3,1,1,%06X,1,2025/07/%02d,%02d:%02d:%02d.000,,,%s\n",
                 (unsigned)address, (int)(1 + t_s / 86400), (int)(t_s / 3600 % 24),
                 (int)(t_s / 60 % 60), (int)(t_s % 60), rest);
    assert_int_equal(ovf_buffer_append(text, line, (size_t)len), OVF_OK);
}

static void who_is_away_for_a_day_is_forgotten_and_takes_no_memory(void **state)
{
    (void)state;
    enum { EACH_S = 10, N_A_DAY = 86400 / EACH_S, DAYS = 7 };
    const struct ovf_read_options options = {.sbs_ahead_ns = 0};
    struct result r = {.status = OVF_OK};
    struct ovf_sbs *sbs = NULL;
    size_t n_of_day[DAYS] = {0};
    assert_int_equal(ovf_sbs_new(3, &options, keep, &r, &sbs), OVF_OK);
    for (uint32_t i = 0; i < DAYS * N_A_DAY; i++) { /* each aircraft once, one always */
        struct ovf_buffer text = {0};
        add_line(&text, i % 100 == 0 ? 0xF00000 : 1 + i, (int64_t)i * EACH_S, ",35000,,,,,,,,,,0");
        assert_int_equal(ovf_sbs_feed(sbs, ovf_buffer_bytes(&text), NULL, &r.err), OVF_OK);
        ovf_buffer_deinit(&text);
        n_of_day[i / N_A_DAY] = ovf_sbs_n_aircraft(sbs);
    }
    assert_in_range(n_of_day[0], N_A_DAY - N_A_DAY / 100, N_A_DAY);
    for (int day = 1; day < DAYS; day++) /* and those of two looks, of 4,096 lines each */
        assert_in_range(n_of_day[day], N_A_DAY, N_A_DAY + 2 * 4096);
    assert_int_equal(ovf_sbs_n_dropped(sbs), 0);
    ovf_sbs_free(sbs);
}

static void one_line_of_a_wrong_time_has_nobody_forgotten(void **state)
{
    (void)state;
    enum { N = 5000 };
    static const int64_t wrong_s[] = {3, 25 * 86400};
    for (int i = 0; i < 2; i++) {
        struct ovf_buffer text = {0};
        struct result r = {.status = OVF_OK};
        for (uint32_t k = 0; k < N; k++) /* so that a look is due */
            add_line(&text, 1 + k, 1, ",35000,,,,,,,,,,0");
        for (uint32_t k = 0; k < N; k++) /* but those of an hour: 4,096 lines later */
            add_line(&text, 1 + k, 2, ",35000,,,,,,,,,,0");
        add_line(&text, 0xF10001, 2, "SIM1,35000,,,,,,,,,,0");
        add_line(&text, 0xF10002, wrong_s[i], ",35000,,,,,,,,,,0");
        add_line(&text, 0xF10001, 4, ",35000,,,46.5,7.25,,,,,,0");
        read_pieces(&r, ovf_buffer_bytes(&text), 0, SIZE_MAX / 2);
        assert_int_equal(r.status, OVF_OK);
        assert_int_equal(r.n, 1);
        assert_memory_equal(r.fixes[0].callsign, "SIM1\0\0\0", 8);
        ovf_buffer_deinit(&text);
    }
}

static void nothing_is_no_file_of_it(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_text(&r, "\n\n");
    assert_int_equal(r.status, OVF_E_FORMAT);
    assert_int_equal(r.reject, OVF_REJECT_EMPTY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_with_a_place_is_a_fix_with_what_lines_before_it_said),
        cmocka_unit_test(what_the_receiver_heard_itself_is_known_where_its_place_is),
        cmocka_unit_test(a_speed_is_held_for_seconds_and_a_name_for_a_minute),
        cmocka_unit_test(the_clock_may_be_ahead_of_utc),
        cmocka_unit_test(mlat_and_ground_are_said),
        cmocka_unit_test(dates_that_are_none_reject_the_line),
        cmocka_unit_test(a_file_without_any_time_is_refused),
        cmocka_unit_test(live_lines_without_a_time_have_that_at_which_they_came),
        cmocka_unit_test(other_numbers_of_fields_reject_the_line),
        cmocka_unit_test(numbers_that_are_none_reject_the_line),
        cmocka_unit_test(hostile_texts_are_no_callsigns),
        cmocka_unit_test(a_line_beyond_the_limit_costs_itself_only),
        cmocka_unit_test(lines_about_the_program_are_passed_over),
        cmocka_unit_test(who_is_away_for_a_day_is_forgotten_and_takes_no_memory),
        cmocka_unit_test(one_line_of_a_wrong_time_has_nobody_forgotten),
        cmocka_unit_test(nothing_is_no_file_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
