/* SPDX-License-Identifier: Apache-2.0 */
/* The edge index as bytes: what it refuses, that no bytes make it read outside itself, and distances
 * against PROJ. (That it finds every edge is tests/property/test_geo_twin.c.) */
#include "geo_fixture.h"

#include "geo/densify.h"
#include "geo/index_format.h"

static void small_map(struct fixture *f)
{
    fixture_begin(f);
    fixture_box(f, 0, 10, 20, 12, 23);
    fixture_box(f, 1, 10, 23, 12, 25);
    RING(f, 2, 9.5, 21, 12.5, 22, 11, 26);
    RING(f, 3, 60, -170, 60, -80, 60, 10, 60, 100);
    fixture_finish(f);
}

static void what_is_cut_short_or_another_format_is_refused(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_index index;
    struct ovf_error err = {{0}};
    small_map(&f);
    const struct ovf_bytes whole = ovf_buffer_bytes(&f.bytes);
    for (size_t len = 0; len < whole.len; len += len < 200 ? 1 : 49999)
        assert_int_equal(ovf_index_view((struct ovf_bytes){whole.data, len}, &index, &err),
                         OVF_E_FORMAT);
    assert_int_equal(ovf_index_view((struct ovf_bytes){whole.data, whole.len - 1}, &index, &err),
                     OVF_E_FORMAT);
    assert_true(err.text[0] != '\0');
    f.bytes.data[4]++; /* version */
    assert_int_equal(ovf_index_view(whole, &index, &err), OVF_E_FORMAT);
    f.bytes.data[4]--;
    f.bytes.data[0] ^= 1; /* magic */
    assert_int_equal(ovf_index_view(whole, &index, &err), OVF_E_FORMAT);
    fixture_end(&f);
}

/** All that a view can be asked; answers do not matter. */
static void ask_everything(const struct ovf_index *index, uint64_t *seed, struct ovf_hits *hits)
{
    for (int i = 0; i < 12; i++) {
        struct ovf_members members;
        const struct ovf_point at = point_deg(random_in(seed, 9, 13), random_in(seed, 19, 27));
        const struct ovf_point to = point_deg(at.lat_e7 / 1e7 + random_in(seed, -1, 1),
                                              at.lon_e7 / 1e7 + random_in(seed, -1, 1));
        ovf_index_locate(index, at, &members);
        (void)ovf_index_line_is_clear(index, at, to);
        const struct ovf_box boxes[] = {ovf_index_empty_box(index, at),
                                        ovf_index_empty_box(index, to)};
        (void)ovf_index_step_is_clear(index, at, &boxes[0], to, &boxes[1]);
        assert_int_equal(ovf_index_cross(index, at, to, hits), OVF_OK);
        for (size_t k = 0; k < hits->n; k++) {
            (void)ovf_index_edge(index, hits->items[k].edge);
            ovf_index_set(index, hits->items[k].set, &members);
            assert_true(hits->items[k].t >= 0 && hits->items[k].t <= 1);
        }
        const double d = ovf_index_distance_m(index, at, i % 2 == 0 ? 1 : OVF_MEMBERS_MAX, 20e3);
        assert_true(d >= 0 && d <= 20e3);
    }
}

/** Byte offset of the cell of (lat, lon), and of the word after all cells. */
static size_t offset_of_cell(const struct ovf_index *index, const unsigned char *data, double lat,
                             double lon)
{
    const size_t row = (size_t)((lat + 90) * 4);
    const size_t col = (size_t)((lon + 180) * 4);
    return (size_t)(index->cells - data) + 4 * (row * OVF_CELL_COLS + col);
}

static uint32_t hostile_word(uint64_t *seed, uint32_t old)
{
    static const uint32_t words[] = {0,          1,          UINT32_MAX, 0x7fffffff, 0x80000000,
                                     0x80000001, 1000000000, 1800000000, 0xfffffffe, 4095};
    switch (random_below(seed, 4)) {
    case 0:
        return words[random_below(seed, sizeof words / sizeof *words)];
    case 1:
        return old ^ (UINT32_C(1) << random_below(seed, 32));
    case 2:
        return old + (uint32_t)random_below(seed, 5) - 2;
    default:
        return (uint32_t)next_random(seed);
    }
}

