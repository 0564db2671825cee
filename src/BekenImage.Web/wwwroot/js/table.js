// Tables that become a list of cards on a narrow screen and stay tables for a screen reader.

import { el } from './dom.js';

/** `columns` are headings; a row is { cells, data }, a cell text, an element or a list of both. */
export function table(caption, columns, rows, options = {}) {
  return el('table', { class: 'stack', role: 'table', ...options },
    el('caption', { class: 'unseen' }, caption),
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, columns.map(column => el('th', { role: 'columnheader', scope: 'col' }, column)))),
    el('tbody', { role: 'rowgroup' }, rows.map(({ cells, data = {} }) =>
      el('tr', { role: 'row', data }, cells.map((cell, at) =>
        el('td', { role: 'cell', data: { label: columns[at] } }, el('div', null, cell)))))));
}
