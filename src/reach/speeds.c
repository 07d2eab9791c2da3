/* SPDX-License-Identifier: Apache-2.0 */
/* Types by speed.
 *
 * Designators are those of ICAO Doc 8643, by its description (L2T, L1P, H2T ...); they are the better-known ones of
 * which the fastest variant is below the limit of its class by its manufacturer's maximum cruise speed: 300 kt
 * for turboprops (an ATR 72 or a Dash 8-300 is in, a Dash 8-400, a C-130 or a King Air 250 is not), 220 kt for the
 * rest. What is not listed counts as a jet, so a list that is too short costs proofs and makes none false. The
 * limits over ground add a tail wind at the levels they fly, 120 kt and 80 kt; usually it is half of that. */
#include "reach/speeds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* All in the order of strcmp. */
static const char turboprops[][5] = {
    "A748", "AN24", "AN26", "AN28", "AN30", "AN32", "AN38", "AT3T", "AT43", "AT44", "AT45",
    "AT46", "AT5T", "AT6T", "AT72", "AT73", "AT75", "AT76", "AT8T", "ATP",  "B190", "BE10",
    "BE99", "BE9L", "BN2T", "C160", "C208", "C212", "C295", "C425", "C441", "CN35", "D228",
    "DH8A", "DH8B", "DH8C", "DHC6", "DHC7", "E110", "F27",  "F50",  "G222", "JS31", "JS32",
    "JS41", "KODI", "L410", "M600", "MA60", "N262", "P46T", "P750", "PAY1", "PAY2", "PC12",
    "PC6T", "SC7",  "SF34", "SH33", "SH36", "SW4",  "Y12",
};

static const char helicopters[][5] = {
    "A109", "A119", "A139", "A149", "A169", "A189", "ALO2", "ALO3", "AS32", "AS3B", "AS50", "AS55",
    "AS65", "B06",  "B06T", "B105", "B212", "B222", "B230", "B407", "B412", "B429", "B430", "B47G",
    "B505", "BK17", "EC20", "EC25", "EC30", "EC35", "EC45", "EC55", "EC75", "EH10", "EN28", "EN48",
    "EXPL", "G2CA", "GAZL", "H160", "H269", "H47",  "H500", "H53",  "H60",  "H64",  "KA27", "KA32",
    "KA50", "KA52", "LAMA", "LYNX", "MD52", "MD60", "MI2",  "MI24", "MI26", "MI28", "MI8",  "NH90",
    "PUMA", "R22",  "R44",  "R66",  "S61",  "S76",  "S92",  "TIGR", "UH1",  "UH1Y",
};

/* And gliders, balloons, ships, gyroplanes and ultralights, whose designators are of the kind, not the type. */
static const char pistons[][5] = {
    "AA1",  "AA5",  "AN2",  "BALL", "BE23", "BE24", "BE33", "BE35", "BE36", "BE55", "BE58",
    "BE76", "BE77", "BL8",  "BN2P", "C150", "C152", "C162", "C170", "C172", "C175", "C177",
    "C180", "C182", "C185", "C205", "C206", "C207", "C210", "C310", "C337", "C42",  "C72R",
    "C77R", "C82R", "CH7A", "CH7B", "DA40", "DA42", "DA62", "DH82", "DR40", "DV20", "EV97",
    "G115", "GLID", "GYRO", "M20P", "P06T", "P210", "P28A", "P28B", "P28R", "P28T", "P32R",
    "PA11", "PA12", "PA18", "PA22", "PA24", "PA25", "PA27", "PA28", "PA30", "PA32", "PA34",
    "PA38", "PA44", "PA46", "RALL", "RV10", "RV12", "RV14", "RV4",  "RV6",  "RV7",  "RV8",
    "RV9",  "S22T", "SHIP", "SR20", "SR22", "TAMP", "TOBA", "TRIN", "ULAC",
};

static int compare(const void *code, const void *item)
{
    return strcmp(code, item);
}

static bool is_in(const char (*list)[5], size_t n, const char *code)
{
    return bsearch(code, list, n, sizeof *list, compare) != NULL;
}

#define IS_IN(list, code) is_in(list, sizeof(list) / sizeof *(list), code)

enum ovf_speed_class ovf_speed_class_of(const char *type_code)
{
    if (IS_IN(turboprops, type_code))
        return OVF_SPEED_TURBOPROP;
    return IS_IN(helicopters, type_code) || IS_IN(pistons, type_code) ? OVF_SPEED_SLOW
                                                                      : OVF_SPEED_JET;
}

const struct ovf_slow_speeds ovf_slow_speeds_known = {
    .turboprop_hard_kt = 420,
    .turboprop_usual_kt = 360,
    .slow_hard_kt = 300,
    .slow_usual_kt = 260,
};

struct ovf_speed_limits ovf_speed_limits_of_class(struct ovf_speed_limits limits,
                                                  const struct ovf_slow_speeds *slow,
                                                  enum ovf_speed_class speed_class)
{
    if (speed_class == OVF_SPEED_JET)
        return limits;
    const bool is_turboprop = speed_class == OVF_SPEED_TURBOPROP;
    limits.hard_kt =
        fmin(limits.hard_kt, is_turboprop ? slow->turboprop_hard_kt : slow->slow_hard_kt);
    limits.usual_kt =
        fmin(limits.usual_kt, is_turboprop ? slow->turboprop_usual_kt : slow->slow_usual_kt);
    return limits;
}
