// SPDX-License-Identifier: Apache-2.0
//
// What of WCAG 2.2 AA a script can see, by success criterion: 1.4.10 reflow, 1.4.11 contrast of controls,
// 2.4.7 and 2.4.11 focus seen and not covered, 2.5.8 size of targets, 4.1.2 names. Contrast of text is in
// contrast.mjs.

import assert from 'node:assert/strict';

const MIN_TARGET_PX = 24;

/** Targets below 24 by 24 pixels. Links within a sentence are excepted, as are those of the browser's own making. */
function smallTargets(least) {
    const all = document.querySelectorAll('#app button, #app a[href], #app select, #app input, #app summary, dialog[open] button, dialog[open] select');
    const small = [...all].filter((element) => element.checkVisibility() && !element.closest('.skip:not(:focus), dialog:not([open]), p a, li a, td a'))
        // A box to tick is as large as the label that it stands in.
        .map((element) => ({ element, box: (element.type === 'checkbox' ? element.closest('label') : element).getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < least || box.height < least))
        .map(({ element, box }) => `${element.tagName} "${(element.getAttribute('aria-label') ?? element.textContent).slice(0, 30).replace(/\d+/, 'N')}" ${box.width.toFixed(1)} x ${box.height.toFixed(1)}`);
    return [...new Set(small)];
}

export async function assertTargets(page) {
    assert.deepEqual(await page.evaluate(smallTargets, MIN_TARGET_PX), []);
}

/** No text is cut off where nobody can scroll to it; what a row cuts short stands whole beside the table. */
function clipped() {
    const scrolls = (style, axis) => /auto|scroll/.test(style[`overflow${axis}`]);
    const cut = [];
    for (const element of document.querySelectorAll('#app *')) {
        if (!element.checkVisibility() || !element.textContent.trim() || element.closest('td, svg, .map, .hidden, .skip, dialog:not([open])'))
            continue;
        const style = getComputedStyle(element);
        const wide = style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1;
        const high = style.overflowY === 'hidden' && !scrolls(style, 'X') && element.scrollHeight > element.clientHeight + 2;
        if (wide || high)
            cut.push(`${element.className || element.tagName}: ${element.scrollWidth} x ${element.scrollHeight} in ${element.clientWidth} x ${element.clientHeight}`);
    }
    return cut;
}

export async function assertReflow(page) {
    const [wide, view] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(wide <= view, `${wide} pixels wide in ${view}`);
    assert.deepEqual(await page.evaluate(clipped), []);
}

/** Of what has the focus: nothing when it is seen, else what is wrong. */
function focusTrouble() {
    const element = document.activeElement;
    if (element === null || element === document.body)
        return '';
    const name = `${element.tagName}.${element.className} "${(element.getAttribute('aria-label') ?? element.textContent).slice(0, 30)}"`;
    const box = element.getBoundingClientRect();
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y]));
    const seen = points.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top !== null && (element.contains(top) || top.contains(element) && top !== document.documentElement);
    });
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const marked = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
    return seen && marked ? '' : `${name} ${seen ? 'is not marked' : 'is covered or out of view'} at ${box.left.toFixed()}, ${box.top.toFixed()}`;
}

/** So many steps by key. @returns {Promise<number>} how many different elements had the focus */
export async function assertFocus(page, key, steps) {
    const [troubles, seen] = [[], new Set()];
    for (let step = 0; step < steps; step++) {
        await page.keyboard.press(key);
        const trouble = await page.evaluate(focusTrouble);
        if (trouble)
            troubles.push(trouble);
        seen.add(await page.evaluate(() => {
            globalThis.numbered ??= new Map();
            const { numbered } = globalThis;
            return numbered.get(document.activeElement) ?? numbered.set(document.activeElement, numbered.size).size - 1;
        }));
    }
    assert.deepEqual(troubles, []);
    return seen.size;
}

const NAMED = new Set(['button', 'link', 'textbox', 'searchbox', 'combobox', 'slider', 'tab', 'checkbox', 'region', 'dialog', 'table', 'tabpanel', 'img']);

/** Everything that is used or gone to has a name, as who hears the page reads it. */
export async function assertNames(page) {
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    await session.detach();
    const nameless = nodes.filter(({ ignored, role, name }) => !ignored && NAMED.has(role?.value) && !name?.value?.trim());
    assert.deepEqual(nameless.map(({ role, nodeId }) => `${role.value} ${nodeId}`), []);
}
