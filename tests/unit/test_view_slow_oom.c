/* SPDX-License-Identifier: Apache-2.0 */
/* A report when memory runs out: each allocation in turn fails, once and for good. SQLite's own are not among them. */
#include "test.h"

#include "gpkg_fixture.h"
#include "oom.h"
#include "view/page.h"

static struct ovf_store_time at(int64_t s)
{
    return (struct ovf_store_time){true, s * OVF_NS_PER_S};
}

/** A flight over 180 degrees with a gap, its crossing, a finding about it. */
static void fill(struct gpkg_fixture *f)
{
    static const struct ovf_point points[] = {
        {0, 1790000000}, {0, -1790000000}, {0, -1780000000}, {1000000, -1760000000}};
    const int64_t times_ns[] = {0, 1000 * OVF_NS_PER_S, 2000 * OVF_NS_PER_S, 3000 * OVF_NS_PER_S};
    const struct ovf_store_part parts[] = {{points, 2, times_ns}, {points + 2, 2, times_ns + 2}};
    const struct ovf_store_part gap_part = {.points = points + 1, .n_points = 2};
    const struct ovf_store_flight flight = {.id = "f",
                                            .rev = "1",
                                            .icao24 = "f10001",
                                            .flight_start = at(0),
                                            .flight_end = at(3000),
                                            .altitudes = "0:34000,500:,2000:35000",
                                            .json = "{\"type\":\"flight\"}",
                                            .geom = {parts, 2, false, true}};
    const struct ovf_store_gap gap = {.id = "aa",
                                      .rev = "1",
                                      .icao24 = "f10001",
                                      .flight_id = "f",
                                      .gap_start = at(1000),
                                      .gap_end = at(2000),
                                      .start_lat_deg = {true, 0},
                                      .start_lon_deg = {true, -179},
                                      .end_lat_deg = {true, 0},
                                      .end_lon_deg = {true, -178},
                                      .geom = {.parts = &gap_part, .n_parts = 1, .geodesic = true}};
    const struct ovf_store_crossing crossing = {
        .id = "c",
        .rev = "1",
        .icao24 = "f10001",
        .airspace = "KI",
        .kind = "country",
        .role = "overflight",
        .class = "bracketed",
        .entry_time = at(500),
        .entry_lat_deg = {true, 0},
        .entry_lon_deg = {true, 180},
        .exit_time_min = at(1000),
        .exit_time_max = at(2000),
        .flight_id = "f",
        .flight_start = at(0),
        .flight_end = at(3000),
        .json = "{\"gaps\":[\"aa\"],\"entry\":{\"radius_m\":9}}"};
    const struct ovf_store_finding finding = {
        .id = "bb",
        .rev = "1",
        .rule = "claim/1",
        .verdict = "no_data",
        .about_kind = "claim",
        .about_id = "cl",
        .json = "{\"reasons\":[\"a\",\"b\"],\"sources\":[\"s\"]}"};
    const struct ovf_store_completeness day = {
        .id = "in 0", .input = "in", .day = at(0), .fixes = {true, 1}};
    gpkg_begin(f, 1);
    assert_int_equal(ovf_store_put_flight(f->store, &flight, &f->err), OVF_OK);
    assert_int_equal(ovf_store_put_gap(f->store, &gap, &f->err), OVF_OK);
    assert_int_equal(ovf_store_put_crossing(f->store, &crossing, &f->err), OVF_OK);
    assert_int_equal(ovf_store_put_finding(f->store, &finding, &f->err), OVF_OK);
    assert_int_equal(ovf_store_put_completeness(f->store, &day, &f->err), OVF_OK);
    gpkg_commit(f);
}

static enum ovf_status count_bytes(void *context, const void *data, size_t len)
{
    (void)data;
    *(size_t *)context += len;
    return OVF_OK;
}

static struct ovf_case read_case(struct ovf_case_store *store)
{
    static const char yaml[] =
        "case: c\nwatches:\n  - {name: w, over: [KI]}\nclaims:\n"
        "  - {name: cl, date: 1970-01-01, party: p, says: s, source: s}\nclosures:\n"
        "  - {name: shut, airspace: KI, valid_from: 1970-01-01T00:00Z, source: s}\n";
    struct ovf_case out = {0};
    struct ovf_error err = {""};
    if (ovf_case_file_read(ovf_bytes_from_text(yaml), store, &out, &err) != OVF_OK)
        fail_msg("%s", err.text);
    return out;
}

static enum ovf_status report(const struct ovf_view_source *source, size_t *n_bytes)
{
    static const struct ovf_view_page page;
    const struct ovf_sink sink = {count_bytes, n_bytes};
    struct ovf_view *view = NULL;
    enum ovf_status st = ovf_view_open(source, &view, NULL);
    *n_bytes = 0;
    if (st == OVF_OK)
        st = ovf_view_page_write(view, &page, &sink, NULL);
    ovf_view_close(view);
    return st;
}

static void a_report_without_memory_says_so(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_case_store store = {0};
    const struct ovf_case the_case = read_case(&store);
    fill(&f);
    const struct ovf_view_source source = {
        .store_path = f.path, .the_case = &the_case, .mode = OVF_VIEW_REPORT};
    for (int persistent = 0; persistent < 2; persistent++) {
        for (unsigned long n = 1;; n++) {
            size_t n_bytes;
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = report(&source, &n_bytes);
            const bool failed = ovf_oom_stop();
            if (st != (failed ? OVF_E_NOMEM : OVF_OK))
                fail_msg("allocation %lu: status %d", n, (int)st);
            if (!failed)
                break;
        }
    }
    ovf_case_store_deinit(&store);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
