// SPDX-License-Identifier: Apache-2.0
//
// An invented case as the page's documents (docs/api.md): flights over Iraq by aircraft of addresses from
// F10000 up, callsigns SIM... No real aircraft, no measurement: its shape and its size are what is tested.
// The same numbers give the same world.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { between, distanceM, isInside, simplified, simplify } from './geometry.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '../..');
const MAP = join(top, 'node_modules/@geo-maps/countries-maritime-10m/map.geo.json');
const NEAR = { IRN: 'Iran', SYR: 'Syria', TUR: 'Turkey', SAU: 'Saudi Arabia', JOR: 'Jordan', KWT: 'Kuwait', ISR: 'Israel',
    LBN: 'Lebanon', AZE: 'Azerbaijan', ARM: 'Armenia', GEO: 'Georgia', EGY: 'Egypt', CYP: 'Cyprus', QAT: 'Qatar', ARE: 'Emirates' };
const LEVELS = [{ zoom: 3, tolerance_m: 10000 }, { zoom: 5, tolerance_m: 2500 }, { zoom: 7, tolerance_m: 600 }, { zoom: 9, tolerance_m: 150 }];
const UNIT = 1e-5;
const ENDS = { OIIE: [51.15, 35.41, 'IR'], OSDI: [36.51, 33.41, 'SY'], OMDB: [55.36, 25.25, 'AE'], LTFM: [28.73, 41.26, 'TR'],
    OERK: [46.7, 24.96, 'SA'], OLBA: [35.49, 33.82, 'LB'], OIMM: [59.64, 36.24, 'IR'], LTAC: [32.99, 40.13, 'TR'] };
const ROUTES = [['OIIE', 'OSDI'], ['OMDB', 'LTFM'], ['OERK', 'LTFM'], ['OIIE', 'OLBA'], ['OMDB', 'OLBA'], ['OIMM', 'OSDI'], ['OMDB', 'LTAC']];

/** A small generator of numbers (mulberry32), seeded. */
function randomFrom(seed) {
    let a = seed;
    return () => {
        a = (a + 0x6d2b79f5) | 0;
        let t = Math.imul(a ^ (a >>> 15), 1 | a);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
}

const iso = (s) => new Date(s * 1000).toISOString();
const hex = (random, n) => Array.from({ length: n }, () => Math.floor(random() * 16).toString(16)).join('');
const differences = (values) => values.map((value, i) => (i ? value - values[i - 1] : value));
const polygonsOf = (geometry) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates);

export function readStates() {
    const states = new Map();
    for (const { properties, geometry } of JSON.parse(readFileSync(MAP, 'utf8')).features) {
        const code = properties.A3 ?? properties.ISO_A3 ?? properties.iso_a3;
        if (code === 'IRQ' || Object.hasOwn(NEAR, code))
            states.set(code, polygonsOf(geometry).map((rings) => rings.map((ring) => simplified(ring, code === 'IRQ' ? 200 : 2500)))
                .map((rings) => rings.filter((ring) => ring.length > 3)).filter((rings) => rings.length));
    }
    return states;
}

export function airspacesDocument(states) {
    const zone = Array.from({ length: 65 }, (_, i) => [44.4 + 0.55 * Math.cos(i * Math.PI / 32), 33.3 + 0.45 * Math.sin(i * Math.PI / 32)]);
    const feature = (id, properties, type, coordinates) => ({ type: 'Feature', id, properties, geometry: { type, coordinates } });
    return { type: 'airspaces', tolerance_m: 200, boundaries_tolerance_m: 2500,
        zones: [{ airspace: 'zone:middle', kind: 'no_fly_zone', name: 'middle', valid_from: '2012-02-01T00:00:00.000Z', weekdays: ['mon'], from: '10:30', until: '11:00' }],
        attribution: [{ text: '© OpenStreetMap contributors (ODbL 1.0), via geo-maps 0.6.0', url: 'https://www.openstreetmap.org/copyright' }],
        airspaces: { type: 'FeatureCollection', features: [
            feature('iq', { airspace: 'IQ', kind: 'country', name: 'Iraq', edition: '0.6.0', boundary_accuracy_m: 500 }, 'MultiPolygon', states.get('IRQ')),
            feature('z', { airspace: 'zone:middle', kind: 'zone', name: 'middle', edition: 'the case' }, 'Polygon', [zone])] },
        boundaries: { type: 'FeatureCollection', features: [...states].filter(([code]) => code !== 'IRQ').map(([code, polygons]) =>
            feature(code, { airspace: code, name: NEAR[code] }, 'MultiLineString', polygons.map(([outer]) => outer))) } };
}

