/* SPDX-License-Identifier: Apache-2.0 */
/* ovf_pack_build: makes the pack from the published maps.
 *
 *   ovf_pack_build --countries map.geo.json [--airfields airfields.json] --iso iso3166.csv -o OUT
 *
 * Prints what it counted, and the list of airspaces that overlap, to stdout. The pack is written beside
 * OUT and renamed, so that a reader never sees half of it. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "pack/build.h"
#include "pack/layout.h"

struct arguments {
    const char *countries;
    const char *airfields;
    const char *iso;
    const char *out;
};

static bool parse_arguments(int argc, char **argv, struct arguments *out)
{
    for (int i = 1; i < argc; i += 2) {
        const char **value = strcmp(argv[i], "--countries") == 0   ? &out->countries
                             : strcmp(argv[i], "--airfields") == 0 ? &out->airfields
                             : strcmp(argv[i], "--iso") == 0       ? &out->iso
                             : strcmp(argv[i], "-o") == 0          ? &out->out
                                                                   : NULL;
        if (value == NULL || i + 1 == argc)
            return false;
        *value = argv[i + 1];
    }
    return out->countries != NULL && out->iso != NULL && out->out != NULL;
}

static bool read_file(const char *path, struct ovf_buffer *out)
{
    bool good = false;
    FILE *const f = fopen(path, "rb");
    if (f == NULL)
        goto out;
    for (;;) {
        if (ovf_buffer_reserve(out, 1 << 20) != OVF_OK)
            goto out;
        const size_t n = fread(out->data + out->len, 1, 1 << 20, f);
        out->len += n;
        if (n == 0)
            break;
    }
    good = ferror(f) == 0;
out:
    if (!good)
        fprintf(stderr, "ovf_pack_build: %s: %s\n", path, strerror(errno));
    if (f != NULL)
        fclose(f);
    return good;
}

static bool write_file(const char *path, struct ovf_bytes bytes)
{
    char part[4096];
    const int n = snprintf(part, sizeof part, "%s.part", path);
    if (n < 0 || (size_t)n >= sizeof part) {
        fprintf(stderr, "ovf_pack_build: %s: the name is too long\n", path);
        return false;
    }
    FILE *const f = fopen(part, "wb");
    bool good = f != NULL && fwrite(bytes.data, 1, bytes.len, f) == bytes.len;
    if (f != NULL && fclose(f) != 0)
        good = false;
    if (good && rename(part, path) != 0)
        good = false;
    if (!good) {
        fprintf(stderr, "ovf_pack_build: %s: %s\n", path, strerror(errno));
        (void)remove(part);
    }
    return good;
}

static void print_place(struct ovf_point at)
{
    printf("%.4f %.4f", ovf_deg_from_e7(at.lat_e7), ovf_deg_from_e7(at.lon_e7));
}

static void print_overlaps(const struct ovf_pack *pack)
{
    printf("overlaps (airspaces; area; edges; one place):\n");
    for (uint32_t i = 0; i < pack->n_overlaps; i++) {
        const struct ovf_pack_overlap o = ovf_pack_overlap(pack, i);
        printf(" ");
        for (uint32_t k = ovf_members_next(&o.members, 0); k < pack->n_areas;
             k = ovf_members_next(&o.members, k + 1)) {
            const struct ovf_pack_area area = ovf_pack_area(pack, k);
            printf(" %s (%s)", area.alpha2, area.name);
        }
        printf("; %.2f km2; %" PRIu32 " edges; ", o.area_km2, o.n_edges);
        print_place(o.at);
        printf("\n");
    }
}

static void print_report(const struct ovf_pack_report *r, size_t n_pack_bytes)
{
    const struct ovf_boundary_counts *const c = &r->boundary;
    printf("airspaces          %zu\n", r->n_areas);
    printf("ring edges         %zu, of these on a cut of the map %zu\n", c->n_ring_edges,
           c->n_cut_edges);
    printf("distinct edges     %zu\n", c->n_distinct_edges);
    printf("  of two states    %zu (%.1f %%)\n", c->n_shared_edges,
           c->n_distinct_edges > 0 ? 100.0 * (double)c->n_shared_edges / (double)c->n_distinct_edges
                                   : 0);
    printf("  over 50 km       %zu\n", c->n_long_edges);
    printf("straight pieces    %zu (+%.1f %%)\n", c->n_edges,
           c->n_distinct_edges > 0
               ? 100.0 * (double)(c->n_edges - c->n_distinct_edges) / (double)c->n_distinct_edges
               : 0);
    printf("index              %zu bytes\n", r->n_index_bytes);
    printf("airports           %" PRIu32 ", of %" PRIu32
           " the elevation is not known; runways %" PRIu32 "\n",
           r->airports.n_airports, r->airports.n_without_elevation, r->airports.n_runways);
    printf("airports rejected  %" PRIu32 "\n", r->airports.n_rejected);
    printf("pack               %zu bytes\n", n_pack_bytes);
}

int main(int argc, char **argv)
{
    struct arguments arguments = {0};
    struct ovf_buffer countries = {0};
    struct ovf_buffer airfields = {0};
    struct ovf_buffer iso = {0};
    struct ovf_buffer bytes = {0};
    struct ovf_pack_report report;
    struct ovf_pack pack;
    struct ovf_error err = {""};
    int status = EXIT_FAILURE;
    if (!parse_arguments(argc, argv, &arguments)) {
        fprintf(stderr,
                "usage: ovf_pack_build --countries FILE [--airfields FILE] --iso FILE -o OUT\n");
        return 2;
    }
    if (!read_file(arguments.countries, &countries) || !read_file(arguments.iso, &iso) ||
        (arguments.airfields != NULL && !read_file(arguments.airfields, &airfields)))
        goto out;
    const struct ovf_pack_sources sources = {
        .countries = ovf_buffer_bytes(&countries),
        .airfields = ovf_buffer_bytes(&airfields),
        .iso = ovf_buffer_bytes(&iso),
    };
    if (ovf_pack_build(&sources, &bytes, &report, &err) != OVF_OK ||
        ovf_pack_view(ovf_buffer_bytes(&bytes), &pack, &err) != OVF_OK) {
        fprintf(stderr, "ovf_pack_build: %s\n", err.text[0] != '\0' ? err.text : "out of memory");
        goto out;
    }
    if (!write_file(arguments.out, ovf_buffer_bytes(&bytes)))
        goto out;
    print_report(&report, bytes.len);
    print_overlaps(&pack);
    status = EXIT_SUCCESS;
out:
    ovf_buffer_deinit(&bytes);
    ovf_buffer_deinit(&iso);
    ovf_buffer_deinit(&airfields);
    ovf_buffer_deinit(&countries);
    return status;
}
