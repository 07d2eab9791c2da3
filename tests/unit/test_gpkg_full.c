/* SPDX-License-Identifier: Apache-2.0 */
/* A disk that is full, by RLIMIT_FSIZE in a process of its own: an error that says so, and a store that is
 * whole and goes on where there is room again. */
#include "gpkg_fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

/** Writes until it fails with files of at most \p limit_bytes; what failed goes to \p fd. */
static void write_until_full(const char *path, rlim_t limit_bytes, int fd)
{
    struct gpkg_fixture f = {.store = NULL};
    const struct rlimit limit = {limit_bytes, limit_bytes};
    enum ovf_status st = OVF_OK;
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        _exit(1);
    st = ovf_store_open(path, &f.store, &f.err);
    for (unsigned n = 0; n < 100 && st == OVF_OK; n++) {
        st = ovf_store_begin(f.store, 0, &f.err);
        for (unsigned i = 0; i < 500 && st == OVF_OK; i++) {
            char id[24];
            snprintf(id, sizeof id, "x%u-%u", n, i);
            const struct ovf_store_crossing row = {.id = id, .rev = "1", .airspace = "IQ"};
            st = ovf_store_put_crossing(f.store, &row, &f.err);
        }
        if (st == OVF_OK)
            st = ovf_store_commit(f.store, &f.err);
    }
    if (write(fd, f.err.text, strlen(f.err.text)) < 0)
        _exit(2);
    ovf_store_close(f.store);
    _exit(st == OVF_E_IO ? 0 : 10 + (int)st);
}

static void run_full(const char *path, rlim_t limit_bytes, char text[sizeof(struct ovf_error)])
{
    int ends[2];
    int status = 0;
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        write_until_full(path, limit_bytes, ends[1]);
    close(ends[1]);
    const ssize_t n = read(ends[0], text, sizeof(struct ovf_error) - 1);
    assert_true(n >= 0);
    text[n] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        print_error("limit %llu: %s\n", (unsigned long long)limit_bytes, text);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void test_a_full_disk_is_said_and_nothing_is_lost(void **state)
{
    static const rlim_t rooms[] = {0, 5000, 70000, 300000, 2000000};
    (void)state;
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        struct gpkg_fixture f = gpkg_fixture_open();
        char text[sizeof(struct ovf_error)];
        struct stat info;
        gpkg_put_crossing(&f, "c1", "r1", "IQ", 0);
        ovf_store_close(f.store);
        f.store = NULL;
        assert_int_equal(stat(f.path, &info), 0);
        run_full(f.path, (rlim_t)info.st_size + rooms[i], text);
        assert_non_null(strstr(text, "store.gpkg"));
        gpkg_reopen(&f);
        gpkg_assert_sound(&f);
        assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM crossings WHERE id='c1'"), 1);
        assert_int_equal(gpkg_int(&f, "SELECT count(*)%500 FROM crossings WHERE id!='c1'"), 0);
        gpkg_put_crossing(&f, "c2", "r1", "IQ", 0);
        gpkg_assert_sound(&f);
        gpkg_fixture_close(&f);
    }
}

static void test_a_store_that_finds_no_room_to_be_made_can_be_made_later(void **state)
{
    static const rlim_t rooms[] = {0, 4096, 50000};
    (void)state;
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        struct gpkg_fixture f = gpkg_fixture_new();
        char text[sizeof(struct ovf_error)];
        run_full(f.path, rooms[i], text);
        gpkg_reopen(&f);
        gpkg_put_crossing(&f, "c1", "r1", "IQ", 0);
        gpkg_assert_sound(&f);
        gpkg_fixture_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_full_disk_is_said_and_nothing_is_lost),
        cmocka_unit_test(test_a_store_that_finds_no_room_to_be_made_can_be_made_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
