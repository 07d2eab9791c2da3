// SPDX-License-Identifier: Apache-2.0
//
// What of the page needs no browser: links, filters, files, tracks.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compileFilter } from '../../web/src/filter.js';
import { gapLine, interferenceFeatures, namesOf, outlineFeatures } from '../../web/src/map/features.js';
import { drawGround, drawNames, groundOf } from '../../web/src/map/ground.js';
import { levelAt, mercatorY, decodeTracks, positionAt, verticesAt, waysOf, whenNear } from '../../web/src/map/tracks.js';
import { Trails } from '../../web/src/map/trails.js';
import { nearestSegment } from '../../web/src/map/pick.js';
import { crossingMark, toCsv, toGeoJson, toKml, toTabs, waysGeometry } from '../../web/src/table/export.js';
import { MOST_NAMED, Named } from '../../web/src/named.js';
import { FINDING_COLUMNS } from '../../web/src/table/columns.js';
import { gapRows, INTERFERENCE_COLUMNS, interferenceRows } from '../../web/src/table/others.js';
import { Told, withTold } from '../../web/src/told.js';
import { AVIATION, begins, duration, ends, group, instant, interval, show } from '../../web/src/units.js';
import { parseParameters, writeParameters } from '../../web/src/url.js';
import { visible, withheldSummary } from '../../web/src/words.js';
import { distanceM } from './geometry.mjs';

const near = (got, want, tolerance) => assert.ok(Math.abs(got - want) <= tolerance, `${got}, not ${want}`);

test('parameters of tar1090 are read', () => {
    const read = parseParameters('?icao=F10005,f10006&showTrace=2012-10-02&startTime=04:10&endTime=09:28:30&lat=33.3&lon=44.4&zoom=8');
    assert.equal(read.query, 'icao24:f10005|f10006');
    assert.deepEqual(read.time, { from: Date.UTC(2012, 9, 2, 4, 10), to: Date.UTC(2012, 9, 2, 9, 28, 30) });
    assert.deepEqual(read.center, [44.4, 33.3]);
    assert.equal(read.zoom, 7); // OpenLayers' tiles have 256 pixels
    assert.equal(parseParameters('filterCallSign=^SIM4').query, 'callsign:^SIM4');
});

/** What no parameter asks for. */
const PLAIN = { chosen: [], sort: null, hideSideBar: false, hideButtons: false, play: false };

test('filters of tar1090 are read, in any case; what it would show besides stays out of the filter', () => {
    const query = (text) => parseParameters(text).query;
    assert.equal(query('?filtercallsign=^(UAL|DAL)'), 'callsign:^UAL|^DAL');
    assert.equal(query('reg=XX-A1,XX-B2&filterType=A320&filterIcao=^f1'), 'icao24:^f1 registration:XX-A1|XX-B2 type_code:A320');
    assert.equal(query('icaoBlacklist=f10001,f10002&filterDbFlag=military,pia'), '-icao24:f10001|f10002 db_flags:military|pia');
    assert.equal(query('mil'), 'db_flags:military');
    const apart = parseParameters('icao=f10005&noIsolation&sortBy=flight&sortByReverse&HideSideBar&hideButtons');
    assert.deepEqual([apart.query, apart.chosen, apart.sort], ['', ['f10005'], { key: 'callsign', descending: true }]);
    assert.ok(apart.hideSideBar && apart.hideButtons);
    assert.deepEqual(parseParameters('sortBy=rssi&kiosk').sort, null); // what no crossing has
    const { time, play } = parseParameters('replay=2012-10-02-04:10');
    assert.deepEqual([time, play], [{ from: Date.UTC(2012, 9, 2, 4, 10), to: Date.UTC(2012, 9, 2, 4, 20) }, true]);
    for (const text of ['-icao24:f10001|f10002', 'icao24:^f1', 'registration:XX-A1|XX-B2 type_code:A320 -callsign:SIM4', 'db_flags:pia class:observed'])
        assert.equal(query(writeParameters({ query: text })), text);
});

test('live alerts that a public page keeps back are counted, too', () => {
    assert.equal(withheldSummary({ ladd: 2, pia: 0, permits: 1, notes: 0 }), 'public: 3 rows withheld');
    assert.equal(withheldSummary({ ladd: 0 }, { aircraft: true, alerts_ladd: 0, alerts_pia: 0 }), 'public: 0 rows withheld');
    assert.equal(withheldSummary({ ladd: 0 }, { aircraft: true, alerts_ladd: 4, alerts_pia: 3 }), 'public: 0 rows and 7 live alerts withheld');
});

