// Combining a device and a firmware: the plan is there before the image, and renewed with every change of the form.

import { button, byId, el, focusOn } from './dom.js';
import { CombineForm } from './combine-form.js';
import { plainName, save, saveJson, stem } from './download.js';
import { announce } from './live.js';
import { fillPicker } from './pickers.js';
import { planView } from './plan-view.js';
import { problemBox, secretNote } from './problems.js';
import { stepsView } from './steps-view.js';
import { firmwareWord } from './words.js';
import { writePlanView } from './write-plan-view.js';

// Long enough that a word is not planned letter by letter, short enough not to be waited for.
const pause = 350;

// The firmware by what it is where that is known: flashing tools go by marks in the names of firmware files.
const imageName = ({ device, firmware }) =>
  `${plainName(stem(device.name))}-with-${plainName(firmwareWord(firmware.document) ?? stem(firmware.name))}.bin`;

// The choice of the form that may lift a refusal, by its code.
const choices = {
  BKI1001: 'opt-key',
  BKI1004: 'opt-bootloader',
  BKI3005: 'opt-partition-table',
  BKI4003: 'set-mac',
  BKI4008: 'set-mac',
  BKI4020: 'opt-rf-from',
  BKI4024: 'set-mac',
  BKI9001: 'opt-replace-bootloader',
  BKI9007: 'opt-key',
  BKI9008: 'opt-size',
  BKI9011: 'opt-chip',
};

const choiceFor = (code, { firmware }) => code === 'BKI8008' && firmware.document.kind === 'dump' ? 'opt-firmware-dump' : choices[code];

function goTo(choice) {
  const fold = byId(choice).closest('details');
  if (fold) {
    fold.open = true;
  }
  focusOn(byId(choice));
}

export class CombineView {
  #session;
  #store;
  #form;
  #timer = 0;
  #asked = 0;
  #isPlanning = false;
  #isStale = false;
  #result = null;
  #isOpen = false;
  #planned = '';
  #kept = null;
  #isDeadly = false;
  #look;

  constructor(session, store, about, look) {
    this.#session = session;
    this.#store = store;
    this.#look = look;
    this.#form = new CombineForm(about, () => this.#renew(pause));
    for (const id of ['combine-device', 'combine-firmware']) {
      byId(id).addEventListener('change', () => this.#pick());
    }
    store.addEventListener('change', () => this.#pick());
    store.addEventListener('reopened', () => this.#reopened());
    this.#pick();
  }

  /** Called when the view comes up or goes: nothing is planned while nobody looks. */
  async open(isOpen) {
    this.#isOpen = isOpen;
    if (isOpen) {
      this.#form.roles = await this.#roles();
      this.#pick();
      if (this.#isStale) {
        this.#renew(0);
      }
    }
  }

  async #roles() {
    return (await this.#session.call('obkRoles').catch(() => ({ roles: [] }))).roles;
  }

  // What ended the program is not asked again by itself: the next change of the form asks.
  #reopened() {
    this.#kept = null;
    if (!this.#isDeadly) {
      this.#renew(0);
    }
    this.#isDeadly = false;
  }

  // Another pair, or another lender, is planned anew; a change of the shelf that leaves them alone is not.
  #pick() {
    const having = role => this.#store.opened.filter(entry => entry.role === role);
    fillPicker(byId('combine-device'), having('device'), byId('combine-device').value);
    fillPicker(byId('combine-firmware'), having('firmware'), byId('combine-firmware').value);
    this.#form.offer(this.#store.opened);
    byId('combine-body').hidden = !this.#pair;
    byId('combine-empty').hidden = Boolean(this.#pair);
    const isClosed = this.#kept !== null && !this.#store.get(this.#kept);
    if (this.#files !== this.#planned || isClosed) {
      this.#kept = null;
      byId('plan').replaceChildren();
      this.#renew(0);
    }
  }

  // The files a plan rests on.
  get #files() {
    const pair = this.#pair;
    return pair ? `${pair.device.key} ${pair.firmware.key} ${this.#form.lenders}` : '';
  }

  get #pair() {
    const device = this.#store.get(byId('combine-device').value);
    const firmware = this.#store.get(byId('combine-firmware').value);
    return device && firmware && device.id !== null && firmware.id !== null ? { device, firmware } : null;
  }

