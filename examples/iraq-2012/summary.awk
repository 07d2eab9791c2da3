# SPDX-License-Identifier: Apache-2.0
#
# Sums up the example for people:  awk -f summary.awk DAYS OVER_IRAQ ROUTE
#
#   DAYS       the days of which the archive holds anything, one a line
#   OVER_IRAQ  scan --airspace IQ --format csv: everybody
#   ROUTE      scan --airspace IQ --from IR --to SY --format csv: those asked for
#
# A journey counts once, in the month (UTC) in which it is first over Iraq. A zero stands only where the
# archive has days; a day without data or on which nobody else was seen over Iraq is told apart. No cell
# of these tables holds a comma.

function number_of_day(text,    y, m, d) # days since 0000-03-01, of YYYY-MM-DD
{
    y = substr(text, 1, 4) + 0
    m = substr(text, 6, 2) + 0
    d = substr(text, 9, 2) + 0
    if (m < 3) {
        m += 12
        y--
    }
    return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + d - 1
}

function name_of(day,    y, m) # the other way
{
    y = int((day + 0.5) / 365.2425)
    while (number_of_day(sprintf("%04d-03-01", y + 1)) <= day)
        y++
    while (number_of_day(sprintf("%04d-03-01", y)) > day)
        y--
    day -= number_of_day(sprintf("%04d-03-01", y))
    m = int((5 * day + 2) / 153)
    day -= int((153 * m + 2) / 5) - 1
    m += 3
    return sprintf("%04d-%02d-%02d", m > 12 ? y + 1 : y, m > 12 ? m - 12 : m, day)
}

function days_of(month,    y, m)
{
    y = substr(month, 1, 4) + 0
    m = substr(month, 6, 2) + 1
    if (m > 12) {
        m = 1
        y++
    }
    return number_of_day(sprintf("%04d-%02d-01", y, m)) - number_of_day(month "-01")
}

function cell(name) { return $at[name] }

function place(lat, lon)
{
    return sprintf("%.1f%s %.1f%s", lat < 0 ? -lat : lat, lat < 0 ? "S" : "N", lon < 0 ? -lon : lon,
                   lon < 0 ? "W" : "E")
}

function clock(time) { return substr(time, 1, 10) " " substr(time, 12, 5) }

function airport(code)
{
    if (code == "OIIE")
        return "Tehran (OIIE)"
    if (code == "ORBI")
        return "Baghdad (ORBI)"
    if (code == "OSDI")
        return "Damascus (OSDI)"
    return code
}

FNR == 1 { n_files++ }

n_files == 1 {
    data[number_of_day($1)] = $1
    n_data[substr($1, 1, 7)]++
    if (first_day == "")
        first_day = $1
    last_day = $1
    next
}

FNR == 1 {
    FS = ","
    $0 = $0
    for (i = 1; i <= NF; i++)
        at[$i] = i
    next
}

{
    t = cell("entry_time")
    if (t == "")
        t = cell("exit_time")
    if (t == "")
        t = cell("flight_start")
    month = substr(t, 1, 7)
}

n_files == 2 { # everybody over Iraq; who was asked for is taken out at the end
    n_over++
    over_day[n_over] = number_of_day(t)
    over_journey[n_over] = cell("journey_id")
    over_month[n_over] = month
    next
}

# An airport is unknown, and the journey was seen in Iran before or in Syria after: told apart.
cell("matched_by_from") !~ /airport$/ || cell("matched_by_to") !~ /airport$/ {
    n_by_states++
    next
}

{
    journey = cell("journey_id")
    if (!(journey in seen)) {
        seen[journey] = ++n_journeys
        day_of[n_journeys] = number_of_day(t)
        date_of[n_journeys] = substr(t, 1, 10)
        n_month[month]++
        way[n_journeys] = place(cell("entry_lat_deg"), cell("entry_lon_deg"))
        level[n_journeys] = sprintf("FL%03d", cell("entry_alt_baro_ft") / 100 + 0.5)
        month_of[n_journeys] = month
        first_leg[n_journeys] = sprintf("%s  %s  %s", cell("callsign"), cell("icao24"), cell("registration"))
    }
    n = seen[journey]
    if (cell("role") == "overflight") {
        out[n] = place(cell("exit_lat_deg"), cell("exit_lon_deg"))
        seconds[n] = cell("duration_s")
    } else if (cell("role") == "arrival") {
        landed[n] = cell("to_airport")
        n_landed[month_of[n]]++
        took_off[n] = sprintf("%s %s", airport(cell("from_airport")), clock(cell("flight_start")))
        down[n] = clock(cell("flight_end"))
    } else if (cell("role") == "departure") {
        up[n] = clock(cell("flight_start"))
        arrived[n] = sprintf("%s %s", airport(cell("to_airport")), clock(cell("flight_end")))
    }
}