test('each crossing that alerts are about is counted once, as it was told last, beside those of the store', () => {
    const told = new Told(['a', 'b']);
    const stored = [{ id: 'a' }, { id: 'b' }];
    assert.deepEqual(told.sentences(stored), ['2 crossings are shown; none was told live yet.']);
    const tell = (id, event, at, crossing = {}) => told.note({ id, event, told: `2025-07-01T00:0${at}:00.000Z`, crossing });
    tell('x', 'entered', 2);
    tell('x', 'left', 3, { exit: {} });
    tell('y', 'entered', 1); // out of order
    tell('z', 'entered', 4);
    tell('z', 'retracted', 5);
    tell('b', 'corrected', 5, { exit: {} });
    told.note({ event: 'halt', watch: 'w', told: '2025-07-01T00:00:00.000Z' });
    assert.deepEqual(told.sentences([...stored, { id: 'x' }, { id: 'y' }]), ['4 crossings are shown: 2 told live since 2025-07-01 00:01:00 UTC, 2 of the store.',
        'Alerts were about 4 crossings: 1 entered and not left, 2 left, 1 retracted, which are not shown; 1 of those shown were corrected.']);
    tell('x', 'corrected', 6); // it is inside after all
    assert.match(told.sentences([{ id: 'x' }])[1], /2 entered and not left, 1 left/);
});

test('journeys of a watch that are told live stand with the days of its series, each once', () => {
    const series = { watch: 'w', days: [{ day: '2025-06-29', count: 2 }, { day: '2025-06-30', count: null }] };
    const row = (id, time, journey, watches = ['w']) => ({ id, watches, entry: { time }, journey: { id: journey } });
    const { days } = withTold(series, [row('a', '2025-06-29T01:00:00.000Z', 'j'), row('b', '2025-06-29T02:00:00.000Z', 'j'),
        row('c', '2025-07-02T00:00:00.000Z', 'k'), row('d', '2025-07-02T00:00:00.000Z', 'l', ['other'])]);
    assert.deepEqual(days.map(({ day, count, told }) => [day, count, told ?? 0]), [['2025-06-29', 2, 1], ['2025-06-30', null, 0],
        ['2025-07-01', null, 0], ['2025-07-02', null, 1]]); // the day between is one without data of a scan
    assert.equal(withTold(series, []), series);
});

test('what a finding is about is told by who flew, not by an identifier', () => {
    const { text, value } = FINDING_COLUMNS.find(({ key }) => key === 'about');
    const row = { about: { journey: '0dbd3301' }, subject: 'SIM4 f10004, 2012-10-02, OIIE to OSDI' };
    assert.equal(text(row), 'journey SIM4 f10004, 2012-10-02, OIIE to OSDI');
    assert.equal(value(row), 'journey:0dbd3301');
    assert.equal(text({ about: { watch: 'iran-syria' } }), 'watch iran-syria');
});

test('what is none of them is left out', () => {
    const read = parseParameters('icao=zzz,12345&showTrace=2012-13-45&lat=91&lon=x&zoom=&theme=pink');
    assert.deepEqual(read, { ...PLAIN, query: '', time: null, crossing: null, tab: null, theme: null, zoom: undefined, center: undefined });
});

test('an address that was written is read back as the same view', () => {
    const shown = { ...PLAIN, hideSideBar: true, query: 'icao24:f10005|f10006 callsign:SIM4 class:observed', crossing: 'ab', tab: 'case', theme: 'dark',
        time: { from: Date.UTC(2012, 9, 2, 4, 10), to: Date.UTC(2012, 9, 2, 9, 28, 30) }, zoom: 7, center: [44.4, 33.3] };
    assert.deepEqual(parseParameters(writeParameters(shown)), shown);
    const at = (day, hour) => Date.UTC(2012, 9, day, hour);
    for (const time of [{ from: at(2, 0), to: at(3, 0) }, { from: at(2, 22), to: at(3, 0) }, { from: at(2, 23), to: at(3, 1) },
        { from: at(2, 0), to: at(9, 0) }])
        assert.deepEqual(parseParameters(writeParameters({ ...shown, time })).time, time);
    assert.equal(writeParameters({ time: { from: at(2, 0), to: at(3, 0) } }), 'showTrace=2012-10-02');
});

