// The shelf: a card for each open file.

import { badge, button, byId, el, focusOn } from './dom.js';
import { problemBox } from './problems.js';
import { findingLines } from './findings.js';
import { firmwareWord, kindWord, size, verdict } from './words.js';

const roles = [['none', 'no part'], ['device', 'the device'], ['firmware', 'the firmware']];

/** `look` opens the report of an entry. */
export class ShelfView {
  #store;
  #look;
  #list = byId('shelf');

  constructor(store, look) {
    this.#store = store;
    this.#look = look;
    store.addEventListener('change', ({ detail }) => this.#render(detail));
    this.#render();
  }

  focus(entry) {
    const card = this.#list.querySelector(`[data-key="${entry.key}"]`);
    if (card) {
      focusOn(card.querySelector('h3'));
    }
  }

  // The cards of many files are not all made anew for one of them.
  #render(changed = null) {
    const held = document.activeElement?.closest?.('[data-key]') && document.activeElement.id;
    const old = changed && this.#list.querySelector(`[data-key="${changed.key}"]`);
    if (old) {
      old.replaceWith(this.#card(changed));
    } else {
      this.#list.replaceChildren(...this.#store.entries.map(entry => this.#card(entry)));
    }
    byId('shelf-section').hidden = this.#store.entries.length === 0;
    byId('drop').classList.toggle('small', this.#store.entries.length > 0);
    if (held) {
      byId(held)?.focus({ preventScroll: true });
    }
    this.#offerCombine();
  }

  #card(entry) {
    const { key, document: facts, problem } = entry;
    const name = `name-${key}`;
    return el('li', { class: 'card', data: { key, kind: facts?.kind ?? 'none' } },
      el('div', { class: 'card-head' },
        el('h3', { id: name, tabindex: '-1' }, el('bdi', null, entry.name)),
        button('Close', { class: 'button quiet', id: `close-${key}`, 'aria-describedby': name, data: { action: 'close' } }, () => this.#close(key))),
      problem ? problemBox(problem) : this.#facts(entry),
      !problem && el('div', { class: 'row' },
        button('Report', { id: `look-${key}`, 'aria-describedby': name, data: { action: 'report' } }, () => this.#look(entry)),
        this.#role(entry)));
  }

  #facts(entry) {
    const facts = entry.document;
    const { tone, text } = entry.verified ? verdict(facts, entry.verified) : { tone: 'muted', text: 'checking' };
    const pairs = [
      ['Answer', badge(tone, text)],
      ['What it is', [entry.isResult ? 'made here: ' : null, kindWord(facts.kind)]],
      ['Chip', facts.chip ?? 'not known'],
      ['Firmware', firmwareWord(facts) ?? 'not known'],
      ['Size', size(facts.length)],
    ];
    return [
      el('dl', { class: 'facts', data: { verdict: entry.verified ? text : '' } },
        pairs.map(([term, value]) => el('div', null, el('dt', null, term), el('dd', null, value)))),
      findingLines(facts.findings),
    ];
  }

  #role(entry) {
    const id = `role-${entry.key}`;
    const select = el('select', { id, data: { field: 'role' }, on: { change: () => this.#store.setRole(entry.key, select.value) } },
      roles.map(([value, text]) => el('option', { value, selected: value === entry.role }, text)));
    return el('div', { class: 'field inline' }, el('label', { for: id }, 'Part in combining'), select);
  }

  #close(key) {
    const at = this.#store.entries.findIndex(entry => entry.key === key);
    this.#store.close(key);
    const next = this.#store.entries[at] ?? this.#store.entries[at - 1];
    if (next) {
      this.focus(next);
    } else {
      byId('choose-files').focus();
    }
  }

  #offerCombine() {
    const has = role => this.#store.opened.some(entry => entry.role === role);
    byId('offer-combine').hidden = !(has('device') && has('firmware'));
  }
}