/** A way by two bends, a position each step seconds. */
function flyWay(random, from, to, start, stepS) {
    const bend = (share, spread) => {
        const [lon, lat] = between(from, to, share);
        return [lon + (random() - 0.5) * spread, lat + (random() - 0.5) * spread];
    };
    const corners = [from, bend(0.3, 2.4), bend(0.55, 2), bend(0.8, 1.5), to];
    const [points, times] = [[], []];
    let t = start;
    for (let leg = 1; leg < corners.length; leg++) {
        const seconds = distanceM(corners[leg - 1], corners[leg]) / 235;
        for (let s = 0; s < seconds; s += stepS) {
            const [lon, lat] = between(corners[leg - 1], corners[leg], s / seconds);
            points.push([lon + (random() - 0.5) * 0.0015, lat + (random() - 0.5) * 0.0015]);
            times.push(Math.round(t + s));
        }
        t += seconds;
    }
    return { points, times };
}

/** Pieces of one kind and airspace, each sharing its last vertex with the next. */
function cutWay({ points, times }, iraq, gapAt) {
    const pieces = [];
    const [west, south, east, north] = [38, 28, 49.5, 38];
    const near = ([lon, lat]) => lon > west && lon < east && lat > south && lat < north;
    const label = (i) => (gapAt && i >= gapAt[0] && i < gapAt[1] ? 'gap' : near(points[i]) && isInside(points[i], iraq) ? 'IQ' : '');
    let begin = 0;
    for (let i = 1; i <= points.length; i++) {
        if (i < points.length && label(i) === label(begin))
            continue;
        const end = Math.min(i, points.length - 1);
        if (end > begin)
            pieces.push({ label: label(begin), points: points.slice(begin, end + 1), times: times.slice(begin, end + 1) });
        begin = i;
    }
    return pieces;
}

function segmentOf({ label, points, times }) {
    const line = label === 'gap' ? [points[0], points[points.length - 1]] : points;
    const t = label === 'gap' ? [times[0], times[times.length - 1]] : times;
    const z = new Array(line.length).fill(LEVELS.length);
    for (let level = LEVELS.length - 1; level >= 0; level--)
        simplify(line, LEVELS[level].tolerance_m, (i) => { z[i] = level; });
    const kept = line.map((_, i) => i).filter((i) => z[i] < LEVELS.length);
    const whole = (axis) => kept.map((i) => Math.round(line[i][axis] / UNIT));
    return { kind: label === 'gap' ? 'gap' : 'flown', ...(label === 'IQ' ? { airspace: 'IQ' } : {}),
        t: [t[0], t[t.length - 1]], lat: differences(whole(1)), lon: differences(whole(0)), z: kept.map((i) => z[i]),
        ...(label === 'gap' ? {} : { s: differences(kept.map((i) => times[i])), alt: differences(kept.map(() => 1360)) }) };
}

function endOf(piece, last, bracketed) {
    const i = last ? piece.points.length - 1 : 0;
    const [lon, lat] = piece.points[i];
    const t = piece.times[i];
    return { ...(bracketed ? { earliest: iso(t - 600), latest: iso(t + 650) } : { time: iso(t) }),
        time_min: iso(t - (bracketed ? 700 : 8)), time_max: iso(t + (bracketed ? 800 : 9)),
        lat_deg: Number(lat.toFixed(6)), lon_deg: Number(lon.toFixed(6)), alt_baro_ft: 34000, alt_geom_ft: 34600, radius_m: 186,
        records: [{ input: `sha256:${'ab'.repeat(32)}`, member: 'simulated/traces/00/trace_full_f10031.json', index: i }] };
}

