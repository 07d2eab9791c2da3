/* SPDX-License-Identifier: Apache-2.0 */
/* libmosquitto: MQTT. */
#include <mosquitto.h>

#include "late/late.h"

static struct ovf_late_library library = {.soname = OVF_SONAME_MOSQUITTO};

typedef struct mosquitto client;

OVF_LATE(int, mosquitto_lib_init, (void), ())
OVF_LATE(int, mosquitto_lib_cleanup, (void), ())

OVF_LATE(client *, mosquitto_new, (const char *id, bool is_clean, void *context),
         (id, is_clean, context))
OVF_LATE_VOID(mosquitto_destroy, (client * mqtt), (mqtt))
OVF_LATE(int, mosquitto_int_option, (client * mqtt, enum mosq_opt_t option, int value),
         (mqtt, option, value))
OVF_LATE(int, mosquitto_threaded_set, (client * mqtt, bool is_threaded), (mqtt, is_threaded))
OVF_LATE(int, mosquitto_tls_set,
         (client * mqtt, const char *ca_file, const char *ca_folder, const char *certificate,
          const char *key, int (*password)(char *, int, int, void *)),
         (mqtt, ca_file, ca_folder, certificate, key, password))
OVF_LATE(int, mosquitto_username_pw_set, (client * mqtt, const char *name, const char *password),
         (mqtt, name, password))
OVF_LATE(int, mosquitto_will_set,
         (client * mqtt, const char *topic, int len, const void *payload, int qos, bool is_kept),
         (mqtt, topic, len, payload, qos, is_kept))
OVF_LATE_VOID(mosquitto_connect_callback_set,
              (client * mqtt, void (*callback)(client *, void *, int)), (mqtt, callback))
OVF_LATE_VOID(mosquitto_disconnect_callback_set,
              (client * mqtt, void (*callback)(client *, void *, int)), (mqtt, callback))
OVF_LATE_VOID(mosquitto_publish_callback_set,
              (client * mqtt, void (*callback)(client *, void *, int)), (mqtt, callback))

OVF_LATE(int, mosquitto_connect_async, (client * mqtt, const char *host, int port, int keepalive_s),
         (mqtt, host, port, keepalive_s))
OVF_LATE(int, mosquitto_reconnect_async, (client * mqtt), (mqtt))
OVF_LATE(int, mosquitto_disconnect, (client * mqtt), (mqtt))
OVF_LATE(int, mosquitto_loop, (client * mqtt, int timeout_ms, int n_packets),
         (mqtt, timeout_ms, n_packets))
OVF_LATE(bool, mosquitto_want_write, (client * mqtt), (mqtt))
OVF_LATE(int, mosquitto_publish,
         (client * mqtt, int *id, const char *topic, int len, const void *payload, int qos,
          bool is_kept),
         (mqtt, id, topic, len, payload, qos, is_kept))

OVF_LATE(const char *, mosquitto_strerror, (int error), (error))
OVF_LATE(const char *, mosquitto_connack_string, (int code), (code))
