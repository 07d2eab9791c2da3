/* SPDX-License-Identifier: Apache-2.0 */
/* The world day is what it should be like: the figures are those of recorded days (issue: 170 to 210 bytes
 * a fix, an object on every fourth row, compressed to about 1 in 6.5) and of the distribution that was
 * asked for. What is written is read back by the reader. */
#include "test.h"

#include <math.h>
#include <string.h>

#include "base/time.h"
#include "question/pack_file.h"
#include "read/trace.h"
#include "run/trace_tar.h"
#include "simulate/scenario.h"
#include "simulate/world_day.h"

enum { N_TRACES = 64 };

#define DAY_NS (INT64_C(1751328000) * OVF_NS_PER_S)

struct world {
    struct ovf_pack_file pack;
    struct ovf_airports airports;
    struct ovf_world_day day;
    struct ovf_world_maker maker;
    struct ovf_buffer traces[N_TRACES];
    uint32_t n_fixes[N_TRACES];
};

static uint32_t make_trace(struct world *world, uint32_t index, struct ovf_buffer *text)
{
    uint32_t icao24 = 0;
    uint32_t n_fixes = 0;
    text->len = 0;
    assert_int_equal(
        ovf_world_day_trace(&world->day, &world->maker, index, text, &icao24, &n_fixes), OVF_OK);
    assert_int_equal(icao24, OVF_SIMULATED_ADDRESS_MIN + index);
    return n_fixes;
}

static int open_world(void **state)
{
    static struct world world;
    struct ovf_error err = {""};
    assert_int_equal(ovf_pack_file_open(OVF_BUILD_PACK, &world.pack, &err), OVF_OK);
    assert_int_equal(ovf_airports_view(world.pack.pack.airports, &world.airports, &err), OVF_OK);
    assert_int_equal(ovf_world_day_init(&world.airports, 7, DAY_NS, &world.day, &err), OVF_OK);
    for (uint32_t i = 0; i < N_TRACES; i++)
        world.n_fixes[i] = make_trace(&world, i, &world.traces[i]);
    *state = &world;
    return 0;
}

static int close_world(void **state)
{
    struct world *const world = *state;
    for (size_t i = 0; i < N_TRACES; i++)
        ovf_buffer_deinit(&world->traces[i]);
    ovf_world_maker_deinit(&world->maker);
    ovf_world_day_deinit(&world->day);
    ovf_pack_file_close(&world->pack);
    return 0;
}

static size_t occurrences(const struct ovf_buffer *text, const char *what)
{
    const size_t len = strlen(what);
    size_t n = 0;
    for (size_t i = 0; i + len <= text->len; i++)
        n += text->data[i] == (unsigned char)what[0] && memcmp(text->data + i, what, len) == 0;
    return n;
}

static void read_back(const struct ovf_buffer *text, uint32_t n_fixes, struct ovf_trace *trace)
{
    enum ovf_reject reject;
    struct ovf_error err = {""};
    assert_int_equal(ovf_trace_read(ovf_buffer_bytes(text), 0, trace, &reject, &err), OVF_OK);
    assert_string_equal(err.text, "");
    assert_int_equal(reject, OVF_REJECT_N);
    assert_int_equal(ovf_tally_rejected(&trace->rows), 0);
    assert_int_equal(trace->fixes.n, n_fixes);
}

static void its_bytes_are_like_those_of_recorded_days(void **state)
{
    struct world *const world = *state;
    struct ovf_buffer compressed = {0};
    double n_fixes = 0.0;
    double text_bytes = 0.0;
    double compressed_bytes = 0.0;
    for (uint32_t i = 0; i < N_TRACES; i++) {
        const struct ovf_buffer *const text = &world->traces[i];
        const uint32_t n = world->n_fixes[i];
        assert_int_equal(ovf_trace_gzip(ovf_buffer_bytes(text), &compressed, NULL), OVF_OK);
        n_fixes += n;
        text_bytes += (double)text->len;
        compressed_bytes += (double)compressed.len;
        const size_t n_objects = occurrences(text, "{\"type\":\"adsb_icao\"");
        assert_in_range(n_objects, n / 4, n / 4 + 1);
        assert_int_equal(occurrences(text, "\"flight\":\"SIM"), n_objects);
        assert_int_equal(occurrences(text, "\"nic\":"), n_objects);
        assert_int_equal(occurrences(text, "\n["), n);
    }
    assert_near(text_bytes / n_fixes, 190.0, 20.0);
    assert_near(text_bytes / compressed_bytes, 6.5, 1.0);
    ovf_buffer_deinit(&compressed);
}

