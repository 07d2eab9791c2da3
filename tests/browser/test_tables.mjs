// SPDX-License-Identifier: Apache-2.0
//
// The page's tables in a real browser: sorted, filtered, saved, and what a row that is chosen tells:
// node test_tables.mjs PAGE PICTURES

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { close, open, openPage } from './browser.mjs';
import { beginWithWorld } from './opening.mjs';

const here = beginWithWorld({ flights: 120, days: 90, first: '2012-02-01', stepS: 40 });
const { picture, world } = here;
const { rows } = world.documents.crossings;

const shownRows = (page) => page.$$eval('.panel.crossings tbody tr', (all) => all.map((row) => row.dataset.id));

test('tables sort by their headers, hide columns, and are saved as they stand', async () => {
    const page = await openPage(here.browser);
    await open(page, here.server.url);
    await page.click('th button[data-key="duration_s"]');
    await page.click('th button[data-key="duration_s"]');
    assert.equal(await page.getAttribute('th:has([data-key="duration_s"])', 'aria-sort'), 'descending');
    const longest = rows.reduce((a, b) => (b.duration_s > a.duration_s ? b : a));
    assert.equal((await shownRows(page))[0], longest.id);
    await page.click('.panel.crossings summary:has-text("Columns")');
    await page.click('.panel.crossings label:has-text("Airspace") input');
    assert.equal(await page.locator('.panel.crossings th [data-key="airspace"]').count(), 0);
    await page.click('.panel.crossings summary:has-text("Save")');
    const saved = {};
    for (const kind of ['CSV', 'GEOJSON', 'KML']) {
        const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.panel.crossings button:has-text("${kind}")`)]);
        assert.equal(download.suggestedFilename(), `crossings.${kind.toLowerCase()}`);
        saved[kind] = readFileSync(await download.path(), 'utf8');
    }
    assert.equal(saved.CSV.trimEnd().split('\r\n').length, 121);
    assert.ok(saved.CSV.includes(`,${longest.id}`));
    const features = JSON.parse(saved.GEOJSON).features;
    assert.equal(features.length, 120);
    assert.equal(features[0].id, longest.id);
    assert.equal(features[0].geometry.type, 'MultiLineString');
    assert.equal(saved.KML.match(/<Placemark /g).length, 120);
    await close(page);
});

const saveAs = async (page, panel, kind) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`${panel} button:has-text("${kind}")`)]);
    return readFileSync(await download.path(), 'utf8');
};

test('gaps: a table of them; one that is chosen is drawn, told, and leads to its crossing', async () => {
    const page = await openPage(here.browser);
    await open(page, `${here.server.url}?tab=gaps`);
    const gaps = world.documents.gaps.rows;
    assert.equal(await page.textContent('.panel.gaps .count'), String(gaps.length));
    await page.click(`.panel.gaps tbody tr[data-id="${gaps[0].id}"] td.callsign`);
    assert.ok((await page.textContent('.details')).includes('heard without a position for 25 min 00 s')); // not: not heard
    await page.fill('.panel.gaps input[type=search]', `callsign:${gaps[1].callsign}`);
    await page.click('.panel.gaps tbody tr td.callsign');
    const text = await page.textContent('.details');
    assert.ok(text.includes('not heard for 25 min 00 s') && text.includes('unexplained'));
    assert.ok(text.includes('Shaded on the map'));
    assert.ok(text.includes('34,000 ft'));
    await page.keyboard.press('u');
    assert.ok((await page.textContent('.details')).includes('10,363 m'));
    await page.waitForTimeout(700);
    await picture(page, 'gap-chosen');
    await page.click('.panel.gaps summary:has-text("Save")');
    const { features } = JSON.parse(await saveAs(page, '.panel.gaps', 'GEOJSON'));
    assert.deepEqual(features.map(({ id, geometry }) => [id, geometry.type]), [[gaps[1].id, 'LineString']]);
    const row = rows.find((one) => one.gaps.includes(gaps[1].id));
    await page.click(`.details .cite:has-text("crossing ${row.n}")`);
    await page.waitForSelector('.details .sentence');
    assert.equal(await page.getAttribute('.panel.crossings tr[aria-current]', 'data-id'), row.id);
    await close(page);
});

test('claims are a table: filtered, saved, and each leads to its findings', async () => {
    const page = await openPage(here.browser);
    await open(page, here.server.url);
    await page.click('#tab-claims');
    await page.waitForSelector('.panel.claims tbody tr');
    await page.fill('.panel.claims input[type=search]', 'kind:claim');
    assert.equal(await page.textContent('.panel.claims .count'), '1 of 3');
    await page.click('.panel.claims summary:has-text("Save")');
    assert.match(await saveAs(page, '.panel.claims', 'CSV'), /^n,kind,date,.*\r\n2,claim,2012-09-30,a minister,they stopped,contradicted 1,/);
    assert.equal(await page.locator('.panel.claims button:has-text("KML")').count(), 0); // what has no place
    await page.click('.panel.claims tbody tr td.words');
    await page.click('.details .cite:has-text("finding 1")');
    await page.waitForSelector('.panel.findings tr[aria-current]');
    assert.equal(await page.getAttribute('.panel.findings tr[aria-current]', 'data-id'), '1'.padStart(32, '0'));
    await close(page);
});

test('interference is drawn on the days that had it, and on no others', async () => {
    const page = await openPage(here.browser);
    const mapOn = async (day) => {
        await page.goto('about:blank');
        await open(page, `${here.server.url}?q=callsign:NOBODY&lat=35&lon=42&zoom=7&showTrace=${day}`);
        return page.locator('.map-canvas canvas.maplibregl-canvas').screenshot();
    };
    const [disturbed, quiet, quietToo] = [await mapOn('2012-02-01'), await mapOn('2012-02-02'), await mapOn('2012-02-03')];
    assert.ok(quiet.equals(quietToo));
    assert.ok(!quiet.equals(disturbed));
    await close(page);
});

test('detections: flights that no crossing tells are listed, and told with what speaks against them', async () => {
    const page = await openPage(here.browser);
    await open(page, `${here.server.url}?tab=detections`);
    assert.equal(await page.textContent('.panel.detections .count'), '1');
    assert.equal(await page.textContent('.panel.detections tbody td.airspaces'), 'IQ');
    assert.equal(await page.textContent('.panel.detections tbody td.detections'), 'jump 2');
    await page.click('.panel.detections tbody td.callsign');
    const details = await page.textContent('.details');
    for (const words of ['they make no crossing', '9000, limit 750', '38.5000°, 42.0000° (X) to 33.2600°, 44.2300° (X)'])
        assert.ok(details.includes(words), words);
    await close(page);
});

test('interference: what was jumped to and disturbed cells are listed, and told', async () => {
    const page = await openPage(here.browser);
    await open(page, `${here.server.url}?tab=interference`);
    assert.equal(await page.textContent('.panel.interference .count'), '4');
    assert.deepEqual(await page.locator('.panel.interference tbody td.id').allTextContents(), ['sink 1', 'cell 1', 'cell 2', 'cell 3']);
    assert.equal(await page.textContent('.panel.interference tbody tr:has-text("place jumped to") td.airport'), 'ORBI');
    await page.click('.panel.interference tbody tr:has-text("place jumped to") td.day');
    assert.ok((await page.textContent('.details')).includes('consistent with interference'));
    await page.waitForTimeout(700);
    await picture(page, 'interference');
    await close(page);
});

test('every table is saved as CSV, sources and inputs, too', async () => {
    const page = await openPage(here.browser);
    await open(page, `${here.server.url}?tab=sources`);
    assert.match(await saveAs(page, '.panel.sources .caption:has-text("Sources")', 'CSV'), /^n,kind,name,date,digest\r\n1,input,simulated,/);
    assert.match(await saveAs(page, '.panel.sources .caption:has-text("Inputs")', 'CSV'), /^n,path,first,last,decimation_s,id\r\n1,simulated,.*,6 min 00 s,sha256/);
    const digest = await page.locator('.panel.sources td .digest').first().boundingBox();
    assert.ok(digest.width > digest.height, JSON.stringify(digest)); // it breaks, but not into single letters
    assert.equal(await page.getAttribute('.panel.sources a[href*="example.org"]', 'href'), 'https://example.org/march');
    for (const name of ['findings', 'permits']) {
        await page.click(`#tab-${name}`);
        await page.click(`.panel.${name} summary:has-text("Save")`);
        assert.match(await saveAs(page, `.panel.${name}`, 'CSV'), /^n,/);
    }
    const { features } = JSON.parse(await saveAs(page, '.panel.permits', 'GEOJSON'));
    assert.equal(features.length, 6);
    assert.equal(features[0].geometry.type, 'MultiLineString'); // of the crossing that it is about
    await close(page);
});
