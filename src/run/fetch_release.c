/* SPDX-License-Identifier: Apache-2.0 */
/* Releases of a day. */
#include "run/fetch_release.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"

enum {
    MAX_LIST_BYTES = 4 << 20,    /* a year has 100 kB */
    MAX_LISTING_BYTES = 1 << 20, /* a release 5 kB */
};

void ovf_fetch_lists_deinit(struct ovf_fetch_lists *lists)
{
    ovf_buffer_deinit(&lists->of[0].text);
    ovf_buffer_deinit(&lists->of[1].text);
}

/** With --base one server has what GitHub has on three. */
static const char *server(const struct ovf_fetch *fetch, const char *github)
{
    return fetch->base[0] != '\0' ? fetch->base : github;
}

static enum ovf_status read_list(struct ovf_fetch *fetch, struct ovf_fetch_lists *lists,
                                 const char *year, struct ovf_bytes *text, struct ovf_error *err)
{
    const size_t i = (size_t)(year[3] - '0') % 2;
    char url[OVF_FETCH_URL_SIZE];
    if (strcmp(lists->of[i].year, year) != 0) {
        (void)snprintf(url, sizeof url, "%s/adsblol/globe_history_%s/main/PREFERRED_RELEASES.txt",
                       server(fetch, "https://raw.githubusercontent.com"), year);
        lists->of[i].text.len = 0;
        const enum ovf_status st =
            ovf_http_get(fetch->http, url, MAX_LIST_BYTES, &lists->of[i].text, err);
        if (st != OVF_OK && st != OVF_E_NOTFOUND) /* a year without a repository */
            return st;
        memcpy(lists->of[i].year, year, OVF_FETCH_YEAR_SIZE);
    }
    *text = ovf_buffer_bytes(&lists->of[i].text);
    return OVF_OK;
}

static void add(struct ovf_fetch_candidates *out, const struct ovf_release *release,
                const char *year)
{
    struct ovf_fetch_candidate *const candidate = &out->items[out->n++];
    candidate->release = *release;
    memcpy(candidate->year, year, OVF_FETCH_YEAR_SIZE);
}

/** What the list of \p year names for the day, if anything. */
static enum ovf_status add_named(struct ovf_fetch *fetch, struct ovf_fetch_lists *lists,
                                 int64_t day_ns, const char *year, struct ovf_fetch_candidates *out,
                                 struct ovf_error *err)
{
    struct ovf_bytes text = {NULL, 0};
    struct ovf_release release;
    enum ovf_status st = read_list(fetch, lists, year, &text, err);
    if (st == OVF_OK)
        st = ovf_release_prefer(text, day_ns, &release, err);
    if (st == OVF_E_NOTFOUND)
        return OVF_OK;
    if (st != OVF_OK)
        return st;
    if (ovf_release_is_mlat_only(&release))
        memcpy(out->mlat_tag, release.tag, sizeof out->mlat_tag);
    else
        add(out, &release, year);
    return OVF_OK;
}

static void add_guess(struct ovf_fetch_candidates *out, int64_t day_ns, const char *name,
                      const char *year)
{
    struct ovf_release release;
    ovf_release_of_server(day_ns, name, &release);
    add(out, &release, year);
}

enum ovf_status ovf_fetch_candidates_find(struct ovf_fetch *fetch, struct ovf_fetch_lists *lists,
                                          int64_t day_ns, struct ovf_fetch_candidates *out,
                                          struct ovf_error *err)
{
    char day[OVF_FETCH_DAY_SIZE];
    char years[2][OVF_FETCH_YEAR_SIZE];
    ovf_fetch_day_format(day_ns, day);
    (void)snprintf(years[0], sizeof years[0], "%.4s", day);
    ovf_fetch_day_format(day_ns + 31 * OVF_NS_PER_DAY, day);
    (void)snprintf(years[1], sizeof years[1], "%.4s", day);
    const size_t n_years = strcmp(years[0], years[1]) != 0 ? 2 : 1; /* in December */
    *out = (struct ovf_fetch_candidates){.n = 0};
    for (size_t i = 0; i < n_years && !fetch->request->mlat_only; i++) {
        const enum ovf_status st = add_named(fetch, lists, day_ns, years[i], out, err);
        if (st != OVF_OK)
            return st;
    }
    for (size_t i = 0; i < n_years && fetch->request->mlat_only; i++)
        add_guess(out, day_ns, OVF_RELEASE_MLAT_ONLY, years[i]);
    const bool is_guessed = out->n == 0 && out->mlat_tag[0] != '\0';
    for (size_t i = 0; i < n_years && is_guessed; i++) {
        add_guess(out, day_ns, "prod-0", years[i]);
        add_guess(out, day_ns, "staging-0", years[i]);
    }
    return OVF_OK;
}

enum ovf_status ovf_fetch_candidate_list(struct ovf_fetch *fetch,
                                         struct ovf_fetch_candidate *candidate,
                                         struct ovf_error *err)
{
    char url[OVF_FETCH_URL_SIZE];
    struct ovf_buffer json = {0};
    (void)snprintf(url, sizeof url, "%s/repos/adsblol/globe_history_%s/releases/tags/%s",
                   server(fetch, "https://api.github.com"), candidate->year,
                   candidate->release.tag);
    enum ovf_status st = ovf_http_get(fetch->http, url, MAX_LISTING_BYTES, &json, err);
    if (st == OVF_OK) {
        st = ovf_release_list(ovf_buffer_bytes(&json), &candidate->release, err);
        if (st != OVF_OK)
            ovf_error_prefix(err, url);
    }
    ovf_buffer_deinit(&json);
    return st;
}

void ovf_fetch_part_url(const struct ovf_fetch *fetch, const struct ovf_fetch_candidate *candidate,
                        const char *name, char url[OVF_FETCH_URL_SIZE])
{
    (void)snprintf(url, OVF_FETCH_URL_SIZE, "%s/adsblol/globe_history_%s/releases/download/%s/%s",
                   server(fetch, "https://github.com"), candidate->year, candidate->release.tag,
                   name);
}
