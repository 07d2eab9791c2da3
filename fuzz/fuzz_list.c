/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a list, in the format that they look like and as each of the others: refused, or read with
 * counts that add up, every listing good, and a history that can be made of it and asked. */

#include "fuzz.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "lists/listing_file.h"
#include "lists/listings.h"

static void check_listing(struct ovf_listing listing)
{
    struct ovf_bytes rest = listing.text;
    struct ovf_bytes value;
    enum ovf_listing_key key;
    enum ovf_listing_key last = OVF_LISTING_ID;
    while (ovf_listing_next(&rest, &key, &value)) {
        if (key < last || value.len == 0 || !ovf_utf8_is_harmless(value))
            abort();
        last = key;
    }
    if (rest.len > 0 || ovf_listing_value(listing, OVF_LISTING_ID, 0).len == 0 ||
        ovf_listing_value(listing, OVF_LISTING_NAME, 0).len == 0)
        abort();
}

/** Every entry is found again, and stands in the only edition there is. */
static void check_history(const struct ovf_listing_set *set)
{
    const struct ovf_list_edition edition = {.list = "fuzz"};
    struct ovf_listings *listings = NULL;
    struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS];
    const struct ovf_listed *other[4];
    if (ovf_listings_new(&listings) != OVF_OK ||
        ovf_listings_add_set(listings, &edition, set) != OVF_OK ||
        ovf_listings_seal(listings, NULL) != OVF_OK)
        abort();
    for (size_t i = 0; i < set->n; i++) {
        const struct ovf_bytes id =
            ovf_listing_value(ovf_listing_set_at(set, i), OVF_LISTING_ID, 0);
        const struct ovf_listed *const listed = ovf_listings_find(listings, "fuzz", id);
        if (listed == NULL || listed->n_in_force != 1 ||
            ovf_listings_state(listings, listed, 0).as_of == NULL)
            abort();
        (void)ovf_listings_same_airframe(listings, listed, other, 4);
    }
    const struct ovf_listing_query query = {.registration = "XX-A", .msn = "1", .model = "A320"};
    (void)ovf_listings_match(listings, &query, hits);
    ovf_listings_free(listings);
}

static void read_as(struct ovf_bytes text, enum ovf_list_format format)
{
    struct ovf_listing_set set = {0};
    struct ovf_listing_report r;
    struct ovf_error err = {0};
    if (ovf_listing_file_read(text, text, format, &set, &r, &err) == OVF_OK) {
        if (r.rows.n_used != set.n || r.n_aircraft + r.n_entities != set.n || r.n_cut > set.n ||
            r.rows.n_read != r.rows.n_used + r.rows.n_repeated + ovf_tally_rejected(&r.rows))
            abort();
        for (size_t i = 0; i < set.n; i++)
            check_listing(ovf_listing_set_at(&set, i));
        check_history(&set);
    } else if (set.n != 0 || set.text.len != 0) {
        abort();
    }
    ovf_listing_set_deinit(&set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int format = 0; format <= OVF_LIST_FORMAT_N; format++)
        read_as((struct ovf_bytes){data, size}, (enum ovf_list_format)format);
    return 0;
}