static size_t hostile_offset(const struct fixture *f, uint64_t *seed)
{
    const struct ovf_index *index = &f->index;
    const unsigned char *data = f->bytes.data;
    switch (random_below(seed, 4)) {
    case 0: /* a cell that will be asked */
        return offset_of_cell(index, data, random_in(seed, 9, 13), random_in(seed, 19, 27));
    case 1: /* edges */
        return (size_t)(index->edges - data) + 4 * random_below(seed, 5 * (uint64_t)index->n_edges);
    case 2: /* sets and owners */
        return (size_t)(index->sets - data) +
               4 * random_below(seed, (uint64_t)index->n_sets + 1 + index->n_owners);
    default: /* parts, records and their edges */
        return (size_t)(index->blocks - data) + 4 * random_below(seed, index->n_block_words);
    }
}

/* Differences up to 2^32 by 2^31 do not fit 64 bits when their products are subtracted. */
static void an_edge_off_the_globe_is_none(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_members members;
    const struct ovf_point at = point_deg(11, 23.01);
    small_map(&f);
    unsigned char *edges = f.bytes.data + (f.index.edges - f.bytes.data);
    for (uint32_t i = 0; i < f.index.n_edges; i++) {
        ovf_store_u32le(edges + 20 * (size_t)i, UINT32_C(0x80000000));
        ovf_store_u32le(edges + 20 * (size_t)i + 4, (uint32_t)(at.lon_e7 - 1790000000));
        ovf_store_u32le(edges + 20 * (size_t)i + 8, UINT32_C(0x7fffffff));
        ovf_store_u32le(edges + 20 * (size_t)i + 12, (uint32_t)(at.lon_e7 + 20000000));
    }
    assert_int_equal(ovf_index_edge(&f.index, 0).a.lat_e7, 0);
    assert_int_equal(ovf_index_edge(&f.index, f.index.n_edges).a.lat_e7, 0);
    ovf_index_locate(&f.index, at, &members); /* UBSan looks on */
    fixture_end(&f);
}

static void no_words_inside_make_it_read_outside_itself(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_hits hits = {0};
    uint64_t seed = 41;
    small_map(&f);
    for (int round = 0; round < 3000; round++) {
        size_t offsets[16];
        uint32_t old[16];
        const int n = 1 + (int)random_below(&seed, 16);
        for (int i = 0; i < n; i++) {
            offsets[i] = hostile_offset(&f, &seed);
            old[i] = ovf_load_u32le(f.bytes.data + offsets[i]);
            ovf_store_u32le(f.bytes.data + offsets[i], hostile_word(&seed, old[i]));
        }
        ask_everything(&f.index, &seed, &hits);
        for (int i = n; i-- > 0;)
            ovf_store_u32le(f.bytes.data + offsets[i], old[i]);
    }
    ovf_hits_deinit(&hits);
    fixture_end(&f);
}

static void no_counts_in_the_header_make_it_read_outside_itself(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_hits hits = {0};
    uint64_t seed = 42;
    int n_viewed = 0;
    small_map(&f);
    /* Exactly as long as the allocation, so that ASan sees the first byte behind. */
    unsigned char *bytes = malloc(f.bytes.len);
    assert_non_null(bytes);
    for (int round = 0; round < 400; round++) {
        struct ovf_index index;
        memcpy(bytes, f.bytes.data, OVF_INDEX_HEADER_WORDS * 4);
        memcpy(bytes + 32, f.bytes.data + 32, f.bytes.len - 32);
        const size_t word = 2 + random_below(&seed, 4);
        const uint32_t old = ovf_load_u32le(bytes + 4 * word);
        ovf_store_u32le(bytes + 4 * word, round % 2 == 0 ? (uint32_t)random_below(&seed, old + 3ULL)
                                                         : hostile_word(&seed, old));
        if (ovf_index_view((struct ovf_bytes){bytes, f.bytes.len}, &index, NULL) != OVF_OK)
            continue;
        n_viewed++;
        ask_everything(&index, &seed, &hits);
    }
    assert_true(n_viewed > 100);
    free(bytes);
    ovf_hits_deinit(&hits);
    fixture_end(&f);
}

