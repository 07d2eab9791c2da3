// SPDX-License-Identifier: Apache-2.0
//
// A map of the user's own below all else: pictures that each have an address, or one PMTiles archive of which
// parts are read, of pictures or of vector tiles: of these water, land and roads are drawn, without names.

import { addProtocol } from 'maplibre-gl';
import { PMTiles, Protocol, TileType } from 'pmtiles';

const PICTURES = [TileType.Png, TileType.Jpeg, TileType.Webp, TileType.Avif];

/** What is drawn of vector tiles, from below to above, by the names that layers have in Protomaps, OpenMapTiles and Shortbread. */
const PLAIN = [['land', /^(earth|land)$/], ['water', /^(water|ocean|water_polygons)$/], ['river', /^(water|waterway|water_lines)$/],
    ['road', /^(roads|streets|transportation)$/]];

/** An attribution is often HTML; it is shown as the text in it. */
export function plainText(html) {
    return String(html).replaceAll(/<[^>]*>/g, '').replaceAll(/&(copy|amp|lt|gt|quot);/g,
        (_, name) => ({ copy: '©', amp: '&', lt: '<', gt: '>', quot: '"' }[name])).trim();
}

/** @param {Object} metadata of an archive of vector tiles @returns {{part: string, layer: string}[]} */
export function plainLayers(metadata) {
    const names = (metadata?.vector_layers ?? []).map(({ id }) => String(id));
    return PLAIN.flatMap(([part, pattern]) => names.filter((name) => pattern.test(name)).map((layer) => ({ part, layer })));
}

/**
 * Has MapLibre read an archive by `pmtiles:` addresses. A server looks at its own before it starts; at one of
 * another host nobody has looked yet.
 */
async function readArchive(url, { ready, credit, trouble }) {
    const archive = new PMTiles(url);
    const protocol = new Protocol();
    protocol.add(archive);
    addProtocol('pmtiles', protocol.tile);
    const { tileType } = await archive.getHeader();
    const metadata = await archive.getMetadata().catch(() => null);
    if (metadata?.attribution)
        credit(plainText(metadata.attribution));
    const layers = tileType === TileType.Mvt ? plainLayers(metadata) : [];
    if (PICTURES.includes(tileType))
        ready({ source: { type: 'raster', tileSize: 256, url: `pmtiles://${url}` }, layers: null });
    else if (layers.length)
        ready({ source: { type: 'vector', url: `pmtiles://${url}` }, layers });
    else
        trouble(tileType === TileType.Mvt
            ? 'the PMTiles archive has vector tiles, but no layer that is known as water, land or roads: no tiles are drawn'
            : 'the PMTiles archive has neither pictures (PNG, JPEG, WebP, AVIF) nor vector tiles (MVT): no tiles are drawn');
}

/**
 * @param {{format?: 'xyz'|'pmtiles', url: string, size_px?: number}|undefined} tiles of the document `index`
 * @param {{ready: (tiles: {source: Object, layers: Object[]|null}) => void, credit: (words: string) => void,
 *     trouble: (words: string) => void}} listener `ready`: a source of MapLibre, and of vector tiles what is drawn
 */
export function readTiles(tiles, listener) {
    if (!tiles)
        return;
    if (tiles.format !== 'pmtiles') {
        listener.ready({ source: { type: 'raster', tileSize: tiles.size_px ?? 256, tiles: [tiles.url] }, layers: null });
        return;
    }
    readArchive(new URL(tiles.url, document.baseURI).href, listener).catch(() =>
        listener.trouble('the PMTiles archive cannot be read: no tiles are drawn'));
}