test('a filter takes columns, alternatives and negation', () => {
    const columns = [{ key: 'callsign', text: ({ callsign }) => callsign }, { key: 'class', text: ({ kind }) => kind }];
    const rows = [{ callsign: 'SIM41', kind: 'observed' }, { callsign: 'SIM52', kind: 'bracketed' }, { callsign: 'XSIM4', kind: 'possible' }];
    const left = (query) => rows.filter(compileFilter(query, columns, AVIATION)).map(({ callsign }) => callsign);
    assert.deepEqual(left(''), ['SIM41', 'SIM52', 'XSIM4']);
    assert.deepEqual(left('sim4'), ['SIM41', 'XSIM4']);
    assert.deepEqual(left('callsign:^sim4'), ['SIM41']);
    assert.deepEqual(left('class:observed|possible -xsim'), ['SIM41']);
    assert.deepEqual(left('https://x'), []); // a colon without a column is a word
});

test('no pattern of a filter is slow', () => {
    const columns = [{ key: 'callsign', text: ({ callsign }) => callsign }];
    const begin = performance.now();
    compileFilter(`(a+)+$ ${'a'.repeat(5000)}`, columns, AVIATION)({ callsign: 'a'.repeat(5000) });
    assert.ok(performance.now() - begin < 100);
});

test('CSV quotes as RFC 4180 has it, and no cell is a formula', () => {
    const columns = [{ key: 'a', name: 'A', text: ({ a }) => a }, { key: 'n', name: 'N', text: ({ n }) => `${n} ft`, value: ({ n }) => n }];
    assert.equal(toCsv(columns, [{ a: 'x,"y"', n: -5 }, { a: '=1+1', n: undefined }]), 'a,n\r\n"x,""y""",-5\r\n\'=1+1,\r\n');
    assert.equal(toTabs(columns, [{ a: 'x\ty\nz', n: 5 }], AVIATION), 'A\tN\nx y z\t5 ft');
});

test('KML escapes, and leaves out what XML cannot say', () => {
    const row = { id: 'ab', n: 1, callsign: 'A&B<\u0001>', airspace: 'IQ', class: 'observed' };
    const text = toKml({ title: '<t>', attribution: '© "x"' }, [row], () => ({ type: 'MultiLineString', coordinates: [[[44, 33], [45, 34]]] }), crossingMark);
    assert.ok(text.includes('<name>1 A&amp;B&lt;&gt; IQ</name>'));
    assert.ok(text.includes('<coordinates>44,33 45,34</coordinates>'));
});

test('an end in a gap is when it can have been flown: in tables, windows and files', () => {
    const crossing = { entry: { time: '2012-02-01T10:00:00.000Z', time_min: '2012-02-01T09:59:55.000Z', time_max: '2012-02-01T10:00:05.000Z' },
        exit: { time_min: '2012-02-01T10:30:00.000Z', earliest: '2012-02-01T10:40:00.000Z', latest: '2012-02-01T10:50:00.000Z', time_max: '2012-02-01T11:00:00.000Z' } };
    assert.deepEqual([begins(crossing), ends(crossing)], ['2012-02-01T09:59:55.000Z', '2012-02-01T10:50:00.000Z']);
    assert.deepEqual([instant(crossing.entry), instant(crossing.exit), instant(undefined)], ['2012-02-01 10:00:00', '≥ 2012-02-01 10:40:00', '']);
    assert.equal(instant({ ...crossing.exit, perhaps_stayed: true }), 'perhaps ≥ 2012-02-01 10:40:00');
    assert.equal(interval(crossing.exit), '2012-02-01 10:40:00 to 10:50:00');
    assert.equal(crossingMark(crossing).end, '2012-02-01T10:50:00.000Z');
    const flight = { start: '2012-02-01T08:00:00.000Z', end: '2012-02-01T12:00:00.000Z' };
    assert.deepEqual([begins({ flight }), ends({ flight })], [flight.start, flight.end]);
});

