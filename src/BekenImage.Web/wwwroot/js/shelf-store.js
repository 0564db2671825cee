// The open files: what the engine holds of each, what it said of it, and which part it plays.

import { readFile } from './read-file.js';
import { announce, notice, working } from './live.js';
import { count, kindWord } from './words.js';

const roleOf = kind => kind === 'dump' ? 'device'
  : ['qio', 'ua', 'app', 'ota', 'ug', 'package'].includes(kind) ? 'firmware'
  : 'none';

const numbered = (name, number) => name.replace(/(\.[^.]*)?$/, ending => ` (${number})${ending}`);

/**
 * Entries in the order they came: { key, name, file, place, id, document, verified, role, problem, isResult }; place is that in an archive.
 * One the engine does not hold has no id. 'change' is dispatched after every change, 'reopened' when the ids are others.
 */
export class ShelfStore extends EventTarget {
  entries = [];
  #session;
  #maximumLength;
  #lastKey = 0;
  #names = new WeakMap();
  #isReopening = false;
  #isLostAgain = false;

  constructor(session, maximumLength) {
    super();
    this.#session = session;
    this.#maximumLength = maximumLength;
    session.addEventListener('lost', () => working(() => this.#reopen()));
  }

  get(key) {
    return this.entries.find(entry => entry.key === key) ?? null;
  }

  /** Those that can be worked with. */
  get opened() {
    return this.entries.filter(entry => entry.document && !entry.problem);
  }

  /** Opens files one after another; gives the entries they became. */
  open(files) {
    return working(() => this.#open(files));
  }

  async #open(files) {
    const added = [];
    for (const [index, file] of files.entries()) {
      announce(files.length > 1 ? `Reading ${file.name}, ${index + 1} of ${files.length}.` : `Reading ${file.name}.`);
      for (const [place, item] of (await this.#read(file)).entries()) {
        const entry = this.#add({ name: item.name, file, place, problem: item.error ?? null });
        if (item.document) {
          entry.role = roleOf(item.document.kind);
          this.#hold(entry, item);
        }
        added.push(entry);
      }
      this.#changed();
    }
    this.#say(added);
    return added;
  }

  /** Takes over an image that the engine made. */
  addResult(result) {
    const entry = this.#add({ name: result.name, isResult: true });
    this.#hold(entry, result);
    this.#changed();
    return entry;
  }

  setRole(key, role) {
    this.get(key).role = role;
    this.#changed();
  }

  close(key) {
    const entry = this.get(key);
    this.entries = this.entries.filter(other => other !== entry);
    if (entry.id !== null) {
      this.#session.call('close', entry.id).catch(() => {});
    }
    this.#changed();
  }

  async #read(file) {
    const name = this.#nameOf(file);
    try {
      return (await this.#session.call('open', name, await readFile(file, this.#maximumLength))).items;
    } catch (problem) {
      return [{ name, error: problem }];
    }
  }

  // Files of two folders may have one name; here each has its own, and keeps it.
  #nameOf(file) {
    if (!this.#names.has(file)) {
      const taken = new Set(this.entries.map(entry => this.#names.get(entry.file)));
      let name = file.name;
      for (let number = 2; taken.has(name); number++) {
        name = numbered(file.name, number);
      }
      this.#names.set(file, name);
    }
    return this.#names.get(file);
  }

  #add(facts) {
    const entry = {
      key: `f${++this.#lastKey}`, file: null, place: 0, id: null, document: null, verified: null,
      role: 'none', problem: null, isResult: false, ...facts,
    };
    this.entries = [...this.entries, entry];
    return entry;
  }

  async #hold(entry, { id, document }) {
    Object.assign(entry, { id, document, problem: null });
    try {
      entry.verified = await this.#session.call('verify', id);
    } catch {
      entry.verified = null;
    }
    this.#changed(entry);
  }

  // The engine began anew and holds nothing: what was read from files is read again, what it had made is gone.
  // A file that kills it again stays closed, so this comes to an end.
  async #reopen() {
    this.#isLostAgain = this.#isReopening;
    if (this.#isReopening) {
      return;
    }
    this.#isReopening = true;
    let files;
    do {
      this.#isLostAgain = false;
      this.entries = this.entries.filter(entry => !entry.isResult);
      this.entries.forEach(entry => entry.id = null);
      files = [...new Set(this.entries.filter(entry => !entry.problem).map(entry => entry.file))];
      this.#changed();
      for (const [index, file] of files.entries()) {
        announce(`The engine had to start again. Reading ${file.name} again, ${index + 1} of ${files.length}.`);
        await this.#readAgain(file);
      }
    } while (this.#isLostAgain);
    this.#isReopening = false;
    const again = files.filter(file => this.opened.some(entry => entry.file === file)).length;
    notice('The engine had to start again.'
      + (files.length > 0 ? ` ${count(again, 'file was', 'files were')} read again; what had been made is gone.` : ''));
    this.dispatchEvent(new Event('reopened'));
  }

  async #readAgain(file) {
    const items = await this.#read(file);
    const entries = this.entries.filter(other => other.file === file && !other.problem);
    for (const entry of entries) {
      // Two members of an archive may have one name.
      const item = items[entry.place];
      if (item?.document && item.name === entry.name) {
        this.#hold(entry, item);
      } else {
        entry.problem = items.find(other => other.error)?.error ?? { message: 'the file is another one now' };
      }
    }
    // Members that were closed are not held again.
    for (const item of items.filter(other => other.document && !entries.some(entry => entry.id === other.id))) {
      this.#session.call('close', item.id).catch(() => {});
    }
    this.#changed();
  }

  #say(added) {
    const failed = added.filter(entry => entry.problem);
    if (added.length === 1) {
      const [entry] = added;
      announce(entry.problem ? `${entry.name} could not be opened.` : `${entry.name} is open: ${kindWord(entry.document.kind)}.`);
    } else if (added.length > 0) {
      announce(`${count(added.length - failed.length, 'file')} open` + (failed.length > 0 ? `, ${failed.length} could not be opened.` : '.'));
    }
  }

  /** `entry` is the one that has changed where no other has. */
  #changed(entry = null) {
    this.dispatchEvent(new CustomEvent('change', { detail: entry }));
  }
}