static void the_numbers_of_fixes_are_log_uniform(void **state)
{
    struct world *const world = *state;
    double sum = 0.0;
    uint32_t least = UINT32_MAX;
    uint32_t most = 0;
    for (uint32_t i = 0; i < N_TRACES; i++) {
        const uint32_t n = world->n_fixes[i];
        sum += log((double)n / OVF_WORLD_FIXES_MIN) /
               log((double)OVF_WORLD_FIXES_MAX / OVF_WORLD_FIXES_MIN);
        least = n < least ? n : least;
        most = n > most ? n : most;
    }
    /* The mean of 64 uniform numbers has a standard deviation of 0.0361: four of them. */
    assert_near(sum / N_TRACES, 0.5, 0.1444);
    assert_in_range(least, OVF_WORLD_FIXES_MIN, 2 * OVF_WORLD_FIXES_MIN);
    assert_in_range(most, OVF_WORLD_FIXES_MAX / 2, OVF_WORLD_FIXES_MAX - 1);
}

static void the_reader_takes_every_row_in_order_and_of_the_day(void **state)
{
    struct world *const world = *state;
    struct ovf_trace trace = {0};
    size_t n_steps = 0;
    size_t n_usual = 0;
    for (uint32_t i = 0; i < N_TRACES; i++) {
        read_back(&world->traces[i], world->n_fixes[i], &trace);
        for (size_t k = 0; k < trace.fixes.n; k++) {
            const int64_t t_ns = trace.fixes.items[k].t_ns;
            assert_int_equal(ovf_time_day(t_ns), DAY_NS);
            if (k == 0)
                continue;
            const int64_t step_ns = t_ns - trace.fixes.items[k - 1].t_ns;
            assert_true(step_ns > 0);
            n_steps++;
            n_usual += step_ns >= OVF_NS_PER_S / 2 && step_ns <= 15 * OVF_NS_PER_S;
        }
    }
    assert_true(n_usual * 100 > n_steps * 98);
    ovf_trace_deinit(&trace);
}

static void written_again_without_newlines_it_has_the_same_fixes(void **state)
{
    struct world *const world = *state;
    struct ovf_buffer text = {0};
    struct ovf_trace plain = {0};
    struct ovf_trace again = {0};
    for (uint32_t i = 0; i < N_TRACES / 4; i++) {
        const uint32_t n = world->n_fixes[i];
        read_back(&world->traces[i], n, &plain);
        world->day.without_newlines = true;
        assert_int_equal(make_trace(world, i, &text), n);
        world->day.without_newlines = false;
        assert_int_equal(occurrences(&text, "\n"), 0);
        read_back(&text, n, &again);
        for (size_t k = 0; k < n; k++) {
            const struct ovf_fix *const a = &plain.fixes.items[k];
            const struct ovf_fix *const b = &again.fixes.items[k];
            assert_int_equal(a->t_ns, b->t_ns);
            assert_true(ovf_point_equal(a->at, b->at));
            assert_int_equal(a->flags, b->flags);
            assert_int_equal(a->alt_baro_ft, b->alt_baro_ft);
        }
    }
    ovf_trace_deinit(&plain);
    ovf_trace_deinit(&again);
    ovf_buffer_deinit(&text);
}

static void a_trace_depends_on_the_seed_and_its_number_alone(void **state)
{
    struct world *const world = *state;
    const struct ovf_buffer *const first = &world->traces[5];
    struct ovf_buffer second = {0};
    assert_int_equal(make_trace(world, 5, &second), world->n_fixes[5]);
    assert_int_equal(first->len, second.len);
    assert_memory_equal(first->data, second.data, first->len);
    world->day.seed++;
    (void)make_trace(world, 5, &second);
    world->day.seed--;
    assert_true(first->len != second.len);
    ovf_buffer_deinit(&second);
}

static void the_scale_counts_traces_and_addresses_suffice(void **state)
{
    (void)state;
    assert_int_equal(ovf_world_day_traces(1.0), 60000);
    assert_int_equal(ovf_world_day_traces(0.01), 600);
    assert_int_equal(ovf_world_day_traces(1e-9), 1);
    assert_true(OVF_SIMULATED_ADDRESS_MIN + ovf_world_day_traces(OVF_WORLD_SCALE_MAX) <= 0x1000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_bytes_are_like_those_of_recorded_days),
        cmocka_unit_test(the_numbers_of_fixes_are_log_uniform),
        cmocka_unit_test(the_reader_takes_every_row_in_order_and_of_the_day),
        cmocka_unit_test(written_again_without_newlines_it_has_the_same_fixes),
        cmocka_unit_test(a_trace_depends_on_the_seed_and_its_number_alone),
        cmocka_unit_test(the_scale_counts_traces_and_addresses_suffice),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
