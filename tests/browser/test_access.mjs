// SPDX-License-Identifier: Apache-2.0
//
// The page for everyone: what of WCAG 2.2 AA a script can measure, in every panel: node test_access.mjs PAGE PICTURES

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertFocus, assertNames, assertReflow, assertTargets } from './access.mjs';
import { close, open, openPage } from './browser.mjs';
import { assertContrast } from './contrast.mjs';
import { beginWithWorld } from './opening.mjs';

const here = beginWithWorld({ flights: 60, days: 90, first: '2012-02-01', stepS: 60 });
const { picture } = here;

/** Every panel, each with what a row of it tells where it has rows; then the dialogs. */
async function everywhere(page, check) {
    for (const tab of await page.$$eval('[role=tab]', (tabs) => tabs.map(({ id }) => id.slice(4)))) {
        await page.click(`#tab-${tab}`);
        await check(tab);
        const row = page.locator(`#panel-${tab} tbody button.row`).first();
        if (await row.count()) {
            await row.click();
            await page.waitForSelector('.details-body');
            await check(`${tab} row`);
        }
    }
    for (const [button, name] of [['Help (?)', 'Help'], ['Settings', 'Settings']]) {
        await page.click(`button[aria-label="${button}"]`);
        await check(name);
        await page.keyboard.press('Escape');
    }
}

for (const scheme of ['light', 'dark'])
    test(`${scheme}: text stands out by 4.5:1, controls by 3:1, targets are 24 pixels, everything has a name`, async () => {
        const page = await openPage(here.browser, { colorScheme: scheme });
        await open(page, here.server.url);
        const check = async () => {
            await assertContrast(page);
            await assertTargets(page);
            await assertNames(page);
        };
        await page.click('.panel.crossings summary:has-text("Columns")');
        await check();
        await page.keyboard.press('Escape');
        assert.ok(!(await page.isVisible('.panel.crossings .menu-list')));
        await everywhere(page, check);
        await close(page);
    });

test('at 320 pixels, which is 1280 at 400 %, nothing is wider or cut off, and targets are as large', async () => {
    const page = await openPage(here.browser, { viewport: { width: 320, height: 640 } });
    await open(page, here.server.url);
    await everywhere(page, async (where) => {
        await assertReflow(page);
        await assertTargets(page);
        if (where === 'gaps row')
            await picture(page, 'narrow');
    });
    await close(page);
});

test('with letters twice as large nothing is cut off', async () => {
    const page = await openPage(here.browser);
    await open(page, here.server.url);
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    const letters = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.panel.crossings td')).fontSize));
    assert.ok(letters > 24.5, `${letters}`);
    await everywhere(page, async (where) => {
        await assertReflow(page);
        if (where === 'crossings row')
            await picture(page, 'large-letters');
    });
    await close(page);
});

test('what has the focus is marked and not covered, forwards through the page and backwards through a table', async () => {
    const page = await openPage(here.browser);
    await open(page, here.server.url);
    assert.ok(await assertFocus(page, 'Tab', 45) > 30);
    await page.locator('.panel.crossings tbody button.row').nth(40).focus();
    await assertFocus(page, 'Shift+Tab', 39);
    await page.locator('.panel.crossings tbody button.row').nth(2).press('Enter');
    await page.waitForSelector('.details .sentence');
    await page.focus('.details header button');
    await assertFocus(page, 'Tab', 5);
    await close(page);
});