function crossingOf(random, flight, inside, hasGap) {
    const [first, last] = [inside[0], inside[inside.length - 1]];
    const bracketed = hasGap;
    const [entry, exit] = [endOf(first, false, false), endOf(last, true, bracketed)];
    return { type: 'crossing', id: hex(random, 32), rev: hex(random, 32), simulated: true, icao24: flight.icao24, callsign: flight.callsign,
        registration: flight.registration, type_code: 'A320', registration_source: 'trace_header', registration_source_date: '2012-07-18',
        address_state: 'XA', operator_icao: 'SIM', operator_state: 'XB', operators_elsewhere: [{ operator_icao: 'SIM', operator_state: 'XB' }],
        airspace: 'IQ', kind: 'country', edition: '0.6.0', boundary_accuracy_m: 500, role: 'overflight',
        class: bracketed ? 'bracketed' : 'observed', n_fixes_inside: inside.reduce((n, { points }) => n + points.length, 0),
        weakest_grade: 'B', holds_without_weak_fixes: true, entry, exit, entered_from: ['IR'], left_to: ['SY'],
        duration_s: last.times[last.times.length - 1] - first.times[0], distance_m: 500000 + Math.floor(random() * 90000),
        from: flight.from, to: flight.to, flight: { id: flight.id, start: flight.start, end: flight.end },
        journey: { id: hex(random, 32), leg: 1, legs: 1 }, gaps: bracketed ? [hex(random, 32)] : [], inputs: [`sha256:${'ab'.repeat(32)}`], watches: ['iran-syria'] };
}

/**
 * @param {{flights: number, days: number, first: string, stepS: number, seed?: number, keepWays?: boolean, states: Map}} what
 *     keepWays: all positions, too, a list of [lon, lat] a flight
 */
export function makeTraffic({ flights, days, first, stepS, seed = 1, keepWays = false, states }) {
    const random = randomFrom(seed);
    // Coarse: where it enters is not what is tested.
    const iraq = states.get('IRQ').map(([outer]) => [simplified(outer, 3000)]);
    const day0 = Date.parse(first) / 1000;
    const [rows, tracks] = [[], []];
    let nFixes = 0;
    const ways = [];
    for (let tried = 0; rows.length < flights && tried < flights * 3; tried++) {
        const [from, to] = ROUTES[tried % ROUTES.length];
        const day = Math.floor(random() * days);
        const start = day0 + (day > 18 && day < 34 && days > 40 ? day + 16 : day) * 86400 + random() * 80000;
        const way = flyWay(random, ENDS[from], ENDS[to], start, stepS);
        const hasGap = tried % 9 === 4;
        const middle = Math.floor(way.points.length / 2);
        const pieces = cutWay(way, iraq, hasGap ? [middle, middle + Math.floor(1500 / stepS)] : null);
        const inside = pieces.filter(({ label }) => label === 'IQ');
        nFixes += way.points.length;
        if (keepWays)
            ways.push(way.points);
        if (!inside.length)
            continue;
        const icao24 = (0xf10000 + tried).toString(16);
        const end = (code) => ({ airport: code, country: ENDS[code][2], kind: tried % 5 ? 'observed' : 'inferred', score: 0.99 });
        const flight = { id: hex(random, 32), icao24, callsign: `SIM${400 + tried}`, registration: `XX-${icao24.toUpperCase()}`,
            from: end(from), to: end(to), start: iso(way.times[0]), end: iso(way.times[way.times.length - 1]) };
        const row = crossingOf(random, flight, inside, hasGap);
        rows.push(row);
        tracks.push({ flight, row, segments: pieces.map(segmentOf) });
    }
    rows.sort((a, b) => (a.entry.time_min < b.entry.time_min ? -1 : 1));
    rows.forEach((row, i) => { row.n = i + 1; });
    return { rows: rows.map(({ n, ...row }) => ({ n, ...row })), nFixes, ways,
        tracks: { type: 'tracks', unit_deg: UNIT, unit_ft: 25, levels: LEVELS, flights: tracks.map(({ flight, row, segments }) =>
            ({ id: flight.id, icao24: flight.icao24, callsign: flight.callsign, crossings: [row.n], segments })) } };
}