test('a gap knows the crossings that rest on it, and its line is the shortest way', () => {
    const crossings = [{ n: 4, class: 'necessary', airspace: 'IQ', gaps: ['g'] }, { n: 9, class: 'possible', airspace: 'IR', gaps: ['h', 'g'] }];
    const [gap] = gapRows([{ id: 'g' }], crossings);
    assert.deepEqual([gap.crossings, gap.classes, gap.airspaces], [[4, 9], ['necessary', 'possible'], ['IQ', 'IR']]);
    const line = gapLine({ start_lat_deg: 60, start_lon_deg: 170, end_lat_deg: 60, end_lon_deg: -170 });
    near(line[line.length - 1][0], 190, 1e-9); // on, not back around
    near(Math.max(...line.map(([, lat]) => lat)), Math.atan(Math.tan(60 * Math.PI / 180) / Math.cos(10 * Math.PI / 180)) * 180 / Math.PI, 1e-9);
});

test('of a disturbed cell the worst day is drawn; a sink is a ring of its radius', () => {
    const cell = (n, share) => ({ n, lat_deg: 60, lon_deg: 30, level: 'high', bad_share: share });
    const rows = interferenceRows({ rows: [{ n: 1, lat_deg: 60, lon_deg: 30 }] }, { rows: [cell(1, 0.2), cell(2, 0.4)] });
    assert.deepEqual(rows.map(({ id }) => id), ['sink-1', 'cell-1', 'cell-2']);
    const { features: [square, ring, none] } = interferenceFeatures(rows, 5000, 0.4);
    assert.equal(none, undefined);
    assert.deepEqual(square.geometry.coordinates[0].slice(0, 3).map((place) => place.map((x) => Math.round(x * 1e6) / 1e6)),
        [[29.6, 59.8], [30.4, 59.8], [30.4, 60.2]]); // twice as wide in degrees at 60 north
    for (const place of ring.geometry.coordinates[0])
        near(distanceM([30, 60], place), 5000, 5);
});

test('interference is listed by day, of each day what was jumped to first, ten after nine', () => {
    const days = (n) => ({ rows: Array.from({ length: n }, (_, i) => ({ n: i + 1, day: i < 10 ? '2025-07-01' : '2025-07-02' })) });
    const [{ order }] = INTERFERENCE_COLUMNS;
    const ids = interferenceRows(days(12), days(11)).sort((a, b) => (order(a) < order(b) ? -1 : 1)).map(({ id }) => id);
    const ten = (name) => Array.from({ length: 10 }, (_, i) => `${name}-${i + 1}`);
    assert.deepEqual(ids, [...ten('sink'), ...ten('cell'), 'sink-11', 'sink-12', 'cell-11']);
});

test('marks of direction and controls are shown, not obeyed', () => {
    assert.equal(visible('a\u202eb\u0000c\u200b'), 'a\\u{202e}b\\u{0}c\\u{200b}');
    for (const text of ['Türkiye 東京 Ω', 'two\nlines\tof it', 'می\u200cشود'])
        assert.equal(visible(text), text);
});

test('quantities', () => {
    assert.equal(group(1234567.4), '1,234,567');
    assert.equal(show('altitude', 34000, AVIATION), '34,000 ft');
    assert.equal(show('altitude', 34000, { altitude: 'fl' }), 'FL340');
    assert.equal(show('speed', 720, { speed: 'kmh' }), '1,333 km/h'); // 720 kt of 1.852 km/h
    assert.equal(duration(59.6), '1 min 00 s');
    assert.equal(duration(2894.2), '48 min 14 s');
});

const document = { unit_deg: 1e-5, unit_ft: 25, levels: [{ zoom: 3, tolerance_m: 20000 }, { zoom: 9, tolerance_m: 150 }],
    flights: [{ id: 'a', icao24: 'f10001', crossings: [1], segments: [
        { kind: 'flown', airspace: 'IQ', t: [1000, 1100], lat: [3300000, 50000, 50000], lon: [17950000, 50000, 50000], z: [0, 1, 0] }] }] };

test('tracks are sums of differences; a level keeps what it needs', () => {
    const { segments: [segment], levels } = decodeTracks(document);
    near(segment.lon[2], 180.5, 1e-9); // over 180 degrees, run on
    assert.equal(verticesAt(segment, 1).length, 3);
    assert.equal(verticesAt(segment, 0).length, 2);
    assert.equal(levelAt(levels, 2), 0);
    assert.equal(levelAt(levels, 5), 1);
    assert.equal(levelAt(levels, 14), 1);
});

