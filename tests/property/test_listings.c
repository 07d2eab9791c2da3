/* SPDX-License-Identifier: Apache-2.0 */
/* Random lists against a plain twin: no index, no runs, every entry of every edition looked at. Tails and
 * serial numbers are few, so that they meet often. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "lists/listings.h"
#include "lists/model_family.h"

enum { MAX_EDITIONS = 6, MAX_ENTRIES = 8, DAYS = 12, ROUNDS = OVF_SANITIZED ? 120 : 3000 };

static uint64_t seed = 20241103;

static unsigned pick(unsigned n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % n;
}

/** One entry in one edition. */
struct row {
    bool is_there;
    char tail[8];
    char previous[8];
    char hex[8];
    char msn[8];
    const char *model;
};

struct world {
    size_t n_editions;
    int64_t days[MAX_EDITIONS]; /* rising */
    struct row rows[MAX_EDITIONS][MAX_ENTRIES];
};

static void pick_text(char out[8], const char *prefix, unsigned n)
{
    const unsigned k = pick(n + 2);
    out[0] = '\0';
    if (k < n)
        (void)snprintf(out, 8, "%s%u", prefix, k % 10);
}

static void make_world(struct world *w)
{
    static const char *const models[] = {"A310", "A310-304", "B727", ""};
    *w = (struct world){.n_editions = 1 + pick(MAX_EDITIONS)};
    int64_t day = 0;
    for (size_t e = 0; e < w->n_editions; e++) {
        w->days[e] = day;
        day += 1 + pick(3);
        for (size_t i = 0; i < MAX_ENTRIES; i++) {
            struct row *const row = &w->rows[e][i];
            if (e > 0 && pick(3) > 0) {
                *row = w->rows[e - 1][i];
                continue;
            }
            row->is_there = pick(3) > 0;
            pick_text(row->tail, "T", 4);
            pick_text(row->previous, "T", 4);
            pick_text(row->hex, "f1003", 4);
            pick_text(row->msn, "", 4);
            row->model = models[pick(4)];
        }
    }
}

static void append(struct ovf_buffer *out, const char *key, const char *value)
{
    if (value[0] != '\0')
        assert_int_equal(ovf_buffer_printf(out, "%s %s\n", key, value), OVF_OK);
}

static struct ovf_listings *build(const struct world *w)
{
    struct ovf_listings *listings = NULL;
    struct ovf_error err = {""};
    assert_int_equal(ovf_listings_new(&listings), OVF_OK);
    for (size_t k = w->n_editions; k-- > 0;) { /* the order of adding says nothing */
        struct ovf_list_edition edition = {.list = "a", .date_ns = w->days[k] * OVF_NS_PER_DAY};
        size_t index;
        assert_int_equal(ovf_listings_add_edition(listings, &edition, &index), OVF_OK);
        for (size_t i = 0; i < MAX_ENTRIES; i++) {
            const struct row *const row = &w->rows[k][i];
            struct ovf_buffer text = {0};
            size_t version;
            if (!row->is_there)
                continue;
            assert_int_equal(ovf_buffer_printf(&text, "id %zu\nkind aircraft\nname N\n", i),
                             OVF_OK);
            append(&text, "registration", row->tail);
            append(&text, "previous_registration", row->previous);
            append(&text, "icao24", row->hex);
            append(&text, "msn", row->msn);
            append(&text, "model", row->model);
            assert_int_equal(
                ovf_listings_add_listing(listings, "a", ovf_buffer_bytes(&text), &version), OVF_OK);
            assert_int_equal(ovf_listings_add_presence(listings, index, version), OVF_OK);
            ovf_buffer_deinit(&text);
        }
    }
    assert_int_equal(ovf_listings_seal(listings, &err), OVF_OK);
    return listings;
}

/* ---- the twin ---- */

static enum ovf_listing_state state_plainly(const struct world *w, size_t entry, int64_t day)
{
    bool has_last = false;
    bool has_next = false;
    bool last = false;
    bool next = false;
    for (size_t e = 0; e < w->n_editions; e++) {
        if (w->days[e] <= day) {
            has_last = true;
            last = w->rows[e][entry].is_there;
            if (w->days[e] == day)
                return last ? OVF_LISTING_IN_FORCE : OVF_LISTING_NOT_IN_FORCE;
        } else if (!has_next) {
            has_next = true;
            next = w->rows[e][entry].is_there;
        }
    }
    if (!has_last || (has_next && last != next))
        return OVF_LISTING_UNKNOWN;
    return last ? OVF_LISTING_IN_FORCE : OVF_LISTING_NOT_IN_FORCE;
}