/** Least distance to a ring of straight edges, by walking along them in steps of a thousandth. */
static double true_distance_m(const struct fixture *f, struct ovf_point at)
{
    double best = 1e9;
    for (size_t i = 0; i < f->boundary.n_edges; i++) {
        const struct ovf_edge *e = &f->boundary.edges[i];
        if (ovf_distance_m(e->a, at) > 300e3)
            continue;
        const double dlon = (double)ovf_lon_difference(e->a.lon_e7, e->b.lon_e7);
        for (int k = 0; k <= 1000; k++) {
            const double lat = (e->a.lat_e7 + k / 1000.0 * (e->b.lat_e7 - e->a.lat_e7)) / 1e7;
            const double lon = (e->a.lon_e7 + k / 1000.0 * dlon) / 1e7;
            const double d = geodesic_m(lat, lon, at.lat_e7 / 1e7, at.lon_e7 / 1e7);
            best = d < best ? d : best;
        }
    }
    return best;
}

static void distances_to_the_boundary_are_right_to_one_per_cent(void **state)
{
    (void)state;
    static const double places[][2] = {{0, 0}, {35, -179.9}, {60, 50}, {-75, 179.95}};
    uint64_t seed = 43;
    for (size_t p = 0; p < 4; p++) {
        struct fixture f;
        const double lat = places[p][0];
        const double lon = places[p][1];
        fixture_begin(&f);
        RING(&f, 0, lat - .1, lon - .1, lat + .1, lon - .05, lat + .05, lon + .1);
        fixture_finish(&f);
        for (int i = 0; i < (OVF_SANITIZED ? 3 : 10); i++) {
            const struct ovf_point at =
                point_deg(lat + random_in(&seed, -.2, .2), lon + random_in(&seed, -.2, .2));
            const double want = true_distance_m(&f, at);
            /* 1 %, and half a step of the search, which is under 20 m. */
            assert_near(ovf_index_distance_m(&f.index, at, 0, 50e3), want, 0.01 * want + 1);
            assert_near(ovf_index_distance_m(&f.index, at, 1, 50e3), 50e3, 0);
            assert_near(ovf_index_distance_m(&f.index, at, OVF_MEMBERS_MAX, want / 2), want / 2, 0);
            assert_near(ovf_index_distance_m(&f.index, at, 0, 1e12), want, 0.01 * want + 1);
        }
        fixture_end(&f);
    }
}

/** A line along a parallel, and a box over its middle from a share of the way that it bulges. */
static bool is_clear_of_box(double lat, double width, double share, bool north)
{
    struct fixture f;
    const double sign = north ? 1 : -1;
    const struct ovf_point a = point_deg(sign * lat, 179.3);
    const struct ovf_point b = point_deg(sign * lat, 179.3 + width);
    const struct ovf_geodesic line = ovf_geodesic_between(a, b);
    double middle_lat;
    double middle_lon;
    ovf_geodesic_at(&line, 0.5, &middle_lat, &middle_lon);
    const double side = sign * lat + share * (middle_lat - sign * lat);
    fixture_begin(&f);
    RING(&f, 0, side, 179.3 + 0.45 * width, side, 179.3 + 0.55 * width, side + sign * 0.01,
         179.3 + 0.55 * width, side + sign * 0.01, 179.3 + 0.45 * width);
    fixture_finish(&f);
    const bool is_clear = ovf_index_line_is_clear(&f.index, a, b);
    assert_true(ovf_index_line_is_clear(&f.index, b, a) == is_clear);
    fixture_end(&f);
    return is_clear;
}

static void a_line_is_clear_of_what_it_does_not_bulge_to_and_only_of_that(void **state)
{
    (void)state;
    static const double lats[] = {1, 30, 55, 70, 79, 84, 87};
    static const double widths[] = {0.05, 0.4, 1.3, 1.99};
    for (size_t i = 0; i < sizeof lats / sizeof *lats; i++) {
        for (size_t k = 0; k < sizeof widths / sizeof *widths; k++) {
            assert_false(is_clear_of_box(lats[i], widths[k], 0.98, (i + k) % 2 == 0));
            if (OVF_SANITIZED)
                continue;
            /* What it bulges is told generously, above all near the equator and the poles. */
            assert_true(lats[i] < 50 || lats[i] > 80 ||
                        is_clear_of_box(lats[i], widths[k], 100, (i + k) % 2 == 0));
        }
    }
}

