/* SPDX-License-Identifier: Apache-2.0 */
/* The sorter against qsort in memory, with so little room that every few lines make a run. */
#include "test.h"

#include <pthread.h>
#include <string.h>

#include "base/buffer.h"
#include "run/sorter.h"

struct line {
    struct ovf_sort_key key;
    char text[48];
    size_t len;
};

static uint64_t random_state;

static uint64_t next_random(void) /* xorshift64, Marsaglia 2003 */
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static struct line random_line(void)
{
    struct line line;
    memset(&line, 0, sizeof line);
    line.key.start_ns = (int64_t)(next_random() % 5) - 2;
    line.key.address = (uint32_t)(next_random() % 3);
    line.key.entry_ns = (int64_t)(next_random() % 3) - 1;
    if (next_random() % 50 == 0) {
        line.key.start_ns = next_random() % 2 == 0 ? INT64_MIN : INT64_MAX;
        line.key.entry_ns = next_random() % 2 == 0 ? INT64_MIN : INT64_MAX;
    }
    line.len = next_random() % sizeof line.text;
    for (size_t i = 0; i < line.len; i++)
        line.text[i] = (char)(next_random() % 4); /* NULs too, and one the front of another */
    return line;
}

/* Start of the flight, address, entry, then the bytes. */
static int compare_lines(const void *x, const void *y)
{
    const struct line *a = x;
    const struct line *b = y;
    if (a->key.start_ns != b->key.start_ns)
        return a->key.start_ns < b->key.start_ns ? -1 : 1;
    if (a->key.address != b->key.address)
        return a->key.address < b->key.address ? -1 : 1;
    if (a->key.entry_ns != b->key.entry_ns)
        return a->key.entry_ns < b->key.entry_ns ? -1 : 1;
    const int by_text = memcmp(a->text, b->text, a->len < b->len ? a->len : b->len);
    return by_text != 0 ? by_text : (a->len > b->len) - (a->len < b->len);
}

struct expected {
    const struct line *lines;
    size_t n;
    size_t at;
};

static enum ovf_status take(void *context, struct ovf_bytes line)
{
    struct expected *want = context;
    assert_true(want->at < want->n);
    assert_int_equal(line.len, want->lines[want->at].len);
    assert_memory_equal(line.data, want->lines[want->at].text, line.len);
    want->at++;
    return OVF_OK;
}

static void add(struct ovf_sorter *sorter, const struct line *line)
{
    const struct ovf_bytes bytes = {(const unsigned char *)line->text, line->len};
    assert_int_equal(ovf_sorter_add(sorter, line->key, bytes, NULL), OVF_OK);
}

static void sort_with(size_t memory_bytes, size_t n)
{
    struct ovf_sorter *sorter;
    struct line *lines = calloc(n + 1, sizeof *lines);
    assert_non_null(lines);
    assert_int_equal(ovf_sorter_new(memory_bytes, &sorter), OVF_OK);
    assert_true(ovf_sorter_is_empty(sorter));
    for (size_t i = 0; i < n; i++) {
        lines[i] = random_line();
        add(sorter, &lines[i]);
        assert_false(ovf_sorter_is_empty(sorter));
    }
    qsort(lines, n, sizeof *lines, compare_lines);
    struct expected want = {lines, n, 0};
    assert_int_equal(ovf_sorter_finish(sorter, take, &want, NULL), OVF_OK);
    assert_int_equal(want.at, n);
    ovf_sorter_free(sorter);
    free(lines);
}

static void lines_come_in_order_whatever_the_memory(void **state)
{
    static const size_t memory[] = {0, 1, 100, 1000, 100000, SIZE_MAX / 2};
    static const size_t counts[] = {0, 1, 2, 7, 500, 3000};
    (void)state;
    random_state = 20250701;
    for (size_t m = 0; m < sizeof memory / sizeof *memory; m++) {
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
            sort_with(memory[m], counts[c] > 500 && memory[m] < 100 ? 500 : counts[c]);
    }
}

static enum ovf_status append_line(void *context, struct ovf_bytes line)
{
    return ovf_buffer_append(context, line.data, line.len);
}

