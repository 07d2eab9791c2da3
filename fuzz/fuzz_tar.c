/* SPDX-License-Identifier: Apache-2.0 */
/* Listing tar and zip from memory. Every member of a tar that is said to be whole lies in it, and its
 * bytes at its offset are those that are handed over when they are asked for. */

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "source/archive.h"
#include "source/sniff.h"
#include "source/spool.h"
#include "source/zip_check.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

struct run {
    struct ovf_bytes all;
    size_t n_given;
    struct ovf_archive_member member;
    uint64_t n_data;  /* handed over of member */
    uint64_t n_whole; /* members */
    bool has_offsets;
};

static enum ovf_status next(void *context, struct ovf_bytes *bytes, struct ovf_error *err)
{
    (void)err;
    struct run *run = context;
    const size_t left = run->all.len - run->n_given;
    *bytes = (struct ovf_bytes){run->all.data + run->n_given, left < 700 ? left : 700};
    run->n_given += bytes->len;
    return OVF_OK;
}

static uint64_t skip(void *context, uint64_t n_bytes)
{
    struct run *run = context;
    const size_t left = run->all.len - run->n_given;
    const size_t n = n_bytes < left ? (size_t)n_bytes : left;
    run->n_given += n;
    return n;
}

static enum ovf_status begin(void *context, const struct ovf_archive_member *member,
                             struct ovf_error *err)
{
    (void)err;
    struct run *run = context;
    require(ovf_name_is_safe(member->name));
    run->member = *member;
    run->n_data = 0;
    return OVF_OK;
}

static enum ovf_status data(void *context, struct ovf_bytes bytes, struct ovf_error *err)
{
    (void)err;
    struct run *run = context;
    struct ovf_bytes there;
    if (run->has_offsets && bytes.len > 0)
        require(ovf_bytes_slice(run->all, run->member.offset + run->n_data, bytes.len, &there) &&
                memcmp(there.data, bytes.data, bytes.len) == 0);
    run->n_data += bytes.len;
    return OVF_OK;
}

static enum ovf_status end(void *context, bool is_whole, struct ovf_error *err)
{
    (void)err;
    struct run *run = context;
    struct ovf_bytes there;
    run->n_whole += is_whole;
    if (is_whole && run->has_offsets)
        require(ovf_bytes_slice(run->all, run->member.offset, run->member.n_bytes, &there));
    return OVF_OK;
}

static void not_used(void *context)
{
    (void)context;
}

static void reject(void *context, const char *name, enum ovf_reject reason, const char *text)
{
    (void)context;
    (void)name;
    require(reason < OVF_REJECT_N && text != NULL);
}

static void list_zip(struct ovf_bytes bytes, struct ovf_archive_sink *sink, struct run *run)
{
    const struct ovf_archive_limits limits = {1000, (uint64_t)4 << 20};
    struct ovf_spool spool = OVF_SPOOL_INIT;
    struct ovf_space space = {0};
    require(ovf_spool_append(&spool, bytes, NULL) == OVF_OK);
    require(ovf_spool_flush(&spool, NULL) == OVF_OK);
    require(ovf_space_add_fd(&space, spool.fd, 0, bytes.len) == OVF_OK);
    struct ovf_error why = {""};
    bool is_sound = false;
    require(ovf_zip_check(&space, &is_sound, &why, NULL) == OVF_OK);
    require(is_sound || why.text[0] != '\0');
    *run = (struct run){.all = bytes};
    require(ovf_zip_list(&space, &limits, sink, NULL) == OVF_OK);
    ovf_space_deinit(&space);
    ovf_spool_deinit(&spool);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct ovf_archive_limits limits = {1000, (uint64_t)4 << 20};
    struct run run = {.all = {bytes, size}, .has_offsets = true};
    struct ovf_archive_sink sink = {.context = &run,
                                    .begin = begin,
                                    .data = data,
                                    .end = end,
                                    .not_used = not_used,
                                    .reject = reject};
    enum ovf_content content;
    require(ovf_sniff(run.all, &content) == OVF_OK);
    if (content == OVF_CONTENT_ZIP) {
        list_zip(run.all, &sink, &run);
        return 0;
    }
    struct ovf_pull pull = {.next = next, .context = &run};
    require(ovf_tar_list(pull, &limits, &sink, NULL) == OVF_OK);
    const uint64_t n_whole = run.n_whole;
    run = (struct run){.all = {bytes, size}, .has_offsets = true};
    sink.data = NULL; /* passed over: the same members are whole */
    pull.skip = skip;
    require(ovf_tar_list(pull, &limits, &sink, NULL) == OVF_OK);
    require(run.n_whole == n_whole);
    return 0;
}
