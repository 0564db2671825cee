// Tables that become a list of cards on a narrow screen and stay tables for a screen reader.

import { el } from './dom.js';

/** `columns` are headings; a cell is text, an element or a list of both. Rows may be [cells, attributes]. */
export function table(caption, columns, rows, options = {}) {
  return el('table', { class: 'stack', role: 'table', ...options },
    el('caption', { class: 'unseen' }, caption),
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, columns.map(column => el('th', { role: 'columnheader', scope: 'col' }, column)))),
    el('tbody', { role: 'rowgroup' }, rows.map(row => {
      const [cells, attributes] = Array.isArray(row[0]) ? row : [row, null];
      return el('tr', { role: 'row', ...attributes }, cells.map((cell, at) =>
        el('td', { role: 'cell', data: { label: columns[at] } }, el('div', null, cell))));
    })));
}
