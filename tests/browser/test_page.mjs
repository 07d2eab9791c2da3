// SPDX-License-Identifier: Apache-2.0
//
// The page in a real browser, over the documents of an invented case: node test_page.mjs PAGE ARTEFACTS

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { close, open, openPage } from './browser.mjs';
import { assertContrast } from './contrast.mjs';
import { beginWithWorld } from './opening.mjs';
import { reportPage } from './server.mjs';

const here = beginWithWorld({ flights: 120, days: 90, first: '2012-02-01', stepS: 40 });
const { page: folder, picture, pictures, world } = here;
const { rows } = world.documents.crossings;

const shownRows = (page) => page.$$eval('.panel.crossings tbody tr', (all) => all.map((row) => row.dataset.id));
const count = (page) => page.textContent('.panel.crossings .count');

test('it loads: all crossings in the table, the map drawn, the day without data hatched', async () => {
    const page = await openPage(here.browser);
    await open(page, here.server.url);
    assert.equal(await count(page), '120');
    assert.equal(await page.locator('.chart g[fill="url(#hatch)"] rect').count(), 1);
    // What is drawn below the map: some of it in the colour of Iraq.
    const blue = await page.$eval('canvas.ways', (canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let n = 0;
        for (let i = 0; i < data.length; i += 4)
            n += data[i + 3] > 100 && data[i + 2] > 130 && data[i] < 60 ? 1 : 0;
        return n;
    });
    assert.ok(blue > 2000, `${blue} pixels`);
    await picture(page, 'loaded');
    await close(page);
});

test('MapLibre draws nothing until there is something to draw over the ways, and then in full', async () => {
    const page = await openPage(here.browser);
    await open(page, here.server.url);
    const share = () => page.$eval('.maplibregl-canvas', (canvas) => [canvas.width / canvas.clientWidth, getComputedStyle(canvas).opacity]);
    const [few, hidden] = await share();
    assert.ok(few < 0.1, `${few}`);
    assert.equal(hidden, '0');
    await page.click('.panel.crossings tbody tr td.callsign');
    await page.waitForFunction(() => document.querySelector('.maplibregl-canvas').clientWidth === document.querySelector('.maplibregl-canvas').width);
    assert.deepEqual(await share(), [1, '1']);
    await page.keyboard.press('Escape');
    assert.deepEqual(await share(), [few, hidden]);
    await page.keyboard.press('m');
    assert.equal((await share())[1], '1'); // what marks the focus is seen
    await close(page);
});

test('on a screen of other pixels the map is drawn in those', async () => {
    const page = await openPage(here.browser);
    // Chromium tells of no other screen that is emulated: the test does.
    await page.addInitScript(() => {
        const real = window.matchMedia.bind(window);
        window.densities = [];
        window.matchMedia = (query) => {
            const list = real(query);
            if (query.includes('dppx'))
                window.densities.push(list);
            return list;
        };
    });
    await open(page, here.server.url);
    for (const density of [2, 1.25]) {
        await page.evaluate((value) => {
            Object.defineProperty(window, 'devicePixelRatio', { value, configurable: true });
            window.densities.at(-1).dispatchEvent(new Event('change'));
        }, density);
        // One pixel of the picture to one of the screen.
        await page.waitForFunction((ratio) => {
            const { width, height, style } = document.querySelector('canvas.ways');
            return Math.abs(width - parseFloat(style.width) * ratio) + Math.abs(height - parseFloat(style.height) * ratio) < 1e-3;
        }, density);
    }
    await close(page);
});

test('a filter leaves what it names, and the address keeps it', async () => {
    const page = await openPage(here.browser);
    await open(page, here.server.url);
    const { callsign, id } = rows[6];
    await page.keyboard.press('/');
    await page.keyboard.type(`callsign:^${callsign}`);
    assert.deepEqual(await shownRows(page), rows.filter((row) => row.callsign.startsWith(callsign)).map((row) => row.id));
    assert.ok((await shownRows(page)).includes(id));
    await page.waitForFunction(() => location.search.includes('filterCallSign'));
    await page.fill('.panel.crossings input[type=search]', 'nothing-is-called-so');
    assert.match(await page.textContent('.panel.crossings .empty'), /No crossing is left/);
    await picture(page, 'filtered');
    await close(page);
});

