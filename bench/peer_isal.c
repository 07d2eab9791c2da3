/* SPDX-License-Identifier: Apache-2.0 */
/* The limit of what reads an archive: ISA-L inflates each member of a tar, one after the other, into one
 * room, and checks its sum. Nothing is done with what comes out.
 *
 *   peer_isal FILE.tar */
#include <isa-l/igzip_lib.h>

#include "bench.h"
#include "source/mapped.h"

enum { ROOM_MIN = 1 << 22 };

static unsigned char *room;
static size_t room_bytes;

static size_t last_word(const struct bench_member *member)
{
    const unsigned char *const end = member->data + member->len;
    return (size_t)end[-4] | (size_t)end[-3] << 8 | (size_t)end[-2] << 16 | (size_t)end[-1] << 24;
}

static size_t inflate_member(const struct bench_member *member)
{
    struct inflate_state state;
    const size_t len = last_word(member); /* gzip states the length of what it holds */
    if (len > room_bytes) {
        free(room);
        room_bytes = len;
        room = malloc(room_bytes);
        if (room == NULL)
            bench_die("peer_isal", "out of memory");
    }
    isal_inflate_init(&state);
    state.crc_flag = ISAL_GZIP;
    /* igzip's next_in is not const but only read from. */
    memcpy(&state.next_in, &member->data, sizeof state.next_in);
    state.avail_in = (uint32_t)member->len;
    state.next_out = room;
    state.avail_out = (uint32_t)room_bytes;
    if (isal_inflate(&state) != ISAL_DECOMP_OK || state.block_state != ISAL_BLOCK_FINISH)
        bench_die("peer_isal", "ISA-L refuses a member");
    return state.total_out;
}

int main(int argc, char **argv)
{
    struct ovf_mapped tar = {0};
    struct bench_member member;
    size_t at = 0;
    size_t n_bytes = 0;
    room_bytes = ROOM_MIN;
    room = malloc(room_bytes);
    if (argc != 2 || room == NULL || ovf_mapped_open(argv[1], &tar, NULL) != OVF_OK)
        bench_die("peer_isal", "a tar is due");
    const double begin_s = bench_cpu_s();
    while (bench_tar_next(tar.bytes.data, tar.bytes.len, &at, &member)) {
        if (member.len >= 18)
            n_bytes += inflate_member(&member);
    }
    bench_sample("isal", bench_cpu_s() - begin_s, n_bytes);
    ovf_mapped_close(&tar);
    free(room);
    return 0;
}
