/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/phrases.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"

void ovf_phrase_day(int64_t t_ns, char text[OVF_PHRASE_DAY_SIZE])
{
    char time[OVF_TIME_SIZE];
    ovf_time_format(ovf_time_day(t_ns), 0, time);
    memcpy(text, time, OVF_PHRASE_DAY_SIZE - 1);
    text[OVF_PHRASE_DAY_SIZE - 1] = '\0';
}

void ovf_phrase_span(int64_t from_ns, int64_t to_ns, char text[OVF_PHRASE_SPAN_SIZE])
{
    char from[OVF_PHRASE_DAY_SIZE] = "";
    char last[OVF_PHRASE_DAY_SIZE] = "";
    if (from_ns != INT64_MIN)
        ovf_phrase_day(from_ns, from);
    if (to_ns != INT64_MAX)
        ovf_phrase_day(to_ns - 1, last);
    if (from_ns != INT64_MIN && to_ns != INT64_MAX)
        (void)snprintf(text, OVF_PHRASE_SPAN_SIZE, "%s to %s", from, last);
    else if (from_ns != INT64_MIN)
        (void)snprintf(text, OVF_PHRASE_SPAN_SIZE, "since %s", from);
    else
        (void)snprintf(text, OVF_PHRASE_SPAN_SIZE, "%s%s", to_ns != INT64_MAX ? "until " : "always",
                       last);
}

void ovf_phrase_source(struct ovf_findings *findings, const char *source, bool second_hand)
{
    struct ovf_buffer text = {0};
    if (!second_hand) {
        ovf_finding_source(findings, source);
        return;
    }
    enum ovf_status st = ovf_buffer_printf(&text, "%s (second-hand)", source);
    if (st == OVF_OK)
        st = ovf_buffer_append(&text, "", 1);
    if (st == OVF_OK)
        ovf_finding_source(findings, (const char *)text.data);
    else if (findings->status == OVF_OK)
        findings->status = st;
    ovf_buffer_deinit(&text);
}
