/* SPDX-License-Identifier: Apache-2.0 */
/* Days of adsb.lol. Which release a day has says the year's repository, which files it has and how long
 * they are says GitHub; files are asked for under addresses made here, never under those that a list has. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "lists/release.h"
#include "run/fetch_parts.h"
#include "source/file.h"
#include "source/folder.h"

enum {
    MAX_LIST_BYTES = 4 << 20,    /* a year has 100 kB */
    MAX_LISTING_BYTES = 1 << 20, /* a release 5 kB */
    ADDRESS_SIZE = 2048,
};

struct days {
    struct ovf_fetch fetch;
    char year[5];           /* that list is of; empty: none yet */
    struct ovf_buffer list; /* PREFERRED_RELEASES.txt; empty when there is none */
    bool has_any;
};

/** With --base one server has what GitHub has on three. */
static const char *server(const struct days *days, const char *github)
{
    return days->fetch.base[0] != '\0' ? days->fetch.base : github;
}

static enum ovf_status read_list(struct days *days, const char *year, struct ovf_error *err)
{
    char url[ADDRESS_SIZE];
    if (strcmp(days->year, year) == 0)
        return OVF_OK;
    (void)snprintf(url, sizeof url, "%s/adsblol/globe_history_%s/main/PREFERRED_RELEASES.txt",
                   server(days, "https://raw.githubusercontent.com"), year);
    days->list.len = 0;
    const enum ovf_status st =
        ovf_http_get(days->fetch.http, url, MAX_LIST_BYTES, &days->list, err);
    if (st != OVF_OK && st != OVF_E_NOTFOUND) /* a year without a repository */
        return st;
    memcpy(days->year, year, sizeof days->year);
    return OVF_OK;
}

/** The day's release, with the names of its files. */
static enum ovf_status choose(struct days *days, int64_t day_ns, struct ovf_release *release,
                              struct ovf_error *err)
{
    char day[OVF_FETCH_DAY_SIZE];
    char year[5];
    ovf_fetch_day_format(day_ns, day);
    memcpy(year, day, 4);
    year[4] = '\0';
    if (days->fetch.request->mlat_only) {
        memcpy(days->year, year, sizeof days->year);
        ovf_release_mlat_only(day_ns, release);
        return OVF_OK;
    }
    enum ovf_status st = read_list(days, year, err);
    if (st == OVF_OK)
        st = ovf_release_prefer(ovf_buffer_bytes(&days->list), day_ns, release, err);
    return st;
}

/** The release's files with their sizes. */
static enum ovf_status list_parts(struct days *days, struct ovf_release *release,
                                  struct ovf_error *err)
{
    char url[ADDRESS_SIZE];
    struct ovf_buffer json = {0};
    (void)snprintf(url, sizeof url, "%s/repos/adsblol/globe_history_%s/releases/tags/%s",
                   server(days, "https://api.github.com"), days->year, release->tag);
    enum ovf_status st = ovf_http_get(days->fetch.http, url, MAX_LISTING_BYTES, &json, err);
    if (st == OVF_OK) {
        st = ovf_release_list(ovf_buffer_bytes(&json), release, err);
        if (st != OVF_OK)
            ovf_error_prefix(err, url);
    }
    ovf_buffer_deinit(&json);
    return st;
}

static enum ovf_status name_path(const struct days *days, const char *name, const char *suffix,
                                 char path[OVF_FETCH_PATH_SIZE], struct ovf_error *err)
{
    const char *const folder = days->fetch.request->folder;
    const int len = folder != NULL
                        ? snprintf(path, OVF_FETCH_PATH_SIZE, "%s/%s%s", folder, name, suffix)
                        : snprintf(path, OVF_FETCH_PATH_SIZE, "%s%s", name, suffix);
    if (len < 0 || len >= OVF_FETCH_PATH_SIZE)
        return ovf_error_set(err, OVF_E_RANGE, "the folder's name is too long");
    return OVF_OK;
}

