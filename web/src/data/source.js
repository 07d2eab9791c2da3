// SPDX-License-Identifier: Apache-2.0
//
// Where documents come from: out of the page itself (a report) or from the server that sent it. Nothing
// else of the page knows which.

import { openApi } from './api.js';
import { openEmbedded } from './embedded.js';

/**
 * @typedef {Object} Source
 * @property {(name: string) => Promise<Object>} document whole, all pages of its rows
 * @property {(id: string) => Promise<Object>} crossing what is known of one
 * @property {(names: string[]) => Promise<Object>} [airspaces] the document, of these alone; of a server
 * @property {(listener: {alert: Function, leftOff: (n: number) => void, state: Function}) => (() => void)|null} events live alerts
 */

/** @returns {Source} */
export function openSource() {
    return document.getElementById('doc-index') === null ? openApi() : openEmbedded();
}

/** A document that cannot be had, with what to do about it. */
export class DocumentError extends Error {
    /** @param {string} message @param {string} advice @param {number} [status] */
    constructor(message, advice, status) {
        super(message);
        this.advice = advice;
        this.status = status;
    }
}
