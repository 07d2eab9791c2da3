/* SPDX-License-Identifier: Apache-2.0 */
/* A process that writes to a store is killed at random instants, the store's making included. Whatever
 * it had committed is there, nothing of what it had not, and everything is sound. */
#ifndef OVF_TESTS_GPKG_KILL_H
#define OVF_TESTS_GPKG_KILL_H

#include "gpkg_fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { KILL_ROWS = 200, KILL_FINDINGS = 40, KILL_MAX_US = 30000, KILL_NEW_EVERY = 5 };

/** Findings of other names than in the transaction before: those are retracted. */
static inline void kill_put_findings(struct ovf_store *store, int64_t number)
{
    static char ids[KILL_FINDINGS][16];
    struct ovf_text_item said[KILL_FINDINGS];
    char rev[24];
    snprintf(rev, sizeof rev, "%lld", (long long)number);
    for (unsigned i = 0; i < KILL_FINDINGS; i++) {
        snprintf(ids[i], sizeof ids[i], "f%lld-%03u", (long long)number % 2, i);
        said[i] = (struct ovf_text_item){ids[i], i};
    }
    if (ovf_store_retract_others(store, OVF_STORE_FINDING, said, KILL_FINDINGS, NULL) != OVF_OK)
        _exit(4);
    for (unsigned i = 0; i < KILL_FINDINGS; i++) {
        const struct ovf_store_finding row = {
            .id = ids[i], .rev = rev, .rule = "r/1", .verdict = "v"};
        if (ovf_store_put_finding(store, &row, NULL) != OVF_OK)
            _exit(4);
    }
}

/** Transaction after transaction; each gives all rows a new revision and place, and its number is written
 * to \p fd when it is committed. */
static inline void kill_write(const char *path, int fd)
{
    struct ovf_store *store = NULL;
    int64_t number = 0;
    if (ovf_store_open(path, &store, NULL) != OVF_OK ||
        ovf_sql_int(ovf_store_db(store), "SELECT max(CAST(rev AS INTEGER)) FROM crossings", 0,
                    &number, NULL) != OVF_OK)
        _exit(1);
    for (;;) {
        number++;
        if (ovf_store_begin(store, number * OVF_NS_PER_S, NULL) != OVF_OK)
            _exit(2);
        for (unsigned i = 0; i < KILL_ROWS; i++) {
            struct gpkg_fixture f = {.store = store};
            char id[16];
            char rev[24];
            snprintf(id, sizeof id, "c%u", i);
            snprintf(rev, sizeof rev, "%lld", (long long)number);
            gpkg_put_crossing_row(&f, id, rev, "IQ", (unsigned)number * 7 + i * 11);
        }
        kill_put_findings(store, number);
        if (ovf_store_commit(store, NULL) != OVF_OK ||
            write(fd, &number, sizeof number) != sizeof number)
            _exit(3);
    }
}

/** The last number that the killed process wrote. */
static inline int64_t kill_last(int fd, int64_t before)
{
    int64_t number = before;
    int64_t next;
    while (read(fd, &next, sizeof next) == sizeof next)
        number = next;
    return number;
}

static inline void kill_round(struct gpkg_fixture *f, unsigned wait_us, int64_t *committed)
{
    int ends[2];
    int status = 0;
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        kill_write(f->path, ends[1]);
    }
    close(ends[1]);
    /* The one place where a test sleeps: an instant that nothing in the program is in step with. */
    const struct timespec wait = {.tv_nsec = (long)wait_us * 1000};
    nanosleep(&wait, NULL);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    *committed = kill_last(ends[0], *committed);
    close(ends[0]);
    gpkg_reopen(f);
    gpkg_assert_sound(f);
    const int64_t there = gpkg_int(f, "SELECT max(CAST(rev AS INTEGER)) FROM crossings");
    /* killed between commit and word of it: one more may be there */
    assert_true(there == *committed || there == *committed + 1);
    *committed = there;
    assert_int_equal(gpkg_int(f, "SELECT count(*) FROM crossings"), there > 0 ? KILL_ROWS : 0);
    assert_int_equal(gpkg_int(f, "SELECT count(DISTINCT rev) FROM crossings"), there > 0 ? 1 : 0);
    assert_int_equal(gpkg_int(f, "SELECT count(*) FROM revisions WHERE kind='crossings'"),
                     there > 0 ? (there - 1) * KILL_ROWS : 0);
    assert_int_equal(gpkg_int(f, "SELECT count(*) FROM findings"), there > 0 ? KILL_FINDINGS : 0);
    assert_int_equal(gpkg_int(f, "SELECT coalesce(max(CAST(rev AS INTEGER)),0) FROM findings"),
                     there);
    assert_int_equal(gpkg_int(f, "SELECT count(DISTINCT rev) FROM findings"), there > 0 ? 1 : 0);
    assert_int_equal(gpkg_int(f, "SELECT count(*) FROM revisions WHERE kind='findings'"),
                     there > 0 ? (there - 1) * KILL_FINDINGS : 0);
    ovf_store_close(f->store);
    f->store = NULL;
}

static inline void kill_rounds(unsigned n)
{
    struct gpkg_fixture f = {.store = NULL};
    int64_t committed = 0;
    int64_t n_committed = 0;
    uint64_t random = 20120701;
    for (unsigned i = 0; i < n; i++) {
        if (i % KILL_NEW_EVERY == 0) {
            if (i > 0)
                gpkg_fixture_close(&f);
            n_committed += committed;
            committed = 0;
            f = gpkg_fixture_new();
        }
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        kill_round(&f, (unsigned)(random >> 33) % (OVF_SANITIZED ? 2 * KILL_MAX_US : KILL_MAX_US),
                   &committed);
    }
    n_committed += committed;
    print_message("%u rounds, %lld transactions\n", n, (long long)n_committed);
    gpkg_fixture_close(&f);
}

#endif