/** Whether nothing of \p release is left to fetch. */
static bool is_whole(const struct days *days, const struct ovf_release *release)
{
    char path[OVF_FETCH_PATH_SIZE];
    for (size_t i = 0; i < release->n_parts; i++) {
        if (name_path(days, release->parts[i].name, "", path, NULL) != OVF_OK ||
            !ovf_http_is_fetched(path))
            return false;
    }
    return true;
}

static enum ovf_status fetch_parts(struct days *days, const struct ovf_release *release,
                                   int64_t day_ns, struct ovf_error *err)
{
    for (size_t i = 0; i < release->n_parts; i++) {
        const struct ovf_release_part *const part = &release->parts[i];
        char path[OVF_FETCH_PATH_SIZE];
        char url[ADDRESS_SIZE];
        const struct ovf_http_file file = {
            .path = path,
            .size_bytes = part->size_bytes,
            .digest = part->has_digest ? &part->digest : NULL,
        };
        enum ovf_status st = name_path(days, part->name, "", path, err);
        (void)snprintf(url, sizeof url, "%s/adsblol/globe_history_%s/releases/download/%s/%s",
                       server(days, "https://github.com"), days->year, release->tag, part->name);
        if (st == OVF_OK)
            st = ovf_folders_make(path, err);
        if (st == OVF_OK)
            st = ovf_fetch_file(&days->fetch, url, &file, day_ns, err);
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

/** Whether an earlier run has done with this day what this one is to do, and deleted it: \p path says so. */
static bool is_done_before(const struct days *days, const struct ovf_release *release,
                           char path[OVF_FETCH_PATH_SIZE])
{
    struct ovf_buffer label = {0};
    const bool is_done = days->fetch.request->discard &&
                         name_path(days, release->tag, ".scanned", path, NULL) == OVF_OK &&
                         ovf_file_read(path, MAX_LISTING_BYTES, &label, NULL) == OVF_OK &&
                         ovf_bytes_equal_text(ovf_buffer_bytes(&label), days->fetch.request->label);
    ovf_buffer_deinit(&label);
    return is_done;
}

static enum ovf_status delete_parts(const struct days *days, const struct ovf_release *release,
                                    struct ovf_error *err)
{
    char path[OVF_FETCH_PATH_SIZE];
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; st == OVF_OK && i < release->n_parts; i++) {
        st = name_path(days, release->parts[i].name, "", path, err);
        if (st == OVF_OK && unlink(path) != 0 && errno != ENOENT)
            st = ovf_error_set(err, OVF_E_IO, "%s: %s", path, strerror(errno));
    }
    return st;
}

/** Note what was done, then delete the files: killed in between, nothing is done twice. */
static enum ovf_status discard(const struct days *days, const struct ovf_release *release,
                               struct ovf_error *err)
{
    char path[OVF_FETCH_PATH_SIZE];
    const enum ovf_status st = name_path(days, release->tag, ".scanned", path, err);
    if (st != OVF_OK)
        return st;
    FILE *const file = fopen(path, "wb");
    const bool is_written =
        file != NULL && fputs(days->fetch.request->label, file) != EOF && fflush(file) == 0;
    if ((file != NULL && fclose(file) != 0) || !is_written)
        return ovf_error_set(err, OVF_E_IO, "%s: %s", path, strerror(errno));
    return delete_parts(days, release, err);
}

/** Give the day to who wants to do something with it. */
static enum ovf_fetch_outcome hand_over(struct days *days, const struct ovf_release *release,
                                        struct ovf_error *err)
{
    const struct ovf_fetch_request *const request = days->fetch.request;
    char paths[OVF_RELEASE_MAX_PARTS][OVF_FETCH_PATH_SIZE];
    char *given[OVF_RELEASE_MAX_PARTS];
    if (request->day_done == NULL)
        return OVF_FETCH_DONE;
    for (size_t i = 0; i < release->n_parts; i++) {
        if (name_path(days, release->parts[i].name, "", paths[i], err) != OVF_OK)
            return OVF_FETCH_FAILED;
        given[i] = paths[i];
    }
    if (request->day_done(request->context, given, release->n_parts, err) != OVF_OK)
        return OVF_FETCH_STOPPED;
    if (request->discard && discard(days, release, err) != OVF_OK)
        return OVF_FETCH_FAILED;
    return OVF_FETCH_DONE;
}

static enum ovf_status say_status(struct days *days, const char *status, int64_t day_ns,
                                  const char *tag, const char *path)
{
    struct ovf_json_writer json = ovf_fetch_line(&days->fetch, status, day_ns);
    if (tag != NULL)
        ovf_json_text(&json, "release", tag);
    if (path != NULL)
        ovf_json_text(&json, "path", path);
    return ovf_fetch_line_end(&days->fetch, &json);
}

/** A day of which there is nothing, or nothing but what was not asked for. */
static enum ovf_fetch_outcome say_absent(struct days *days, int64_t day_ns, const char *tag)
{
    days->fetch.n_absent++;
    return say_status(days, tag != NULL ? "only_mlat_published" : "not_published", day_ns, tag,
                      NULL) == OVF_OK
               ? OVF_FETCH_DONE
               : OVF_FETCH_FAILED;
}

static enum ovf_fetch_outcome fetch_day(struct days *days, int64_t day_ns, struct ovf_error *err)
{
    struct ovf_release release = {.n_parts = 0};
    enum ovf_status st = choose(days, day_ns, &release, err);
    if (st == OVF_E_NOTFOUND)
        return say_absent(days, day_ns, NULL);
    if (st != OVF_OK)
        return OVF_FETCH_FAILED;
    if (ovf_release_is_mlat_only(&release) && !days->fetch.request->mlat_only)
        return say_absent(days, day_ns, release.tag);
    char path[OVF_FETCH_PATH_SIZE];
    if (is_done_before(days, &release, path)) {
        days->has_any = true;
        st = delete_parts(days, &release, err);
        if (st == OVF_OK)
            st = say_status(days, "scanned_before", day_ns, release.tag, path);
        return st == OVF_OK ? OVF_FETCH_DONE : OVF_FETCH_FAILED;
    }
    if (!is_whole(days, &release))
        st = list_parts(days, &release, err);
    if (st == OVF_E_NOTFOUND)
        return say_absent(days, day_ns, NULL);
    if (st == OVF_OK)
        st = fetch_parts(days, &release, day_ns, err);
    if (st != OVF_OK)
        return OVF_FETCH_FAILED;
    days->has_any = true;
    return hand_over(days, &release, err);
}

enum ovf_fetch_outcome ovf_fetch_days(const struct ovf_fetch_request *request,
                                      const struct ovf_sink *out, const struct ovf_sink *talk,
                                      struct ovf_error *err)
{
    struct days days = {.year = ""};
    enum ovf_fetch_outcome outcome = OVF_FETCH_DONE;
    const enum ovf_status st = ovf_fetch_open(request, out, talk, &days.fetch, err);
    if (st != OVF_OK)
        outcome = st == OVF_E_RANGE ? OVF_FETCH_BAD_REQUEST : OVF_FETCH_FAILED;
    struct ovf_fetch_span span = {0, 0};
    for (size_t i = 0; outcome == OVF_FETCH_DONE && i < request->n_items; i++) {
        if (ovf_fetch_span_parse(request->items[i], &span, err) != OVF_OK)
            outcome = OVF_FETCH_BAD_REQUEST;
    }
    for (size_t i = 0; outcome == OVF_FETCH_DONE && i < request->n_items; i++) {
        if (ovf_fetch_span_parse(request->items[i], &span, err) != OVF_OK)
            break;
        for (int64_t day_ns = span.first_ns; outcome == OVF_FETCH_DONE && day_ns <= span.last_ns;
             day_ns += OVF_NS_PER_DAY)
            outcome = fetch_day(&days, day_ns, err);
    }
    if (outcome == OVF_FETCH_DONE && !days.has_any)
        outcome = OVF_FETCH_NOTHING;
    ovf_buffer_deinit(&days.list);
    return ovf_fetch_close(&days.fetch, outcome);
}