  // From now on what is shown is not what was asked for, so nothing of it can be taken.
  #renew(wait) {
    this.#asked++;
    this.#planned = this.#files;
    this.#isStale = true;
    byId('combine-downloads').replaceChildren();
    byId('plan').setAttribute('aria-busy', 'true');
    byId('plan').dataset.answer = '';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#plan(), wait);
  }

  // One plan at a time: the engine has one thread, and an answer nobody waits for any more would only hold up the next.
  async #plan() {
    const pair = this.#pair;
    if (!pair || !this.#isOpen || this.#isPlanning) {
      if (!pair && this.#isOpen) {
        announce('There is nothing to plan.');
      }
      return;
    }
    this.#isPlanning = true;
    this.#isStale = false;
    const asked = this.#asked;
    await this.#forget();
    let answered = null;
    let failed = null;
    try {
      announce('Planning.');
      answered = await this.#session.call('combine', pair.device.id, pair.firmware.id,
        this.#form.options(key => this.#store.get(key)?.id), imageName(pair));
      this.#result = answered.result;
      answered.secrets = answered.result ? await this.#session.call('secrets', answered.result.id) : [];
    } catch (problem) {
      failed = problem;
      this.#isDeadly = problem.name === 'EngineError' && problem.code === null;
    }
    this.#isPlanning = false;
    if (asked === this.#asked) {
      this.#show(pair, answered, failed);
    } else {
      this.#plan();
    }
  }

  async #forget() {
    const result = this.#result;
    this.#result = null;
    if (result) {
      await this.#session.call('close', result.id).catch(() => {});
    }
  }

  #show(pair, answered, failed) {
    const plan = byId('plan');
    plan.setAttribute('aria-busy', 'false');
    if (failed) {
      plan.dataset.answer = 'refused';
      plan.replaceChildren(problemBox(failed, { heading: 'There is no plan', data: { obstacle: 'true' } }));
      this.#offerChoice(failed, pair);
      announce(`There is no plan: ${failed.message}`);
      return;
    }
    const isThere = answered.canBuild && answered.result;
    plan.dataset.answer = isThere ? 'image' : 'refused';
    plan.replaceChildren(...planView(answered, this.#session));
    this.#offerChoice(answered.obstacle, pair);
    if (isThere) {
      byId('combine-downloads').replaceChildren(...this.#downloads(pair, answered));
    }
    announce(isThere ? `The plan is there; the image is ${answered.result.name}.` : `Refused: ${answered.obstacle?.message ?? 'no image can be made'}`);
  }

  #offerChoice(problem, pair) {
    const choice = problem && choiceFor(problem.code, pair);
    if (choice) {
      const label = document.querySelector(`label[for="${choice}"]`).textContent;
      byId('plan').querySelector('[data-obstacle]').append(
        el('p', { class: 'problem-choice' }, button(`Go to the choice: ${label}`, { id: 'go-to-choice' }, () => goTo(choice))));
    }
  }

  #downloads(pair, { result, document: plan, steps, secrets }) {
    const name = stem(result.name);
    return [
      el('h3', { tabindex: '-1' }, 'Take it'),
      el('div', { class: 'row' },
        button('Save the image', { id: 'save-image', class: 'button main' }, () => this.#do(async () =>
          save(result.name, await this.#session.call('bytes', result.id)))),
        button('Save the plan (JSON)', { id: 'save-plan' }, () => saveJson(`${name}.plan.json`, plan)),
        button('Put it on the shelf', { id: 'keep-image' }, event => this.#keep(event.target, result))),
      el('p', { class: 'note' }, 'SHA-256 ', el('code', { id: 'image-sha256' }, plan.sha256)),
      secretNote(secrets),
      el('div', { id: 'download-problem' }),
      steps?.length > 0 && stepsView(steps, `${name}.steps.txt`),
      writePlanView(this.#session, pair.device, result),
    ].filter(part => part);
  }

  // The shelf owns it from now on; the next plan must not close it.
  #keep(pressed, result) {
    if (this.#result === result) {
      this.#result = null;
      const entry = this.#store.addResult(result);
      this.#kept = entry.key;
      pressed.replaceWith(button('Look at its report', { id: 'look-image' }, () => this.#look(entry)));
      focusOn(byId('look-image'));
      announce(`${result.name} is on the shelf.`);
    }
  }

  async #do(job) {
    byId('download-problem').replaceChildren();
    try {
      await job();
    } catch (problem) {
      byId('download-problem').replaceChildren(problemBox(problem));
    }
  }
}
