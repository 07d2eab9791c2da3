/* SPDX-License-Identifier: Apache-2.0 */
/* Options of what is asked, which archives and live feeds are asked alike: entries of a command's table. */
#ifndef OVF_CLI_QUESTION_OPTIONS_H
#define OVF_CLI_QUESTION_OPTIONS_H

#include "cli/options.h"

#define OVF_OPTION_AIRSPACE                                                                        \
    {                                                                                              \
        .name = "airspace", .value = "NAMES",                                                      \
        .help = "these airspaces, comma-separated: IQ,TR,zone:1; or all"                           \
    }

#define OVF_OPTION_ZONE                                                                            \
    {                                                                                              \
        .name = "zone", .value = "ZONE",                                                           \
        .help = "a zone of your own: [NAME=]circle:LAT,LON,RADIUS_NM[,FLOOR_FT,CEILING_FT],\n"     \
                "or [NAME=]polygon:LAT,LON/LAT,LON/LAT,LON...[,FLOOR_FT,CEILING_FT],\n"            \
                "limits in feet of barometric altitude",                                           \
        .repeated = true                                                                           \
    }

#define OVF_OPTION_KIND                                                                            \
    {                                                                                              \
        .name = "kind", .value = "KINDS",                                                          \
        .help = "only airspaces of these kinds: country, fir, zone",                               \
        .choices = "country fir zone", .list = true                                                \
    }

#define OVF_OPTION_BOUNDARIES                                                                      \
    {                                                                                              \
        .name = "boundaries", .value = "EDITIONS",                                                 \
        .help = "imported editions: one of states takes the place of the built-in\n"               \
                "map, regions and zones come beside it"                                            \
    }

#define OVF_OPTION_FROM                                                                            \
    {                                                                                              \
        .name = "from", .value = "PLACE",                                                          \
        .help = "flights from this one state or airport: IR, Iran, OIIE"                           \
    }

#define OVF_OPTION_TO                                                                              \
    {                                                                                              \
        .name = "to", .value = "PLACE", .help = "flights to this one state or airport"             \
    }

#define OVF_OPTION_ROLE                                                                            \
    {                                                                                              \
        .name = "role", .value = "ROLES",                                                          \
        .help = "overflight, arrival, departure, domestic, incomplete, none (of\nwhat "            \
                "was not entered)",                                                                \
        .choices = "overflight arrival departure domestic incomplete none", .list = true           \
    }

#define OVF_OPTION_AIRCRAFT_LIST                                                                   \
    {                                                                                              \
        .name = "aircraft-list", .value = "FILE", .help = "the same from a file, one a line",      \
        .completion = OVF_COMPLETE_FILE                                                            \
    }

#define OVF_OPTION_INCLUDE_UNKNOWN                                                                 \
    {                                                                                              \
        .name = "include-unknown",                                                                 \
        .help = "also flights that fail --from or --to only because that end\nis unknown"          \
    }

#define OVF_OPTION_REGISTER                                                                        \
    {                                                                                              \
        .name = "register", .value = "FILE",                                                       \
        .help = "registrations, types, operators: CSV with a header, or\ntar1090-db's "            \
                "aircraft.csv.gz",                                                                 \
        .completion = OVF_COMPLETE_FILE                                                            \
    }

#define OVF_OPTION_REGISTER_DATE                                                                   \
    {                                                                                              \
        .name = "register-date", .value = "DATE",                                                  \
        .help = "the day that the register is of (with --register)"                                \
    }

#define OVF_OPTION_ROUTES                                                                          \
    {                                                                                              \
        .name = "routes", .value = "FILE",                                                         \
        .help = "between which airports a callsign flies, as somebody states it: CSV with\n"       \
                "callsign, from, to and perhaps valid_from, valid_to; told of ends that are\n"     \
                "not known, and where it contradicts those that are",                              \
        .completion = OVF_COMPLETE_FILE                                                            \
    }

#define OVF_OPTION_OPERATORS                                                                       \
    {                                                                                              \
        .name = "operators", .value = "FILE",                                                      \
        .help = "of which states operators are: CSV with designator and country, before the\n"     \
                "program's own table; told beside the state of an aircraft's address",             \
        .completion = OVF_COMPLETE_FILE                                                            \
    }

#define OVF_OPTION_GEOID                                                                           \
    {                                                                                              \
        .name = "geoid", .value = "FILE",                                                          \
        .help = "geoid grid (.gtx, .tif) for limits above mean sea level; else EGM96 or\n"         \
                "EGM2008 where PROJ has it; \"none\": compare with barometric altitude",           \
        .completion = OVF_COMPLETE_FILE                                                            \
    }

#define OVF_OPTION_MAX_GAP                                                                         \
    {                                                                                              \
        .name = "max-gap", .value = "SECONDS",                                                     \
        .help = "the longest interval between fixes that is bridged (60)"                          \
    }

#define OVF_OPTION_JOURNEY_STOP                                                                    \
    {                                                                                              \
        .name = "journey-stop", .value = "HOURS",                                                  \
        .help = "the longest stay on the ground within a journey (24)"                             \
    }

#define OVF_OPTION_START                                                                           \
    {                                                                                              \
        .name = "start", .value = "TIME",                                                          \
        .help = "when a receiver's recording began: an instant is that of the first\n"             \
                "frame, a day alone that of stamps that are the time of day"                       \
    }

#define OVF_OPTION_AT                                                                              \
    {                                                                                              \
        .name = "at", .value = "LAT,LON[,HEIGHT_M]",                                               \
        .help = "where that receiver stands, its antenna so high\n"                                \
                "above the sea (500): what is too far to be heard\n"                               \
                "there is not believed; what it hears without a\n"                                 \
                "position in a gap was within its reach"                                           \
    }

#define OVF_OPTION_RECEIVER                                                                        \
    {                                                                                              \
        .name = "receiver", .value = "ID,LAT,LON[,HEIGHT_M]",                                      \
        .help = "where the receiver of that id stands, of a feed that names those\n"               \
                "whose frames it collects (readsb's --net-receiver-id)",                           \
        .repeated = true                                                                           \
    }

#define OVF_OPTION_SBS_TZ                                                                          \
    {                                                                                              \
        .name = "sbs-tz", .value = "ZONE",                                                         \
        .help = "of SBS lines' clock: UTC (when not given), +02:00"                                \
    }

#define OVF_OPTION_DETECTORS                                                                       \
    {                                                                                              \
        .name = "detectors", .value = "FILE",                                                      \
        .help = "thresholds of what speaks against positions, and the speeds by which gaps are\n"  \
                "judged, one `key: value` a line\n"                                                \
                "(docs/formats/case.md, \"detectors\")",                                           \
        .completion = OVF_COMPLETE_FILE                                                            \
    }

#endif
