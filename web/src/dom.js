// SPDX-License-Identifier: Apache-2.0
//
// Elements from data: text is always text, never markup, and shown as what it is.

import { visible } from './words.js';

/** Strings and numbers as text; nothing for what is absent. */
function nodes(children) {
    return children.flat(Infinity).filter((child) => child !== null && child !== undefined)
        .map((child) => (child instanceof Node ? child : visible(child)));
}

/**
 * @param {string} tag
 * @param {Object<string, *>} [attributes] `class`, `on<event>` as a function, booleans, else text;
 *     `undefined` and `false` are left out
 * @param {...(Node|string|number|null|undefined|Array)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === false || value === null)
            continue;
        if (typeof value === 'function')
            element.addEventListener(name.slice(2), value);
        else
            element.setAttribute(name, value === true ? '' : String(value));
    }
    element.append(...nodes(children));
    return element;
}

/** Puts children in place of what was there. */
export function fill(element, ...children) {
    element.replaceChildren(...nodes(children));
    return element;
}

/** What opens below a button, and closes when one goes elsewhere, so that it covers nothing that is used. */
export function menu(words, ...content) {
    const element = el('details', { class: 'menu' }, el('summary', {}, words), el('div', { class: 'menu-list' }, content));
    const leave = (target) => { element.open = element.open && element.contains(target); };
    element.addEventListener('focusout', ({ relatedTarget }) => relatedTarget && leave(relatedTarget));
    document.addEventListener('pointerdown', ({ target }) => leave(target));
    element.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape' || !element.open)
            return;
        element.open = false;
        element.firstChild.focus();
        event.stopPropagation();
    });
    return element;
}

/** A link to another site: it learns nothing of this page. */
export function outside(url, words) {
    if (!/^https?:\/\//.test(url ?? ''))
        return document.createTextNode(visible(words));
    return el('a', { href: url, rel: 'noreferrer noopener', target: '_blank' }, words);
}

/** True where the event's target takes letters, so that shortcuts must not. */
export function takesLetters(target) {
    return target instanceof HTMLElement &&
        (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
        !/^(range|checkbox|radio|button)$/.test(target.type ?? '');
}
