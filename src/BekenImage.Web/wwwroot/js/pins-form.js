// Rows of pins: the number on the chip, what hangs there, and the channels that go with it.

import { button, byId, el, focusOn, newId } from './dom.js';

export class PinsForm {
  #list = byId('pins');
  #roles = [];
  #changed;

  constructor(changed) {
    this.#changed = changed;
    byId('add-pin').addEventListener('click', () => focusOn(this.#add().querySelector('input')));
  }

  /** The roles as `obk roles` lists them. */
  set roles(roles) {
    this.#roles = roles;
  }

  /** What is set, as `pins.6=Btn:2`. */
  get settings() {
    return [...this.#list.children].map(row => {
      const [pin, ...channels] = [...row.querySelectorAll('input')].filter(input => !input.closest('[hidden]')).map(input => input.value.trim());
      const role = row.querySelector('select').value;
      return pin === '' || role === '' ? null : [`pins.${pin}=${role}`, ...channels.filter(channel => channel !== '')].join(':');
    }).filter(setting => setting !== null);
  }

  #add() {
    const role = el('select', { id: newId('pin-role'), data: { pin: 'role' } },
      el('option', { value: '' }, 'choose'), this.#roles.map(({ name, otherNames }) =>
        el('option', { value: name }, otherNames?.length > 0 ? `${name} (${otherNames.join(', ')})` : name)));
    const number = (word, label) => {
      const id = newId('pin');
      return el('div', { class: 'field short' }, el('label', { for: id }, label),
        el('input', { id, type: 'text', inputmode: 'numeric', autocomplete: 'off', maxlength: '3', data: { pin: word } }));
    };
    const channels = [number('channel', 'Channel'), number('channel2', 'Second channel')];
    const showChannels = () => {
      const takes = this.#roles.find(({ name }) => name === role.value)?.channels ?? 0;
      channels.forEach((field, at) => field.hidden = at >= takes);
    };
    const row = el('div', { class: 'pin', role: 'group', 'aria-label': `Pin, row ${this.#list.children.length + 1}` },
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
