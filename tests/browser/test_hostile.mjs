// SPDX-License-Identifier: Apache-2.0
//
// Text of strangers stays text, trouble is told with what to do, alerts come once:
// node test_hostile.mjs PAGE ARTEFACTS

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { close, open, openPage } from './browser.mjs';
import { makeDocuments } from './documents.mjs';
import { begin } from './opening.mjs';
import { reportPage, servePage } from './server.mjs';

const here = begin();
const { page: folder, picture, pictures } = here;
const what = { flights: 30, days: 90, first: '2012-02-01', stepS: 60 };

/** Keys whose values the program itself makes, never a stranger. */
const OWN = new Set(['type', 'id', 'rev', 'mode', 'kind', 'class', 'role', 'geometry', 'coordinates', 'time', 'time_min', 'time_max', 'earliest', 'latest',
    'start', 'end', 'day', 'from', 'to', 'from_min', 'from_max', 'documents', 'generated', 'findings', 'watch', 'finding', 'crossing', 'verdict',
    'rule', 'airspace', 'registration_source_date', 'cause', 'api', 'date', 'crossings', 'flights', 'segments', 'levels']);
const HOSTILE = '</script><img src=x onerror="globalThis.hit=1"><svg onload="globalThis.hit=1">\u202e{{7*7}}';

/** Every text that may come from outside becomes hostile. */
function spoil(value, key) {
    if (typeof value === 'string')
        return OWN.has(key) ? value : key === 'url' ? 'javascript:globalThis.hit=1' : `${value.slice(0, 6)}${HOSTILE}`;
    if (Array.isArray(value))
        return key === 'coordinates' || OWN.has(key) && typeof value[0] !== 'object' ? value : value.map((one) => spoil(one, key));
    if (value !== null && typeof value === 'object')
        return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, spoil(inner, name)]));
    return value;
}

function spoiledWorld() {
    const world = makeDocuments(what);
    const documents = spoil(world.documents);
    return { ...world, documents, crossing: (id) => spoil(world.crossing(id)) };
}

