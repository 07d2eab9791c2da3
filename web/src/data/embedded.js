// SPDX-License-Identifier: Apache-2.0
//
// Documents inside of a report: each the text of a script element of type application/json.

import { DocumentError } from './source.js';

function read(name) {
    const element = document.getElementById(`doc-${name}`);
    if (element === null)
        throw new DocumentError(`This report holds no document "${name}".`,
            'Write it again with `overflight report`.', 404);
    return JSON.parse(element.textContent);
}

/** @returns {import('./source.js').Source} */
export function openEmbedded() {
    let crossings;
    return {
        document: async (name) => read(name),
        async crossing(id) {
            crossings ??= read('crossing').crossings;
            if (!Object.hasOwn(crossings, id))
                throw new DocumentError('This report holds nothing more of this crossing.', '', 404);
            return crossings[id];
        },
        events: () => null,
    };
}
