// SPDX-License-Identifier: Apache-2.0
//
// How soon the page shows a day of a state, and how it pans: node bench/page.mjs PAGE [ROUNDS]
//
// 5,000 crossings and 2 million positions of invented traffic, headless Chromium, software rendering; in
// turn with a plain map of the same positions as one GeoJSON (page_plain.js), for a machine that has other
// work shows both more slowly. Prints seconds until all is drawn, frames a second while the map is dragged,
// and of both the processor's seconds of all of the browser's processes. Targets: 3 s and 12 frames where
// the plain map takes 5.4 s and manages 4: 0.56 of its time, 3 times its frames.

import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

import { AS_WITH_GRAPHICS, launch, openPage } from '../tests/browser/browser.mjs';
import { makeDocuments } from '../tests/browser/documents.mjs';
import { servePage } from '../tests/browser/server.mjs';

const PAN_MS = 4000;
const TARGETS = { drawn: 3 / 5.4, frames: 12 / 4 };

/** As large as the page's own map is. */
const PLAIN_HTML = `<!DOCTYPE html><meta charset="utf-8"><link rel="stylesheet" href="page.css">
<div id="app"></div><div id="map" style="position: absolute; left: 0; top: 40px; width: 742px; height: 590px"></div>
<script src="plain.js"></script>`;

async function plainFiles(ways) {
    const entry = fileURLToPath(new URL('page_plain.js', import.meta.url));
    const { outputFiles: [script] } = await build({ entryPoints: [entry], bundle: true, minify: true, write: false, format: 'iife',
        define: { 'import.meta.url': '""' }, logLevel: 'error' });
    const features = ways.map((way) => ({ type: 'Feature', properties: {}, geometry: { type: 'LineString',
        coordinates: way.map((point) => point.map((degrees) => Math.round(degrees * 1e5) / 1e5)) } }));
    return { '/plain': { type: 'text/html', body: PLAIN_HTML }, '/plain.js': { type: 'text/javascript', body: script.text },
        '/plain.json': { type: 'application/json', body: gzipSync(JSON.stringify({ type: 'FeatureCollection', features }), { level: 1 }), gzip: true } };
}

/** Drags the map there and back; frames are counted by the page itself. */
function drag(ms) {
    const canvas = document.querySelector('.maplibregl-canvas');
    const { left, top } = canvas.getBoundingClientRect();
    const fire = (target, type, x, buttons) => target.dispatchEvent(new MouseEvent(type,
        { bubbles: true, clientX: x, clientY: top + 300, button: 0, buttons }));
    return new Promise((resolve) => {
        let [x, frames] = [left + 400, 0];
        const begin = performance.now();
        fire(canvas, 'mousedown', x, 1);
        const step = () => {
            const passed = performance.now() - begin;
            if (passed > ms) {
                fire(document, 'mouseup', x, 0);
                resolve(frames / passed * 1000);
                return;
            }
            frames++;
            x += Math.floor(passed / 1000) % 2 ? -6 : 6;
            fire(document, 'mousemove', x, 1);
            requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
    });
}

/** The processor's seconds of the browser with all its processes. */
async function processorSeconds(session) {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** A browser of its own: none has what another has left. */
async function measure(url) {
    const browser = await launch(AS_WITH_GRAPHICS);
    const session = await browser.newBrowserCDPSession();
    const page = await openPage(browser);
    const [begin, idle_s] = [performance.now(), await processorSeconds(session)];
    await page.goto(url);
    await page.waitForSelector('#app[data-drawn]', { state: 'attached' });
    const drawn = (performance.now() - begin) / 1000;
    const drawn_s = await processorSeconds(session) - idle_s;
    await page.waitForTimeout(1000);
    const before_s = await processorSeconds(session);
    const frames = await page.evaluate(drag, PAN_MS);
    const frame_ms = (await processorSeconds(session) - before_s) / (frames * PAN_MS / 1e6);
    await browser.close();
    return { drawn, drawn_s, frames, frame_ms };
}

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const words = ({ drawn, drawn_s, frames, frame_ms }) => `drawn ${drawn.toFixed(2)} s (processor ${drawn_s.toFixed(2)} s), ` +
    `panning ${frames.toFixed(1)} frames/s (processor ${frame_ms.toFixed(0)} ms each)`;

const world = makeDocuments({ flights: 5000, days: 1, first: '2025-07-01', stepS: 24, keepWays: true });
const server = await servePage(process.argv[2], world, await plainFiles(world.ways));
delete world.ways;
console.log(`positions ${world.nFixes}, crossings ${world.documents.crossings.rows.length}`);
const [ours, plain] = [[], []];
for (let round = 0; round < Number(process.argv[3] ?? 5); round++) {
    ours.push(await measure(server.url));
    plain.push(await measure(`${server.url}plain`));
    console.log(`page:  ${words(ours[round])}\nplain: ${words(plain[round])}`);
}
server.close();
const ratio = (key) => middle(ours.map((one) => one[key])) / middle(plain.map((one) => one[key]));
console.log(`page to plain, medians: drawn ${ratio('drawn').toFixed(2)} (target ${TARGETS.drawn.toFixed(2)} at the most), ` +
    `frames ${ratio('frames').toFixed(1)} (target ${TARGETS.frames.toFixed(1)} at the least); ` +
    `processor until drawn ${ratio('drawn_s').toFixed(2)}, a frame ${ratio('frame_ms').toFixed(2)}`);
