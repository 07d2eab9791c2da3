// SPDX-License-Identifier: Apache-2.0
//
// The page of a feed without a store, as `serve` sends it: node test_live.mjs PAGE PICTURES OVERFLIGHT
//
// SIM1 flies east over Iraq; SIM2 is heard far from there.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { close, open, openPage } from './browser.mjs';
import { beginWithProgram } from './opening.mjs';
import { rows, startServer } from './program.mjs';

const here = beginWithProgram();
const { page, picture, overflight, folder, options } = here;
const START = Date.UTC(2025, 6, 1) / 1000;

const HEAD = 'time,icao24,callsign,lat_deg,lon_deg,alt_baro_ft';

/** Serves a pipe. @param {string[]} args @returns {Promise<{url: string, tell: (rows: string[]) => void, stop: () => void}>} */
async function serveFeed(name, args) {
    const pipe = join(folder, name);
    execFileSync('mkfifo', [pipe]);
    const feed = openSync(pipe, 'r+'); // a reader as well, so that it opens before the program does
    const { url, stop } = await startServer(overflight, ['--page', page, ...args, name], options);
    const tell = (lines) => writeSync(feed, `${lines.join('\n')}\n`);
    tell([HEAD]);
    return { url, tell, stop: () => { stop(); closeSync(feed); } };
}

/** Where the map looks, by the page's address: whatever is chosen, it then says so. */
async function lookedAt(view) {
    await view.keyboard.press('d');
    const shown = new URLSearchParams(await view.evaluate(() => location.search));
    await view.keyboard.press('d');
    return { lat: Number(shown.get('lat')), lon: Number(shown.get('lon')), worldPx: 256 * 2 ** Number(shown.get('zoom')) };
}

/** Where a place is on the map. */
async function placeOn(view, lon, lat) {
    const [width, height] = await view.$eval('.map', ({ clientWidth, clientHeight }) => [clientWidth, clientHeight]);
    const look = await lookedAt(view);
    const north = (deg) => look.worldPx * Math.atanh(Math.sin(deg * Math.PI / 180)) / (2 * Math.PI); // Web Mercator
    return { x: width / 2 + (lon - look.lon) * look.worldPx / 360, y: height / 2 + north(look.lat) - north(lat), width, height };
}

/** Pixels of the map in the colour that the legend gives an airspace. */
async function countColoured(view, airspace) {
    const shot = await view.screenshot({ clip: await view.locator('.map-canvas').boundingBox() });
    return view.evaluate(async ([bytes, name]) => {
        const entry = [...document.querySelectorAll('.map-legend > span')].find(({ textContent }) => textContent === name);
        const colour = getComputedStyle(entry.querySelector('.swatch')).backgroundColor.match(/\d+/g).map(Number);
        const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context.drawImage(bitmap, 0, 0);
        const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
        let n = 0;
        for (let i = 0; i < data.length; i += 4)
            n += colour.every((part, k) => Math.abs(part - data[i + k]) < 20) ? 1 : 0;
        return n;
    }, [[...shot], airspace]);
}

/** What the page says of how many there are, in each of its places, when all have what is told. */
async function counts(view) {
    await view.waitForTimeout(1000);
    return { table: await view.locator('.panel.crossings tbody tr').count(), status: /(\d+) crossings?/.exec(await view.textContent('.status'))[1],
        answer: await view.textContent('.told'), bars: await view.locator('.chart [aria-label="rect"] rect').count() };
}

test('a feed without a store: the map opens on what is asked and colours it, and what is heard in it', async () => {
    const { url, tell, stop } = await serveFeed('iraq', ['--airspace', 'IQ']);
    try {
        const view = await openPage(here.browser);
        await open(view, url);
        const { airspaces: { features } } = await view.evaluate(async () => (await fetch('api/v1/airspaces')).json());
        assert.deepEqual(features.map(({ properties }) => properties.airspace), ['IQ']);
        // Iraq lies between 38.79 and 48.57 degrees east and 29.06 and 37.38 north (Natural Earth): all of it is seen, and fills the map.
        const [northWest, southEast] = [await placeOn(view, 38.79, 37.38), await placeOn(view, 48.57, 29.06)];
        assert.ok(northWest.x > 0 && northWest.y > 0 && southEast.x < southEast.width && southEast.y < southEast.height, JSON.stringify([northWest, southEast]));
        assert.ok(southEast.x - northWest.x > southEast.width / 2 || southEast.y - northWest.y > southEast.height / 2, JSON.stringify([northWest, southEast]));
        assert.ok(!(await view.isVisible('.time'))); // nothing was scanned that it could show
        assert.ok(await countColoured(view, 'IQ') > 500);
        tell(rows('f10001', 'SIM1', START, 80, 33, 37.5, 0.05));
        await view.waitForSelector('.alert.entered', { state: 'attached' });
        await view.waitForTimeout(4000); // a poll tells where it is then; the timeline takes its part of the map
        const outlined = await countColoured(view, 'IQ');
        tell(rows('f10001', 'SIM1', START + 2400, 60, 33, 41.5, 0.05));
        await view.waitForTimeout(4000);
        const flown = await countColoured(view, 'IQ') - outlined;
        assert.ok(flown > 60, `${flown} pixels`); // from 41.45 degrees to 44.45
        assert.ok(await view.isVisible('.time'));
        const inside = await counts(view);
        assert.deepEqual([inside.table, inside.status, inside.bars], [1, '1', 1]);
        assert.match(inside.answer, /1 crossing is shown: 1 told live since 2025-07-01 .* UTC, 0 of the store\..*1 entered and not left, 0 left, 0 retracted/);
        assert.ok(!/0 crossings/.test(await view.textContent('.panel.case')));
        await view.click('.alert.entered button.row');
        assert.match(await view.textContent('.details'), /Told live/);
        assert.equal(await view.locator('.details .error').count(), 0);
        await picture(view, 'live');
        await close(view);
    } finally {
        stop();
    }
});

