// SPDX-License-Identifier: Apache-2.0
//
// Contrast of text, WCAG 2.2 success criterion 1.4.3: 4.5:1 against the nearest ground that is not clear.

import assert from 'node:assert/strict';

function measure() {
    const parse = (text) => {
        const numbers = text.match(/[\d.]+/g).map(Number);
        const scale = text.startsWith('color(') ? 255 : 1;
        return [numbers[0] * scale, numbers[1] * scale, numbers[2] * scale, numbers[3] ?? 1];
    };
    const luminance = ([r, g, b]) => [r, g, b].map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
    const groundOf = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const ground = parse(getComputedStyle(at).backgroundColor);
            if (ground[3] > 0.8)
                return ground;
        }
        return [255, 255, 255, 1];
    };
    const poor = [];
    const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.textContent.trim() || !element.checkVisibility() || element.closest('svg, canvas, dialog:not([open])'))
            continue;
        const [one, other] = [luminance(parse(getComputedStyle(element).color)), luminance(groundOf(element))];
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (ratio < 4.5)
            poor.push(`${ratio.toFixed(2)} "${node.textContent.trim().slice(0, 30)}" in ${element.className || element.tagName}`);
    }
    return poor;
}

export async function assertContrast(page) {
    assert.deepEqual(await page.evaluate(measure), []);
}
