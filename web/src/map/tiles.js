// SPDX-License-Identifier: Apache-2.0
//
// A raster map of the user's own below all else: pictures that each have an address, or one PMTiles archive
// of which parts are read.

import { addProtocol } from 'maplibre-gl';
import { PMTiles, Protocol, TileType } from 'pmtiles';

const PICTURES = [TileType.Png, TileType.Jpeg, TileType.Webp, TileType.Avif];

/**
 * Has MapLibre read an archive by `pmtiles:` addresses. A server looks at its own before it starts; at one of
 * another host nobody has looked yet.
 *
 * @param {string} url @param {(words: string) => void} onTrouble
 */
function readArchive(url, onTrouble) {
    const archive = new PMTiles(url);
    const protocol = new Protocol();
    protocol.add(archive);
    addProtocol('pmtiles', protocol.tile);
    archive.getHeader().then(({ tileType }) => {
        if (!PICTURES.includes(tileType))
            onTrouble('the PMTiles archive has no pictures (PNG, JPEG, WebP, AVIF): no tiles are drawn');
    }, () => onTrouble('the PMTiles archive cannot be read: no tiles are drawn'));
}

/**
 * @param {{format?: 'xyz'|'pmtiles', url: string, size_px?: number}|undefined} tiles of the document `index`
 * @param {(words: string) => void} onTrouble
 * @returns {Object|null} a source of MapLibre
 */
export function tileSource(tiles, onTrouble) {
    if (!tiles)
        return null;
    const source = { type: 'raster', tileSize: tiles.size_px ?? 256 };
    if (tiles.format !== 'pmtiles')
        return { ...source, tiles: [tiles.url] };
    const url = new URL(tiles.url, document.baseURI).href;
    readArchive(url, onTrouble);
    return { ...source, url: `pmtiles://${url}` };
}
