// SPDX-License-Identifier: Apache-2.0
//
// GeoJSON of what is not a track: entries and exits, names, corridors.

import { clock } from '../units.js';

const collection = (features) => ({ type: 'FeatureCollection', features });
const point = (lon, lat, properties) =>
    ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lon, lat] } });

/** When it crossed: the solved instant, else the interval that it lies in. */
export function endWords(end) {
    return end.time ? clock(end.time) : `${clock(end.time_min)} to ${clock(end.time_max)}`;
}

/** Both ends of the crossing that is looked at. @param {Object|undefined} row */
export function markFeatures(row) {
    return collection(['entry', 'exit'].filter((side) => row?.[side]?.lat_deg !== undefined).map((side) => {
        const end = row[side];
        const bracket = end.time ? `\n${clock(end.time_min)} to ${clock(end.time_max)}` : '';
        return point(end.lon_deg, end.lat_deg, { icon: side, words: endWords(end) + bracket });
    }));
}

/** The middle of a polygon's longest ring: good enough to write a name at. */
function ringMiddle(rings) {
    const ring = rings.reduce((a, b) => (b.length > a.length ? b : a));
    let [area, x, y] = [0, 0, 0];
    for (let i = 1; i < ring.length; i++) {
        const cross = ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
        area += cross;
        x += (ring[i - 1][0] + ring[i][0]) * cross;
        y += (ring[i - 1][1] + ring[i][1]) * cross;
    }
    return area === 0 ? ring[0] : [x / (3 * area), y / (3 * area)];
}

/** Lines of a state's border do not close: their box tells where its name goes. */
function linesMiddle(lines) {
    const longest = lines.reduce((a, b) => (b.length > a.length ? b : a), []);
    const [xs, ys] = [longest.map(([x]) => x), longest.map(([, y]) => y)];
    const middle = (values) => (values.reduce((a, b) => Math.min(a, b)) + values.reduce((a, b) => Math.max(a, b))) / 2;
    return [middle(xs), middle(ys)];
}

function nameOf({ properties, geometry }) {
    const parts = geometry?.coordinates ?? [];
    if (!parts.length || !properties.name)
        return null;
    const [lon, lat] = geometry.type === 'MultiPolygon' ? ringMiddle(parts.map((polygon) => polygon[0]))
        : geometry.type === 'Polygon' ? ringMiddle([parts[0]])
            : linesMiddle(geometry.type === 'MultiLineString' ? parts : [parts]);
    return point(lon, lat, { name: properties.name });
}

/** A border has an owner on each side; a name is written for those features that are one state's own. */
export function nameFeatures(airspaces, boundaries) {
    const own = (feature) => !/,/.test(feature.properties.airspace ?? ',');
    return collection([...airspaces.features, ...(boundaries?.features ?? []).filter(own)].map(nameOf).filter(Boolean));
}

const EARTH_M = 40075016.686;
const TILE_PX = 512;

/** Lines as wide as a radius on the ground: pixels at zoom 0 and 24, between which it doubles. */
export function corridorFeatures(lines, radiusM, airspace) {
    return collection(lines.filter((line) => line.length > 1).map((line) => {
        const lat = line[Math.floor(line.length / 2)][1] * Math.PI / 180;
        const width = 2 * radiusM * TILE_PX / (EARTH_M * Math.cos(lat));
        return { type: 'Feature', properties: { airspace, width_0: width, width_24: width * 2 ** 24 },
            geometry: { type: 'LineString', coordinates: line } };
    }));
}

export function regionFeatures(regions) {
    return collection(regions.map(({ geometry, words: said, class: kind }) =>
        ({ type: 'Feature', properties: { words: said, class: kind }, geometry })));
}

/** @param {Object[]} aircraft with lon, lat, track_deg, callsign, id */
export function aircraftFeatures(aircraft) {
    return collection(aircraft.map(({ lon, lat, ...properties }) => point(lon, lat, properties)));
}

export function sinkFeatures(rows) {
    return collection(rows.map((row) => point(row.lon_deg, row.lat_deg, { words: row.words, day: row.day })));
}

/** West, south, east, north of all coordinates of GeoJSON; null of nothing. */
export function boundsOf(collections) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const stack = collections.flatMap(({ features }) => features.map(({ geometry }) => geometry?.coordinates ?? []));
    while (stack.length) {
        const item = stack.pop();
        if (typeof item[0] === 'number') {
            box[0] = Math.min(box[0], item[0]);
            box[1] = Math.min(box[1], item[1]);
            box[2] = Math.max(box[2], item[0]);
            box[3] = Math.max(box[3], item[1]);
        } else
            for (const inner of item)
                stack.push(inner);
    }
    return Number.isFinite(box[0]) ? box : null;
}
