/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the catalog share among themselves. */
#ifndef OVF_SOURCE_CATALOG_PARTS_H
#define OVF_SOURCE_CATALOG_PARTS_H

#include "source/catalog.h"
#include "source/sniff.h"
#include "source/space.h"
#include "source/spool.h"

/** Where the stored bytes of an input's items lie. */
enum ovf_storage {
    OVF_STORED_FILES, /* each item is the file of its name */
    OVF_STORED_SPACE, /* in the input's space, at the item's offset */
    OVF_STORED_SPOOL, /* in the temporary file, at the item's offset */
};

struct ovf_catalog_input {
    struct ovf_input input;
    char *label; /* what input.path borrows */
    enum ovf_storage storage;
    struct ovf_space space;
};

/* Names live in chunks that do not move. */
struct ovf_name_chunk;

struct ovf_catalog {
    struct ovf_catalog_input *inputs;
    size_t n_inputs;
    struct ovf_item *items;
    size_t n_items;
    size_t capacity;
    struct ovf_name_chunk *names;
    struct ovf_spool spool;
};

/** The stored bytes of one item, open for reading. */
struct ovf_stored {
    const struct ovf_space *space; /* else fd is read */
    struct ovf_space_reader *reader;
    int fd;
    bool is_own_fd;
    const char *name;
    uint64_t offset;
    uint64_t n_bytes;
};

/** With \p reader, which is borrowed. \retval OVF_E_IO  it is not there, or is not what was listed */
OVF_NODISCARD enum ovf_status ovf_stored_open(const struct ovf_catalog *catalog, size_t item,
                                              struct ovf_space_reader *reader,
                                              struct ovf_stored *stored, struct ovf_error *err);
void ovf_stored_close(struct ovf_stored *stored);

/** Exactly [at, at + len) of the item. */
OVF_NODISCARD enum ovf_status ovf_stored_read(const struct ovf_stored *stored, uint64_t at,
                                              void *data, size_t len, struct ovf_error *err);

/** What a member with such content is read as. */
enum ovf_item_kind ovf_catalog_kind(enum ovf_content content);

/** Append \p item; its name is copied. */
OVF_NODISCARD enum ovf_status ovf_catalog_add(struct ovf_catalog *catalog, struct ovf_item item);

/** Take the last item out again, with its name. */
void ovf_catalog_drop_last(struct ovf_catalog *catalog);

/** Count a rejection of \p input and keep its words when it is the first. \p name may be NULL. */
void ovf_catalog_reject(struct ovf_catalog_input *input, const char *name, enum ovf_reject reason,
                        const char *text);

/** List the directory that input \p i is. */
OVF_NODISCARD enum ovf_status ovf_catalog_add_folder(struct ovf_catalog *catalog, size_t i,
                                                     const char *path, struct ovf_error *err);

/** List the file (its space is filled) or, with \p fd >= 0, the stream that input \p i is. */
OVF_NODISCARD enum ovf_status ovf_catalog_add_file(struct ovf_catalog *catalog, size_t i, int fd,
                                                   struct ovf_error *err);

#endif
