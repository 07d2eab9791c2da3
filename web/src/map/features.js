// SPDX-License-Identifier: Apache-2.0
//
// GeoJSON of what is not a track: entries and exits, gaps, corridors, interference; and where names stand.

import { bounds, clock } from '../units.js';
import { zoneTimes } from '../words.js';
import { greatCircle } from './tracks.js';

const collection = (features) => ({ type: 'FeatureCollection', features });
const point = (lon, lat, properties) =>
    ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lon, lat] } });

/** When it crossed: the solved instant, else the interval that it lies in. */
export function endWords(end) {
    const { earliest, latest } = bounds(end);
    return end.time ? clock(end.time) : `${clock(earliest)} to ${clock(latest)}`;
}

/** Both ends of the crossing that is looked at. @param {Object|undefined} row */
export function markFeatures(row) {
    return collection(['entry', 'exit'].filter((side) => row?.[side]?.lat_deg !== undefined).map((side) => {
        const end = row[side];
        const bracket = end.time ? `\n${clock(end.time_min)} to ${clock(end.time_max)}` : '';
        return point(end.lon_deg, end.lat_deg, { icon: side, words: endWords(end) + bracket });
    }));
}

/** Rings of areas are lines, too. */
export const linesOf = ({ type, coordinates }) => (type === 'MultiPolygon' ? coordinates.flat()
    : type === 'Polygon' || type === 'MultiLineString' ? coordinates : [coordinates]);

/** Rings as lines, without the edges along 180 degrees: there polygons are cut, and no boundary runs. */
function uncut(ring) {
    const parts = [[]];
    ring.forEach((point, i) => {
        if (i > 0 && Math.abs(point[0]) === 180 && point[0] === ring[i - 1][0])
            parts.push([]);
        parts[parts.length - 1].push(point);
    });
    return parts.filter((part) => part.length > 1);
}

export function outlineFeatures(airspaces) {
    return collection(airspaces.features.map(({ properties, geometry }) => ({ type: 'Feature', properties,
        geometry: { type: 'MultiLineString', coordinates: linesOf(geometry).flatMap(uncut) } })));
}

/** Where lines cross a latitude, from west to east: in between, by turns, lies inside and outside. */
function crossingsAt(lines, lat) {
    const found = [];
    for (const line of lines)
        for (let i = 1; i < line.length; i++) {
            const [[x0, y0], [x1, y1]] = [line[i - 1], line[i]];
            if (y0 > lat !== y1 > lat)
                found.push(x0 + (x1 - x0) * (lat - y0) / (y1 - y0));
        }
    return found.sort((x, y) => x - y);
}

/** Where a name has most room: the middle of the widest part inside, at three latitudes. */
function roomiest(lines) {
    const lats = lines.flatMap((line) => line.map(([, lat]) => lat)).sort((x, y) => x - y);
    let best = null;
    for (const share of [0.3, 0.5, 0.7]) {
        const lat = lats[Math.floor(share * (lats.length - 1))] + 1e-7;
        const found = crossingsAt(lines, lat);
        for (let i = 1; i < found.length; i += 2)
            if (best === null || found[i] - found[i - 1] > best.width)
                best = { width: found[i] - found[i - 1], lon: (found[i] + found[i - 1]) / 2, lat };
    }
    return best;
}

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const regionName = (code) => (/^[A-Z]{2}$/.test(code) ? regions.of(code) : undefined);

/** A border stands once and names all who have it: each one's lines, put together. */
function linesByOwner(features) {
    const owners = new Map();
    for (const { properties, geometry } of features)
        for (const code of (properties.airspace ?? '').split(',').filter(Boolean)) {
            const owner = owners.get(code) ?? { name: properties.name ?? regionName(code), lines: [] };
            owner.lines.push(...linesOf(geometry));
            owners.set(code, owner);
        }
    return owners;
}

