// SPDX-License-Identifier: Apache-2.0
//
// What MapLibre draws over the picture of ground and ways (ways.js), from below to above; all of it lies below that
// picture where there are tiles. Aircraft heard live have trails. Of the crossing that is looked at, flown is solid; a gap is dotted, for nobody knows
// where it flew; what could be reached in it is shaded; how far off positions may be is a corridor.

import { colourOf, GROUND } from './colours.js';

const EMPTY = { type: 'FeatureCollection', features: [] };
export const SOURCES = ['trails', 'regions', 'corridors', 'selected', 'marks', 'aircraft'];

const byZoom = (...stops) => ['interpolate', ['linear'], ['zoom'], ...stops];

function wayLayers(grey, colours) {
    const colour = colourOf(colours, grey.other);
    const width = byZoom(3, 2, 9, 3.4);
    return [
        { id: 'trails', type: 'line', source: 'trails', layout: { 'line-join': 'round', 'line-cap': 'round' },
            paint: { 'line-color': colour, 'line-width': byZoom(3, 1.2, 9, 2) } },
        { id: 'regions', type: 'fill', source: 'regions',
            paint: { 'fill-color': grey.selected, 'fill-opacity': 0.13 } },
        { id: 'region-line', type: 'line', source: 'regions',
            paint: { 'line-color': grey.selected, 'line-width': 1, 'line-dasharray': [4, 3] } },
        // As wide as twice the radius on the ground, at any zoom.
        { id: 'corridors', type: 'line', source: 'corridors', layout: { 'line-cap': 'round', 'line-join': 'round' },
            paint: { 'line-color': colour, 'line-opacity': 0.25,
                'line-width': ['interpolate', ['exponential', 2], ['zoom'], 0, ['get', 'width_0'], 24,
                    ['get', 'width_24']] } },
        { id: 'selected-halo', type: 'line', source: 'selected', filter: ['!=', ['get', 'kind'], 'gap'],
            layout: { 'line-join': 'round', 'line-cap': 'round' },
            paint: { 'line-color': grey.halo2, 'line-width': byZoom(3, 5, 9, 7.5), 'line-opacity': 0.9 } },
        { id: 'selected', type: 'line', source: 'selected', filter: ['!=', ['get', 'kind'], 'gap'],
            layout: { 'line-join': 'round', 'line-cap': 'round' },
            paint: { 'line-color': colour, 'line-width': width } },
        { id: 'selected-gap', type: 'line', source: 'selected', filter: ['==', ['get', 'kind'], 'gap'],
            layout: { 'line-cap': 'round' },
            paint: { 'line-color': colour, 'line-width': width, 'line-dasharray': [0.1, 2] } },
    ];
}

function markLayers(grey) {
    const text = { 'text-font': ['sans-serif'], 'text-size': 11 };
    const halo = { 'text-color': grey.label, 'text-halo-color': grey.halo, 'text-halo-width': 1.4 };
    return [
        { id: 'marks', type: 'symbol', source: 'marks',
            layout: { ...text, 'text-size': 12, 'text-field': ['get', 'words'], 'text-offset': [0.9, 0],
                'text-anchor': 'left', 'text-justify': 'left', 'text-overlap': 'always', 'icon-overlap': 'always',
                'icon-image': ['get', 'icon'], 'icon-size': 0.8 },
            paint: { ...halo, 'text-color': grey.selected, 'text-halo-width': 2 } },
        { id: 'aircraft', type: 'symbol', source: 'aircraft',
            layout: { ...text, 'icon-image': 'aircraft', 'icon-rotate': ['coalesce', ['get', 'track_deg'], 0], 'icon-size': 0.7,
                'icon-rotation-alignment': 'map', 'icon-overlap': 'always', 'text-field': ['get', 'callsign'],
                'text-offset': [0, 1.1], 'text-anchor': 'top', 'text-optional': true },
            paint: { ...halo, 'text-color': grey.selected } },
    ];
}

/** One of vector tiles: areas of land and water, lines of rivers and, from near enough, of roads. */
function plainLayer({ part, layer }, grey) {
    const common = { id: `tiles-${part}-${layer}`, source: 'tiles', 'source-layer': layer };
    if (part === 'land' || part === 'water')
        return { ...common, type: 'fill', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': grey[part === 'land' ? 'earth' : 'water'] } };
    return { ...common, type: 'line', filter: ['==', ['geometry-type'], 'LineString'], minzoom: part === 'road' ? 6 : 0,
        paint: { 'line-color': grey[part === 'road' ? 'road' : 'water'], 'line-width': byZoom(6, 0.5, 12, 1.5) } };
}

/** A map of the user's own below all else, where the server names one. */
function tileLayers(tiles, grey) {
    if (!tiles)
        return [];
    return tiles.layers?.map((one) => plainLayer(one, grey)) ??
        [{ id: 'tiles', type: 'raster', source: 'tiles', paint: { 'raster-opacity': 0.6 } }];
}

/**
 * @param {{theme: 'light'|'dark', colours: Map<string, string>,
 *     tiles: Object|null}} what `tiles`: a source and what is drawn of it (tiles.js)
 * @param {Object<string, Object>} data GeoJSON by the name of its source
 * @returns {Object} a MapLibre style: nothing in it is loaded from anywhere but `tiles`
 */
export function mapStyle({ theme, colours, tiles }, data) {
    const grey = GROUND[theme];
    const sources = Object.fromEntries(SOURCES.map((name) => [name,
        { type: 'geojson', data: data[name] ?? EMPTY, buffer: 16, maxzoom: 14 }]));
    if (tiles)
        sources.tiles = tiles.source;
    return { version: 8, sources, layers: [...tileLayers(tiles, grey), ...wayLayers(grey, colours), ...markLayers(grey)] };
}

/** As long as there is nothing to draw: MapLibre starts no worker for it. */
export const EMPTY_STYLE = { version: 8, sources: {}, layers: [] };
