// Rows of pins: the number on the chip, what hangs there, and the channels that go with it.

import { button, byId, el, focusOn, newId } from './dom.js';
import { PageProblem } from './problems.js';

export class PinsForm {
  #list = byId('pins');
  #roles = [];
  #rows = 0;
  #changed;

  constructor(changed) {
    this.#changed = changed;
    byId('add-pin').addEventListener('click', () => focusOn(this.#add().querySelector('input')));
  }

  /** The roles as `obk roles` lists them. */
  set roles(roles) {
    this.#roles = roles;
  }

  /** What is set, as `pins.6=Btn:2`. A row nobody has filled in is none; one that is half filled in is a problem. */
  get settings() {
    const settings = new Map();
    for (const row of this.#list.children) {
      const [pin, ...channels] = [...row.querySelectorAll('input')].filter(input => !input.closest('[hidden]')).map(input => input.value.trim());
      const role = row.querySelector('select').value;
      if (pin === '' && role === '' && channels.every(channel => channel === '')) {
        continue;
      }
      const name = row.getAttribute('aria-label');
      const missing = pin === '' ? 'its number' : role === '' ? 'its role' : channels[1] && !channels[0] ? 'its first channel' : null;
      if (missing) {
        throw new PageProblem(`${name} is not complete: ${missing} is missing`, 'Fill it in, or remove the row.');
      }
      const number = pin.replace(/^0+(?=\d)/, '');
      if (settings.has(number)) {
        throw new PageProblem(`pin ${number} is there twice`, 'Remove one of the two rows.');
      }
      settings.set(number, [`pins.${pin}=${role}`, ...channels.filter(channel => channel !== '')].join(':'));
    }
    return [...settings.values()];
  }

  #add() {
    const role = el('select', { id: newId('pin-role'), data: { pin: 'role' } },
      el('option', { value: '' }, 'choose'), this.#roles.map(({ name, otherNames }) =>
        el('option', { value: name }, otherNames?.length > 0 ? `${name} (${otherNames.join(', ')})` : name)));
    const number = (word, label) => {
      const id = newId('pin');
      return el('div', { class: 'field short' }, el('label', { for: id }, label),
        el('input', { id, type: 'text', inputmode: 'numeric', autocomplete: 'off', data: { pin: word } }));
    };
    const channels = [number('channel', 'Channel'), number('channel2', 'Second channel')];
    const showChannels = () => {
      const takes = this.#roles.find(({ name }) => name === role.value)?.channels ?? 0;
      channels.forEach((field, at) => field.hidden = at >= takes);
    };
    const row = el('div', { class: 'pin', role: 'group', 'aria-label': `Pin, row ${++this.#rows}` },
      number('number', 'Pin (P)'),
      el('div', { class: 'field' }, el('label', { for: role.id }, 'Role'), role),
      channels,
      button('Remove', { class: 'button quiet', data: { pin: 'remove' } }, () => {
        row.remove();
        focusOn(byId('add-pin'));
        this.#changed();
      }));
    role.addEventListener('change', showChannels);
    showChannels();
    this.#list.append(row);
    return row;
  }
}
