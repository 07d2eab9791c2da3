/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a gap beside an airspace of any shape: an answer or a refusal that names the value; and what must hold
 * of an answer. Little-endian:
 *
 *   0  int32   latitude and longitude of the first place and the second, 1e-7 degree
 *  16  int64   time from the first to the second, ns
 *  24  double  hard and usual limit, kt; clocks, s; radius of the first place and the second, m
 *  64  double  accuracy of the boundary, m; below 0 or not a number: 500
 *  72  int32   latitude and longitude of the corners of a ring, one after the other */
#include "fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "geo/geodesic.h"
#include "reach/prism.h"

enum { HEADER_BYTES = 72, CORNERS_MAX = 40 };

static double double_at(const unsigned char *p)
{
    const uint64_t bits = ovf_load_u64le(p);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/** On the globe: what reads coordinates lets no others in. */
static struct ovf_point point_at(const unsigned char *p)
{
    static const int32_t pole_e7 = 900000000;
    const int32_t lat_e7 = (int32_t)ovf_load_u32le(p);
    const int32_t lat_on_globe_e7 =
        lat_e7 < -pole_e7 || lat_e7 > pole_e7 ? lat_e7 % pole_e7 : lat_e7;
    return (struct ovf_point){lat_on_globe_e7, ovf_lon_wrap((int32_t)ovf_load_u32le(p + 4))};
}

struct shape {
    struct ovf_boundary boundary;
    struct ovf_buffer bytes;
    struct ovf_index index;
};

static enum ovf_status build(const unsigned char *corners, size_t n, struct shape *out)
{
    struct ovf_boundary_builder *builder = NULL;
    struct ovf_point ring[CORNERS_MAX];
    struct ovf_error err;
    n = n < CORNERS_MAX ? n : CORNERS_MAX;
    for (size_t i = 0; i < n; i++)
        ring[i] = point_at(corners + 8 * i);
    enum ovf_status st = ovf_boundary_builder_new(-90, 90, &builder);
    if (st == OVF_OK)
        st = ovf_boundary_builder_add(builder, 0, ring, n, &err);
    if (st == OVF_OK)
        st = ovf_boundary_builder_finish(builder, &out->boundary);
    if (st == OVF_OK)
        st = ovf_index_build(&out->boundary, &out->bytes);
    if (st == OVF_OK)
        st = ovf_index_view(ovf_buffer_bytes(&out->bytes), &out->index, &err);
    ovf_boundary_builder_free(builder);
    return st;
}

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_verdict(const struct ovf_verdict *v, const struct ovf_anchor *from,
                          const struct ovf_anchor *to)
{
    must(v->direct_kt >= 0 && v->avoidance_kt >= 0); /* not NAN */
    must(v->class >= OVF_CLASS_NECESSARY && v->class <= OVF_CLASS_INCONSISTENT);
    must((v->class == OVF_CLASS_INCONSISTENT) == (v->direct_kt > v->hard_kt));
    must(v->class != OVF_CLASS_NECESSARY || v->avoidance_kt > v->hard_kt);
    must(v->entry_ns >= from->t_ns && v->exit_ns <= to->t_ns);
    /* A microsecond is for rounding. */
    must(v->class > OVF_CLASS_POSSIBLE || v->entry_ns <= v->exit_ns + 1000);
}

/** What can be flown at most was more than it was thought. */
static void check_faster(const struct ovf_verdict *v, const struct ovf_verdict *faster)
{
    if (v->class <= OVF_CLASS_POSSIBLE)
        must(faster->class >= v->class && faster->class <= OVF_CLASS_POSSIBLE);
    else if (v->class == OVF_CLASS_IMPOSSIBLE)
        must(faster->class == OVF_CLASS_IMPOSSIBLE || faster->class == OVF_CLASS_POSSIBLE);
}

static void judge(const struct ovf_region *region, const unsigned char *header)
{
    const struct ovf_anchor from = {0, point_at(header), double_at(header + 48)};
    const struct ovf_anchor to = {(int64_t)ovf_load_u64le(header + 16), point_at(header + 8),
                                  double_at(header + 56)};
    struct ovf_speed_limits limits = {double_at(header + 24), double_at(header + 32),
                                      double_at(header + 40), false};
    struct ovf_reach reach = {0};
    struct ovf_verdict v;
    struct ovf_verdict faster;
    struct ovf_error err = {.text = ""};
    enum ovf_status st = ovf_reach_judge(&reach, region, &from, &to, &limits, &v, &err);
    must(st == OVF_OK || st == OVF_E_NOMEM || (st == OVF_E_RANGE && err.text[0] != '\0'));
    if (st == OVF_OK) {
        check_verdict(&v, &from, &to);
        limits.hard_kt = fmin(1e4, 1.5 * limits.hard_kt);
        limits.usual_kt = fmin(1e4, 1.5 * limits.usual_kt);
        st = ovf_reach_judge(&reach, region, &from, &to, &limits, &faster, &err);
        must(st == OVF_OK || st == OVF_E_NOMEM);
    }
    if (st == OVF_OK) {
        check_verdict(&faster, &from, &to);
        check_faster(&v, &faster);
    }
    ovf_reach_deinit(&reach);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct shape shape = {.index = {0}};
    if (size < HEADER_BYTES)
        return 0;
    if (build(data + HEADER_BYTES, (size - HEADER_BYTES) / 8, &shape) == OVF_OK) {
        const double accuracy_m = double_at(data + 64);
        const struct ovf_region region = {
            &shape.index, {{1}}, accuracy_m >= 0 ? fmin(accuracy_m, 1e5) : 500, false};
        judge(&region, data);
    }
    ovf_boundary_deinit(&shape.boundary);
    ovf_buffer_deinit(&shape.bytes);
    return 0;
}
