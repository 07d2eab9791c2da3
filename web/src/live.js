// SPDX-License-Identifier: Apache-2.0
//
// The live page: alerts as they come, aircraft as they are heard.

import { el, fill } from './dom.js';
import { clock, instant, show } from './units.js';
import { plain } from './words.js';

const POLL_MS = 2000;
const KEPT_ALERTS = 500;

const EVENT_WORDS = { entered: '▲ entered', left: '▽ left', corrected: '↻ corrected', retracted: '✕ retracted',
    settled: '✓ settled', halt: '■ halt', first_flight: '▶ first flight', resumed: '▶ resumed', still_halted: '■ still halted' };
const STATE_WORDS = { connected: 'Listening', connecting: 'Connection lost; trying again',
    closed: 'The server ended the connection. Reload the page to try again.' };

export class Live {
    /**
     * @param {HTMLElement} root of the list of alerts
     * @param {{source: Object, units: () => Object, onHeard: (live: Object) => void,
     *     onWithheld: (withheld: Object) => void,
     *     onAlert: (alert: Object) => void, onLeftOff: (n: number) => void, select: (id: string) => void}} options
     */
    constructor(root, options) {
        this.options = options;
        this.alerts = [];
        this.seen = new Set();
        this.state = el('p', { class: 'live-state', role: 'status' }, 'Connecting …');
        this.list = el('ol', { class: 'alerts', reversed: true, 'aria-live': 'polite', 'aria-relevant': 'additions' });
        this.none = el('p', { class: 'empty' }, 'No alert yet. They come here as aircraft enter and leave what is watched.');
        fill(root, this.state, this.none, this.list);
    }

    start() {
        this.stop = this.options.source.events({
            alert: (alert) => this.add(alert), leftOff: (n) => this.options.onLeftOff(n),
            state: (state) => { this.state.textContent = STATE_WORDS[state]; this.state.dataset.state = state; },
        });
        this.poll();
    }

    /** Sent again after a lost connection, an alert is still one. */
    add(alert) {
        const key = `${alert.id ?? alert.watch} ${alert.event} ${alert.told}`;
        if (this.seen.has(key))
            return;
        this.seen.add(key);
        this.none.hidden = true;
        this.list.prepend(this.item(alert));
        while (this.list.children.length > KEPT_ALERTS)
            this.list.lastChild.remove();
        this.options.onAlert(alert);
    }

    item(alert) {
        const at = instant(alert.at);
        const altitude = alert.crossing?.entry?.alt_baro_ft;
        const subject = alert.watch ?? `${alert.airspace} · ${alert.callsign ?? alert.icao24}`;
        const head = [el('strong', {}, EVENT_WORDS[alert.event] ?? plain(alert.event)), ' ', subject, alert.simulated ? ' (simulated)' : ''];
        // What is told of the flights of a watch is about no crossing to look at.
        return el('li', { class: `alert ${alert.event}` },
            alert.id === undefined ? el('p', { class: 'row' }, head)
                : el('button', { type: 'button', class: 'row', onclick: () => this.options.select(alert.id) }, head),
            el('span', { class: 'quiet' }, at ? `${at} UTC` : '', ` · told ${clock(alert.told)}`,
                altitude === undefined ? '' : ` · ${show('altitude', altitude, this.options.units())}`,
                alert.reason ? ` · ${plain(alert.reason)}` : ''));
    }

    tellWithheld(withheld) {
        const text = JSON.stringify(withheld);
        if (text === this.withheld)
            return;
        this.withheld = text;
        this.options.onWithheld(withheld);
    }

    async poll() {
        if (!document.hidden) {
            const live = await this.options.source.document('live').catch(() => null);
            if (live !== null) {
                this.options.onHeard(live);
                this.tellWithheld(live.withheld ?? {});
            }
        }
        setTimeout(() => this.poll(), POLL_MS);
    }
}
