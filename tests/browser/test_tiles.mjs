// SPDX-License-Identifier: Apache-2.0
//
// Tiles from a PMTiles archive below the map, as `serve` sends it and as a report asks for it elsewhere:
// node test_tiles.mjs PAGE PICTURES OVERFLIGHT
//
// The one tile is of one colour that nothing else on the page has. SIM1 flies along 33 degrees north over Iraq.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { archiveOf, plainMvt, plainPng } from './archive.mjs';
import { close, open, openPage } from './browser.mjs';
import { beginWithProgram } from './opening.mjs';
import { rows, startServer } from './program.mjs';

const here = beginWithProgram();
const { page, picture, overflight, folder, options, run } = here;
const MAGENTA = [255, 0, 255];
const world = archiveOf(plainPng(256, MAGENTA), 2, { attribution: '<a href="https://example.org">&copy; Somebody &amp; others</a>' });

before(() => {
    writeFileSync(join(folder, 'flights.csv'), ['time,icao24,callsign,lat_deg,lon_deg,alt_baro_ft',
        ...rows('f10001', 'SIM1', Date.UTC(2025, 6, 1) / 1000, 200, 33, 40, 0.05), ''].join('\n'));
    writeFileSync(join(folder, 'world.pmtiles'), world);
    run('scan', '--airspace', 'IQ', '-o', 'store.gpkg', 'flights.csv');
});

/** Colours of the map in its middle column, `height` of them from the share `down` of it on. */
async function columnOfMap(view, down, height) {
    const box = await view.locator('.map-canvas').boundingBox();
    const clip = { x: box.x + Math.round(box.width / 2), y: box.y + Math.round(box.height * down), width: 1, height };
    const shot = await view.screenshot({ clip });
    return view.evaluate(async (bytes) => {
        const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
        const context = new OffscreenCanvas(1, bitmap.height).getContext('2d');
        context.drawImage(bitmap, 0, 0);
        const { data } = context.getImageData(0, 0, 1, bitmap.height);
        return Array.from({ length: bitmap.height }, (_, i) => [...data.slice(4 * i, 4 * i + 3)]);
    }, [...shot]);
}

/** Over the ground of the page, which is grey: red and blue stand out from green. */
const isMagenta = ([red, green, blue]) => red - green > 60 && blue - green > 60;

/** In the middle of the map, a fifth of it up from its lower edge: nothing is there but the tile. */
async function assertMagenta(view) {
    const [colour] = await columnOfMap(view, 0.8, 1);
    assert.ok(isMagenta(colour), `${colour}`);
}

const LOOK = 'lat=33&lon=44&zoom=9';

test('an archive of this machine is sent in parts and drawn below the ways', async () => {
    const { url, stop } = await startServer(overflight, ['--store', 'store.gpkg', '--page', page, '--tiles', 'world.pmtiles'], options);
    try {
        const view = await openPage(here.browser);
        const asked = [];
        view.on('response', (response) => {
            if (response.url() === `${url}tiles.pmtiles`)
                asked.push([response.status(), response.request().headers().range]);
        });
        await open(view, `${url}?${LOOK}`);
        await picture(view, 'pmtiles');
        assert.deepEqual(asked[0], [206, 'bytes=0-16383']);
        assert.ok(asked.length > 1 && asked.every(([status]) => status === 206), JSON.stringify(asked));
        await assertMagenta(view);
        assert.match(await view.textContent('.credit'), / · © Somebody & others$/); // text, whatever it is there
        assert.equal(await view.locator('.credit a').count(), 0);
        // The way is a line across the middle, thin and blue; through the tile it would be reddish (185).
        const middle = await columnOfMap(view, 0.45, 60);
        assert.ok(middle.some(([red]) => red < 120), JSON.stringify(middle));
        await close(view);
    } finally {
        stop();
    }
});

/** An archive at another address, for pages of everywhere (CORS). */
async function serveArchive(archive) {
    const asked = [];
    const server = createServer((request, response) => {
        const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range);
        const part = archive.subarray(Number(from), Number(to) + 1);
        asked.push([request.headers.origin, request.headers.range]);
        response.writeHead(206, { 'Access-Control-Allow-Origin': '*', 'Content-Length': part.length,
            'Content-Range': `bytes ${from}-${Number(from) + part.length - 1}/${archive.length}` }).end(part);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${server.address().port}/world.pmtiles`, asked, close: () => { server.closeAllConnections(); server.close(); } };
}

test('a report reads an archive at the one address that its policy admits', async () => {
    const archive = await serveArchive(world);
    run('report', '--store', 'store.gpkg', '--page', page, '--tiles', archive.url, '-o', 'tiles.html');
    const view = await openPage(here.browser);
    await open(view, `file://${join(folder, 'tiles.html')}#?${LOOK}`);
    await assertMagenta(view);
    assert.deepEqual(archive.asked[0], ['null', 'bytes=0-16383']);
    await close(view);
    archive.close();
});

/** Beside Oman's coast, where nothing is but the tile. */
const AT_SEA = 'lat=20&lon=64&zoom=9&theme=light';

test('vector tiles have their water drawn', async () => {
    writeFileSync(join(folder, 'vector.pmtiles'), archiveOf(plainMvt('water'), 1, { vector_layers: [{ id: 'water', fields: {} }] }));
    const { url, stop } = await startServer(overflight, ['--store', 'store.gpkg', '--page', page, '--tiles', 'vector.pmtiles'], options);
    try {
        const view = await openPage(here.browser);
        await open(view, `${url}?${AT_SEA}`);
        await picture(view, 'vector');
        const [colour] = await columnOfMap(view, 0.8, 1);
        assert.deepEqual(colour, [0xcf, 0xdd, 0xe6]);
        await close(view);
    } finally {
        stop();
    }
});

test('vector tiles of which no layer is known are said to be', async () => {
    const archive = await serveArchive(archiveOf(plainMvt('wells'), 1, { vector_layers: [{ id: 'wells' }] }));
    run('report', '--store', 'store.gpkg', '--page', page, '--tiles', archive.url, '-o', 'tiles.html');
    const view = await openPage(here.browser);
    await open(view, `file://${join(folder, 'tiles.html')}`);
    assert.match(await view.textContent('.status'), /no layer that is known as water, land or roads/);
    await close(view);
    archive.close();
});

test('an archive elsewhere that holds neither pictures nor vector tiles is said to', async () => {
    const archive = await serveArchive(archiveOf(Buffer.from('no picture'), 6));
    run('report', '--store', 'store.gpkg', '--page', page, '--tiles', archive.url, '-o', 'tiles.html');
    const view = await openPage(here.browser);
    view.expected = /./;
    await open(view, `file://${join(folder, 'tiles.html')}`);
    assert.match(await view.textContent('.status'), /neither pictures/);
    await close(view);
    archive.close();
});
