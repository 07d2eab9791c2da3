/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/feed_clocks.h"

#include <stdlib.h>

#include "base/time.h"

/* So many positions are remembered: those of the last seconds, at some thousand a second. */
enum { N_PLACES = 1 << 13 };

/* SBS lines have five decimals: so positions are compared, a metre. */
enum { UNIT_E7 = 100 };

enum { IN_A_ROW = 20 };
static const int64_t worth_a_word_ns = OVF_NS_PER_S;
/* Times of messages are exact to less, those of polled lists to a tenth of a second. */
static const int64_t same_ns = OVF_NS_PER_S / 4;
/* A clock that was never set is in 1970; what is further off is no clock, and differences of differences stay in
 * range. */
static const int64_t most_ns = INT64_MAX / 4;

struct place {
    uint32_t address;
    int32_t lat;
    int32_t lon;
    uint32_t feed;
    int64_t t_ns; /* 0: nothing is remembered */
};

struct pair {
    int64_t ahead_ns; /* the feed with the higher number, in the first of the row */
    unsigned n;
    bool is_told;
};

struct ovf_feed_clocks {
    size_t n_feeds;
    struct pair *pairs; /* lower * n_feeds + higher */
    struct place places[N_PLACES];
};

enum ovf_status ovf_feed_clocks_new(size_t n_feeds, struct ovf_feed_clocks **out)
{
    struct ovf_feed_clocks *const clocks = calloc(1, sizeof *clocks);
    if (clocks == NULL)
        return OVF_E_NOMEM;
    clocks->n_feeds = n_feeds;
    clocks->pairs = calloc(n_feeds * n_feeds, sizeof *clocks->pairs);
    if (clocks->pairs == NULL) {
        free(clocks);
        return OVF_E_NOMEM;
    }
    *out = clocks;
    return OVF_OK;
}

void ovf_feed_clocks_free(struct ovf_feed_clocks *clocks)
{
    if (clocks == NULL)
        return;
    free(clocks->pairs);
    free(clocks);
}

static int32_t rounded(int32_t at_e7)
{
    return (int32_t)(ovf_time_floor((int64_t)at_e7 + UNIT_E7 / 2, UNIT_E7) / UNIT_E7);
}

static size_t number_of(const struct place *place)
{
    const uint32_t mixed = (place->address * UINT32_C(31) + (uint32_t)place->lat) * UINT32_C(31) +
                           (uint32_t)place->lon;
    return mixed * UINT32_C(2654435769) >> 19; /* 2^32 / golden ratio; 13 bits */
}

/** The next difference of two feeds. \return whether it is to be told */
static bool note_difference(struct pair *pair, int64_t ahead_ns)
{
    const int64_t off_ns = ahead_ns - pair->ahead_ns;
    if (pair->n == 0 || off_ns > same_ns || off_ns < -same_ns)
        *pair = (struct pair){.ahead_ns = ahead_ns, .is_told = pair->is_told};
    pair->n++;
    if (pair->is_told || pair->n < IN_A_ROW ||
        (pair->ahead_ns < worth_a_word_ns && pair->ahead_ns > -worth_a_word_ns))
        return false;
    pair->is_told = true;
    return true;
}

bool ovf_feed_clocks_note(struct ovf_feed_clocks *clocks, uint32_t feed, uint32_t address,
                          const struct ovf_fix *fix, uint32_t *other, int64_t *ahead_ns)
{
    const struct place now = {address, rounded(fix->at.lat_e7), rounded(fix->at.lon_e7), feed,
                              fix->t_ns};
    struct place *const place = &clocks->places[number_of(&now)];
    const struct place before = *place;
    const bool is_same = before.t_ns != 0 && before.address == address && before.lat == now.lat &&
                         before.lon == now.lon;
    if ((fix->flags & OVF_FIX_ON_GROUND) != 0 || (is_same && before.feed == feed))
        return false; /* who stands still is at one place at any time */
    *place = now;
    /* halves: times at both ends of what is read are further apart than int64_t holds */
    if (!is_same || now.t_ns / 2 - before.t_ns / 2 > most_ns / 2 ||
        before.t_ns / 2 - now.t_ns / 2 > most_ns / 2)
        return false;
    const bool is_lower = feed < before.feed;
    struct pair *const pair = &clocks->pairs[is_lower ? feed * clocks->n_feeds + before.feed
                                                      : before.feed * clocks->n_feeds + feed];
    const int64_t difference_ns = now.t_ns - before.t_ns;
    *other = before.feed;
    *ahead_ns = difference_ns;
    return note_difference(pair, is_lower ? -difference_ns : difference_ns);
}
