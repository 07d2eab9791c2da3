/* SPDX-License-Identifier: Apache-2.0 */
/* Letters of ASCII, whatever the locale: bytes of other characters stay as they are. */
#ifndef OVF_BASE_ASCII_H
#define OVF_BASE_ASCII_H

static inline unsigned char ovf_ascii_upper(unsigned char c)
{
    return c >= 'a' && c <= 'z' ? (unsigned char)(c - 'a' + 'A') : c;
}

static inline unsigned char ovf_ascii_lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c - 'A' + 'a') : c;
}

#endif