/* One line larger than the window of a run (16 KiB), between small ones. */
static void a_line_longer_than_the_window_comes_whole(void **state)
{
    enum { LONG = 1000003 };
    (void)state;
    struct ovf_sorter *sorter;
    unsigned char *text = malloc(LONG);
    assert_non_null(text);
    for (size_t i = 0; i < LONG; i++)
        text[i] = (unsigned char)(i * 31 % 251);
    assert_int_equal(ovf_sorter_new(10, &sorter), OVF_OK);
    for (int64_t i = 0; i < 9; i++) {
        const struct ovf_sort_key key = {.start_ns = (i * 4) % 9};
        assert_int_equal(ovf_sorter_add(sorter, key,
                                        (struct ovf_bytes){text, key.start_ns % 2 ? LONG : 3},
                                        NULL),
                         OVF_OK);
    }
    struct ovf_buffer all = {0};
    assert_int_equal(ovf_sorter_finish(sorter, append_line, &all, NULL), OVF_OK);
    assert_int_equal(all.len, 4 * (size_t)LONG + 5 * 3);
    size_t at = 0;
    for (int i = 0; i < 9; i++) {
        assert_memory_equal(all.data + at, text, i % 2 ? LONG : 3);
        at += i % 2 ? LONG : 3;
    }
    ovf_buffer_deinit(&all);
    ovf_sorter_free(sorter);
    free(text);
}

static enum ovf_status refuse(void *context, struct ovf_bytes line)
{
    (void)line;
    ++*(int *)context;
    return OVF_E_IO;
}

static void a_refused_line_ends_it(void **state)
{
    (void)state;
    random_state = 7;
    for (size_t memory = 10; memory < 100000; memory *= 100) {
        struct ovf_sorter *sorter;
        int n_called = 0;
        assert_int_equal(ovf_sorter_new(memory, &sorter), OVF_OK);
        for (int i = 0; i < 50; i++) {
            const struct line line = random_line();
            add(sorter, &line);
        }
        assert_int_equal(ovf_sorter_finish(sorter, refuse, &n_called, NULL), OVF_E_IO);
        assert_int_equal(n_called, 1);
        ovf_sorter_free(sorter);
    }
}

/* ---- threads ---- */

enum { N_THREADS = 4, N_EACH = 500 };

struct adder {
    pthread_t thread;
    struct ovf_sorter *sorter;
    struct line *lines;
};

static void *add_all(void *context)
{
    struct adder *adder = context;
    for (int i = 0; i < N_EACH; i++) {
        const struct ovf_bytes bytes = {(const unsigned char *)adder->lines[i].text,
                                        adder->lines[i].len};
        if (ovf_sorter_add(adder->sorter, adder->lines[i].key, bytes, NULL) != OVF_OK)
            return adder;
    }
    return NULL;
}

static void threads_change_nothing(void **state)
{
    (void)state;
    static struct line lines[N_THREADS * N_EACH];
    struct adder adders[N_THREADS];
    struct ovf_sorter *sorter;
    random_state = 99;
    assert_int_equal(ovf_sorter_new(2000, &sorter), OVF_OK);
    for (size_t i = 0; i < N_THREADS * N_EACH; i++)
        lines[i] = random_line();
    for (size_t i = 0; i < N_THREADS; i++) {
        adders[i] = (struct adder){.sorter = sorter, .lines = lines + i * N_EACH};
        assert_int_equal(pthread_create(&adders[i].thread, NULL, add_all, &adders[i]), 0);
    }
    for (size_t i = 0; i < N_THREADS; i++) {
        void *failed;
        assert_int_equal(pthread_join(adders[i].thread, &failed), 0);
        assert_null(failed);
    }
    qsort(lines, N_THREADS * N_EACH, sizeof *lines, compare_lines);
    struct expected want = {lines, N_THREADS * N_EACH, 0};
    assert_int_equal(ovf_sorter_finish(sorter, take, &want, NULL), OVF_OK);
    assert_int_equal(want.at, N_THREADS * N_EACH);
    ovf_sorter_free(sorter);
}

static void no_folder_for_the_temporary_file_is_an_error_that_says_so(void **state)
{
    (void)state;
    struct ovf_sorter *sorter;
    struct ovf_error err = {""};
    const struct ovf_bytes line = ovf_bytes_from_text("line");
    enum ovf_status st = OVF_OK;
    char *kept = getenv("TMPDIR") != NULL ? strdup(getenv("TMPDIR")) : NULL;
    assert_int_equal(setenv("TMPDIR", "/nowhere", 1), 0);
    assert_int_equal(ovf_sorter_new(1, &sorter), OVF_OK);
    for (int i = 0; i < 3 && st == OVF_OK; i++)
        st = ovf_sorter_add(sorter, (struct ovf_sort_key){0}, line, &err);
    assert_int_equal(st, OVF_E_IO);
    assert_non_null(strstr(err.text, "/nowhere"));
    ovf_sorter_free(sorter);
    if (kept != NULL)
        setenv("TMPDIR", kept, 1);
    else
        unsetenv("TMPDIR");
    free(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_in_order_whatever_the_memory),
        cmocka_unit_test(a_line_longer_than_the_window_comes_whole),
        cmocka_unit_test(a_refused_line_ends_it),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(no_folder_for_the_temporary_file_is_an_error_that_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
