// SPDX-License-Identifier: Apache-2.0
//
// The whole way in a browser: positions, scan, store, then the page as `report` writes it and as `serve`
// sends it: node test_program.mjs PAGE PICTURES OVERFLIGHT
//
// SIM1 is heard all along over Iraq; SIM2 is silent there, and straight on was 487 NM in 45 min: 649 kt; SIM3
// passes 180 degrees.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { decodeTracks, positionAt } from '../../web/src/map/tracks.js';
import { close, open, openPage } from './browser.mjs';
import { beginWithProgram } from './opening.mjs';
import { rows, startServer } from './program.mjs';

const here = beginWithProgram();
const { page, picture, overflight, folder, options, run } = here;

before(() => {
    const start = Date.UTC(2025, 6, 1) / 1000;
    writeFileSync(join(folder, 'flights.csv'), ['time,icao24,callsign,lat_deg,lon_deg,alt_baro_ft',
        ...rows('f10001', 'SIM1', start, 200, 33, 40, 0.05), ...rows('f10002', 'SIM2', start, 48, 33, 36, 0.05),
        ...rows('f10002', 'SIM2', start + 4110, 100, 33, 48, 0.05), ...rows('f10003', 'SIM3', start, 160, 0, 177, 0.05), ''].join('\n'));
    writeFileSync(join(folder, 'case.yaml'), `case: a way over Iraq
question: Who was over Iraq, and who passed 180 degrees?
store: case.gpkg
inputs:
  - {path: flights.csv}
watches:
  - {name: both, about: over either, over: [IQ, "zone:dateline"]}
zones:
  - {name: dateline, lat_deg: 0, lon_deg: 180, radius_nmi: 100}
`);
    run('scan', '--case', 'case.yaml', '--now', '2026-01-01');
});

/** The crossing of SIM2 rests on what could be flown in its gap: it is shaded, and said. */
async function followGap(view) {
    await view.fill('.panel.crossings input[type=search]', 'SIM2');
    await view.click('.panel.crossings tbody tr td.callsign');
    await view.waitForSelector('.details .sentence');
    const text = await view.textContent('.details');
    assert.match(text, /Gaps \(1\)/);
    assert.match(text, /Shaded on the map/);
    assert.match(text, /V\*/);
}

test('a report of a case opens from disk: its crossings, its gap, the way over 180 degrees', async () => {
    run('report', '--case', 'case.yaml', '--page', page, '-o', 'report.html');
    const view = await openPage(here.browser);
    await open(view, `file://${join(folder, 'report.html')}`);
    assert.equal(await view.locator('.panel.crossings tbody tr').count(), 3);
    await view.click('.panel.crossings tbody td.callsign:has-text("SIM3")');
    await view.waitForSelector('.details .sentence');
    await view.waitForTimeout(700);
    await picture(view, 'antimeridian');
    await followGap(view);
    await view.waitForTimeout(700);
    await picture(view, 'gap');
    await view.click('#tab-gaps');
    await view.click('.panel.gaps tbody td.callsign:has-text("SIM2")');
    assert.match(await view.textContent('.details'), /SIM2 not heard for 45 min 00 s/); // its rows, 1410 s to 4110 s
    await view.click('.details .cite:has-text("crossing")');
    await view.waitForSelector('.details h3:has-text("SIM2")');
    await close(view);
});

/** Words of a table that lie on more than one line, cells that hold more than they show, and how wide it is beyond its sheet. */
const badlySet = () => [...document.querySelectorAll('#report table')].flatMap((table) => {
    const broken = (cell) => [...cell.textContent.matchAll(/\S+/g)].filter(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(cell.firstChild, index);
        range.setEnd(cell.firstChild, index + word.length);
        return range.getClientRects().length > 1;
    }).map(([word]) => `${word} is broken`);
    const cells = [...table.querySelectorAll('th, td')];
    return [...[...table.querySelectorAll('thead th')].flatMap(broken),
        ...cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => `${cell.textContent} is cut`),
        ...(table.getBoundingClientRect().right > innerWidth ? [`${table.caption.textContent} is wider than its sheet`] : [])];
});

