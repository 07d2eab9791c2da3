/* SPDX-License-Identifier: Apache-2.0 */
/* Writing what is simulated. The same scenario and seed give the same bytes. */
#include "run/simulate_files.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/number.h"
#include "base/time.h"
#include "case/yaml.h"
#include "question/pack_file.h"
#include "run/simulate_serve.h"
#include "run/simulate_world.h"
#include "run/trace_tar.h"
#include "simulate/receiver.h"
#include "simulate/simulate.h"
#include "simulate/write.h"
#include "source/file.h"
#include "source/folder.h"
#include "source/loopback.h"

enum { PATH_BYTES = 4096, NAME_BYTES = 96 };

enum write_kind { WRITE_TRACE, WRITE_TAR, WRITE_CSV, WRITE_BEAST, WRITE_SBS, N_WRITE };

struct writer {
    enum write_kind kind;
    const char *folder; /* NULL: it is served */
    const char *place;  /* where it is served */
    double rate;
    struct ovf_error *err;
    FILE *truth;
    FILE *csv;
    struct ovf_trace_tar *tar;
    struct ovf_hearing hearing; /* of all aircraft */
    struct ovf_served served;
    int64_t start_ns;             /* of the frames */
    struct ovf_buffer text;       /* of one member */
    struct ovf_buffer compressed; /* likewise */
    char made[NAME_BYTES];        /* the folder of traces made last */
    uint64_t n_members;
};

static enum ovf_status fail_file(struct writer *w, const char *name)
{
    return ovf_error_set(w->err, OVF_E_IO, "%s/%s: %s", w->folder, name, strerror(errno));
}

static FILE *open_file(struct writer *w, const char *name, enum ovf_status *st)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/%s", w->folder, name);
    FILE *const file = fopen(path, "wb");
    *st = file != NULL ? OVF_OK : fail_file(w, name);
    return file;
}

static enum ovf_status write_file(struct writer *w, const char *name)
{
    const char *const slash = strrchr(name, '/');
    const size_t len = (size_t)(slash - name) + 1;
    if (strlen(w->made) != len || memcmp(w->made, name, len) != 0) {
        char path[PATH_BYTES];
        memcpy(w->made, name, len);
        w->made[len] = '\0';
        (void)snprintf(path, sizeof path, "%s/%s", w->folder, w->made);
        const enum ovf_status st = ovf_folders_make(path, w->err);
        if (st != OVF_OK)
            return st;
    }
    enum ovf_status st;
    FILE *const file = open_file(w, name, &st);
    if (file == NULL)
        return st;
    const bool whole = fwrite(w->compressed.data, 1, w->compressed.len, file) == w->compressed.len;
    if (fclose(file) != 0 || !whole)
        return fail_file(w, name);
    return OVF_OK;
}

/** What a receiver heard goes into one file, in order of time, at the end. */
static enum ovf_status hear(struct writer *w, const struct ovf_timetable *timetable,
                            const struct ovf_sim_row *rows, size_t n)
{
    const enum ovf_status st = w->kind == WRITE_BEAST
                                   ? ovf_hearing_add_frames(&w->hearing, timetable, rows, n)
                                   : ovf_hearing_add_lines(&w->hearing, timetable, rows, n);
    return st == OVF_OK ? st : ovf_error_set(w->err, st, "out of memory for what was heard");
}

static enum ovf_status write_stream(void *context, const void *data, size_t len)
{
    return fwrite(data, 1, len, context) == len ? OVF_OK : OVF_E_IO;
}

static enum ovf_status write_hearing(struct writer *w)
{
    if (w->folder == NULL)
        return ovf_served_make(&w->hearing, w->kind == WRITE_BEAST ? &w->start_ns : NULL,
                               &w->served);
    const char *const name = w->kind == WRITE_BEAST ? "frames.beast" : "lines.sbs";
    enum ovf_status st;
    FILE *const file = open_file(w, name, &st);
    if (file == NULL)
        return st;
    const struct ovf_sink sink = {write_stream, file};
    st = w->kind == WRITE_BEAST ? ovf_hearing_write_beast(&w->hearing, &sink, &w->start_ns)
                                : ovf_hearing_write_lines(&w->hearing, &sink);
    if (fclose(file) != 0 || st != OVF_OK)
        return fail_file(w, name);
    return OVF_OK;
}

