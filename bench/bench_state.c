/* SPDX-License-Identifier: Apache-2.0 */
/* Frames to tracked state: reads Beast from a connection as a watch does, and keeps of each aircraft what its messages
 * say: where it is, how it moves, its name. Nothing is made of the positions. Then it waits to be ended.
 *
 *   bench_state PORT START   of this machine; when the receiver's clock began
 *
 * Prints "state MESSAGES POSITIONS AIRCRAFT" when the connection has ended. */
#include <inttypes.h>
#include <unistd.h>

#include "base/time.h"
#include "bench.h"
#include "decode/stream.h"
#include "question/start.h"
#include "source/running_clock.h"
#include "watch/inlet.h"

static const char program[] = "bench_state";

static void must(enum ovf_status st, const struct ovf_error *err)
{
    if (st != OVF_OK)
        bench_die(program, err->text[0] != '\0' ? err->text : "out of memory");
}

static enum ovf_status keep(void *context, const struct ovf_radio_frame *frame, const int64_t *t_ns,
                            const struct ovf_decoded *report)
{
    (void)context; /* the stream's decoder keeps it */
    (void)frame;
    (void)t_ns;
    (void)report;
    return OVF_OK;
}

/** Everything until the connection ends. */
static void read_all(struct ovf_inlet *inlet, struct ovf_stream *stream)
{
    struct ovf_error err = {""};
    enum ovf_inlet_got got = OVF_INLET_NOTHING;
    while (got != OVF_INLET_LOST) {
        struct pollfd wanted;
        struct ovf_bytes bytes;
        int64_t until_ms;
        const int64_t now_ms = ovf_running_ns() / OVF_NS_PER_MS;
        must(ovf_inlet_prepare(inlet, now_ms, &wanted, &until_ms), &err);
        (void)poll(&wanted, 1, until_ms > now_ms ? (int)(until_ms - now_ms) : 0);
        must(ovf_inlet_step(inlet, wanted.revents, ovf_running_ns() / OVF_NS_PER_MS, &got, &bytes,
                            &err),
             &err);
        if (got == OVF_INLET_BYTES)
            must(ovf_stream_feed(stream, bytes, NULL, &err), &err);
    }
}

int main(int argc, char **argv)
{
    static const struct ovf_inlet_options inlets = {.stall_ms = 60000, .frames_are_dated = true};
    struct ovf_stream_options options = {.format = OVF_STREAM_BEAST,
                                         .max_aircraft = OVF_DECODER_MAX_AIRCRAFT};
    struct ovf_error err = {""};
    struct ovf_inlet *inlet = NULL;
    struct ovf_stream *stream = NULL;
    char name[40];
    if (argc != 3)
        bench_die(program, "PORT and START are due");
    (void)snprintf(name, sizeof name, "beast://127.0.0.1:%zu",
                   bench_count(program, argv[1], 65535));
    must(ovf_start_parse(argv[2], &options.clock, &err), &err);
    must(ovf_inlet_open(name, &inlets, &inlet, &err), &err);
    must(ovf_stream_new(&options, keep, NULL, &stream), &err);
    read_all(inlet, stream);
    const struct ovf_decoder_counts counts = ovf_stream_counts(stream);
    (void)printf("state %" PRIu64 " %" PRIu64 " %zu\n", counts.n_fates[OVF_FATE_MESSAGE],
                 counts.n_positions, ovf_stream_n_senders(stream));
    (void)fflush(stdout);
    (void)pause();
    ovf_stream_free(stream);
    ovf_inlet_close(inlet);
    return 0;
}
