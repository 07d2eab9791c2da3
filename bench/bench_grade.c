/* SPDX-License-Identifier: Apache-2.0 */
/* What grades and detectors take:
 *
 *   bench_grade FILE.tar ROUNDS
 *
 * Each round reads every trace of the tar and grades its track, as a scan does; only the grading is timed. A round is a
 * sample `grade`, by the fix. */
#include "bench.h"

#include "base/buffer.h"
#include "read/trace.h"
#include "source/inflate.h"
#include "source/mapped.h"
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

int main(int argc, char **argv)
{
    struct ovf_mapped tar = {0};
    struct reader reader = {.inflate = NULL};
    struct bench_member member;
    if (argc != 3)
        bench_die(program, "FILE.tar ROUNDS are due");
    const size_t n_rounds = bench_count(program, argv[2], ROUNDS_MAX);
    must(ovf_mapped_open(argv[1], &tar, NULL), "the tar cannot be read");
    must(ovf_inflate_new(&reader.inflate), "out of memory");
    for (size_t round = 0; round < n_rounds; round++) {
        double seconds = 0;
        size_t n_fixes = 0;
        for (size_t at = 0; bench_tar_next(tar.bytes.data, tar.bytes.len, &at, &member);)
            seconds += grade(&reader, &member, &n_fixes);
        if (n_fixes == 0)
            bench_die(program, "no fixes in the tar");
        bench_sample("grade", seconds, n_fixes);
    }
    ovf_track_deinit(&reader.track);
    ovf_trace_deinit(&reader.trace);
    ovf_buffer_deinit(&reader.text);
    ovf_inflate_free(reader.inflate);
    ovf_mapped_close(&tar);
    return 0;
}