test('long chords are great circles: over the middle of the Atlantic at its highest', () => {
    const far = { ...document, flights: [{ ...document.flights[0], segments: [
        { kind: 'gap', lat: [5000000, 0], lon: [-5900000, 5900000], z: [0, 0] }] }] };
    const { segments: [segment] } = decodeTracks(far);
    const line = verticesAt(segment, 0);
    const middle = line[(line.length - 1) / 2];
    near(middle[0], -29.5, 1e-9);
    near(middle[1], Math.atan(Math.tan(50 * Math.PI / 180) / Math.cos(29.5 * Math.PI / 180)) * 180 / Math.PI, 1e-9); // Clairaut
    const way = line.slice(1).reduce((sum, point, i) => sum + distanceM(line[i], point), 0);
    near(way, distanceM([-59, 50], [0, 50]), 1);
});

/** North along 179.5 E: a degree in 200 s, three in the next 200 s; climbing to 4,000 ft, then higher than anybody knows. */
const northward = { kind: 'flown', t: [1000.4, 1400], lat: [0, 100000, 300000], lon: [17950000, 0, 0], z: [0, 1, 0], s: [1000, 200, 200],
    alt: [40, 120, null] };

test('where a flight was at a time, evenly between its vertices, and nowhere before and after', () => {
    const north = { ...document, flights: [{ ...document.flights[0], segments: [northward,
        { kind: 'gap', t: [1400, 1500], lat: [400000, 100000], lon: [17950000, 0], z: [0, 0] }] }] };
    const { segments } = decodeTracks(north);
    near(positionAt(segments, 1050).lat, 0.25, 1e-9);
    near(positionAt(segments, 1050).alt_ft, 1750, 1e-9); // 1,000 to 4,000 ft
    near(positionAt(segments, 1200).lat, 1, 1e-9);
    near(positionAt(segments, 1300).lat, 2.5, 1e-9);
    near(positionAt(segments, 1300).lon, 179.5, 1e-9);
    assert.equal(positionAt(segments, 1300).alt_ft, null); // not known is not 0
    assert.equal(positionAt(segments, 1300).track_deg, 0);
    for (const t of [999, 1450])
        assert.equal(positionAt(segments, t), null);
    near(whenNear(segments[0], -180.4, 2.5).t, 1300, 1e-6); // beside the way, seen from beyond 180 degrees
    assert.deepEqual(whenNear(segments[0], 179.5, -3), { t: 1000, alt_ft: 1000 });
    near(whenNear(segments[0], 179.5, 0.5).alt_ft, 2500, 1e-6);
    assert.equal(whenNear(segments[1], 179.5, 4.5), null);
});

test('files have the times and altitudes of a way, and of a gap only when it began and ended', () => {
    const { segments } = decodeTracks({ ...document, flights: [{ ...document.flights[0], segments: [northward,
        { kind: 'gap', t: [1400, 1500], lat: [400000, 50000, 50000], lon: [17950000, 0, 0], z: [0, 0, 0] }] }] });
    const place = waysGeometry(waysOf(segments));
    const { features: [{ geometry, properties }] } = JSON.parse(toGeoJson([{ id: 'a' }], () => place));
    assert.deepEqual(geometry, { type: 'MultiLineString', coordinates: [[[179.5, 0], [179.5, 1], [179.5, 4]], [[179.5, 4], [179.5, 4.5], [179.5, 5]]] });
    const time = (s) => new Date(s * 1000).toISOString();
    assert.deepEqual(properties, { id: 'a', coordTimes: [[1000, 1200, 1400].map(time), [time(1400), null, time(1500)]],
        coord_alt_baro_ft: [[1000, 4000, null], [null, null, null]] });
    const kml = toKml({ title: 't', attribution: 'a' }, [{ id: 'a' }], () => place, () => ({ name: 'n', words: 'w' }));
    assert.match(kml, /<gx:Track><altitudeMode>clampToGround<.altitudeMode><when>1970-01-01T00:16:40.000Z<.when>.*<gx:coord>179.5 1 0<.gx:coord>/);
    assert.equal(kml.match(/<gx:Track>/g).length, 1);
    assert.match(kml, /<.gx:Track><LineString>/);
});

