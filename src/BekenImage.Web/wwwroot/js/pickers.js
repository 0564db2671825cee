// Lists of the open files to choose one from.

import { el } from './dom.js';

/** Fills a select with entries; the chosen one stays chosen. `first` is what stands for none. */
export function fillPicker(select, entries, chosen, first = null) {
  const options = entries.map(entry => el('option', { value: entry.key, selected: entry.key === chosen }, entry.name));
  if (first !== null) {
    options.unshift(el('option', { value: '' }, first));
  }
  select.replaceChildren(...options);
  select.value = entries.some(entry => entry.key === chosen) ? chosen : first !== null ? '' : entries[0]?.key ?? '';
  return select.value;
}