test('a report prints: tables on sheets as wide as they need, with all their rows, their heads whole', async () => {
    const start = Date.UTC(2025, 6, 1) / 1000;
    // Entries and exits that are seen, and, of SIM4 and SIM5, that lie in a gap: so there is something in all columns but those of airports.
    const flown = [...rows('f10001', 'SIM1', start, 260, 33, 36, 0.05), ...rows('f10002', 'SIM2', start, 48, 33, 36, 0.05), ...rows('f10002', 'SIM2', start + 4110, 100, 33, 48, 0.05),
        ...rows('f10004', 'SIM4', start, 40, 33, 36, 0.05), ...rows('f10004', 'SIM4', start + 2400, 60, 33, 40, 0.05),
        ...rows('f10005', 'SIM5', start, 60, 33, 43, 0.05), ...rows('f10005', 'SIM5', start + 3600, 60, 33, 49, 0.05)];
    writeFileSync(join(folder, 'ends.csv'), ['time,icao24,callsign,lat_deg,lon_deg,alt_baro_ft,registration,type_code',
        ...flown.map((row) => `${row},XX-ABCD,B742`), ''].join('\n'));
    writeFileSync(join(folder, 'ends.yaml'), 'case: ends\nquestion: Who?\nstore: ends.gpkg\ninputs: [{path: ends.csv}]\nwatches: [{name: over-iraq, over: [IQ]}]\n');
    run('scan', '--case', 'ends.yaml', '--now', '2026-01-01');
    run('report', '--case', 'ends.yaml', '--page', page, '-o', 'ends.html');
    // A sheet of letter paper, which is the narrower one, across: 11 inches less both margins of 12 mm.
    const view = await openPage(here.browser, { viewport: { width: Math.floor((11 - 24 / 25.4) * 96), height: 700 } });
    await open(view, `file://${join(folder, 'ends.html')}`);
    const pdf = (await view.pdf({ format: 'Letter' })).toString('latin1');
    const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 (\d+) (\d+)\]/g)].map(([, wide, high]) => (Number(wide) > Number(high) ? 'across' : 'upright'));
    assert.deepEqual([...new Set(sheets)], ['upright', 'across'], `${sheets}`);
    assert.equal(sheets.at(-1), 'upright'); // method, limits
    await view.emulateMedia({ media: 'print' });
    assert.ok(!(await view.isVisible('.map')));
    assert.deepEqual(await view.evaluate(badlySet), []);
    const documents = await view.evaluate(() => ['crossings', 'findings', 'gaps'].map((name) =>
        [name, JSON.parse(document.getElementById(`doc-${name}`).textContent).rows.length]));
    for (const [name, n] of documents)
        assert.equal(await view.locator(`#report #${name} tbody tr`).count(), n, name);
    const heads = await view.locator('#report #crossings thead th').allTextContents();
    assert.deepEqual(heads, ['n', 'callsign', 'icao24', 'registration', 'type code', 'from', 'to', 'entry', 'exit', 'airspace', 'class', 'avoidance speed kt']);
    assert.match(await view.textContent('#report #crossings caption'), /on the page and in the annex/);
    const sizes = await view.$$eval('#report :is(th, td, caption, figcaption, p)', (all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize) * 72 / 96));
    assert.ok(Math.min(...sizes) > 5.99, `${Math.min(...sizes)} points`);
    await view.screenshot({ path: join(here.pictures, 'print.png'), fullPage: true });
    await close(view);
});

test('a flight that flew evenly is where its document and the time say', async () => {
    run('report', '--case', 'case.yaml', '--page', page, '-o', 'report.html');
    const html = readFileSync(join(folder, 'report.html'), 'utf8');
    const [, text] = /<script type="application\/json" id="doc-tracks">(.*?)<\/script>/s.exec(html);
    const { flights, segments } = decodeTracks(JSON.parse(text));
    const flight = flights.findIndex(({ callsign }) => callsign === 'SIM1');
    const { lon, lat } = positionAt(segments.filter((one) => one.flight === flight), Date.UTC(2025, 6, 1) / 1000 + 3015);
    assert.ok(Math.abs(lon - 45.025) < 0.002 && Math.abs(lat - 33) < 0.05, `${lat}, ${lon}`); // rows 100 and 101 of SIM1
});

test('the same case served: the page under the program\'s own headers', async () => {
    const { url, stop } = await startServer(overflight, ['--case', 'case.yaml', '--page', page], options);
    try {
        const view = await openPage(here.browser);
        await open(view, url);
        assert.equal(await view.locator('.panel.crossings tbody tr').count(), 3);
        // Crossings are counted whole, and the last hour's words are all seen.
        const words = (axis) => view.$$eval(`.chart [aria-label="${axis}-axis tick label"] text`, (all) => all.map(({ textContent }) => textContent));
        assert.deepEqual((await words('y')).filter(Boolean), ['0', '1', '2']);
        assert.equal((await words('x')).at(-1), '00:00');
        const [chart, last] = [await view.locator('.chart').boundingBox(), await view.locator('.chart [aria-label="x-axis tick label"] text').last().boundingBox()];
        assert.ok(last.x + last.width <= chart.x + chart.width, JSON.stringify([chart, last]));
        await followGap(view);
        await view.waitForTimeout(700); // until the map is there
        await picture(view, 'served');
        await close(view);
    } finally {
        stop();
    }
});