/** In degrees: south, north, west, east. */
static struct ovf_box box_deg(double south, double north, double west, double east)
{
    const struct ovf_point low = point_deg(south, west);
    const struct ovf_point high = point_deg(north, east);
    return (struct ovf_box){low.lat_e7, high.lat_e7, low.lon_e7, high.lon_e7};
}

/** Whether the step is told to be clear by what is known of its ends; the map has an edge in its way. */
static bool is_told_by_boxes(const struct fixture *f, struct ovf_point a, struct ovf_point b,
                             struct ovf_box at_a, struct ovf_box at_b)
{
    const bool is_clear = ovf_index_step_is_clear(&f->index, a, &at_a, b, &at_b);
    assert_true(ovf_index_step_is_clear(&f->index, b, &at_b, a, &at_a) == is_clear);
    assert_false(ovf_index_line_is_clear(&f->index, a, b));
    return is_clear;
}

static void a_step_is_clear_within_two_boxes_that_touch(void **state)
{
    (void)state;
    const struct ovf_point a = point_deg(10, 20);
    const struct ovf_point b = point_deg(10.05, 20.1);
    const struct ovf_box none = {0};
    struct fixture f;
    fixture_begin(&f);
    fixture_box(&f, 0, 9, 20.04, 11, 20.06);
    fixture_box(&f, 1, 59, 20.19, 61, 20.21);
    fixture_finish(&f);
    assert_true(is_told_by_boxes(&f, a, b, box_deg(9.9, 10.3, 19.9, 20.05),
                                 box_deg(9.9, 10.1, 20.05, 20.3)));
    assert_true(is_told_by_boxes(&f, a, b, box_deg(9.9, 10.02, 19.9, 20.3),
                                 box_deg(10.02, 10.1, 19.8, 20.2)));
    assert_true(
        is_told_by_boxes(&f, a, b, box_deg(9.9, 10.1, 19.9, 20.2), box_deg(9.9, 10.1, 19.9, 20.2)));
    assert_false(is_told_by_boxes(&f, a, b, box_deg(9.9, 10.3, 19.9, 20.04),
                                  box_deg(9.9, 10.3, 20.05, 20.3)));
    assert_false(is_told_by_boxes(&f, a, b, box_deg(9.9, 10.04, 19.9, 20.05),
                                  box_deg(9.9, 10.3, 20.05, 20.3)));
    assert_false(is_told_by_boxes(&f, a, b, box_deg(9.9, 10.3, 19.9, 20.05),
                                  box_deg(10.02, 10.3, 20.05, 20.3)));
    assert_false(is_told_by_boxes(&f, a, b, box_deg(9.9, 10.02, 19.9, 20.05),
                                  box_deg(10.02, 10.3, 20.05, 20.3)));
    assert_false(is_told_by_boxes(&f, a, b, box_deg(9.9, 10.1, 20.01, 20.05),
                                  box_deg(9.9, 10.1, 20.05, 20.3)));
    assert_false(is_told_by_boxes(&f, a, b, box_deg(9.9, 10.1, 19.9, 20.05),
                                  box_deg(9.9, 10.1, 20.05, 20.09)));
    assert_false(is_told_by_boxes(&f, a, b, none, box_deg(9.9, 10.3, 19.9, 20.3)));
    assert_false(is_told_by_boxes(&f, a, b, none, none));
    /* A parallel, from which the line bulges to the north. */
    const struct ovf_point c = point_deg(60, 20);
    const struct ovf_point d = point_deg(60, 20.4);
    assert_true(is_told_by_boxes(&f, c, d, box_deg(59.9, 60.1, 19.9, 20.2),
                                 box_deg(59.9, 60.1, 20.2, 20.5)));
    assert_false(is_told_by_boxes(&f, c, d, box_deg(59.9, 60.0005, 19.9, 20.2),
                                  box_deg(59.9, 60.0005, 20.2, 20.5)));
    fixture_end(&f);
}