test('who comes late is told of the crossings that began before the newest hundred alerts', async () => {
    const { url, tell, stop } = await serveFeed('late', ['--airspace', 'IQ']);
    try {
        tell(rows('f10001', 'SIM1', START, 140, 33, 37.5, 0.05));
        const others = Array.from({ length: 110 }, (_, i) => rows((0xf20000 + i).toString(16), `SIM${1000 + i}`, START + 4230, 24, 33, 38.5, 0.05));
        others[0].forEach((_, k) => tell(others.map((way) => way[k])));
        await new Promise((resolve) => setTimeout(resolve, 3000));
        const view = await openPage(here.browser);
        await open(view, url);
        await view.waitForFunction(() => /^1[01]\d /.test(document.querySelector('.told')?.textContent ?? ''));
        const seen = await counts(view);
        assert.equal(seen.status, '111');
        assert.match(await view.textContent('.panel.crossings tbody tr'), /SIM1\b/); // the one that entered first
        assert.match(seen.answer, /111 crossings are shown: 111 told live since .*111 entered and not left/);
        assert.doesNotMatch(seen.answer, /left off/);
        await view.click('[role="tab"]:has-text("Crossings")');
        await picture(view, 'late');
        await close(view);
    } finally {
        stop();
    }
});

test('a crossing that began the day before stands once, told live under the id that the store had for it before, and left as the alert says', async () => {
    const midnight = START + 86400;
    const way = rows('f10001', 'SIM1', midnight - 3000, 190, 33, 37, 0.05); // in Iraq from 23:29 to 00:41
    const [before, after] = [way.slice(0, 100), way.slice(100)];
    for (const [name, day] of [['after', after.slice(0, 60)], ['before', before]]) {
        writeFileSync(join(folder, `${name}.csv`), `${[HEAD, ...day].join('\n')}\n`);
        execFileSync(overflight, ['scan', '--airspace', 'IQ', '-o', 'days.gpkg', `${name}.csv`], { ...options, stdio: 'ignore' });
    }
    const { url, tell, stop } = await serveFeed('days', ['--store', 'days.gpkg', '--airspace', 'IQ']);
    try {
        tell(after);
        const view = await openPage(here.browser);
        await open(view, url);
        await view.waitForSelector('.alert.left', { state: 'attached' });
        const seen = await counts(view);
        assert.deepEqual([seen.table, seen.status], [1, '1']);
        assert.match(seen.answer, /1 crossing is shown: 0 told live since .* UTC, 1 of the store/);
        await view.click('.alert.left button.row');
        assert.match(await view.textContent('.details'), /Entry.*2025-07-01 23:29:.*Exit.*2025-07-02 00:40:/s); // of the store; of the alert
        assert.equal(await view.locator('.details .error').count(), 0);
        assert.doesNotMatch(await view.textContent('.details'), /Told live/);
        await picture(view, 'days');
        await close(view);
    } finally {
        stop();
    }
});

test('a feed of which all states are asked: the map goes to where aircraft are', async () => {
    const { url, tell, stop } = await serveFeed('all', []);
    try {
        const view = await openPage(here.browser);
        await open(view, url);
        tell(rows('f10002', 'SIM2', START, 40, -33, 150, 0.05));
        await view.waitForFunction(() => !document.querySelector('.map-canvas').classList.contains('at-rest'));
        await view.waitForTimeout(1500);
        const { x, y, width, height } = await placeOn(view, 151.95, -33);
        assert.ok(Math.abs(x - width / 2) < 60 && Math.abs(y - height / 2) < 120, JSON.stringify([x, y, width, height]));
        await close(view);
    } finally {
        stop();
    }
});

test('a feed of which all states are asked: those that crossings name are coloured', async () => {
    const { url, tell, stop } = await serveFeed('named', []);
    try {
        const view = await openPage(here.browser);
        await open(view, `${url}?lat=33&lon=43&zoom=6`);
        assert.equal(await view.locator('.map-legend .swatch').count(), 0); // nothing was crossed yet
        tell(rows('f10001', 'SIM1', START, 80, 33, 37.5, 0.05));
        await view.waitForFunction(() => document.querySelectorAll('.map-legend .swatch').length === 3);
        assert.deepEqual((await view.locator('.map-legend > span:has(.swatch)').allTextContents()).sort(), ['IQ', 'JO', 'SY']); // on the way from 37.5 to 41.45 degrees
        assert.doesNotMatch(await view.textContent('.map-legend'), /not coloured/);
        await view.waitForTimeout(1500);
        await picture(view, 'named');
        const n = await countColoured(view, 'IQ');
        assert.ok(n > 300, `${n} pixels`);
        await close(view);
    } finally {
        stop();
    }
});
