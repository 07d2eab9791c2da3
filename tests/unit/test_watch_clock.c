/* SPDX-License-Identifier: Apache-2.0 */
/* A watch whose clock is set while it runs (robustness K01, K02). The clocks, and what comes in the pipe, are the
 * test's: each read gets a row of a table and takes ten seconds.
 *
 * Two aircraft fly along the equator from 27 E, 0.02 degrees a row, through a circle of 60 NM around 0 N 30 E: in at
 * row 100, out at row 200 (tests/live_world.h). The clock is set when the first is inside; the second begins then. */
#include "test.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/buffer.h"
#include "base/time.h"
#include "watch/watch.h"

int __real_clock_gettime(clockid_t clock, struct timespec *out);
int __wrap_clock_gettime(clockid_t clock, struct timespec *out);
ssize_t __real_read(int fd, void *data, size_t n);
ssize_t __wrap_read(int fd, void *data, size_t n);

enum { ROW_S = 10, ROWS_FIRST = 130, ROWS = 130 + 240 };

static struct {
    int64_t runs_ns;
    int64_t offset_ns; /* of the clock that is set */
    int64_t step_ns;
    int n_rows;
    ino_t pipe;
} world;

int __wrap_clock_gettime(clockid_t clock, struct timespec *out)
{
    const int64_t t_ns = world.runs_ns + (clock == CLOCK_REALTIME ? world.offset_ns : 0);
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
        return __real_clock_gettime(clock, out);
    *out = (struct timespec){(time_t)(t_ns / OVF_NS_PER_S), (long)(t_ns % OVF_NS_PER_S)};
    return 0;
}

ssize_t __wrap_read(int fd, void *data, size_t n)
{
    struct stat stat;
    char time[OVF_TIME_SIZE];
    if (fstat(fd, &stat) != 0 || stat.st_ino != world.pipe || !S_ISFIFO(stat.st_mode))
        return __real_read(fd, data, n);
    if (world.n_rows == ROWS)
        return 0;
    const bool is_second = world.n_rows >= ROWS_FIRST;
    const int row = is_second ? world.n_rows - ROWS_FIRST : world.n_rows;
    world.runs_ns += ROW_S * OVF_NS_PER_S;
    ovf_time_format(world.runs_ns + world.offset_ns, 0, time);
    const int len =
        snprintf(data, n, "%s%s,%s,SIM1,0,%.2f,35000\n",
                 world.n_rows == 0 ? "time,icao24,callsign,lat_deg,lon_deg,alt_baro_ft\n" : "",
                 time, is_second ? "f10002" : "f10001", 27 + 0.02 * row);
    if (++world.n_rows == ROWS_FIRST)
        world.offset_ns += world.step_ns;
    return len;
}

static enum ovf_status keep(void *context, const void *data, size_t len)
{
    return ovf_buffer_append(context, data, len);
}

struct heard {
    struct ovf_buffer alerts;
    struct ovf_buffer talk;
};

/** What a watch says whose clock is set by \p step_ns. */
static struct heard watch(int64_t step_ns)
{
    static const char *const zone = "circle:0,30,60";
    struct heard heard = {{0}, {0}};
    struct stat stat;
    struct ovf_error err = {""};
    int fds[2];
    char path[32];
    const char *const paths[] = {path};
    assert_int_equal(pipe(fds), 0);
    assert_int_equal(close(fds[1]), 0); /* always ready */
    assert_int_equal(fstat(fds[0], &stat), 0);
    (void)snprintf(path, sizeof path, "/dev/fd/%d", fds[0]);
    memset(&world, 0, sizeof world);
    world.pipe = stat.st_ino;
    world.offset_ns = INT64_C(1751328000) * OVF_NS_PER_S;
    world.step_ns = step_ns;
    const struct ovf_watch_request request = {.scan = {.paths = paths,
                                                       .n_paths = 1,
                                                       .pack_path = ovf_test_pack(),
                                                       .zones = &zone,
                                                       .n_zones = 1},
                                              .events = "entered,left,settled",
                                              .is_live = true};
    const struct ovf_sink out = {keep, &heard.alerts};
    const struct ovf_sink talk = {keep, &heard.talk};
    const enum ovf_scan_outcome outcome = ovf_watch(&request, &out, &talk, &err);
    assert_string_equal(err.text, "");
    assert_int_equal(outcome, OVF_SCAN_DONE);
    assert_int_equal(ovf_buffer_append(&heard.alerts, "", 1), OVF_OK);
    assert_int_equal(ovf_buffer_append(&heard.talk, "", 1), OVF_OK);
    (void)close(fds[0]);
    return heard;
}

static void forget(struct heard *heard)
{
    ovf_buffer_deinit(&heard->alerts);
    ovf_buffer_deinit(&heard->talk);
}

static bool says(const struct ovf_buffer *text, const char *what)
{
    return strstr((const char *)text->data, what) != NULL;
}

/** The events of an aircraft, in order: "entered left ". */
static void list_events(const struct heard *heard, const char *icao24, char *out, size_t n)
{
    size_t len = 0;
    out[0] = '\0';
    for (char *line = (char *)heard->alerts.data, *next; *line != '\0'; line = next + 1) {
        const char *const event = strstr(line, "\"event\":\"") + 9;
        const char *const who = strstr(line, icao24);
        next = strchr(line, '\n');
        if (who != NULL && who < next)
            len += (size_t)snprintf(out + len, n - len, "%.*s ", (int)strcspn(event, "\""), event);
    }
}

static void a_clock_that_is_set_ends_what_was_and_begins_anew(void **state)
{
    static const struct {
        int64_t step_s;
        const char *said;
    } steps[] = {{-3600, "the clock was set by -3600 s: "},
                 {3600, "the clock was set by 3600 s: "},
                 {INT64_C(-315360000), "the clock was set by -315360000 s: "}};
    (void)state;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char events[64];
        struct heard heard = watch(steps[i].step_s * OVF_NS_PER_S);
        assert_true(says(&heard.talk, steps[i].said));
        assert_true(says(&heard.talk, "370 fixes: 0 came late, 0 too late, 0 from the future"));
        list_events(&heard, "f10001", events, sizeof events);
        assert_string_equal(events, "entered settled ");
        list_events(&heard, "f10002", events, sizeof events);
        assert_string_equal(events, "entered left settled ");
        forget(&heard);
    }
}

static void a_second_is_no_step(void **state)
{
    char events[64];
    (void)state;
    for (int64_t step_s = -1; step_s <= 1; step_s++) {
        struct heard heard = watch(step_s * OVF_NS_PER_S);
        assert_false(says(&heard.talk, "was set"));
        list_events(&heard, "f10002", events, sizeof events);
        assert_string_equal(events, "entered left settled ");
        forget(&heard);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_that_is_set_ends_what_was_and_begins_anew),
        cmocka_unit_test(a_second_is_no_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
