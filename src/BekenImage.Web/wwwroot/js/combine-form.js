// The form of a combination: what the firmware shall know, and what is asked for beside it.

import { byId, el } from './dom.js';
import { fillPicker } from './pickers.js';
import { PinsForm } from './pins-form.js';

// Fields of OpenBeken's configuration, by the id of their input.
const settings = {
  'set-ssid': 'wifiSsid',
  'set-pass': 'wifiPass',
  'set-startup': 'startupCommand',
  'set-short-name': 'shortDeviceName',
  'set-long-name': 'longDeviceName',
};

export class CombineForm {
  #form = byId('combine-form');
  #pins;

  /** `changed` is called after every change, also of a pin. */
  constructor(about, changed) {
    this.#pins = new PinsForm(changed);
    this.#form.addEventListener('input', changed);
    this.#form.addEventListener('submit', event => event.preventDefault());
    byId('show-pass').addEventListener('change', event => byId('set-pass').type = event.target.checked ? 'text' : 'password');
    byId('opt-chip').append(...about.chips.map(chip => el('option', { value: chip }, chip)));
    byId('sizes').append(...about.sizes.map(size => el('option', { value: size }, size)));
    byId('opt-areas').append(...about.areas.map(area => el('div', { class: 'field' },
      el('label', { for: `area-${area}` }, area),
      el('select', { id: `area-${area}`, data: { area } },
        [['', 'as the plan has it'], ['keep', 'keep'], ['erase', 'erase']].map(([value, text]) => el('option', { value }, text))))));
  }

  set roles(roles) {
    this.#pins.roles = roles;
  }

  /** Files that may lend a bootloader or a calibration. */
  offer(entries) {
    fillPicker(byId('opt-bootloader'), entries, byId('opt-bootloader').value, 'the device\'s own');
    fillPicker(byId('opt-rf-from'), entries, byId('opt-rf-from').value, 'the device\'s own');
  }

  /** Which files lend something, to see whether that is still what was asked for. */
  get lenders() {
    return `${byId('opt-bootloader').value} ${byId('opt-rf-from').value}`;
  }

  /** The options of `combine`; `idOf` gives the engine's id of a picked file. What is not filled in is left out. */
  options(idOf) {
    const text = id => byId(id).value.trim() || undefined;
    const file = id => byId(id).value ? idOf(byId(id).value) : undefined;
    const areas = word => [...this.#form.querySelectorAll('[data-area]')].filter(select => select.value === word).map(select => select.dataset.area);
    const some = list => list.length > 0 ? list : undefined;
    const options = {
      chip: text('opt-chip'),
      key: text('opt-key'),
      mac: text('set-mac'),
      rf: text('opt-rf'),
      rfFrom: file('opt-rf-from'),
      obkConfig: text('opt-obk-config'),
      obkJson: text('opt-obk-json'),
      keep: some(areas('keep')),
      erase: some(areas('erase')),
      bootloader: file('opt-bootloader'),
      replaceBootloader: byId('opt-replace-bootloader').checked || undefined,
      partitionTable: text('opt-partition-table'),
      size: text('opt-size'),
      set: some([...this.#fields(), ...this.#pins.settings]),
      fromTuya: byId('set-from-tuya').checked || undefined,
      firmwareDump: byId('opt-firmware-dump').checked || undefined,
    };
    return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  }

  // A value is taken as it was typed: a name or a password may begin or end with a space.
  #fields() {
    return Object.entries(settings).filter(([id]) => byId(id).value !== '').map(([id, field]) => `${field}=${byId(id).value}`);
  }
}
