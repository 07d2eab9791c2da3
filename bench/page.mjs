// SPDX-License-Identifier: Apache-2.0
//
// How soon the page shows a day of a state, and how it pans: node bench/page.mjs PAGE
//
// 5,000 crossings and 2 million positions of invented traffic, headless Chromium, software rendering.
// Prints seconds until all is drawn, the processor's seconds of the page's own thread until then, and
// frames a second while the map is dragged: with all ways, and with none, which is what the machine can do.
// Targets: 3 s, 12 frames.

import { launch, openPage } from '../tests/browser/browser.mjs';
import { makeDocuments } from '../tests/browser/documents.mjs';
import { servePage } from '../tests/browser/server.mjs';

const PAN_MS = 4000;
const world = makeDocuments({ flights: 5000, days: 1, first: '2025-07-01', stepS: 24 });
const server = await servePage(process.argv[2], world);
const browser = await launch();

async function load() {
    const page = await openPage(browser);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const begin = performance.now();
    await page.goto(server.url);
    await page.waitForSelector('#app[data-drawn]');
    const drawn_s = (performance.now() - begin) / 1000;
    const { metrics } = await session.send('Performance.getMetrics');
    return { page, drawn_s, thread_s: metrics.find(({ name }) => name === 'ThreadTime').value };
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

console.log(`positions ${world.nFixes}, crossings ${world.documents.crossings.rows.length}`);
for (let run = 0; run < 3; run++) {
    const { page, drawn_s: drawn, thread_s: thread } = await load();
    const all = await page.evaluate(drag, PAN_MS);
    await page.$eval('canvas.ways', (canvas) => { canvas.hidden = true; });
    const none = await page.evaluate(drag, PAN_MS);
    console.log(`drawn ${drawn.toFixed(2)} s, own thread ${thread.toFixed(2)} s, panning ${all.toFixed(1)} frames/s, ` +
        `without ways ${none.toFixed(1)} (${(all / none).toFixed(2)})`);
    await page.context().close();
}
await browser.close();
server.close();
