/* SPDX-License-Identifier: Apache-2.0 */
/* What Home Assistant is told over MQTT: of a watch, and of an alert. */
#ifndef OVF_NOTIFY_DISCOVERY_H
#define OVF_NOTIFY_DISCOVERY_H

#include "base/buffer.h"
#include "notify/alert.h"

enum { OVF_DISCOVERY_SLUG_SIZE = 64 };

/** A name made of letters, digits, '_' and '-' alone, for topics: that of \p watch where it is one, else with
 * something added that tells it from others. */
void ovf_discovery_slug(const char *watch, char slug[OVF_DISCOVERY_SLUG_SIZE]);

/** The configuration of the `event` entity of \p watch. */
OVF_NODISCARD enum ovf_status ovf_discovery_put(const char *watch, const char *slug,
                                                const char *state_topic, const char *status_topic,
                                                struct ovf_buffer *out);

/** The alert's line with "event_type" in front, or OVF_E_FORMAT when it is no object. */
OVF_NODISCARD enum ovf_status ovf_discovery_event_put(const struct ovf_alert *alert,
                                                      struct ovf_buffer *out);

#endif