async function walkThrough(page) {
    for (const tab of ['case', 'findings', 'permits', 'claims', 'gaps', 'interference', 'detections', 'sources', 'crossings']) {
        await page.click(`#tab-${tab}`);
        // A cell of interference holds no text of others; what is said of a sink does.
        if (tab === 'interference')
            await page.click('#panel-interference button:has-text("sink 1")');
        await page.waitForSelector(`${tab === 'interference' ? '.details' : `#panel-${tab}`}:has-text("onerror")`);
    }
    await page.click('#tab-permits');
    await page.click('.panel.permits tbody tr:first-child td.about:has-text("onerror")'); // who flew
    await page.waitForSelector('.details dd:has-text("onerror")');
    await page.click('#tab-crossings');
    await page.click('.panel.crossings tbody tr td.callsign');
    await page.waitForSelector('.details .sentence');
    const box = await page.locator('.map-canvas').boundingBox();
    for (let x = 0.2; x < 0.9; x += 0.1)
        await page.mouse.move(box.x + box.width * x, box.y + box.height / 2);
    assert.equal(await page.evaluate(() => globalThis.hit), undefined);
    assert.equal(await page.locator('#app img, #app svg[onload], #app script').count(), 0);
    assert.equal(await page.locator('#app a[href^="javascript"]').count(), 0);
    assert.ok(!(await page.textContent('#app')).includes('\u202e'));
}

test('texts of strangers are shown as text, in every panel', async () => {
    const server = await servePage(folder, spoiledWorld());
    const page = await openPage(here.browser);
    await open(page, `${server.url}?q=${encodeURIComponent('-zzz')}`);
    await walkThrough(page);
    await picture(page, 'hostile');
    await page.fill('.panel.crossings input[type=search]', HOSTILE);
    await page.fill('.panel.crossings input[type=search]', `${'a|'.repeat(2000)}(((a+)+)+)$`);
    assert.equal(await page.evaluate(() => globalThis.hit), undefined);
    await close(page);
    server.close();
});

test('and in a report, where they stand inside the page itself', async () => {
    const file = join(pictures, 'hostile.html');
    writeFileSync(file, reportPage(folder, spoiledWorld()).replace(/<h1>.*?<\/h1>/s, '<h1>-</h1>'));
    const page = await openPage(here.browser);
    await open(page, `file://${file}`);
    await walkThrough(page);
    await close(page);
});

test('a server that fails is told, with what to do', async () => {
    const world = makeDocuments(what);
    delete world.documents.crossings;
    const server = await servePage(folder, world);
    const page = await openPage(here.browser);
    page.expected = /404|no \/api/;
    await page.goto(server.url);
    await page.waitForSelector('.failure');
    assert.match(await page.textContent('.failure'), /no \/api\/v1\/crossings.*log tells more.*Try again/);
    await picture(page, 'failure');
    await close(page);
    server.close();
});

test('a case with nothing in it says so', async () => {
    const world = makeDocuments(what);
    world.documents.crossings = { type: 'crossings', rows: [], total: 0 };
    world.documents.tracks.flights = [];
    delete world.documents.series;
    world.documents.index.documents = Object.keys(world.documents);
    const server = await servePage(folder, world);
    const page = await openPage(here.browser);
    await open(page, server.url);
    assert.ok(await page.isVisible('.panel.crossings .empty'));
    await close(page);
    server.close();
});

test('alerts come as they are sent, once; what is retracted goes', async () => {
    const world = makeDocuments({ ...what, mode: 'live' });
    delete world.documents.index.generated; // nothing is stored yet
    const server = await servePage(folder, world);
    const page = await openPage(here.browser);
    await open(page, server.url);
    await page.waitForSelector('.live-state[data-state="connected"]');
    assert.doesNotMatch(await page.textContent('.status'), /as of/);
    const crossing = { ...world.documents.crossings.rows[0], id: 'f'.repeat(32), callsign: 'SIM999' };
    delete crossing.n;
    const alert = { type: 'alert', event: 'entered', id: crossing.id, icao24: crossing.icao24, callsign: 'SIM999', airspace: 'IQ',
        simulated: true, class: 'observed', at: crossing.entry, told: '2012-05-01T00:00:00.000Z', crossing };
    server.alert(alert);
    server.alert(alert);
    await page.waitForSelector('.alert.entered');
    server.alert({ ...alert, event: 'left', told: '2012-05-01T00:40:00.000Z', at: crossing.exit });
    await page.waitForSelector('.alert.left');
    assert.equal(await page.locator('.alert').count(), 2);
    await picture(page, 'alerts');
    // Two watches of which the same is told at the same time; there is no crossing to look at.
    for (const watch of ['iran-syria', 'others'])
        server.alert({ type: 'alert', event: 'halt', watch, day: '2012-05-01', told: '2012-05-02T06:00:00.000Z', reason: 'no flight on 20 days' });
    await page.waitForSelector('.alert.halt:has-text("others")');
    assert.match(await page.textContent('.alert.halt:has-text("iran-syria")'), /halt iran-syria.*told .*no flight on 20 days/);
    assert.equal(await page.locator('.alert.halt button').count(), 0);
    await page.click('.alert.left button');
    await page.waitForSelector('.details h3:has-text("SIM999")');
    assert.equal(await page.textContent('.panel.crossings .count'), '31');
    assert.match(await page.textContent('.told'), /31 crossings are shown: 1 told live since 2012-05-01 00:00:00 UTC, 30 of the store.*0 entered and not left, 1 left, 0 retracted/);
    server.alert({ ...alert, event: 'retracted', told: '2012-05-01T00:50:00.000Z', reason: 'not_found', crossing: undefined });
    await page.waitForFunction(() => document.querySelector('.panel.crossings .count').textContent === '30');
    assert.match(await page.textContent('.told'), /30 crossings are shown: 0 told live.*1 retracted/);
    assert.match(await page.textContent('.status'), /30 crossings/);
    await close(page);
    server.close();
});