test('a crossing is followed: its row, its evidence, its neighbours by j and k, back by Esc', async () => {
    const page = await openPage(here.browser);
    await open(page, here.server.url);
    await page.click(`tr[data-id="${rows[3].id}"] td.callsign`);
    await page.waitForSelector('.details .sentence');
    const text = await page.textContent('.details');
    assert.match(text, /Address\s*allocated to XA\s*Callsign\s*operator SIM of XB\s*Of other states\s*SIM of XB: common/);
    assert.ok(text.includes(rows[3].entry.time.slice(0, 19).replace('T', ' ')));
    assert.ok(text.includes(rows[3].entry.records[0].member));
    assert.ok(text.includes('would change the verdict'));
    assert.match(await page.textContent('.details .way summary'), /with times and altitudes \(\d+\)/);
    await page.click('.details .way summary');
    assert.equal((await page.textContent('.details .way tbody tr')).slice(0, 19), rows[3].entry.time.slice(0, 19).replace('T', ' '));
    assert.ok((await page.textContent('.details .way tbody tr')).endsWith('34,000 ft'));
    await page.waitForTimeout(700);
    await picture(page, 'crossing');
    await page.keyboard.press('j');
    assert.equal(await page.getAttribute('tr[aria-current]', 'data-id'), rows[4].id);
    await page.keyboard.press('k');
    assert.equal(await page.getAttribute('tr[aria-current]', 'data-id'), rows[3].id);
    await page.waitForFunction((id) => location.search.includes(`crossing=${id}`), rows[3].id);
    await page.keyboard.press('Escape');
    assert.equal(await page.isVisible('.details'), false);
    await close(page);
});

test('a click on a way opens its crossing', async () => {
    const page = await openPage(here.browser);
    const flight = world.documents.tracks.flights[10];
    const segment = flight.segments.find(({ airspace }) => airspace === 'IQ');
    const middle = Math.floor(segment.lon.length / 2);
    const at = (values) => values.slice(0, middle + 1).reduce((sum, value) => sum + value, 0) * 1e-5;
    await open(page, `${here.server.url}?icao=${flight.icao24}&lat=${at(segment.lat)}&lon=${at(segment.lon)}&zoom=10`);
    const box = await page.locator('.map-canvas').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForSelector('.tip:not([hidden])');
    const tip = await page.textContent('.tip');
    assert.ok(tip.includes(flight.callsign));
    // At a vertex, at whose time it was there; a pixel of this zoom is 150 m, which is flown in less than a second.
    const due = segment.s.slice(0, middle + 1).reduce((sum, value) => sum + value, 0);
    const [, told, high] = /here (\S+ \S+) UTC, (\S+ \S+)$/.exec(tip);
    assert.ok(Math.abs(Date.parse(`${told.replace(' ', 'T')}Z`) / 1000 - due) <= 2, `${told}, due ${due}`);
    assert.equal(high, '34,000 ft');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForSelector('.details .sentence');
    assert.ok((await page.textContent('.details h3')).includes(flight.callsign));
    await close(page);
});

