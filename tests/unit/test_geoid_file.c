/* SPDX-License-Identifier: Apache-2.0 */
/* Grids from files. The test writes its own in GTX: big-endian south-west corner, steps, rows and
 * columns, then float32 from the south row by row (NOAA VDatum, "GTX format"). The real EGM96 is looked at
 * where PROJ has it. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "question/geoid_file.h"

static char folder[] = "/tmp/ovf-geoid-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int drop_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void put(FILE *file, const void *little_endian, size_t n)
{
    const unsigned char *const bytes = little_endian;
    for (size_t i = n; i-- > 0;)
        assert_int_equal(fputc(bytes[i], file), bytes[i]);
}

static void path_of(const char *name, char path[200])
{
    (void)snprintf(path, 200, "%s/%s", folder, name);
}

/** Nodes every \p step_deg from \p south, \p west; undulations are lat_m times latitude plus 20. */
static void write_gtx(const char *name, double south, double west, double step_deg, int32_t n_rows,
                      int32_t n_columns, double lat_m)
{
    char path[200];
    path_of(name, path);
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    put(file, &south, 8);
    put(file, &west, 8);
    put(file, &step_deg, 8);
    put(file, &step_deg, 8);
    put(file, &n_rows, 4);
    put(file, &n_columns, 4);
    for (int32_t i = 0; i < n_rows * n_columns; i++) {
        const int32_t row = i / n_columns;
        const float value = (float)(lat_m * (south + step_deg * row) + 20);
        put(file, &value, 4);
    }
    assert_int_equal(fclose(file), 0);
}

static enum ovf_status open_and_remove(const char *name, struct ovf_geoid_file *out,
                                       struct ovf_error *err)
{
    char path[200];
    path_of(name, path);
    *out = (struct ovf_geoid_file){0};
    const enum ovf_status st = ovf_geoid_file_open(path, out, err);
    assert_int_equal(unlink(path), 0);
    return st;
}

static struct ovf_point at_deg(double lat_deg, double lon_deg)
{
    return (struct ovf_point){(int32_t)lround(lat_deg * OVF_E7_PER_DEG),
                              ovf_lon_wrap(llround(lon_deg * OVF_E7_PER_DEG))};
}

static void a_global_grid_gives_what_it_was_made_from(void **state)
{
    (void)state;
    struct ovf_geoid_file file;
    double m;
    write_gtx("of the globe.gtx", -90, -180, 1, 181, 360, 0.5);
    assert_int_equal(open_and_remove("of the globe.gtx", &file, NULL), OVF_OK);
    for (int lat_deg = -90; lat_deg <= 90; lat_deg += 3) {
        assert_true(ovf_geoid_undulation_m(&file.geoid, at_deg(lat_deg, lat_deg * 1.9), &m));
        assert_near(m, 0.5 * lat_deg + 20, 0.0051);
    }
    assert_true(
        ovf_geoid_undulation_m(&file.geoid, at_deg(10, 179.9), &m)); /* behind the last node */
    assert_near(m, 25, 0.0051);
    assert_memory_equal(file.geoid.source, "of the globe.gtx sha256:", 24);
    assert_int_equal(strlen(file.geoid.source), 24 + 64);
    ovf_geoid_file_close(&file);
    ovf_geoid_file_close(&file);
}

static void a_grid_of_a_region_is_absent_elsewhere(void **state)
{
    (void)state;
    struct ovf_geoid_file file;
    double m;
    write_gtx("region.gtx", 10, 20, 0.5, 21, 21, 0);
    assert_int_equal(open_and_remove("region.gtx", &file, NULL), OVF_OK);
    assert_true(ovf_geoid_undulation_m(&file.geoid, at_deg(15.1, 25.2), &m));
    assert_near(m, 20, 0);
    assert_false(ovf_geoid_undulation_m(&file.geoid, at_deg(5, 25), &m));
    assert_false(ovf_geoid_undulation_m(&file.geoid, at_deg(15, -25), &m));
    assert_non_null(
        strstr(file.geoid.source, ", 1681 of 1038240 nodes of the globe")); /* 41 x 41 */
    ovf_geoid_file_close(&file);
}

static void assert_refused(const char *name, const char *text)
{
    struct ovf_geoid_file file;
    struct ovf_error err = {""};
    assert_int_equal(open_and_remove(name, &file, &err), OVF_E_FORMAT);
    assert_non_null(strstr(err.text, text));
    assert_non_null(strstr(err.text, name));
    assert_null(file.undulation_cm);
}

static void what_is_no_geoid_is_refused(void **state)
{
    (void)state;
    char path[200];
    struct ovf_geoid_file file = {0};
    struct ovf_error err = {""};
    path_of("text.gtx", path);
    FILE *const text = fopen(path, "wb");
    assert_non_null(text);
    assert_true(fputs("no grid, but longer than forty bytes in one line of text", text) >= 0);
    assert_int_equal(fclose(text), 0);
    assert_refused("text.gtx", "no grid that PROJ reads");
    write_gtx("heights.gtx", -90, -180, 5, 37, 72, 2); /* to 200 m */
    assert_refused("heights.gtx", "more than 150 m");
    write_gtx("a,b.gtx", -90, -180, 5, 37, 72, 0);
    assert_refused("a,b.gtx", "comma");
    path_of("nothing.gtx", path);
    assert_int_equal(ovf_geoid_file_open(path, &file, &err), OVF_E_NOTFOUND);
    assert_non_null(strstr(err.text, "nothing.gtx"));
}

static void egm96_has_its_published_values(void **state)
{
    (void)state;
    struct ovf_geoid_file file = {0};
    int16_t most = 0;
    int16_t least = 0;
    double m;
    if (ovf_geoid_file_find(&file, NULL) == OVF_E_NOTFOUND)
        skip(); /* no proj-data here */
    /* NIMA TR8350.2, figure 6.1: -107 m south of India, 85 m near New Guinea; 17.16 m at 0, 0. */
    assert_true(ovf_geoid_undulation_m(&file.geoid, at_deg(0, 0), &m));
    assert_near(m, 17.16, 0.3);
    assert_true(ovf_geoid_undulation_m(&file.geoid, at_deg(4.7, 78.8), &m));
    assert_near(m, -107, 0.5);
    assert_true(ovf_geoid_undulation_m(&file.geoid, at_deg(-8.2, 147.4), &m));
    assert_near(m, 85, 1);
    for (int i = 0; i < OVF_GEOID_ROWS * OVF_GEOID_COLUMNS; i++) {
        const int16_t cm = file.geoid.undulation_cm[i];
        most = cm > most ? cm : most;
        least = cm < least ? cm : least;
    }
    assert_near(most, 8540, 60);
    assert_near(least, -10700, 60);
    ovf_geoid_file_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_global_grid_gives_what_it_was_made_from),
        cmocka_unit_test(a_grid_of_a_region_is_absent_elsewhere),
        cmocka_unit_test(what_is_no_geoid_is_refused),
        cmocka_unit_test(egm96_has_its_published_values),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
