// SPDX-License-Identifier: Apache-2.0
//
// A browser for tests: Debian's Chromium, headless, on software rendering; and what must be true of every
// page whatever else is tested: no error on its console, nothing asked of another host, no violation of its
// policy. Exit status 77 where there is no Chromium.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
/** A loaded machine is slow; nothing here measures time. */
const PATIENCE_MS = 60000;
/** Said where what WebGL drew goes into a page that is drawn without it. */
const SLOW = /^\[\.WebGL-0x[0-9a-f]+\]GL Driver Message \(OpenGL, Performance, GL_CLOSE_PATH_NV, High\): GPU stall due to ReadPixels/;

/** Without a browser the test is skipped, with the reason on its last line. */
export function skipWithoutChromium() {
    if (existsSync(CHROMIUM))
        return;
    console.log('skipped: no /usr/bin/chromium (apt-get install chromium)');
    process.exit(77);
}

/** WebGL by software; and through it the whole page, as graphics would do it. */
export const AS_WITH_GRAPHICS = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
/** The page itself as on a machine without any: a quarter less of the processor. */
const WITHOUT_GRAPHICS = ['--disable-gpu', '--enable-unsafe-swiftshader'];

/** @param {string[]} args of Chromium */
export function launch(args = WITHOUT_GRAPHICS) {
    return chromium.launch({ executablePath: CHROMIUM, args: process.getuid() === 0 ? ['--no-sandbox', ...args] : args });
}

/** A page whose troubles are kept in `troubles`. */
export async function openPage(browser, options = {}) {
    const { viewport = { width: 1280, height: 800 }, ...rest } = options;
    const context = await browser.newContext({ viewport, acceptDownloads: true, ...rest });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.troubles = [];
    page.expected = null;
    page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()) && ![SLOW, page.expected].some((known) => known?.test(message.text())))
            page.troubles.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => page.troubles.push(`error: ${error.stack}`));
    page.on('dialog', (dialog) => { page.troubles.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('request', (request) => {
        if (!/^(http:\/\/127\.0\.0\.1:|blob:|data:|file:)/.test(request.url()))
            page.troubles.push(`request: ${request.url()}`);
    });
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)));
    return page;
}

export async function open(page, url) {
    await page.goto(url);
    await page.waitForSelector('#app[data-ready]');
    assert.equal(await page.getAttribute('#app', 'data-ready'), 'true');
    await page.waitForSelector('#app[data-drawn]');
}

export async function close(page) {
    const { troubles } = page;
    await page.context().close();
    assert.deepEqual(troubles, []);
}

/** Kept as artefacts of the build. */
export function pictureTaker(folder) {
    mkdirSync(folder, { recursive: true });
    return (page, name) => page.screenshot({ path: join(folder, `${name}.png`) });
}
