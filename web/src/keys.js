// SPDX-License-Identifier: Apache-2.0
//
// Keys, as help tells them. None works where letters are typed, nor with Ctrl, Alt or Meta.

import { takesLetters } from './dom.js';

/** @param {Object<string, () => void>} actions by `event.key` */
export function listenForKeys(actions) {
    document.addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented)
            return;
        if (takesLetters(event.target)) {
            if (event.key === 'Escape')
                event.target.blur();
            return;
        }
        // A button takes space as a press, and an open dialog all keys.
        const pressed = event.key === ' ' && event.target.closest?.('button, summary, a, select, input');
        if (pressed || document.querySelector('dialog[open]') || !Object.hasOwn(actions, event.key))
            return;
        event.preventDefault();
        actions[event.key]();
    });
}
