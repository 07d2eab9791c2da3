// SPDX-License-Identifier: Apache-2.0
//
// The pictures of README.md, of the report that ./demo writes: node tests/browser/pictures.mjs out/demo/iraq-2012.html docs/pictures
// They are no test: after a change of the page they are made anew by hand.

import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { close, launch, open, openPage } from './browser.mjs';

const [report, folder] = process.argv.slice(2).map((path) => resolve(path));
const browser = await launch();

/** @param {string} name @param {string} parameters of the page @param {Object} options of the browser @param {(page: Object) => Promise} [act] */
async function take(name, parameters, options, act = async () => {}) {
    const page = await openPage(browser, options);
    await open(page, `${pathToFileURL(report)}#?${parameters}`);
    await act(page);
    await page.waitForTimeout(1500); // until the map lies still
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await close(page);
}

await take('crossing', 'showTrace=2012-10-02&tab=crossings', {}, (page) => page.click('.panel.crossings tbody tr td.callsign'));
await take('answer', 'tab=case', { colorScheme: 'dark' });
await browser.close();