test('what is under the pointer is found beyond 180 degrees, too', () => {
    const tracks = decodeTracks(document);
    const where = { lat: 33.75, reach: 0.001, level: 1, wanted: () => true };
    assert.equal(nearestSegment(tracks, { ...where, lng: -179.75 })?.flight, 0);
    assert.equal(nearestSegment(tracks, { ...where, lng: 180.25 })?.flight, 0);
    assert.equal(nearestSegment(tracks, { ...where, lng: 178 }), null);
    assert.equal(nearestSegment(tracks, { ...where, lng: -179.75, wanted: () => false }), null);
});

test('no outline runs along 180 degrees, where polygons are cut', () => {
    const ring = [[178, 0], [180, -1], [180, 1], [178, 0]];
    const [{ geometry }] = outlineFeatures({ features: [{ properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }] }).features;
    assert.deepEqual(geometry.coordinates, [[[178, 0], [180, -1]], [[180, 1], [178, 0]]]);
});

/** A canvas that remembers what was drawn on it; each letter is as wide as it is high. */
function remembering() {
    const drawn = { lines: [], words: [] };
    const nothing = () => {};
    return { drawn, setLineDash: nothing, beginPath: nothing, fill: nothing, strokeText: nothing,
        stroke: nothing, moveTo: (x, y) => drawn.lines.push([[x, y]]), lineTo: (x, y) => drawn.lines.at(-1).push([x, y]),
        measureText: (text) => ({ width: 12 * text.length }), fillText: (text) => drawn.words.push(text) };
}

/** The whole world, 512 pixels wide, its middle at 180 degrees. */
const PACIFIC = { x: 1, y: 0.5, zoom: 0, scale: 512, width: 512, height: 512 };

test('the ground is drawn on each turn of the world that is in view', () => {
    const square = { type: 'Polygon', coordinates: [[[170, 0], [180, 0], [180, 10], [170, 0]]] };
    const border = { type: 'LineString', coordinates: [[-90, 0], [-45, 0], [-45, 0.001], [0, 0]] };
    const collection = (properties, geometry) => ({ type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry }] });
    const context = remembering();
    drawGround(context, PACIFIC, groundOf({ airspaces: collection({ airspace: 'A', kind: 'country' }, square),
        boundaries: collection({ airspace: 'B' }, border) }), [], {}, new Map());
    const [area, west, east] = context.drawn.lines.map((line) => line.map(([x]) => x));
    near(area[0], 256 - 10 / 360 * 512, 1e-9);
    // To where it touches the view, and in it; of two vertices at one pixel there is one.
    assert.deepEqual([west, east], [[-128, -64, 0], [384, 448, 512]]);
});

test('a zone that is drawn is called on the map as the user calls it', () => {
    const area = (airspace, name) => ({ type: 'Feature', properties: { airspace, name, kind: 'zone' },
        geometry: { type: 'MultiPolygon', coordinates: [[[[0, 0], [1, 0], [1, 1], [0, 0]]]] } });
    const names = namesOf({ airspaces: { features: [area('zone:noon', 'circle:46.5,6.5,10'), area('zone:2', 'polygon:0,0,1,1,0,1'), area('zone:mine', 'Circle of mine')] } });
    assert.deepEqual(names.map(({ name }) => name), ['noon', 'zone 2', 'Circle of mine']);
});

test('a view as wide as four worlds shows each of them: areas and names', () => {
    const square = { type: 'Polygon', coordinates: [[[0, 0], [10, 0], [10, 10], [0, 0]]] };
    const airspaces = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { airspace: 'A', kind: 'country', name: 'a' }, geometry: square }] };
    const [context, ground, wide] = [remembering(), groundOf({ airspaces }), { ...PACIFIC, width: 4 * 512 }];
    drawGround(context, wide, ground, [], {}, new Map());
    drawNames(context, wide, ground.names, [], {});
    const corners = context.drawn.lines.map(([[x]]) => x).filter((x, i, all) => all.indexOf(x) === i);
    assert.deepEqual(corners, [256, 768, 1280, 1792]); // 0 degrees, half a world beside 180
    assert.deepEqual(context.drawn.words, ['a', 'a', 'a', 'a']);
});

