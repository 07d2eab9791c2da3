// SPDX-License-Identifier: Apache-2.0
//
// Where MapLibre's worker is: beside the page, or as text inside of a report. The build gives this
// class to MapLibre in place of the browser's.

import { admitWorker } from '../trusted.js';

/** What MapLibre is told; its end makes it a classic worker, which also starts from a file's page. */
export const WORKER_NAME = 'worker.cjs';

function workerAddress() {
    const embedded = document.getElementById('page-worker');
    if (embedded === null)
        return 'worker.js';
    return URL.createObjectURL(new Blob([embedded.textContent], { type: 'text/javascript' }));
}

let address;

export class Worker extends globalThis.Worker {
    constructor() {
        address ??= workerAddress();
        admitWorker(address);
        super(address);
    }
}
