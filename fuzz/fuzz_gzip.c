/* SPDX-License-Identifier: Apache-2.0 */
/* gzip inflated whole and in small steps: both say the same, within the limits. The first byte is the
 * size of the steps, the rest the stored bytes. */

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "source/inflate.h"

#define MAX_BYTES ((uint64_t)4 << 20)

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Exactly n bytes of input a step, for a sanitizer to see a read past them. */
static enum ovf_reject run_steps(struct ovf_inflate *inflate, struct ovf_bytes stored, size_t step,
                                 struct ovf_buffer *out)
{
    enum ovf_reject reject = OVF_REJECT_N;
    ovf_inflate_begin(inflate, MAX_BYTES);
    while (stored.len > 0 && reject == OVF_REJECT_N) {
        const size_t n = step < stored.len ? step : stored.len;
        unsigned char *piece = malloc(n);
        unsigned char window[997];
        size_t n_out = 0;
        require(piece != NULL);
        memcpy(piece, stored.data, n);
        struct ovf_bytes in = {piece, n};
        do {
            reject = ovf_inflate_step(inflate, &in, window, sizeof window, &n_out, NULL);
            require(ovf_buffer_append(out, window, n_out) == OVF_OK);
        } while (reject == OVF_REJECT_N && (in.len > 0 || n_out == sizeof window));
        free(piece);
        stored.data += n;
        stored.len -= n;
    }
    return reject != OVF_REJECT_N ? reject : ovf_inflate_end(inflate, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_inflate *inflate = NULL;
    struct ovf_buffer whole = {0}, stepped = {0};
    enum ovf_reject reject = OVF_REJECT_N;
    if (size < 1)
        return 0;
    const struct ovf_bytes stored = {data + 1, size - 1};
    require(ovf_inflate_new(&inflate) == OVF_OK);
    require(ovf_inflate_all(inflate, stored, MAX_BYTES, &whole, &reject, NULL) == OVF_OK);
    /* beyond the limit at most one step of igzip comes out */
    require(whole.len <= MAX_BYTES + ((size_t)1 << 20));
    const enum ovf_reject again = run_steps(inflate, stored, (size_t)data[0] + 1, &stepped);
    /* Which trouble is met first may differ with the steps, whether there is trouble may not. */
    require((again == OVF_REJECT_N) == (reject == OVF_REJECT_N));
    if (reject == OVF_REJECT_N)
        require(whole.len == stepped.len &&
                (whole.len == 0 || memcmp(whole.data, stepped.data, whole.len) == 0));
    ovf_buffer_deinit(&whole);
    ovf_buffer_deinit(&stepped);
    ovf_inflate_free(inflate);
    return 0;
}
