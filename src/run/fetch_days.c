/* SPDX-License-Identifier: Apache-2.0 */
/* Days of adsb.lol. Which release a day has says the year's repository, which files it has and how long
 * they are says GitHub; files are asked for under addresses made here, never under those that a list has. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "run/fetch_release.h"
#include "source/file.h"
#include "source/folder.h"

enum { MAX_LABEL_BYTES = 1 << 20 };

struct days {
    struct ovf_fetch fetch;
    struct ovf_fetch_lists lists;
    bool has_any;
};

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

static enum ovf_status fetch_parts(struct days *days, const struct ovf_fetch_candidate *candidate,
                                   int64_t day_ns, struct ovf_error *err)
{
    const struct ovf_release *const release = &candidate->release;
    for (size_t i = 0; i < release->n_parts; i++) {
        const struct ovf_release_part *const part = &release->parts[i];
        char path[OVF_FETCH_PATH_SIZE];
        char url[OVF_FETCH_URL_SIZE];
        const struct ovf_http_file file = {
            .path = path,
            .size_bytes = part->size_bytes,
            .digest = part->has_digest ? &part->digest : NULL,
        };
        enum ovf_status st = name_path(days, part->name, "", path, err);
        ovf_fetch_part_url(&days->fetch, candidate, part->name, url);
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
                         ovf_file_read(path, MAX_LABEL_BYTES, &label, NULL) == OVF_OK &&
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

static enum ovf_fetch_outcome say_done_before(struct days *days, int64_t day_ns,
                                              const struct ovf_release *release, const char *path,
                                              struct ovf_error *err)
{
    days->has_any = true;
    enum ovf_status st = delete_parts(days, release, err);
    if (st == OVF_OK)
        st = say_status(days, "scanned_before", day_ns, release->tag, path);
    return st == OVF_OK ? OVF_FETCH_DONE : OVF_FETCH_FAILED;
}

static enum ovf_fetch_outcome fetch_day(struct days *days, int64_t day_ns, struct ovf_error *err)
{
    struct ovf_fetch_candidates candidates;
    if (ovf_fetch_candidates_find(&days->fetch, &days->lists, day_ns, &candidates, err) != OVF_OK)
        return OVF_FETCH_FAILED;
    for (size_t i = 0; i < candidates.n; i++) {
        struct ovf_fetch_candidate *const candidate = &candidates.items[i];
        char path[OVF_FETCH_PATH_SIZE];
        enum ovf_status st = OVF_OK;
        if (is_done_before(days, &candidate->release, path))
            return say_done_before(days, day_ns, &candidate->release, path, err);
        if (!is_whole(days, &candidate->release))
            st = ovf_fetch_candidate_list(&days->fetch, candidate, err);
        if (st == OVF_E_NOTFOUND)
            continue;
        if (st == OVF_OK)
            st = fetch_parts(days, candidate, day_ns, err);
        if (st != OVF_OK)
            return OVF_FETCH_FAILED;
        days->has_any = true;
        return hand_over(days, &candidate->release, err);
    }
    return say_absent(days, day_ns, candidates.mlat_tag[0] != '\0' ? candidates.mlat_tag : NULL);
}

enum ovf_fetch_outcome ovf_fetch_days(const struct ovf_fetch_request *request,
                                      const struct ovf_sink *out, const struct ovf_sink *talk,
                                      struct ovf_error *err)
{
    struct days days = {.has_any = false};
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
    ovf_fetch_lists_deinit(&days.lists);
    return ovf_fetch_close(&days.fetch, outcome);
}
