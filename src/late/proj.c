/* SPDX-License-Identifier: Apache-2.0 */
/* PROJ: geodesics and geoid grids. */
#include <geodesic.h>
#include <proj.h>

#include "late/late.h"

static struct ovf_late_library library = {.soname = OVF_SONAME_PROJ};

OVF_LATE_VOID(geod_init, (struct geod_geodesic * earth, double a, double f), (earth, a, f))
OVF_LATE_VOID(geod_direct,
              (const struct geod_geodesic *earth, double lat1, double lon1, double azi1, double s12,
               double *lat2, double *lon2, double *azi2),
              (earth, lat1, lon1, azi1, s12, lat2, lon2, azi2))
OVF_LATE_VOID(geod_inverse,
              (const struct geod_geodesic *earth, double lat1, double lon1, double lat2,
               double lon2, double *s12, double *azi1, double *azi2),
              (earth, lat1, lon1, lat2, lon2, s12, azi1, azi2))
OVF_LATE_VOID(geod_lineinit,
              (struct geod_geodesicline * line, const struct geod_geodesic *earth, double lat1,
               double lon1, double azi1, unsigned caps),
              (line, earth, lat1, lon1, azi1, caps))
OVF_LATE_VOID(geod_inverseline,
              (struct geod_geodesicline * line, const struct geod_geodesic *earth, double lat1,
               double lon1, double lat2, double lon2, unsigned caps),
              (line, earth, lat1, lon1, lat2, lon2, caps))
OVF_LATE_VOID(geod_position,
              (const struct geod_geodesicline *line, double s12, double *lat2, double *lon2,
               double *azi2),
              (line, s12, lat2, lon2, azi2))
OVF_LATE_VOID(geod_setdistance, (struct geod_geodesicline * line, double s13), (line, s13))

OVF_LATE(PJ_CONTEXT *, proj_context_create, (void), ())
OVF_LATE(PJ_CONTEXT *, proj_context_destroy, (PJ_CONTEXT * context), (context))
OVF_LATE(int, proj_context_set_enable_network, (PJ_CONTEXT * context, int enabled),
         (context, enabled))
OVF_LATE(PJ_LOG_LEVEL, proj_log_level, (PJ_CONTEXT * context, PJ_LOG_LEVEL level), (context, level))
OVF_LATE(PJ_INFO, proj_info, (void), ())
OVF_LATE(PJ *, proj_create, (PJ_CONTEXT * context, const char *definition), (context, definition))
OVF_LATE(PJ *, proj_destroy, (PJ * transformation), (transformation))
OVF_LATE(PJ_COORD, proj_coord, (double x, double y, double z, double t), (x, y, z, t))
OVF_LATE(double, proj_torad, (double angle_deg), (angle_deg))
OVF_LATE(PJ_COORD, proj_trans, (PJ * transformation, PJ_DIRECTION direction, PJ_COORD place),
         (transformation, direction, place))
