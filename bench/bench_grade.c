/* SPDX-License-Identifier: Apache-2.0 */
/* What grades and detectors take:
 *
 *   bench_grade FILE.tar ROUNDS
 *
 * Each round reads every trace of the tar and grades its track, as a scan does; only the grading is timed. A round is a
 * sample `grade`, by the fix; and a sample `others`: what the same scan asks of several aircraft together, the places
 * that positions jump to, altitudes that part alike, disturbed cells. Runs of where an aircraft was heard, by which
 * gaps are judged, too, are counted in full; a track is taken for one flight. */
#include "bench.h"

#include "base/buffer.h"
#include "listen/altitudes.h"
#include "listen/heard.h"
#include "listen/jumps.h"
#include "read/trace.h"
#include "run/altitudes.h"
#include "run/disturbed_cells.h"
#include "run/heard_spool.h"
#include "run/sinks.h"
#include "source/inflate.h"
#include "source/mapped.h"
#include "track/address.h"
#include "track/grade.h"

enum { ROUNDS_MAX = 99 };

static const char program[] = "bench_grade";

static void must(enum ovf_status st, const char *what)
{
    if (st != OVF_OK)
        bench_die(program, what);
}

/** The traces of one member after the other, each in the place of the last. */
struct reader {
    struct ovf_inflate *inflate;
    struct ovf_buffer text;
    struct ovf_trace trace;
    struct ovf_track track;
};

/** The seconds that the track of \p member takes; its fixes are added to \p n_fixes. */
static double grade(struct reader *r, const struct bench_member *member, size_t *n_fixes)
{
    const struct ovf_bytes stored = {member->data, member->len};
    enum ovf_reject reject;
    size_t n_suspect;
    must(ovf_inflate_all(r->inflate, stored, OVF_INFLATE_UNLIMITED, &r->text, &reject, NULL),
         "out of memory");
    must(ovf_trace_read(ovf_buffer_bytes(&r->text), 0, &r->trace, &reject, NULL), "out of memory");
    must(ovf_track_take(1, &r->trace.fixes, &r->track), "out of memory");
    const double begin_s = bench_cpu_s();
    must(ovf_track_grade(&r->track, &ovf_detect_defaults, &n_suspect), "out of memory");
    *n_fixes += r->track.fixes.n;
    return bench_cpu_s() - begin_s;
}

/** What is asked of several aircraft together. */
struct others {
    struct ovf_sinks *sinks;
    struct ovf_altitudes *altitudes;
    struct ovf_heard_spool *spool;
    struct ovf_jumps jumps;
    struct ovf_altitude_changes changes;
    struct ovf_heard heard;
    struct ovf_buffer records;
};

static void begin_others(struct others *o)
{
    *o = (struct others){0};
    must(ovf_sinks_new(&o->sinks), "out of memory");
    must(ovf_altitudes_new(&o->altitudes), "out of memory");
    must(ovf_heard_spool_new(&o->spool), "no temporary file");
}

/** The seconds that noting what \p track shows takes. */
static double note_others(struct others *o, const struct ovf_track *track)
{
    static const struct ovf_walk_options walk = {.max_gap_ns = 60 * INT64_C(1000000000)};
    const double begin_s = bench_cpu_s();
    if (track->fixes.n == 0 || (track->address & OVF_ADDRESS_NON_ICAO) != 0)
        return 0;
    must(ovf_jumps_find(track, &ovf_detect_defaults, &o->jumps), "out of memory");
    must(ovf_sinks_add(o->sinks, &o->jumps, NULL), "jumps cannot be kept");
    must(ovf_altitude_changes_find(track, &o->changes), "out of memory");
    must(ovf_altitudes_add(o->altitudes, &o->changes, NULL), "altitudes cannot be kept");
    must(ovf_heard_flight(&o->heard, track, 0, track->fixes.n - 1, &walk), "out of memory");
    must(ovf_heard_spool_add(track->address, &o->heard, &o->records), "out of memory");
    must(ovf_heard_spool_end_aircraft(o->spool, &o->records, NULL), "runs cannot be kept");
    return bench_cpu_s() - begin_s;
}

static enum ovf_status drop(void *context, const void *data, size_t len)
{
    (void)context;
    (void)data;
    (void)len;
    return OVF_OK;
}

/** The seconds that it takes to tell what all show. */
static double finish_others(struct others *o)
{
    const struct ovf_sink out = {drop, NULL};
    const struct ovf_detect_config *const config = &ovf_detect_defaults;
    uint64_t n_sinks;
    const double begin_s = bench_cpu_s();
    must(ovf_heard_spool_finish(o->spool, &o->records, NULL), "runs cannot be kept");
    must(ovf_sinks_print(o->sinks, config, &out, &n_sinks, NULL), "jumps cannot be read");
    must(ovf_altitudes_print(o->altitudes, config, &out, NULL), "altitudes cannot be read");
    must(ovf_disturbed_print(o->spool, config, &out, NULL), "runs cannot be read");
    const double seconds = bench_cpu_s() - begin_s;
    ovf_sinks_free(o->sinks);
    ovf_altitudes_free(o->altitudes);
    ovf_heard_spool_free(o->spool);
    ovf_jumps_deinit(&o->jumps);
    ovf_altitude_changes_deinit(&o->changes);
    ovf_heard_deinit(&o->heard);
    ovf_buffer_deinit(&o->records);
    return seconds;
}

static void time_round(struct reader *reader, struct ovf_bytes tar)
{
    struct others others;
    struct bench_member member;
    char text[24];
    double grade_s = 0;
    double others_s = 0;
    size_t n_fixes = 0;
    begin_others(&others);
    for (size_t at = 0; bench_tar_next(tar.data, tar.len, &at, &member);) {
        grade_s += grade(reader, &member, &n_fixes);
        others_s += note_others(&others, &reader->track);
    }
    others_s += finish_others(&others);
    if (n_fixes == 0)
        bench_die(program, "no fixes in the tar");
    bench_sample("grade", grade_s, n_fixes);
    bench_sample("others", others_s, n_fixes);
    (void)snprintf(text, sizeof text, "%zu", n_fixes);
    bench_note("fixes", text);
}

int main(int argc, char **argv)
{
    struct ovf_mapped tar = {0};
    struct reader reader = {.inflate = NULL};
    if (argc != 3)
        bench_die(program, "FILE.tar ROUNDS are due");
    const size_t n_rounds = bench_count(program, argv[2], ROUNDS_MAX);
    must(ovf_mapped_open(argv[1], &tar, NULL), "the tar cannot be read");
    must(ovf_inflate_new(&reader.inflate), "out of memory");
    for (size_t round = 0; round < n_rounds; round++)
        time_round(&reader, tar.bytes);
    ovf_track_deinit(&reader.track);
    ovf_trace_deinit(&reader.trace);
    ovf_buffer_deinit(&reader.text);
    ovf_inflate_free(reader.inflate);
    ovf_mapped_close(&tar);
    return 0;
}
