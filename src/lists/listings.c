/* SPDX-License-Identifier: Apache-2.0 */
/* Adding editions and listings. Sealing is lists/listings_seal.c, asking lists/listings_match.c. */
#include "lists/listings.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "lists/listings_parts.h"

enum ovf_status ovf_listings_new(struct ovf_listings **out)
{
    struct ovf_listings *const listings = calloc(1, sizeof *listings);
    if (listings == NULL)
        return OVF_E_NOMEM;
    *out = listings;
    return OVF_OK;
}

void ovf_listings_free(struct ovf_listings *listings)
{
    if (listings == NULL)
        return;
    free(listings->lists);
    free(listings->editions);
    free(listings->edition_list);
    free(listings->versions);
    free(listings->presences);
    free(listings->operators);
    ovf_buffer_deinit(&listings->text);
    free(listings->entries);
    free(listings->runs);
    free(listings->in_force);
    free(listings->index);
    free(listings);
}

/** The list of that name, which is made when it is not there. */
static enum ovf_status find_list(struct ovf_listings *listings, const char *name, uint32_t *list)
{
    for (size_t i = 0; i < listings->n_lists; i++) {
        if (strcmp(listings->lists[i].name, name) == 0) {
            *list = (uint32_t)i;
            return OVF_OK;
        }
    }
    struct ovf_listing_list *grown = ovf_array_reserve(listings->lists, &listings->lists_capacity,
                                                       listings->n_lists + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    listings->lists = grown;
    struct ovf_listing_list *const added = &listings->lists[listings->n_lists];
    *added = (struct ovf_listing_list){0};
    (void)snprintf(added->name, sizeof added->name, "%s", name);
    *list = (uint32_t)listings->n_lists++;
    return OVF_OK;
}

enum ovf_status ovf_listings_add_edition(struct ovf_listings *listings,
                                         const struct ovf_list_edition *edition, size_t *index)
{
    uint32_t list = 0;
    const enum ovf_status st = find_list(listings, edition->list, &list);
    if (st != OVF_OK)
        return st;
    uint32_t *grown_list =
        ovf_array_reserve(listings->edition_list, &listings->edition_list_capacity,
                          listings->n_editions + 1, sizeof *grown_list);
    if (grown_list == NULL)
        return OVF_E_NOMEM;
    listings->edition_list = grown_list;
    struct ovf_list_edition *grown = ovf_array_reserve(
        listings->editions, &listings->editions_capacity, listings->n_editions + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    listings->editions = grown;
    listings->edition_list[listings->n_editions] = list;
    listings->editions[listings->n_editions] = *edition;
    listings->editions[listings->n_editions].date_ns = ovf_time_day(edition->date_ns);
    *index = listings->n_editions++;
    return OVF_OK;
}

enum ovf_status ovf_listings_add_listing(struct ovf_listings *listings, const char *list,
                                         struct ovf_bytes text, size_t *index)
{
    struct ovf_listing_version version = {.at = listings->text.len, .len = text.len};
    if (ovf_listing_value((struct ovf_listing){text}, OVF_LISTING_ID, 0).len == 0)
        return OVF_E_FORMAT;
    enum ovf_status st = find_list(listings, list, &version.list);
    if (st != OVF_OK)
        return st;
    struct ovf_listing_version *grown = ovf_array_reserve(
        listings->versions, &listings->versions_capacity, listings->n_versions + 1, sizeof *grown);
    if (grown == NULL || listings->n_versions == UINT32_MAX)
        return OVF_E_NOMEM;
    listings->versions = grown;
    st = ovf_buffer_append(&listings->text, text.data, text.len);
    if (st != OVF_OK)
        return st;
    listings->versions[listings->n_versions] = version;
    *index = listings->n_versions++;
    return OVF_OK;
}

enum ovf_status ovf_listings_add_presence(struct ovf_listings *listings, size_t edition,
                                          size_t listing)
{
    struct ovf_listing_presence *grown =
        ovf_array_reserve(listings->presences, &listings->presences_capacity,
                          listings->n_presences + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    listings->presences = grown;
    listings->presences[listings->n_presences++] =
        (struct ovf_listing_presence){(uint32_t)edition, (uint32_t)listing};
    return OVF_OK;
}

enum ovf_status ovf_listings_add_set(struct ovf_listings *listings,
                                     const struct ovf_list_edition *edition,
                                     const struct ovf_listing_set *set)
{
    size_t index = 0;
    enum ovf_status st = ovf_listings_add_edition(listings, edition, &index);
    for (size_t i = 0; i < set->n && st == OVF_OK; i++) {
        size_t listing = 0;
        st = ovf_listings_add_listing(listings, edition->list, ovf_listing_set_at(set, i).text,
                                      &listing);
        if (st == OVF_OK)
            st = ovf_listings_add_presence(listings, index, listing);
    }
    return st;
}

enum ovf_status ovf_listings_link_operator(struct ovf_listings *listings, const char *operator_icao,
                                           const char *list, const char *id, const char *source)
{
    struct ovf_listing_operator *grown =
        ovf_array_reserve(listings->operators, &listings->operators_capacity,
                          listings->n_operators + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    listings->operators = grown;
    struct ovf_listing_operator *const added = &listings->operators[listings->n_operators++];
    *added = (struct ovf_listing_operator){0};
    (void)snprintf(added->icao, sizeof added->icao, "%s", operator_icao);
    (void)snprintf(added->list, sizeof added->list, "%s", list);
    (void)snprintf(added->id, sizeof added->id, "%s", id);
    (void)snprintf(added->source, sizeof added->source, "%s", source);
    return OVF_OK;
}
