// SPDX-License-Identifier: Apache-2.0
//
// The one Trusted Types policy. Nothing of the page makes HTML from text; what libraries make goes
// through here: no markup at all, and no script but the map's own worker.

/** @type {string} what the worker's address may be; set once it is known */
let workerUrl = 'worker.js';

/** @param {string} url of the map's worker */
export function admitWorker(url) {
    workerUrl = url;
}

function refuse(what) {
    throw new TypeError(`${what} is not made from text here`);
}

/** Where a browser has no Trusted Types there is nothing to install. */
export function installPolicy() {
    if (!globalThis.trustedTypes)
        return;
    trustedTypes.createPolicy('default', {
        createHTML: () => refuse('HTML'),
        createScript: () => refuse('a script'),
        createScriptURL: (url) => (url === workerUrl ? url : refuse('the address of a script')),
    });
}
