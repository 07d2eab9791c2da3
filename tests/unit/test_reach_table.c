/* SPDX-License-Identifier: Apache-2.0 */
/* Ways round the Baghdad FIR of the recorded regions. The lengths are those of a program of its own: A* on the
 * full visibility graph of the recorded outline (378 points) on a sphere of 6,371 km, without erosion. */
#include "geo_fixture.h"

#include "airspace/area_set.h"
#include "question/import_areas.h"
#include "reach/prism.h"
#include "source/file.h"

struct firs {
    struct ovf_buffer text;
    struct ovf_area_set set;
    struct ovf_buffer notes;
    struct ovf_edition edition;
};

static void open_firs(struct firs *firs)
{
    const struct ovf_import_options options = {.kind = OVF_KIND_FIR};
    const struct ovf_edition_about about = {.kind = OVF_KIND_FIR,
                                            .name = "n",
                                            .edition = "e",
                                            .source = "s",
                                            .licence = "l",
                                            .attribution = "a",
                                            .boundary_accuracy_m = (double)NAN};
    struct ovf_error err = {""};
    *firs = (struct firs){0};
    assert_int_equal(
        ovf_file_read(ovf_test_data("airspace/fir-airac-524.geojson"), 1 << 24, &firs->text, &err),
        OVF_OK);
    assert_int_equal(
        ovf_import_areas(ovf_buffer_bytes(&firs->text), &options, &firs->set, &firs->notes, &err),
        OVF_OK);
    assert_int_equal(ovf_edition_from_areas(&firs->set, &about, &firs->edition, &err), OVF_OK);
}

static void close_firs(struct firs *firs)
{
    ovf_edition_deinit(&firs->edition);
    ovf_area_set_deinit(&firs->set);
    ovf_buffer_deinit(&firs->notes);
    ovf_buffer_deinit(&firs->text);
}

static void the_baghdad_fir_is_gone_round_as_another_program_does(void **state)
{
    (void)state;
    static const struct {
        double from_lat, from_lon, to_lat, to_lon, direct_km, avoid_km;
    } rows[] = {
        {35.416, 51.152, 33.411, 36.516, 1359.7, 1501.5}, /* Tehran IKA - Damascus */
        {34.346, 47.158, 34.557, 38.317, 810.7, 1073.6},  /* Kermanshah - Palmyra */
        {33.600, 46.000, 35.285, 40.176, 565.9, 965.0},   /* the border of Ilam - Deir ez-Zor */
        {30.371, 48.228, 33.411, 36.516, 1155.5, 1393.3}, /* Abadan - Damascus */
        {37.668, 45.069, 36.181, 37.224, 716.5, 716.7},   /* Urmia - Aleppo */
    };
    struct firs firs;
    struct ovf_reach reach = {0};
    struct ovf_airspace_ref ref;
    struct ovf_error err;
    open_firs(&firs);
    const struct ovf_edition *const editions[] = {&firs.edition};
    assert_int_equal(ovf_airspace_find(editions, 1, "ORBB", &ref, &err), OVF_OK);
    struct ovf_region region = {.index = &firs.edition.index, .accuracy_m = 500};
    ovf_members_toggle(&region.owners, ref.airspace);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        /* Where the class is about to change. */
        const double time_s = 1.02 * rows[i].avoid_km / (720 * 1.852) * 3600;
        const struct ovf_anchor from = {.at = point_deg(rows[i].from_lat, rows[i].from_lon)};
        const struct ovf_anchor to = {.t_ns = llround(time_s * 1e9),
                                      .at = point_deg(rows[i].to_lat, rows[i].to_lon)};
        const struct ovf_speed_limits limits = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, 0, false};
        struct ovf_verdict v;
        assert_int_equal(ovf_reach_judge(&reach, &region, &from, &to, &limits, &v, NULL), OVF_OK);
        const double km_per_kt = 1.852 * time_s / 3600;
        /* The ellipsoid is up to 0.24 % longer than the sphere here. */
        assert_near(v.direct_kt * km_per_kt, rows[i].direct_km, 0.0024 * rows[i].direct_km);
        assert_true(v.avoidance_kt * km_per_kt < 1.0024 * rows[i].avoid_km);
        assert_true(v.avoidance_kt * km_per_kt > 0.99 * rows[i].avoid_km);
    }
    ovf_reach_deinit(&reach);
    close_firs(&firs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_baghdad_fir_is_gone_round_as_another_program_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
