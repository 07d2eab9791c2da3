// SPDX-License-Identifier: Apache-2.0
//
// A PMTiles archive of version 3 with one tile, the whole world at zoom 0, written by the specification
// (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md); and the PNG in it, of one colour.

import { deflateSync } from 'node:zlib';

const HEADER_BYTES = 127;

/** ISO 3309, as PNG has it. */
function crc32(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes) {
        crc ^= byte;
        for (let i = 0; i < 8; i++)
            crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
}

function chunk(type, data) {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
}

/** @param {number} size @param {number[]} colour red, green, blue @returns {Buffer} a PNG of `size` × `size` */
export function plainPng(size, colour) {
    const head = Buffer.alloc(13);
    head.writeUInt32BE(size, 0);
    head.writeUInt32BE(size, 4);
    head.set([8, 2], 8); // bits a channel, RGB
    const row = Buffer.from([0, ...Array.from({ length: size }, () => colour).flat()]);
    return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
        chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: size }, () => row)))), chunk('IEND', Buffer.alloc(0))]);
}

function varint(n) {
    const out = [];
    for (; n > 127; n = Math.floor(n / 128))
        out.push((n % 128) | 128);
    return [...out, n];
}

/** @param {Buffer} tile @param {number} [type] 2: PNG @param {Object} [meta] @returns {Buffer} */
export function archiveOf(tile, type = 2, meta = {}) {
    // One entry: TileId 0, RunLength 1, its length, Offset 0 as 0 + 1.
    const directory = Buffer.from([1, 0, 1, ...varint(tile.length), 1]);
    const metadata = Buffer.from(JSON.stringify(meta));
    const header = Buffer.alloc(HEADER_BYTES);
    header.write('PMTiles', 'latin1');
    header[7] = 3;
    let at = HEADER_BYTES;
    [directory, metadata, Buffer.alloc(0), tile].forEach((section, i) => {
        header.writeBigUInt64LE(BigInt(at), 8 + 16 * i);
        header.writeBigUInt64LE(BigInt(section.length), 16 + 16 * i);
        at += section.length;
    });
    [72, 80, 88].forEach((offset) => header.writeBigUInt64LE(1n, offset));
    header.set([1, 1, 1, type, 0, 0], 96); // clustered, nothing packed, the type, zoom 0 alone
    [-180, -85, 180, 85].forEach((degrees, i) => header.writeInt32LE(degrees * 1e7, 102 + 4 * i));
    return Buffer.concat([header, directory, metadata, tile]);
}

const field = (number, bytes) => [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
const zigzag = (n) => (n < 0 ? -2 * n - 1 : 2 * n);

/**
 * A vector tile (Mapbox Vector Tile 2.1) of one polygon, the whole of it.
 * @param {string} layer its name @returns {Buffer}
 */
export function plainMvt(layer) {
    // MoveTo 1, LineTo 3, ClosePath
    const geometry = [9, 0, 0, 26, ...[4096, 0, 0, 4096, -4096, 0].map(zigzag), 15].flatMap(varint);
    const feature = [...varint(3 * 8), 3, ...field(4, geometry)];
    return Buffer.from(field(3, [...varint(15 * 8), 2, ...field(1, [...Buffer.from(layer)]), ...field(2, feature), ...varint(5 * 8), ...varint(4096)]));
}
