/* SPDX-License-Identifier: Apache-2.0 */
/* Grid files through PROJ's vgridshift, asked once for each node of the table. */
#include "question/geoid_file.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sha256.h"
#include "source/mapped.h"

enum { N_NODES = OVF_GEOID_ROWS * OVF_GEOID_COLUMNS };

static PJ_CONTEXT *new_context(void)
{
    PJ_CONTEXT *const context = proj_context_create();
    if (context != NULL) {
        (void)proj_log_level(context, PJ_LOG_NONE);
        (void)proj_context_set_enable_network(context, 0); /* whatever the environment says */
    }
    return context;
}

/** PROJ looks for names that do not begin at the root or with a dot elsewhere. */
static enum ovf_status open_grid(PJ_CONTEXT *context, const char *path, PJ **grid,
                                 struct ovf_error *err)
{
    char definition[4200];
    const int len =
        snprintf(definition, sizeof definition, "+proj=vgridshift +multiplier=1 +grids=\"%s%s\"",
                 path[0] == '/' ? "" : "./", path);
    if (strpbrk(path, ",\"") != NULL || len < 0 || (size_t)len >= sizeof definition)
        return ovf_error_set(err, OVF_E_FORMAT, "%s: PROJ takes no comma or quote in a grid's name",
                             path);
    *grid = proj_create(context, definition);
    return *grid != NULL
               ? OVF_OK
               : ovf_error_set(err, OVF_E_FORMAT, "%s: no grid that PROJ reads (.gtx, .tif)", path);
}

/** The undulation at a node; false when it is none's. */
static bool undulation_at(PJ *grid, int row, int column, int16_t *cm)
{
    const double step_deg = ovf_deg_from_e7(OVF_GEOID_STEP_E7);
    const PJ_COORD node =
        proj_coord(proj_torad(column * step_deg - 180), proj_torad(row * step_deg - 90), 0, 0);
    const double undulation_m = proj_trans(grid, PJ_FWD, node).xyz.z;
    if (!isfinite(undulation_m)) { /* outside the grid, or it has none there */
        *cm = OVF_GEOID_ABSENT;
        return true;
    }
    if (fabs(undulation_m) * 100 > OVF_GEOID_MOST_CM)
        return false;
    *cm = (int16_t)lround(undulation_m * 100);
    return true;
}

static enum ovf_status fill(PJ *grid, const char *path, struct ovf_geoid_file *file,
                            struct ovf_error *err)
{
    int n_held = 0;
    for (int i = 0; i < N_NODES; i++) {
        int16_t *const cm = &file->undulation_cm[i];
        if (!undulation_at(grid, i / OVF_GEOID_COLUMNS, i % OVF_GEOID_COLUMNS, cm))
            return ovf_error_set(err, OVF_E_FORMAT, "%s: more than %d m: these are no undulations",
                                 path, OVF_GEOID_MOST_CM / 100);
        n_held += *cm != OVF_GEOID_ABSENT ? 1 : 0;
    }
    if (n_held == 0)
        return ovf_error_set(err, OVF_E_FORMAT, "%s: holds no undulation", path);
    const size_t len = strlen(file->source);
    if (n_held < N_NODES) /* a region's grid, or one that was cut off */
        (void)snprintf(file->source + len, sizeof file->source - len,
                       ", %d of %d nodes of the globe", n_held, (int)N_NODES);
    return OVF_OK;
}

static enum ovf_status name_source(const char *path, struct ovf_geoid_file *file,
                                   struct ovf_error *err)
{
    struct ovf_mapped mapped = {0};
    struct ovf_digest digest;
    enum ovf_status st = ovf_mapped_open(path, &mapped, err);
    if (st == OVF_OK)
        st = ovf_sha256(mapped.bytes, &digest);
    if (st == OVF_OK) {
        char hex[OVF_SHA256_HEX_SIZE];
        const char *const slash = strrchr(path, '/');
        ovf_digest_format(&digest, sizeof digest.bytes, hex);
        (void)snprintf(file->source, sizeof file->source, "%.255s sha256:%s",
                       slash != NULL ? slash + 1 : path, hex);
    }
    ovf_mapped_close(&mapped);
    return st;
}

enum ovf_status ovf_geoid_file_open(const char *path, struct ovf_geoid_file *out,
                                    struct ovf_error *err)
{
    PJ_CONTEXT *context = NULL;
    PJ *grid = NULL;
    enum ovf_status st = name_source(path, out, err);
    if (st == OVF_OK) {
        out->undulation_cm = malloc(N_NODES * sizeof *out->undulation_cm);
        context = new_context();
        st = out->undulation_cm != NULL && context != NULL ? open_grid(context, path, &grid, err)
                                                           : OVF_E_NOMEM;
    }
    if (st == OVF_OK)
        st = fill(grid, path, out, err);
    (void)proj_destroy(grid);
    (void)proj_context_destroy(context);
    if (st != OVF_OK) {
        ovf_geoid_file_close(out);
        return st;
    }
    out->geoid = (struct ovf_geoid){out->undulation_cm, out->source};
    return OVF_OK;
}

/** The first of PROJ's folders that holds \p name. */
static bool find_in_folders(const char *name, char *path, size_t path_bytes)
{
    /* Not proj_grid_info: it may ask the network for what is not there. */
    for (const char *folder = proj_info().searchpath; folder != NULL && *folder != '\0';) {
        const size_t n = strcspn(folder, ":");
        const int len = snprintf(path, path_bytes, "%.*s/%s", (int)n, folder, name);
        if (n > 0 && len > 0 && (size_t)len < path_bytes && access(path, R_OK) == 0)
            return true;
        folder += n + (folder[n] == ':' ? 1 : 0);
    }
    return false;
}

enum ovf_status ovf_geoid_file_find(struct ovf_geoid_file *out, struct ovf_error *err)
{
    /* As Debian 12 and as PROJ's own distribution call them. */
    static const char *const names[] = {"egm96_15.gtx", "us_nga_egm96_15.tif", "egm08_25.gtx",
                                        "us_nga_egm08_25.tif"};
    char path[4096];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (find_in_folders(names[i], path, sizeof path))
            return ovf_geoid_file_open(path, out, err);
    }
    return ovf_error_set(err, OVF_E_NOTFOUND, "no geoid among PROJ's grids");
}

void ovf_geoid_file_close(struct ovf_geoid_file *file)
{
    free(file->undulation_cm);
    *file = (struct ovf_geoid_file){0};
}