static void what_is_told_clear_crosses_nothing(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_hits hits = {0};
    struct ovf_points pieces = {0};
    uint64_t seed = 45;
    size_t n_clear = 0;
    size_t n_met = 0;
    small_map(&f);
    for (int i = 0; i < (OVF_SANITIZED ? 2000 : 20000); i++) {
        const double lat = random_in(&seed, 9, 13);
        const double lon = random_in(&seed, 19, 27);
        struct ovf_point p = point_deg(lat, lon);
        const struct ovf_point to =
            point_deg(lat + random_in(&seed, -.1, .1), lon + random_in(&seed, -.1, .1));
        const struct ovf_box at_p = ovf_index_empty_box(&f.index, p);
        const struct ovf_box at_to = ovf_index_empty_box(&f.index, to);
        const bool is_clear = ovf_index_step_is_clear(&f.index, p, &at_p, to, &at_to);
        bool meets = false;
        pieces.n = 0;
        assert_int_equal(ovf_densify(p, to, OVF_LINE_GEODESIC, &pieces), OVF_OK);
        for (size_t k = 0; k < pieces.n; k++) {
            assert_int_equal(ovf_index_cross(&f.index, p, pieces.items[k], &hits), OVF_OK);
            meets = meets || hits.n > 0;
            p = pieces.items[k];
        }
        assert_false(is_clear && meets);
        n_clear += is_clear ? 1 : 0;
        n_met += meets ? 1 : 0;
    }
    assert_true(n_clear > 1000 && n_met > 50);
    ovf_points_deinit(&pieces);
    ovf_hits_deinit(&hits);
    fixture_end(&f);
}

static void every_place_can_be_located(void **state)
{
    (void)state;
    struct fixture f;
    uint64_t seed = 44;
    small_map(&f);
    assert_int_equal(mask_at(&f, 90, 0), 8);
    assert_int_equal(mask_at(&f, 90, -180), 8);
    assert_int_equal(mask_at(&f, -90, -180), 0);
    assert_int_equal(mask_at(&f, -90, 179.9999999), 0);
    for (int i = 0; i < 20000; i++) {
        double lat = random_in(&seed, 9, 13);
        double lon = random_in(&seed, 20, 26);
        if (i % 2 == 0) { /* corners and middles of parts, and so places on the boundary */
            lat = floor(lat * 256) / 256;
            lon = floor(lon * 256) / 256;
        }
        const uint64_t mask = mask_at(&f, lat, lon);
        assert_int_equal(mask & 1, lat >= 10 && lat < 12 && lon >= 20 && lon < 23);
        assert_int_equal(mask >> 1 & 1, lat >= 10 && lat < 12 && lon >= 23 && lon < 25);
    }
    fixture_end(&f);
}

static void places_of_a_track_are_located_as_each_alone(void **state)
{
    (void)state;
    uint64_t seed = 17;
    struct fixture f;
    small_map(&f);
    struct ovf_locator locator = {.index = &f.index};
    int n_kept = 0;
    double lat = 11;
    double lon = 23;
    for (int i = 0; i < 20000; i++) {
        const struct ovf_point at = point_deg(lat, lon);
        struct ovf_members alone;
        ovf_index_locate(&f.index, at, &alone);
        n_kept += ovf_locator_go(&locator, at) ? 0 : 1;
        assert_true(ovf_members_equal(&locator.members, &alone));
        lat = fmin(13, fmax(9, lat + random_in(&seed, -0.05, 0.05)));
        lon = fmin(27, fmax(19, lon + random_in(&seed, -0.05, 0.05)));
    }
    assert_in_range(n_kept, 1000, 19999);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_cut_short_or_another_format_is_refused),
        cmocka_unit_test(an_edge_off_the_globe_is_none),
        cmocka_unit_test(no_words_inside_make_it_read_outside_itself),
        cmocka_unit_test(no_counts_in_the_header_make_it_read_outside_itself),
        cmocka_unit_test(distances_to_the_boundary_are_right_to_one_per_cent),
        cmocka_unit_test(a_line_is_clear_of_what_it_does_not_bulge_to_and_only_of_that),
        cmocka_unit_test(a_step_is_clear_within_two_boxes_that_touch),
        cmocka_unit_test(what_is_told_clear_crosses_nothing),
        cmocka_unit_test(every_place_can_be_located),
        cmocka_unit_test(places_of_a_track_are_located_as_each_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
