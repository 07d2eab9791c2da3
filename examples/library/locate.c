/* SPDX-License-Identifier: Apache-2.0 */
/* Whose airspace a place is, asked of the installed library:
 *
 *   cc locate.c $(pkg-config --cflags --libs --static overflight) -o locate
 *   ./locate "$(pkg-config --variable=pack overflight)" 33.3 44.4
 *
 * Exit status: 0 it is somebody's; 1 nobody's; 2 usage; 4 the pack cannot be read.
 */
#include <stdio.h>

#include "airspace/edition.h"
#include "base/number.h"
#include "question/pack_file.h"

static int print_owners(const struct ovf_edition *edition, struct ovf_point at)
{
    struct ovf_members owners;
    ovf_index_locate(&edition->index, at, &owners);
    for (uint32_t i = ovf_members_next(&owners, 0); i < edition->n_airspaces;
         i = ovf_members_next(&owners, i + 1))
        printf("%s %s\n", edition->airspaces[i].code, edition->airspaces[i].name);
    printf("Boundaries: %s\n", edition->attribution);
    return ovf_members_empty(&owners) ? 1 : 0;
}

int main(int argc, char **argv)
{
    struct ovf_pack_file pack = {0};
    struct ovf_edition states = {0};
    struct ovf_error err = {""};
    int64_t lat_e7;
    int64_t lon_e7;
    if (argc != 4 || !ovf_number_parse_scaled(ovf_bytes_from_text(argv[2]), 7, &lat_e7) ||
        !ovf_number_parse_scaled(ovf_bytes_from_text(argv[3]), 7, &lon_e7) || lat_e7 < -900000000 ||
        lat_e7 > 900000000 || lon_e7 < -1800000000 || lon_e7 > 1800000000) {
        fprintf(stderr, "usage: locate PACK LAT LON\n");
        return 2;
    }
    enum ovf_status st = ovf_pack_file_open(argv[1], &pack, &err);
    if (st == OVF_OK)
        st = ovf_edition_from_pack(&pack.pack, &states);
    int status = 4;
    if (st == OVF_OK)
        status = print_owners(&states, (struct ovf_point){(int32_t)lat_e7, ovf_lon_wrap(lon_e7)});
    else
        fprintf(stderr, "locate: %s\n", err.text);
    ovf_edition_deinit(&states);
    ovf_pack_file_close(&pack);
    return status;
}