static enum ovf_status take_day(void *context, const struct ovf_timetable *timetable,
                                uint32_t icao24, int64_t day_ns, const struct ovf_sim_row *rows,
                                size_t n)
{
    struct writer *const w = context;
    char day[OVF_TIME_SIZE];
    char name[NAME_BYTES];
    w->text.len = 0;
    w->n_members++;
    if (w->kind == WRITE_BEAST || w->kind == WRITE_SBS)
        return hear(w, timetable, rows, n);
    enum ovf_status st = w->kind == WRITE_CSV ? ovf_write_csv(timetable, rows, n, &w->text)
                                              : ovf_write_trace(timetable, rows, n, &w->text);
    if (st != OVF_OK)
        return ovf_error_set(w->err, st, "out of memory for a trace");
    if (w->kind == WRITE_CSV)
        return fwrite(w->text.data, 1, w->text.len, w->csv) == w->text.len
                   ? OVF_OK
                   : fail_file(w, "fixes.csv");
    st = ovf_trace_gzip(ovf_buffer_bytes(&w->text), &w->compressed, w->err);
    if (st != OVF_OK)
        return st;
    ovf_time_format(day_ns, 0, day);
    (void)snprintf(name, sizeof name, "%.4s/%.2s/%.2s/traces/%02x/trace_full_%06" PRIx32 ".json",
                   day, day + 5, day + 8, (unsigned)(icao24 & 0xFF), icao24);
    return w->kind == WRITE_TAR
               ? ovf_trace_tar_add(w->tar, name, day_ns, ovf_buffer_bytes(&w->compressed), w->err)
               : write_file(w, name);
}

static enum ovf_status take_truth(void *context, struct ovf_bytes lines)
{
    struct writer *const w = context;
    return fwrite(lines.data, 1, lines.len, w->truth) == lines.len ? OVF_OK
                                                                   : fail_file(w, "truth.ndjson");
}

static enum ovf_status open_tar(struct writer *w)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/traces.tar", w->folder);
    return ovf_trace_tar_open(path, &w->tar, w->err);
}

static enum ovf_status open_csv(struct writer *w)
{
    enum ovf_status st;
    w->csv = open_file(w, "fixes.csv", &st);
    if (w->csv == NULL)
        return st;
    st = ovf_write_csv_header(&w->text);
    if (st == OVF_OK && fwrite(w->text.data, 1, w->text.len, w->csv) != w->text.len)
        st = fail_file(w, "fixes.csv");
    return st;
}

static enum ovf_status make_folder(struct writer *w)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/", w->folder);
    return ovf_folders_make(path, w->err);
}

static enum ovf_status open_writer(struct writer *w)
{
    if (w->folder == NULL)
        return OVF_OK;
    enum ovf_status st = make_folder(w);
    if (st != OVF_OK)
        return st;
    w->truth = open_file(w, "truth.ndjson", &st);
    if (st == OVF_OK && w->kind == WRITE_TAR)
        st = open_tar(w);
    if (st == OVF_OK && w->kind == WRITE_CSV)
        st = open_csv(w);
    return st;
}

/** Close what is open; the last bytes may fail. */
static enum ovf_status close_writer(struct writer *w, enum ovf_status st)
{
    if (st == OVF_OK && (w->kind == WRITE_BEAST || w->kind == WRITE_SBS))
        st = write_hearing(w);
    if (w->truth != NULL && fclose(w->truth) != 0 && st == OVF_OK)
        st = fail_file(w, "truth.ndjson");
    if (w->csv != NULL && fclose(w->csv) != 0 && st == OVF_OK)
        st = fail_file(w, "fixes.csv");
    const enum ovf_status closed = ovf_trace_tar_close(w->tar, st == OVF_OK ? w->err : NULL);
    if (st == OVF_OK)
        st = closed;
    ovf_buffer_deinit(&w->text);
    ovf_buffer_deinit(&w->compressed);
    ovf_hearing_deinit(&w->hearing);
    return st;
}