test('what a tip says is all seen at the edge of the map, too', async () => {
    const page = await openPage(here.browser);
    const { icao24, segments } = world.documents.tracks.flights[10];
    const { lat, lon, z } = segments.find(({ airspace }) => airspace === 'IQ');
    const middle = z.findIndex((level, i) => i > 0 && level === 0);
    const at = (values) => values.slice(0, middle + 1).reduce((sum, value) => sum + value, 0) * 1e-5;
    await open(page, `${here.server.url}?icao=${icao24}&lat=${at(lat)}&lon=${at(lon)}&zoom=5`);
    const box = await page.locator('.map-canvas').boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const last = box.height - 60;
    await page.mouse.move(x, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(x, box.y + 10 + last - box.height / 2, { steps: 4 });
    await page.waitForTimeout(300); // at rest, or it would glide on
    await page.mouse.up();
    await page.mouse.move(x + 1, y);
    await page.mouse.move(x, box.y + last);
    await page.waitForSelector('.tip:not([hidden])');
    const tip = await page.locator('.tip').boundingBox();
    assert.ok(tip.height > 50 && tip.y >= box.y && tip.y + tip.height <= box.y + box.height, JSON.stringify([tip, box]));
    await close(page);
});

test('time: a click on a day shows it, play moves on, All shows all again', async () => {
    const page = await openPage(here.browser);
    await open(page, here.server.url);
    const box = await page.locator('.chart').boundingBox();
    await page.mouse.click(box.x + box.width * 0.75, box.y + 40);
    const day = await page.textContent('.when');
    assert.match(day, /^2012-0[34]-\d\d$/);
    const ofDay = rows.filter((row) => (row.entry.earliest ?? row.entry.time_min).slice(0, 10) <= day && (row.exit.latest ?? row.exit.time_max).slice(0, 10) >= day);
    assert.deepEqual((await shownRows(page)).sort(), ofDay.map(({ id }) => id).sort());
    await page.keyboard.press('Escape');
    await page.locator('.map-canvas canvas.maplibregl-canvas').focus();
    await page.keyboard.press(' ');
    assert.equal(await page.getAttribute('.play', 'aria-label'), 'Pause');
    await page.waitForFunction(() => document.querySelector('.when').textContent > '2012-02-03');
    await picture(page, 'playing');
    await page.click('.play');
    assert.equal(await page.getAttribute('.play', 'aria-label'), 'Play');
    await page.click('.time-bar button:has-text("All")');
    assert.equal(await count(page), '120');
    await close(page);
});

test('while time is played the ways are drawn again and again, also where that takes longer than a step', async () => {
    const page = await openPage(here.browser);
    await open(page, here.server.url);
    await page.evaluate(() => {
        window.drawn = 0;
        new MutationObserver(() => { window.drawn++; }).observe(document.querySelector('.map-canvas'), { childList: true });
        // Each look at the clock takes 15 ms, so that a picture takes several frames, and a step comes every other frame.
        let late = 0;
        const [now, every] = [performance.now.bind(performance), window.setInterval];
        performance.now = () => now() + (late += 15);
        window.setInterval = (step) => every(step, 30);
    });
    await page.selectOption('.time-bar select', { label: '10 min' });
    await page.locator('.map-canvas canvas.maplibregl-canvas').focus();
    await page.keyboard.press(' ');
    await page.waitForFunction(() => window.drawn > 3);
    await close(page);
});

test('short windows show where each aircraft was', async () => {
    const page = await openPage(here.browser);
    const start = rows[2].entry.time.slice(11, 16);
    await open(page, `${here.server.url}?showTrace=${rows[2].entry.time.slice(0, 10)}&startTime=${start}&endTime=${start}:59`);
    assert.deepEqual(await shownRows(page), [rows[2].id]);
    await page.waitForSelector('.map-canvas:not(.at-rest)'); // MapLibre draws it
    await page.waitForTimeout(700);
    await picture(page, 'where');
    const shot = async () => (await page.locator('.map-canvas').screenshot()).toString('base64');
    const inFeet = await shot();
    await page.keyboard.press('u');
    for (let i = 0; i < 40 && await shot() === inFeet; i++)
        await page.waitForTimeout(100);
    assert.notEqual(await shot(), inFeet); // its altitude is told in metres
    await close(page);
});

test('links of tar1090 work: icao, showTrace, filterCallSign, zoom and place', async () => {
    const page = await openPage(here.browser);
    const { icao24, entry } = rows[0];
    await open(page, `${here.server.url}?icao=${icao24.toUpperCase()}&showTrace=${entry.time.slice(0, 10)}&lat=33.3&lon=44.4&zoom=8`);
    assert.equal(await page.inputValue('.panel.crossings input[type=search]'), `icao24:${icao24}`);
    assert.deepEqual(await shownRows(page), [rows[0].id]);
    assert.equal(await page.textContent('.when'), entry.time.slice(0, 10));
    await page.keyboard.press('d');
    await page.waitForFunction(() => /lat=33\.300&lon=44\.400/.test(location.search) && /zoom=8\.0/.test(location.search));
    await close(page);
});

test('tar1090 links without side bar and buttons, sorted, one chosen among all, played from a time', async () => {
    const page = await openPage(here.browser);
    const { icao24, entry } = rows[5];
    await open(page, `${here.server.url}?icao=${icao24}&noIsolation&hideSideBar&hideButtons&sortBy=flight&sortByReverse`);
    assert.ok(!(await page.isVisible('.side')) && !(await page.isVisible('.tools')));
    await page.waitForFunction((id) => location.search.includes(`crossing=${id}`) && location.search.includes('hideSideBar'), rows[5].id);
    await page.waitForTimeout(700);
    await picture(page, 'map-alone');
    await page.keyboard.press('t');
    assert.ok(await page.isVisible('.side'));
    assert.equal(await count(page), '120');
    const last = rows.map(({ callsign }) => callsign).sort().at(-1);
    assert.equal((await shownRows(page))[0], rows.find(({ callsign }) => callsign === last).id);
    await page.goto('about:blank');
    await open(page, `${here.server.url}?replay=${entry.time.slice(0, 10)}-${entry.time.slice(11, 16)}`);
    assert.equal(await page.getAttribute('.play', 'aria-label'), 'Pause');
    await close(page);
});

test('dark and light by the system and by key; text stands out in both', async () => {
    const page = await openPage(here.browser, { colorScheme: 'dark' });
    await open(page, here.server.url);
    assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
    await page.click(`tr[data-id="${rows[3].id}"] td.callsign`);
    await page.waitForSelector('.details .sentence');
    await assertContrast(page);
    await page.waitForTimeout(700);
    await picture(page, 'dark');
    await page.keyboard.press('d');
    assert.equal(await page.getAttribute('html', 'data-theme'), 'light');
    await assertContrast(page);
    for (const tab of ['case', 'findings', 'claims', 'sources']) {
        await page.click(`#tab-${tab}`);
        await assertContrast(page);
    }
    await close(page);
});

test('what is asked about is seen whole on a phone: none of it lies under the legend', async () => {
    const page = await openPage(here.browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await open(page, here.server.url);
    await page.keyboard.press('d'); // whatever is chosen, the address then says where the map looks
    const asked = world.documents.airspaces.airspaces.features.flatMap(({ geometry }) => geometry.coordinates.flat(3));
    const south = Math.min(...asked.filter((_, i) => i % 2 === 1));
    const [address, height, legend] = await page.evaluate(() => [location.search, document.querySelector('.map').clientHeight,
        document.querySelector('.map-legend').offsetTop]);
    const shown = new URLSearchParams(address);
    const worldPx = 256 * 2 ** Number(shown.get('zoom')); // of Web Mercator
    const down = (lat) => -worldPx * Math.atanh(Math.sin(lat * Math.PI / 180)) / (2 * Math.PI);
    const at = height / 2 + down(south) - down(Number(shown.get('lat')));
    assert.ok(at > height / 2 && at <= legend, `${at} of ${height}, legend at ${legend}`);
    await close(page);
});

test('on a phone nothing is wider than the screen, and a row opens its evidence', async () => {
    const page = await openPage(here.browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await open(page, here.server.url);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await picture(page, 'phone');
    await page.tap(`tr[data-id="${rows[1].id}"] td.callsign`);
    await page.waitForSelector('.details .sentence');
    await page.locator('.details').scrollIntoViewIfNeeded();
    await picture(page, 'phone-crossing');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await close(page);
});

test('by keyboard alone: skip link, tabs by arrows, help, units', async () => {
    const page = await openPage(here.browser);
    await open(page, here.server.url);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'To the table');
    await page.focus('#tab-crossings');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.getAttribute('#tab-findings', 'aria-selected'), 'true');
    await page.keyboard.press('?');
    assert.ok(await page.isVisible('dialog[aria-label="Help"]'));
    await picture(page, 'help');
    await page.keyboard.press('Escape');
    assert.ok(!(await page.isVisible('dialog[aria-label="Help"]')));
    await page.keyboard.press('t');
    await page.keyboard.press('j');
    await page.waitForSelector('.details .sentence');
    assert.ok((await page.textContent('.details')).includes('34,000 ft barometric'));
    await page.keyboard.press('u');
    assert.ok((await page.textContent('.details')).includes('10,363 m barometric'));
    await close(page);
});

test('what is said cites findings, and leads there and to what they are about', async () => {
    const page = await openPage(here.browser);
    await open(page, `${here.server.url}?tab=case`);
    assert.ok((await page.textContent('.panel.case')).includes('no fly zone of zone:middle: from 2012-02-01, mon, 10:30 to 11:00 UTC'));
    await picture(page, 'answer');
    await page.click('.panel.case .cite:has-text("finding 2")');
    assert.equal(await page.getAttribute('.panel.findings tr[aria-current]', 'data-id'), '2'.padStart(32, '0'));
    await page.click('#tab-case');
    await page.click('.panel.case .cite:has-text("finding 5")');
    await page.click(`.details .cite:has-text("crossing ${rows[0].n}")`);
    await page.waitForSelector('.details .sentence');
    assert.equal(await page.getAttribute('.panel.crossings tr[aria-current]', 'data-id'), rows[0].id);
    await close(page);
});

test('a report is one file: it works from disk, with nothing fetched, and prints', async () => {
    const file = join(pictures, 'report.html');
    writeFileSync(file, reportPage(folder, world));
    const page = await openPage(here.browser);
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await open(page, `file://${file}#crossing-5`);
    assert.equal(await page.getAttribute('tr[aria-current]', 'data-id'), rows[4].id);
    await page.waitForSelector('.details .sentence');
    assert.deepEqual(requests.filter((url) => !/^(blob|data):/.test(url)), [`file://${file}`]);
    await page.waitForTimeout(700);
    await picture(page, 'report');
    await page.pdf();
    assert.ok(await page.$eval('#report .printed img', (map) => map.complete && map.naturalWidth > 500)); // the map as it was shown
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.isVisible('#report h1'));
    assert.ok(!(await page.isVisible('.map')));
    await close(page);
});
