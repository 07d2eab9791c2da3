/* SPDX-License-Identifier: Apache-2.0 */
/* To whom alerts are told: the channels of a case file, or of a file of their own. Secrets stand in files
 * that are named here, never here. */
#ifndef OVF_CASE_NOTIFY_H
#define OVF_CASE_NOTIFY_H

#include "case/schema.h"

/** What an alert says of a crossing, or of the flights of a watch. */
enum ovf_alert_event {
    OVF_ALERT_ENTERED,
    OVF_ALERT_LEFT,
    OVF_ALERT_CORRECTED, /* an earlier alert, by more data */
    OVF_ALERT_RETRACTED, /* there was no such crossing */
    OVF_ALERT_SERIES,    /* the flights of a watch stopped, or came back; icao24 is 0 */
    OVF_ALERT_TEST,      /* asked for by the user */
    OVF_ALERT_EVENT_N,
};

/** "entered", "left" ... */
const char *ovf_alert_event_name(enum ovf_alert_event event);

enum ovf_channel_kind {
    OVF_CHANNEL_STDOUT,
    OVF_CHANNEL_EXEC,
    OVF_CHANNEL_WEBHOOK,
    OVF_CHANNEL_NTFY,
    OVF_CHANNEL_MQTT,
    OVF_CHANNEL_KIND_N,
};

struct ovf_case_channel {
    struct ovf_case_head head;
    int64_t kind;                 /* enum ovf_channel_kind */
    const char *name;             /* NULL: the kind's word */
    struct ovf_case_list events;  /* int64_t, enum ovf_alert_event; empty: all */
    struct ovf_case_list watches; /* const char *; empty: all */
    double timeout_s;
    double delay_s;
    int64_t n_retries;
    struct ovf_case_list command; /* exec: const char *, the program first */
    const char *url;              /* webhook, ntfy */
    const char *body;             /* webhook: a template; NULL: the alert itself */
    bool is_text;                 /* the template is no JSON */
    struct ovf_case_list headers; /* webhook: const char *, "Name: value" */
    const char *secret_file;      /* webhook: the body is signed with what it holds */
    const char *ca_file;          /* webhook, ntfy, mqtt: NULL: the system's certificates */
    const char *topic;            /* ntfy, mqtt */
    const char *title;            /* ntfy: templates */
    const char *message;
    int64_t priority;          /* ntfy: 1 to 5 */
    struct ovf_case_list tags; /* ntfy: const char * */
    const char *token_file;    /* ntfy */
    const char *host;          /* mqtt */
    int64_t port;              /* mqtt; 0: 1883, or 8883 with TLS */
    const char *username;
    const char *password_file;
    bool is_tls;
    bool home_assistant; /* mqtt: discovery */
    const char *discovery_prefix;
};

struct ovf_case_notify {
    struct ovf_case_head head;
    struct ovf_case_list channels;    /* struct ovf_case_channel */
    struct ovf_case_list allow_hosts; /* const char * */
    const char *delivery_log;         /* NULL: none */
    double cooldown_aircraft_s;
    double cooldown_watch_s;
    int64_t queue; /* alerts that may wait for a channel */
};

/** Of a document of its own, and of its channels; a case file's table may take up the keys of either. */
extern const struct ovf_table ovf_notify_table;
extern const struct ovf_table ovf_channel_table;

/**
 * Read \p text as ovf_notify_table and check it.
 * \param[out] store  owns what \p out points to; deinit it whatever the result
 * \retval as ovf_case_read
 */
OVF_NODISCARD enum ovf_status ovf_case_notify_read(struct ovf_bytes text,
                                                   struct ovf_case_store *store,
                                                   struct ovf_case_notify *out,
                                                   struct ovf_error *err);

/** The checks alone: keys that do not go with the channel, addresses, headers, names that stand twice. */
OVF_NODISCARD enum ovf_status ovf_case_notify_check(const struct ovf_case_notify *notify,
                                                    struct ovf_error *err);

/** The name of a channel in the delivery log. */
const char *ovf_case_channel_name(const struct ovf_case_channel *channel);

/** Whether \p host is one of allow_hosts, in capitals or not. */
bool ovf_case_host_is_listed(const struct ovf_case_notify *notify, struct ovf_bytes host);

/**
 * The host of an http:// or https:// address, without port and brackets. Only what any program reads in
 * the same way is taken: letters, digits, '-', '.', or an IPv6 address in brackets; no user names.
 */
bool ovf_url_host(const char *url, struct ovf_bytes *host);

#endif