END {
    # The ways, by where Iraq was entered without landing; the landed ones are a way of their own.
    for (n = 1; n <= n_journeys; n++) {
        if (n in landed)
            continue
        if (!(way[n] in n_way)) {
            ways[++n_ways] = way[n]
            way_out[way[n]] = out[n]
            way_level[way[n]] = level[n]
        }
        n_way[way[n]]++
        sum_s[way[n]] += seconds[n]
        n_way_month[way[n], month_of[n]]++
    }
    for (i = 1; i <= n_over; i++)
        if (!(over_journey[i] in seen)) {
            others[over_day[i]] = 1
            n_others[over_month[i]]++
        }

    print "IRAN TO SYRIA OVER IRAQ, 2012: A REPLAY WITH INVENTED TRAFFIC"
    print ""
    print "Every flight below is invented (callsigns SIM..., addresses f1....), how many"
    print "there are is invented too. Reported facts are only the dates on the right."
    print "Simulated: " simulated "."
    print ""
    print "          days   crossings  flights Iran to Syria"
    printf "          with   of Iraq    over Iraq\n"
    printf "month     data   by others    all"
    for (w = 1; w <= n_ways; w++)
        printf "  way %d", w
    printf "  landed  reported\n"
    reported["2012-03"] = "raised by Iraq; they stop [1]"
    reported["2012-07"] = "late July: they resume [2]"
    reported["2012-10"] = "2, 27 Oct: made to land [3]"
    y = substr(first_day, 1, 4) + 0
    m = substr(first_day, 6, 2) + 0
    for (;;) {
        month = sprintf("%04d-%02d", y, m)
        if (month > substr(last_day, 1, 7))
            break
        line = sprintf("%s  %2d of %d", month, n_data[month], days_of(month))
        if (!n_data[month])
            line = line "   no data: not known"
        else {
            line = line sprintf("  %6d    %5d", n_others[month], n_month[month])
            for (w = 1; w <= n_ways; w++)
                line = line sprintf("  %5d", n_way_month[ways[w], month])
            line = line sprintf("  %6d", n_landed[month])
        }
        if (month in reported)
            line = line "  " reported[month]
        print line
        if (++m > 12) {
            m = 1
            y++
        }
    }
    for (n = 1; n <= n_journeys; n++)
        n_down += n in landed
    print ""
    printf "%d flights in all:\n", n_journeys
    for (w = 1; w <= n_ways; w++)
        printf "  way %d  %4d  in at %s, out at %s, %s, %.0f min over Iraq\n", w, n_way[ways[w]],
               ways[w], way_out[ways[w]], way_level[ways[w]], sum_s[ways[w]] / n_way[ways[w]] / 60
    printf "  landed %4d  at Baghdad on the way\n", n_down

    # The longest time without one.
    for (n = 2; n <= n_journeys; n++)
        if (day_of[n] - day_of[n - 1] > pause) {
            pause = day_of[n] - day_of[n - 1]
            before = n - 1
        }
    print ""
    if (pause > 14) {
        for (d = day_of[before] + 1; d < day_of[before + 1]; d++) {
            n_days++
            if (d in others)
                n_heard++
        }
        printf "The halt: none between %s and %s. On %d of the %d days between,\n", date_of[before],
               date_of[before + 1], n_heard, n_days
        print "others were seen over Iraq: somebody was listening, and saw no such flight."
    }
    for (d = number_of_day(first_day); d <= number_of_day(last_day); d++)
        if (!(d in data) && ++n_missing <= 5)
            missing = missing (n_missing > 1 ? ", " : "") name_of(d)
    if (n_missing)
        printf "The archive holds nothing of %s%s: not known, and no zero.\n", missing,
               (n_missing > 5 ? sprintf(" and %d more days", n_missing - 5) : "")

    if (n_down) {
        print ""
        print "Landed at Baghdad, then flew on (one journey of two flights, times in UTC):"
        for (n = 1; n <= n_journeys; n++)
            if (n in landed) {
                print "  " first_leg[n]
                printf "      %s -> %s %s\n", took_off[n], airport(landed[n]), down[n]
                printf "      %s %s -> %s\n", airport(landed[n]), up[n], arrived[n]
            }
    }
    print ""
    print "Not counted: " n_by_states + 0 " crossings by aircraft that came from and went on to other airports,"
    print "seen over Iran before or Syria after; " n_unknown " of flights with an unknown end."
    print ""
    print "Where to read more of what is reported:"
    print "  [1] Foreign minister Zebari in al-Hayat, by Reuters 2012-09-30; US press of"
    print "      March: already under way"
    print "  [2] New York Times 2012-09-04 (Gordon); Zebari: \"late July\""
    print "  [3] AFP on 2 October (nothing found), AP on 27 October (medical supplies)"
    print "The days of halt and resumption are invented; examples/iraq-2012/scenario.yaml"
    print "says on top what is."
}