/** Zones that are drawn by coordinates are called so: what the user calls them says more. */
const wordsOf = ({ airspace, name }) => (/^(circle|polygon):/.test(name) && airspace.startsWith('zone:')
    ? airspace.slice(5).replace(/^\d+$/, 'zone $&') : name);

/** A zone's name stands with the times of each prohibition in it. */
function nameOf({ airspace, name }, zones) {
    return [wordsOf({ airspace, name }), ...zones.filter((zone) => zone.airspace === airspace).map(zoneTimes)].filter(Boolean).join('\n');
}

/**
 * Names of what is asked for and of the states around.
 * @param {Object} document `airspaces` @returns {{name: string, lon: number, lat: number}[]}
 */
export function namesOf({ airspaces, boundaries, zones = [] }) {
    const asked = airspaces.features.map(({ properties, geometry }) =>
        ({ code: properties.airspace, name: nameOf(properties, zones), lines: linesOf(geometry) }));
    const codes = new Set(asked.map(({ code }) => code));
    const around = linesByOwner(boundaries?.features ?? []);
    for (const code of codes)
        around.delete(code);
    return [...asked, ...around.values()].map(({ name, lines }) => ({ name, ...roomiest(lines) }))
        .filter(({ name, lon }) => name && lon !== undefined);
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

export const placeFeatures = (lat, lon, words) => collection([point(lon, lat, { icon: 'end', words })]);

/** The shortest way over a gap, which is not where it flew. @param {Object} row of `gaps` */
export function gapLine(row) {
    return greatCircle(row.start_lon_deg, row.start_lat_deg, row.end_lon_deg, row.end_lat_deg);
}

/** A gap that is looked at: its line, and its ends with their times. */
export function gapFeatures(row) {
    const line = gapLine(row);
    return { line: collection([{ type: 'Feature', properties: { kind: 'gap', airspace: row.airspaces[0] ?? '' },
        geometry: { type: 'LineString', coordinates: line } }]),
    ends: collection([[line[0], row.gap_start], [line[line.length - 1], row.gap_end]].map(([[lon, lat], time]) =>
        point(lon, lat, { icon: 'end', words: clock(time) }))) };
}

const M_PER_DEG = 111195;

function circle({ lon_deg: lon, lat_deg: lat }, radiusM) {
    const [high, wide] = [radiusM / M_PER_DEG, radiusM / M_PER_DEG / Math.cos(lat * Math.PI / 180)];
    return Array.from({ length: 49 }, (_, i) => [lon + wide * Math.cos(i * Math.PI / 24), lat + high * Math.sin(i * Math.PI / 24)]);
}

function cellRing({ lon_deg: lon, lat_deg: lat }, cellDeg) {
    const [high, wide] = [cellDeg / 2, cellDeg / 2 / Math.cos(lat * Math.PI / 180)];
    return [[lon - wide, lat - high], [lon + wide, lat - high], [lon + wide, lat + high], [lon - wide, lat + high], [lon - wide, lat - high]];
}

/**
 * Cells in which positions were disturbed, and places that they jumped to; of a cell that was so on several
 * days the worst.
 * @param {Object[]} rows of interferenceRows @param {number} radiusM of a sink @param {number} cellDeg
 */
export function interferenceFeatures(rows, radiusM, cellDeg) {
    const cells = new Map();
    for (const row of rows.filter(({ type }) => type !== 'sink')) {
        const key = `${row.lat_deg} ${row.lon_deg}`;
        if ((cells.get(key)?.bad_share ?? -1) < row.bad_share)
            cells.set(key, row);
    }
    const feature = (level, ring) => ({ type: 'Feature', properties: { level }, geometry: { type: 'Polygon', coordinates: [ring] } });
    return collection([...[...cells.values()].map((row) => feature(row.level, cellRing(row, cellDeg))),
        ...rows.filter(({ type }) => type === 'sink').map((row) => feature('sink', circle(row, radiusM)))]);
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