test('a name is left out where another or a mark with words lies already', () => {
    const context = remembering();
    const names = [{ name: 'first', x: 1, y: 0.5 }, { name: 'on it', x: 0.01, y: 0.51 }, { name: 'below', x: 1, y: 0.6 },
        { name: 'marked', x: 1, y: 0.8 }, { name: 'far off', x: 1, y: 1.2 }];
    drawNames(context, PACIFIC, names, [{ x: -0.05, y: 0.8 }], {});
    assert.deepEqual(context.drawn.words, ['first', 'below']);
    drawNames(context, PACIFIC, [{ name: 'parted where wide\nnew line', x: 1, y: 0.5 }], [], {});
    assert.deepEqual(context.drawn.words.slice(2), ['parted', 'where', 'wide', 'new line']);
});

test('the map\'s latitude is Mercator\'s', () => {
    near(mercatorY(0), 0.5, 1e-12);
    near(mercatorY(85.0511287798), 0, 1e-4);
    near(mercatorY(-45), 0.5 + Math.asinh(1) / (2 * Math.PI), 1e-12);
});

const heard = (s, places) => ({ now: new Date(Date.UTC(2025, 6, 1) + 1000 * s).toISOString(), aircraft: Object.entries(places).map(
    ([icao24, [lon, lat, ...airspaces]]) => ({ icao24, lon_deg: lon, lat_deg: lat, seen_s: 0, airspaces })) });

test('a trail changes its colour where an airspace is entered, and runs on over 180 degrees', () => {
    const trails = new Trails();
    trails.follow(heard(0, { f10001: [179, 10] }));
    trails.follow(heard(20, { f10001: [179.8, 10, 'FJ'] }));
    const { features } = trails.follow(heard(40, { f10001: [-179.4, 10, 'FJ', 'zone:dateline'] }));
    assert.deepEqual(features.map(({ properties, geometry: { coordinates } }) => [properties.airspace, coordinates]), [
        ['', [[179, 10], [179.8, 10]]],
        ['FJ', [[179.8, 10], [180.6, 10]]]]);
});

test('a trail keeps a place each ten seconds and the last, and ends with what is told of its aircraft', () => {
    const trails = new Trails();
    let features = [];
    for (let s = 0; s <= 24; s += 2)
        ({ features } = trails.follow(heard(s, { f10001: [s, 0, 'IQ'], f10002: [5, 5] })));
    const [{ geometry: { coordinates } }, ...others] = features;
    assert.deepEqual(coordinates.map(([lon]) => lon), [0, 10, 20, 24]);
    assert.deepEqual(others, []); // who stands still flew nowhere
    assert.deepEqual(trails.follow(heard(26, { f10002: [5, 5] })).features, []);
    assert.deepEqual(trails.follow(heard(28, { f10001: [90, 0, 'IQ'] })).features, []); // no line over what nobody heard
});

test('all trails together hold no more than is drawn with each poll', () => {
    const trails = new Trails();
    let features = [];
    for (let i = 0; i < 12; i++)
        ({ features } = trails.follow(heard(10 * i, Object.fromEntries(Array.from({ length: 6000 }, (_, k) => [`a${k}`, [i / 10, k / 100]])))));
    assert.equal(features.reduce((n, { geometry: { coordinates } }) => n + coordinates.length, 0), 60000);
});

test('airspaces that crossings name are asked for once, as many as a question holds, and 64 in all; the rest is counted', () => {
    const rows = (...names) => names.map((airspace) => ({ airspace }));
    const named = new Named(['IQ']);
    assert.deepEqual(named.take(rows('IQ', 'IR', 'IR', 'SY')), ['IR', 'SY']);
    assert.deepEqual(named.take(rows('IQ', 'IR', 'SY')), []);
    assert.equal(named.nLeft, 0);
    named.giveBack(['SY']);
    assert.deepEqual(named.take(rows('IR', 'SY')), ['SY']);

    const codes = Array.from({ length: 100 }, (_, i) => `X${100 + i}`);
    const questions = [];
    for (let names = named.take(rows(...codes)); names.length; names = named.take(rows(...codes)))
        questions.push(names.join(','));
    assert.ok(questions.every((question) => question.length <= 79), questions.join(' '));
    assert.equal(questions.flatMap((question) => question.split(',')).length, MOST_NAMED - 2);
    assert.equal(named.nLeft, 100 - (MOST_NAMED - 2));
    assert.deepEqual(new Named([]).take(rows('é'.repeat(40))), []); // 80 bytes are none that a question holds
});
