/* SPDX-License-Identifier: Apache-2.0 */
/* One crossing in words: what its class rests on, when it was, how fast it would have had to be to stay out, and
 * what would change the verdict. And watches in words. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "view/view_parts.h"

/* Sentences stand with the crossing, which is all that they rest on. */
static const struct ovf_view_basis of_itself;

/* What base/number.h can print of a store that others wrote. */
#define MAX_SPEED_KT 1e9

static const struct {
    const char *class;
    const char *words;
    const char *change; /* what would change the verdict */
} classes[] = {
    {"observed",
     "two or more believed positions lie inside by more than their radius, and others on both "
     "sides of entry and exit, where its track has these",
     "It would be another class if fewer than two of the positions inside were believed"},
    {"bracketed",
     "believed positions lie inside; entry or exit lies in a gap, and its time is an interval",
     "A believed position in the gap would narrow the interval"},
    {"necessary",
     "fewer than two believed positions lie inside by more than their radius, and every way that "
     "could "
     "be flown between those around at the hard limit of speed leads through",
     "A believed position in the gap, away from the airspace, would change the verdict, as would "
     "an aircraft that can fly faster than the hard limit"},
    {"near_certain",
     "fewer than two believed positions lie inside by more than their radius, and every way that "
     "could "
     "be flown between those around at the usual limit of its type leads through; at the hard "
     "limit there is a way around",
     "A believed position in the gap would decide it"},
    {"possible", "some ways that could be flown through the gap lead through, others do not",
     "A believed position in the gap would decide it"},
    {"impossible", "it was not entered: no way that could be flown reaches it",
     "A believed position inside, or an aircraft that can fly faster than the hard limit, would "
     "change the verdict"},
    {"inconsistent",
     "the positions around cannot be joined at any plausible speed: nothing is inferred",
     "Which of the positions is right would have to be known"},
};

const char *ovf_view_class_words(const char *class)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (strcmp(classes[i].class, class) == 0)
            return classes[i].words;
    }
    return "";
}

/* ---- watches ---- */

static enum ovf_status put_names(struct ovf_buffer *out, const char *before,
                                 const struct ovf_case_list *names)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < names->n && st == OVF_OK; i++)
        st = ovf_buffer_printf(out, "%s%s", i == 0 ? before : ", ",
                               ((const char *const *)names->items)[i]);
    return st;
}

enum ovf_status ovf_view_watch_words(const struct ovf_case_watch *watch, struct ovf_buffer *out)
{
    static const char *const over[] = {
        [OVF_OVER_ANY] = "over ",
        [OVF_OVER_ALL] = "of journeys seen over all of ",
        [OVF_OVER_IN_ORDER] = "of journeys seen one after the other over ",
    };
    enum ovf_status st = OVF_OK;
    if (watch->from != NULL)
        st = ovf_buffer_printf(out, "from %s ", watch->from);
    if (st == OVF_OK)
        st = put_names(out, over[watch->how], &watch->over);
    if (st == OVF_OK && watch->to != NULL)
        st = ovf_buffer_printf(out, " to %s", watch->to);
    if (st == OVF_OK)
        st = put_names(out, ", of operators ", &watch->operators);
    if (st == OVF_OK)
        st = put_names(out, ", of types ", &watch->types);
    if (st == OVF_OK)
        st = put_names(out, ", of aircraft named in ", &watch->lists);
    if (st == OVF_OK)
        st = put_names(out, ", of registrations ", &watch->registrations);
    if (st == OVF_OK && watch->aircraft.n > 0)
        st = ovf_buffer_printf(out, ", of %zu aircraft by address", watch->aircraft.n);
    return st;
}

/* ---- a crossing ---- */

enum column {
    CLASS,
    CALLED,
    AIRSPACE,
    N_INSIDE,
    ENTRY,
    ENTRY_MIN,
    ENTRY_MAX,
    ENTRY_STAYED,
    EXIT,
    EXIT_MIN,
    EXIT_MAX,
    EXIT_STAYED,
    AVOIDANCE,
    DIRECT,
    HARD,
    USUAL,
    STRONG,
    ANY_OF,
    HEARD,
    FROM,
    TO
};

static const char words_of[] =
    "SELECT c.class,coalesce(nullif(c.callsign,''),c.icao24),c.airspace,c.n_fixes_inside,"
    "c.entry_time,coalesce(c.entry_earliest,c.entry_time_min),"
    "coalesce(c.entry_latest,c.entry_time_max),c.entry_perhaps_stayed,c.exit_time,"
    "coalesce(c.exit_earliest,c.exit_time_min),coalesce(c.exit_latest,c.exit_time_max),"
    "c.exit_perhaps_stayed,"
    "c.avoidance_speed_kt,c.direct_speed_kt,c.hard_speed_kt,c.usual_speed_kt,"
    "c.holds_without_weak_fixes,c.any_of,"
    "(SELECT group_concat(printf('within %d km of the receiver at %.4f, %.4f at %.19sZ',"
    "value->>'within_km',value->>'lat_deg',value->>'lon_deg',value->>'time'),', ')"
    " FROM json_each(c.json,'$.heard')),"
    "coalesce(c.from_airport||' ('||coalesce(c.from_kind,'unknown')||')','an unknown place'),"
    "coalesce(c.to_airport||' ('||coalesce(c.to_kind,'unknown')||')','an unknown place')"
    " FROM crossings c WHERE c.id=?1";

