// SPDX-License-Identifier: Apache-2.0
//
// What is selected, filtered and shown: one object, told to whoever asked to hear of a key.

/**
 * @param {Object<string, *>} initial
 */
export function createState(initial) {
    const values = { ...initial };
    /** @type {Map<string, Set<Function>>} */
    const listeners = new Map();

    function tell(keys) {
        const told = new Set();
        for (const key of keys)
            for (const listener of listeners.get(key) ?? [])
                told.add(listener);
        for (const listener of told)
            listener(values);
    }

    return {
        get: (key) => values[key],
        all: () => values,
        /** Sets what differs, then tells. */
        set(patch) {
            const changed = Object.keys(patch).filter((key) => values[key] !== patch[key]);
            Object.assign(values, patch);
            if (changed.length)
                tell(changed);
        },
        /** @param {string[]} keys @param {(values: Object) => void} listener */
        on(keys, listener) {
            for (const key of keys) {
                if (!listeners.has(key))
                    listeners.set(key, new Set());
                listeners.get(key).add(listener);
            }
        },
    };
}
