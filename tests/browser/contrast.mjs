// SPDX-License-Identifier: Apache-2.0
//
// Contrast, WCAG 2.2: of text (1.4.3) 4.5:1 against the nearest ground that is not clear, of the edges of
// controls (1.4.11) 3:1 against what they stand on.

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
    const contrast = (colour, ground) => {
        const [one, other] = [luminance(parse(colour)), luminance(ground)];
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    };
    const poor = [];
    const check = (colour, ground, least, what) => {
        const ratio = contrast(colour, ground);
        if (ratio < least)
            poor.push(`${ratio.toFixed(2)} ${what}`);
    };
    const shown = (element) => element.checkVisibility() && !element.closest('dialog:not([open])');
    const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.textContent.trim() || !shown(element) || element.closest('canvas, style'))
            continue;
        const { color, fill } = getComputedStyle(element);
        check(element.closest('svg') ? fill : color, groundOf(element), 4.5, `"${node.textContent.trim().slice(0, 30)}" in ${element.className || element.tagName}`);
    }
    for (const input of document.querySelectorAll('#app input, #app select, #app button, #app summary')) {
        const { borderTopColor, borderTopWidth } = getComputedStyle(input);
        if (!shown(input))
            continue;
        if (input.placeholder)
            check(getComputedStyle(input, '::placeholder').color, groundOf(input), 4.5, `"${input.placeholder}"`);
        // A button's words tell what it is; a field is told by its edge.
        if (/^(INPUT|SELECT)$/.test(input.tagName) && parseFloat(borderTopWidth) > 0 && !/range|checkbox/.test(input.type))
            check(borderTopColor, groundOf(input.parentElement), 3, `edge of ${input.getAttribute('aria-label') ?? input.tagName}`);
    }
    return poor;
}

export async function assertContrast(page) {
    assert.deepEqual(await page.evaluate(measure), []);
}