static void say(struct ovf_view_writing *w, struct ovf_buffer *text, const char *format, ...)
    OVF_PRINTF(3, 4);
static void say(struct ovf_view_writing *w, struct ovf_buffer *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const enum ovf_status st = ovf_buffer_vprintf(text, format, args);
    va_end(args);
    if (w->json.status == OVF_OK)
        w->json.status = st;
}

/** "it entered at 10:12:33Z (between ... and ...)": a solved time, or an interval, or nothing that was seen. */
static void say_end(struct ovf_view_writing *w, struct ovf_buffer *text, const char *verb,
                    sqlite3_stmt *stmt, int time)
{
    const char *const solved = ovf_view_column(stmt, time);
    const char *const min = ovf_view_column(stmt, time + 1);
    const char *const max = ovf_view_column(stmt, time + 2);
    if (solved[0] != '\0')
        say(w, text, "it %s at %.19sZ (between %.19sZ and %.19sZ)", verb, solved, min, max);
    else if (min[0] != '\0')
        say(w, text, "it %s in a gap, between %.19sZ and %.19sZ%s", verb, min, max,
            sqlite3_column_int(stmt, time + 3) != 0 ? ", or not at all: it may have stayed inside"
                                                    : "");
    else
        say(w, text, "its track %s inside", time == ENTRY ? "begins" : "ends");
}

static const char *speed(sqlite3_stmt *stmt, int column, char text[OVF_NUMBER_SIZE])
{
    const double value = sqlite3_column_double(stmt, column);
    ovf_number_format(value >= 0 && value < MAX_SPEED_KT ? value : MAX_SPEED_KT, 0, text);
    return text;
}

static void say_speeds(struct ovf_view_writing *w, struct ovf_buffer *text, sqlite3_stmt *stmt)
{
    char numbers[4][OVF_NUMBER_SIZE];
    if (sqlite3_column_type(stmt, HARD) == SQLITE_NULL)
        return;
    if (sqlite3_column_type(stmt, AVOIDANCE) != SQLITE_NULL)
        say(w, text, "To stay out of %s it would have had to average %s kt (V*)",
            ovf_view_column(stmt, AIRSPACE), speed(stmt, AVOIDANCE, numbers[0]));
    else
        say(w, text, "No speed would have kept it out of %s", ovf_view_column(stmt, AIRSPACE));
    say(w, text, "; the straight way takes %s kt, the hard limit is %s kt, the usual one %s kt.",
        speed(stmt, DIRECT, numbers[1]), speed(stmt, HARD, numbers[2]),
        speed(stmt, USUAL, numbers[3]));
    ovf_view_put_sentence(w, text, &of_itself);
}

static void say_change(struct ovf_view_writing *w, struct ovf_buffer *text, sqlite3_stmt *stmt)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (strcmp(classes[i].class, ovf_view_column(stmt, CLASS)) == 0)
            say(w, text, "%s", classes[i].change);
    }
    say(w, text,
        sqlite3_column_int(stmt, STRONG) != 0
            ? "; without positions of grades C and D the same is said."
            : "; it rests on positions of grades C or D.");
    ovf_view_put_sentence(w, text, &of_itself);
}

static enum ovf_status say_all(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    struct ovf_buffer text = {0};
    const char *const class = ovf_view_column(stmt, CLASS);
    say(w, &text, "%s and %s, from %s to %s: %s (class %s; %lld believed positions inside).",
        ovf_view_column(stmt, CALLED), ovf_view_column(stmt, AIRSPACE), ovf_view_column(stmt, FROM),
        ovf_view_column(stmt, TO), ovf_view_class_words(class), class,
        (long long)sqlite3_column_int64(stmt, N_INSIDE));
    ovf_view_put_sentence(w, &text, &of_itself);
    if (strcmp(class, "impossible") != 0) {
        say(w, &text, "As far as is known ");
        say_end(w, &text, "entered", stmt, ENTRY);
        say(w, &text, "; ");
        say_end(w, &text, "left", stmt, EXIT);
        say(w, &text, ".");
        ovf_view_put_sentence(w, &text, &of_itself);
    }
    say_speeds(w, &text, stmt);
    if (ovf_view_column(stmt, HEARD)[0] != '\0') {
        say(w, &text, "In the gap it was heard %s.", ovf_view_column(stmt, HEARD));
        ovf_view_put_sentence(w, &text, &of_itself);
    }
    if (ovf_view_column(stmt, ANY_OF)[0] != '\0') {
        say(w, &text, "One of each of these must have been crossed: %s.",
            ovf_view_column(stmt, ANY_OF));
        ovf_view_put_sentence(w, &text, &of_itself);
    }
    say_change(w, &text, stmt);
    ovf_buffer_deinit(&text);
    return OVF_OK;
}

enum ovf_status ovf_view_put_crossing_words(struct ovf_view_writing *w, const char *id)
{
    ovf_json_open(&w->json, "sentences", '[');
    enum ovf_status st = ovf_view_each(w->view, words_of, id, say_all, w, w->err);
    if (st == OVF_OK)
        st = ovf_view_say_share(w, id);
    ovf_json_close(&w->json, ']');
    return st;
}
