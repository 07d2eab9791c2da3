// SPDX-License-Identifier: Apache-2.0
//
// The program itself, for tests of what it makes in a browser.

import { spawn, spawnSync } from 'node:child_process';

/** What a program that was built without them cannot show. @param {string} overflight @param {string[]} commands */
export function skipWithout(overflight, commands) {
    const missing = commands.find((command) => spawnSync(overflight, [command, '--help']).status !== 0);
    if (missing === undefined)
        return;
    console.log(`skipped: this program has no command ${missing}`);
    process.exit(77);
}

/** Positions of a straight way: `n` of them, every 30 s. */
export function rows(icao24, callsign, start, n, lat, lon, dLon) {
    return Array.from({ length: n }, (_, i) => {
        const x = lon + i * dLon;
        return `${start + 30 * i},${icao24},${callsign},${lat},${(x >= 180 ? x - 360 : x).toFixed(6)},35000`;
    });
}

/**
 * The program chooses a free port, and says it.
 *
 * @param {string} overflight @param {string[]} args of `serve` @param {Object} options of `spawn`
 * @returns {Promise<{url: string, stop: () => void}>}
 */
export function startServer(overflight, args, options) {
    const server = spawn(overflight, ['serve', '--listen', '127.0.0.1:0', ...args], options);
    const stop = () => { server.removeAllListeners('exit'); server.kill(); };
    return new Promise((resolve, reject) => {
        let said = '';
        const listen = (chunk) => {
            said += chunk;
            const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
            if (url)
                resolve({ url: url[0], stop });
        };
        server.stdout.on('data', listen);
        server.stderr.on('data', listen);
        server.on('exit', (status) => reject(new Error(`serve ended with ${status}: ${said}`)));
    });
}