/** The strongest match of the query with any text that the entry ever had. */
static enum ovf_listing_match match_plainly(const struct world *w, size_t entry,
                                            const struct ovf_listing_query *q, const char *hex,
                                            bool at_date)
{
    enum ovf_listing_match best = OVF_LISTING_MATCH_N;
    for (size_t e = 0; e < w->n_editions; e++) {
        const struct row *const row = &w->rows[e][entry];
        enum ovf_listing_match m = OVF_LISTING_MATCH_N;
        if (!row->is_there)
            continue;
        if (strcmp(row->hex, hex) == 0)
            m = OVF_LISTING_HEX_EXACT;
        else if (strcmp(row->msn, q->msn) == 0 &&
                 ovf_model_same_family(ovf_bytes_from_text(row->model),
                                       ovf_bytes_from_text(q->model)))
            m = OVF_LISTING_MSN_EXACT;
        else if (strcmp(row->tail, q->registration) == 0)
            m = at_date ? OVF_LISTING_TAIL_EXACT_AT_DATE : OVF_LISTING_TAIL_EXACT_OTHER_DATE;
        else if (strcmp(row->previous, q->registration) == 0)
            m = OVF_LISTING_PREVIOUS_TAIL;
        best = m < best ? m : best;
    }
    return best;
}

static bool ever_there(const struct world *w, size_t entry)
{
    for (size_t e = 0; e < w->n_editions; e++) {
        if (w->rows[e][entry].is_there)
            return true;
    }
    return false;
}

/* ---- */

static void compare(const struct world *w, const struct ovf_listings *listings)
{
    struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS];
    const bool at_date = pick(2) > 0;
    char hex[8];
    char tail[8];
    char msn[8];
    (void)snprintf(hex, sizeof hex, "f1003%u", pick(5));
    (void)snprintf(tail, sizeof tail, "T%u", pick(5));
    (void)snprintf(msn, sizeof msn, "%u", pick(5));
    const struct ovf_listing_query q = {.address = (uint32_t)strtoul(hex, NULL, 16),
                                        .has_address = true,
                                        .registration = tail,
                                        .has_registration_date = at_date,
                                        .msn = msn,
                                        .model = pick(2) > 0 ? "A310" : "B722",
                                        .flight_ns = pick(DAYS) * OVF_NS_PER_DAY,
                                        .now_ns = pick(DAYS) * OVF_NS_PER_DAY};
    const size_t n = ovf_listings_match(listings, &q, hits);
    enum ovf_listing_match last = OVF_LISTING_HEX_EXACT;
    enum ovf_listing_match own[MAX_ENTRIES];
    for (size_t i = 0; i < MAX_ENTRIES; i++)
        own[i] = match_plainly(w, i, &q, hex, at_date);
    for (size_t i = 0; i < n; i++) {
        const size_t entry = hits[i].listed->id.data[0] - (size_t)'0';
        assert_true(hits[i].match >= last);
        last = hits[i].match;
        assert_int_equal(hits[i].on_flight_date.state,
                         state_plainly(w, entry, q.flight_ns / OVF_NS_PER_DAY));
        assert_int_equal(hits[i].now.state, state_plainly(w, entry, q.now_ns / OVF_NS_PER_DAY));
        if (hits[i].via == NULL)
            assert_int_equal(hits[i].match, own[entry]);
        else /* led to by another: weaker or nothing by itself */
            assert_true(own[entry] > OVF_LISTING_TAIL_EXACT_AT_DATE);
        own[entry] = OVF_LISTING_MATCH_N;
    }
    for (size_t i = 0; i < MAX_ENTRIES; i++)
        assert_int_equal(own[i], OVF_LISTING_MATCH_N); /* none was left out */
}

static void the_index_and_a_look_at_everything_agree(void **state)
{
    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int round = 0; round < ROUNDS; round++) {
        struct world w;
        make_world(&w);
        struct ovf_listings *const listings = build(&w);
        for (size_t i = 0; i < MAX_ENTRIES; i++) {
            const char id[2] = {(char)('0' + i), '\0'};
            const struct ovf_listed *const listed =
                ovf_listings_find(listings, "a", ovf_bytes_from_text(id));
            assert_int_equal(listed != NULL, ever_there(&w, i));
            for (int64_t day = -1; listed != NULL && day < DAYS; day++)
                assert_int_equal(
                    ovf_listings_state(listings, listed, day * OVF_NS_PER_DAY + 1).state,
                    state_plainly(&w, i, day));
        }
        for (int k = 0; k < 10; k++)
            compare(&w, listings);
        ovf_listings_free(listings);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_index_and_a_look_at_everything_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
