// SPDX-License-Identifier: Apache-2.0
//
// Starts the page, and says what to do when it cannot.

import { App } from './app.js';
import { openSource } from './data/source.js';
import { el } from './dom.js';
import { installPolicy } from './trusted.js';

function showFailure(root, error) {
    const again = el('button', { type: 'button', onclick: () => location.reload() }, 'Try again');
    root.prepend(el('div', { class: 'failure', role: 'alert' }, el('strong', {}, error.message), ' ',
        error.advice ?? 'The rest of the page may be incomplete. Reload it, or tell who runs this page.', ' ', again));
    root.dataset.ready = 'failed';
}

installPolicy();
document.documentElement.classList.add('js');
const root = document.getElementById('app');
const app = new App(root, openSource());
app.start().catch((error) => {
    console.error(error);
    showFailure(root, error);
});
