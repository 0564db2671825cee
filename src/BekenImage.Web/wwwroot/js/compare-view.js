// What differs between two open files, in the words of their content.

import { badge, byId, el } from './dom.js';
import { saveJson, stem } from './download.js';
import { findingList } from './findings.js';
import { announce } from './live.js';
import { fillPicker } from './pickers.js';
import { problemBox } from './problems.js';
import { table } from './table.js';
import { count, hex } from './words.js';

const shownAtOnce = 8;

const tones = { added: 'good', removed: 'bad', changed: 'warn', moved: 'muted' };

export class CompareView {
  #session;
  #store;
  #asked = 0;
  #difference = null;
  #compared = null;

  constructor(session, store) {
    this.#session = session;
    this.#store = store;
    store.addEventListener('change', () => this.#pick());
    byId('compare-form').addEventListener('submit', event => {
      event.preventDefault();
      this.#compare();
    });
    byId('compare-form').addEventListener('change', () => this.#forgetOther());
    byId('save-diff').addEventListener('click', () => {
      const { a, b } = this.#difference;
      saveJson(`${stem(a)}-to-${stem(b)}.diff.json`, this.#difference);
    });
    this.#pick();
  }

  #pick() {
    const entries = this.#store.opened;
    const first = fillPicker(byId('compare-a'), entries, byId('compare-a').value);
    const other = entries.find(entry => entry.key !== first)?.key;
    fillPicker(byId('compare-b'), entries, byId('compare-b').value === first ? other : byId('compare-b').value || other);
    byId('compare-empty').hidden = entries.length > 1;
    byId('compare-form').hidden = entries.length < 2;
    this.#forgetOther();
  }

  get #pair() {
    return `${byId('compare-a').value} ${byId('compare-b').value}`;
  }

  // An answer stands under the two files it is about, and under no others.
  #forgetOther() {
    if (this.#compared !== null && this.#compared !== this.#pair) {
      this.#compared = null;
      this.#asked++;
      this.#difference = null;
      byId('differences').replaceChildren();
      byId('save-diff').hidden = true;
    }
  }

  async #compare() {
    const asked = ++this.#asked;
    const [a, b] = ['compare-a', 'compare-b'].map(id => this.#store.get(byId(id).value));
    const output = byId('differences');
    byId('save-diff').hidden = true;
    this.#compared = this.#pair;
    try {
      const difference = await this.#session.call('diff', a.id, b.id);
      if (asked !== this.#asked) {
        return;
      }
      this.#difference = difference;
      output.replaceChildren(...this.#answer(difference));
      byId('save-diff').hidden = false;
      output.focus({ preventScroll: true });
      announce(difference.identical ? 'The files are the same.' : `${count(difference.differences.length, 'difference')} found.`);
    } catch (problem) {
      if (asked === this.#asked) {
        output.replaceChildren(problemBox(problem));
        output.focus({ preventScroll: true });
      }
    }
  }

  #answer(difference) {
    const { identical, sameContent, differences, sameAreas, findings } = difference;
    const areas = groups(differences);
    return [
      el('p', { class: 'verdict', data: { identical: String(identical) } },
        identical ? 'The files are the same, byte for byte.'
          : sameContent ? 'Rotation, key or stored form differ; what is in the files is the same.'
          : `${count(differences.length, 'difference')} in ${count(areas.size, 'area')}.`),
      el('p', { class: 'note' }, 'Before: ', el('bdi', null, difference.a), '. After: ', el('bdi', null, difference.b), '.'),
      sameAreas.length > 0 && el('p', { class: 'note' }, `The same in both: ${sameAreas.join(', ')}.`),
      ...[...areas].map(([area, list]) => el('section', { class: 'inner', data: { area } },
        el('h3', null, area, ' ', el('span', { class: 'note' }, count(list.length, 'difference'))),
        rows(area, list))),
      findings.length > 0 && findingList(findings, this.#session),
    ].filter(part => part);
  }
}

function groups(differences) {
  const map = new Map();
  for (const one of differences) {
    map.set(one.area, [...(map.get(one.area) ?? []), one]);
  }
  return map;
}

// A program's texts can differ by hundreds; the first lines say most.
function rows(area, list) {
  const part = (some, words) => table(words, ['What', 'Before', 'After'], some.map(row));
  const rest = list.slice(shownAtOnce);
  return [
    part(list.slice(0, shownAtOnce), `Differences in ${area}`),
    rest.length > 0 && el('details', { class: 'fold' }, el('summary', null, `${rest.length} more`), part(rest, `More differences in ${area}`)),
  ];
}

function row({ kind, name, a, b, offsetA, offsetB, length }) {
  return { data: { kind }, cells: [
    [badge(tones[kind] ?? 'muted', kind), ' ', name ?? (length === null ? 'the whole' : 'bytes'), length !== null && el('span', { class: 'note' }, ` ${hex(length)} long`)],
    side(a, offsetA),
    side(b, offsetB),
  ] };
}

function side(value, offset) {
  return [
    value === null ? offset === null && el('span', { class: 'note' }, 'nothing') : typeof value === 'object' ? JSON.stringify(value) : String(value),
    offset !== null && el('span', { class: 'note block' }, 'at ', el('code', null, hex(offset))),
  ];
}