/** A folder with something in it: what stands there already would be mixed with what is written. */
static bool folder_is_used(const char *path)
{
    bool used = false;
    DIR *const dir = opendir(path);
    if (dir == NULL)
        return false;
    while (!used) {
        /* cppcheck-suppress readdirCalled ; safe: the stream is this call's own */
        const struct dirent *entry = readdir(dir);
        if (entry == NULL)
            break;
        used = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(dir);
    return used;
}

static bool read_kind(const char *wanted, struct writer *w, struct ovf_error *err)
{
    static const char *const kinds[N_WRITE] = {"trace", "tar", "csv", "beast", "sbs"};
    size_t kind = 0;
    while (wanted != NULL && kind < N_WRITE && strcmp(kinds[kind], wanted) != 0)
        kind++;
    if (kind == N_WRITE) {
        (void)ovf_error_set(err, OVF_E_RANGE, "--write %s: trace, tar, csv, beast or sbs is due",
                            wanted);
        return false;
    }
    w->kind = (enum write_kind)kind;
    return true;
}

/** Where it is served, and how fast. */
static bool read_serving(const struct ovf_simulate_request *request, struct writer *w,
                         struct ovf_error *err)
{
    static const double fastest = 1e6;
    static const char beast[] = "beast://";
    static const char sbs[] = "sbs://";
    union ovf_loopback address;
    w->kind = strncmp(request->serve, beast, strlen(beast)) == 0 ? WRITE_BEAST : WRITE_SBS;
    if (w->kind == WRITE_SBS && strncmp(request->serve, sbs, strlen(sbs)) != 0) {
        (void)ovf_error_set(err, OVF_E_RANGE, "--serve %s: beast://HOST:PORT or sbs:// is due",
                            request->serve);
        return false;
    }
    w->place = strstr(request->serve, "://") + strlen("://");
    if (!ovf_loopback_parse(w->place, &address)) {
        (void)ovf_error_set(err, OVF_E_RANGE, "--serve %s: HOST:PORT of this machine alone is due",
                            request->serve);
        return false;
    }
    w->rate = 1.0;
    if (request->rate == NULL ||
        (ovf_number_parse_double(ovf_bytes_from_text(request->rate), &w->rate) && w->rate >= 0.0 &&
         w->rate <= fastest))
        return true;
    (void)ovf_error_set(err, OVF_E_RANGE, "--rate %s: a number from 0 to %.0f is due",
                        request->rate, fastest);
    return false;
}

static bool read_options(const struct ovf_simulate_request *request, struct writer *w,
                         int64_t *seed, struct ovf_error *err)
{
    if (!(request->serve != NULL ? read_serving(request, w, err)
                                 : read_kind(request->write, w, err)))
        return false;
    if (request->seed != NULL &&
        (!ovf_number_parse_int(ovf_bytes_from_text(request->seed), seed) || *seed < 0)) {
        (void)ovf_error_set(err, OVF_E_RANGE, "--seed %s: a whole number from 0 is due",
                            request->seed);
        return false;
    }
    if (request->folder == NULL)
        return true;
    if (strlen(request->folder) > PATH_BYTES - 2 * NAME_BYTES) {
        (void)ovf_error_set(err, OVF_E_RANGE, "the path of the folder is too long");
        return false;
    }
    if (folder_is_used(request->folder)) {
        (void)ovf_error_set(err, OVF_E_RANGE, "%s is not empty", request->folder);
        return false;
    }
    return true;
}

static void tell(const struct ovf_sink *talk, const struct ovf_simulation_counts *counts,
                 const struct writer *w)
{
    struct ovf_buffer text = {0};
    enum ovf_status st = ovf_buffer_printf(&text,
                                           "simulated: %" PRIu64 " flights of %" PRIu64
                                           " aircraft, %" PRIu64 " fixes%s%" PRIu64 "%s in %s\n",
                                           counts->n_flights_heard, counts->n_aircraft,
                                           counts->n_rows, ", ", w->n_members, " days of aircraft",
                                           w->folder != NULL ? w->folder : "memory");
    if (st == OVF_OK && w->folder != NULL)
        st = ovf_buffer_printf(
            &text, "truth: %" PRIu64 " passages on the fixes, %" PRIu64 " on the paths as flown\n",
            counts->n_truth_fixes, counts->n_truth_path);
    if (st == OVF_OK && counts->n_flights > counts->n_flights_heard)
        st = ovf_buffer_printf(&text, "%" PRIu64 " flights were heard by nobody\n",
                               counts->n_flights - counts->n_flights_heard);
    if (st == OVF_OK && counts->n_without_aircraft > 0)
        st = ovf_buffer_printf(&text, "%" PRIu64 " departures had no aircraft and were left out\n",
                               counts->n_without_aircraft);
    if (st == OVF_OK && counts->n_inconsistent > 0)
        st = ovf_buffer_printf(&text, "%" PRIu64 " flights: the truth does not fit its own end\n",
                               counts->n_inconsistent);
    if (st == OVF_OK && w->kind == WRITE_BEAST) {
        char start[OVF_TIME_SIZE];
        ovf_time_format(w->start_ns, 3, start);
        st = ovf_buffer_printf(&text, "the frames begin at: --start %s\n", start);
    }
    if (st == OVF_OK)
        st = ovf_sink_write(talk, text.data, text.len);
    (void)st; /* it is only talk */
    ovf_buffer_deinit(&text);
}

static enum ovf_simulate_outcome play(const struct ovf_simulate_request *request,
                                      const struct ovf_pack *pack, struct ovf_bytes yaml,
                                      struct writer *w, int64_t seed, const struct ovf_sink *talk)
{
    struct ovf_case_store store = {0};
    struct ovf_scenario scenario;
    struct ovf_airports airports;
    struct ovf_simulation_counts counts = {0};
    const struct ovf_simulation_sink sink = {take_day, w->folder != NULL ? take_truth : NULL, w};
    enum ovf_simulate_outcome outcome = OVF_SIMULATE_BAD_SCENARIO;
    enum ovf_status st = ovf_airports_view(pack->airports, &airports, w->err);
    if (st != OVF_OK)
        return OVF_SIMULATE_FAILED;
    st = ovf_scenario_read(yaml, &airports, &store, &scenario, w->err);
    if (st == OVF_OK) {
        outcome = OVF_SIMULATE_FAILED;
        st = open_writer(w);
        if (st == OVF_OK)
            st = ovf_simulate(&scenario, pack, &airports,
                              (uint64_t)(request->seed != NULL ? seed : scenario.seed), &sink,
                              &counts, w->err);
        if (st == OVF_E_FORMAT)
            outcome = OVF_SIMULATE_BAD_SCENARIO;
        st = close_writer(w, st);
        if (st == OVF_OK)
            tell(talk, &counts, w);
        if (st == OVF_OK && w->folder == NULL)
            st = ovf_simulate_serve(&w->served, w->place, w->rate, talk, w->err);
        ovf_served_deinit(&w->served);
    }
    if (st == OVF_E_NOMEM)
        outcome = OVF_SIMULATE_FAILED;
    if (outcome == OVF_SIMULATE_BAD_SCENARIO)
        ovf_error_prefix(w->err, request->scenario_path);
    ovf_case_store_deinit(&store);
    return st == OVF_OK ? OVF_SIMULATE_DONE : outcome;
}

/** The scale of a world day; 1 when none was given. */
static bool read_scale(const char *text, double *scale, struct ovf_error *err)
{
    *scale = 1.0;
    if (text == NULL || (ovf_number_parse_double(ovf_bytes_from_text(text), scale) &&
                         *scale > 0.0 && *scale <= OVF_WORLD_SCALE_MAX))
        return true;
    (void)ovf_error_set(err, OVF_E_RANGE, "--scale %s: a number above 0 and up to %.0f is due",
                        text, OVF_WORLD_SCALE_MAX);
    return false;
}

static void tell_world(const struct ovf_sink *talk, const struct ovf_world_counts *counts,
                       const char *folder)
{
    struct ovf_buffer text = {0};
    enum ovf_status st = ovf_buffer_printf(
        &text,
        "simulated: %" PRIu64 " traces, %" PRIu64 " fixes, %" PRIu64 " bytes, %" PRIu64
        " compressed, in %s/traces.tar\n",
        counts->n_traces, counts->n_fixes, counts->text_bytes, counts->compressed_bytes, folder);
    if (st == OVF_OK)
        st = ovf_sink_write(talk, text.data, text.len);
    (void)st; /* it is only talk */
    ovf_buffer_deinit(&text);
}

static enum ovf_simulate_outcome write_world(const struct ovf_simulate_request *request,
                                             const struct ovf_pack *pack, struct writer *w,
                                             int64_t seed, double scale,
                                             const struct ovf_sink *talk)
{
    char path[PATH_BYTES];
    struct ovf_airports airports;
    struct ovf_world_counts counts = {0};
    const struct ovf_world_request world = {
        .airports = &airports,
        .seed = (uint64_t)seed,
        .n_traces = ovf_world_day_traces(scale),
        .without_newlines = request->no_newlines,
    };
    (void)snprintf(path, sizeof path, "%s/traces.tar", w->folder);
    enum ovf_status st = ovf_airports_view(pack->airports, &airports, w->err);
    if (st == OVF_OK)
        st = make_folder(w);
    if (st == OVF_OK)
        st = ovf_simulate_world(&world, path, &counts, w->err);
    if (st != OVF_OK)
        return OVF_SIMULATE_FAILED;
    tell_world(talk, &counts, w->folder);
    return OVF_SIMULATE_DONE;
}

enum ovf_simulate_outcome ovf_simulate_world_day(const struct ovf_simulate_request *request,
                                                 const struct ovf_sink *talk, struct ovf_error *err)
{
    struct writer w = {.folder = request->folder, .err = err};
    struct ovf_pack_file pack = {0};
    int64_t seed = 1;
    double scale;
    enum ovf_simulate_outcome outcome = OVF_SIMULATE_FAILED;
    if (!read_scale(request->scale, &scale, err) || !read_options(request, &w, &seed, err))
        return OVF_SIMULATE_BAD_REQUEST;
    if (ovf_pack_file_open(request->pack_path, &pack, err) == OVF_OK)
        outcome = write_world(request, &pack.pack, &w, seed, scale, talk);
    ovf_pack_file_close(&pack);
    return outcome;
}

enum ovf_simulate_outcome ovf_simulate_files(const struct ovf_simulate_request *request,
                                             const struct ovf_sink *talk, struct ovf_error *err)
{
    struct writer w = {.folder = request->folder, .err = err};
    struct ovf_pack_file pack = {0};
    struct ovf_buffer yaml = {0};
    int64_t seed = 0;
    enum ovf_simulate_outcome outcome = OVF_SIMULATE_FAILED;
    if (!read_options(request, &w, &seed, err))
        return OVF_SIMULATE_BAD_REQUEST;
    const enum ovf_status st =
        ovf_file_read(request->scenario_path, OVF_YAML_MAX_BYTES, &yaml, err);
    if (st == OVF_E_NOTFOUND || st == OVF_E_FORMAT || st == OVF_E_LIMIT)
        outcome = OVF_SIMULATE_BAD_SCENARIO;
    else if (st == OVF_OK && ovf_pack_file_open(request->pack_path, &pack, err) == OVF_OK)
        outcome = play(request, &pack.pack, ovf_buffer_bytes(&yaml), &w, seed, talk);
    ovf_pack_file_close(&pack);
    ovf_buffer_deinit(&yaml);
    return outcome;
}
