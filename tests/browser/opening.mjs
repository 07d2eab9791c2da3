// SPDX-License-Identifier: Apache-2.0
//
// What a file of tests of the page begins with: what its command line names (PAGE PICTURES OVERFLIGHT), and for
// as long as its tests run a browser, and with it an invented case that is served, or a folder in which the program
// works. Before Chromium, or the program, is known to be there nothing is made.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before } from 'node:test';

import { launch, pictureTaker, skipWithoutChromium } from './browser.mjs';
import { makeDocuments } from './documents.mjs';
import { skipWithout } from './program.mjs';
import { servePage } from './server.mjs';

/** @returns {{page: string, pictures: string, overflight: string, picture: Function, browser: Object}} `browser` once tests run */
export function begin() {
    skipWithoutChromium();
    const [page, pictures, overflight] = process.argv.slice(2).map((path) => resolve(path));
    const here = { page, pictures, overflight, picture: pictureTaker(pictures), browser: null };
    before(async () => { here.browser = await launch(); });
    after(() => here.browser.close());
    return here;
}

/** And `world`, which `server` sends. @param {Object} what of makeDocuments */
export function beginWithWorld(what) {
    const here = Object.assign(begin(), { world: makeDocuments(what), server: null });
    before(async () => { here.server = await servePage(here.page, here.world); });
    after(() => here.server.close());
    return here;
}

/** And `folder`, in which `run` runs the program, with the `options` of its processes. */
export function beginWithProgram() {
    const here = begin();
    skipWithout(here.overflight, ['report', 'serve']);
    const folder = mkdtempSync(join(tmpdir(), 'overflight-page-'));
    const options = { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, XDG_DATA_HOME: folder } };
    after(() => rmSync(folder, { recursive: true }));
    return Object.assign(here, { folder, options, run: (...args) => execFileSync(here.overflight, args, options) });
}
