// The open files: what the engine holds of each, what it said of it, and which part it plays.

import { readFile } from './read-file.js';
import { announce, notice, working } from './live.js';
import { count, kindWord } from './words.js';

const roleOf = kind => kind === 'dump' ? 'device'
  : ['qio', 'ua', 'app', 'ota', 'ug', 'package'].includes(kind) ? 'firmware'
  : 'none';

/**
 * Entries in the order they came: { key, name, file, id, document, verified, role, problem, isResult }.
 * One the engine does not hold has no id. 'change' is dispatched after every change, 'reopened' when the ids are others.
 */
export class ShelfStore extends EventTarget {
  entries = [];
  #session;
  #maximumLength;
  #lastKey = 0;
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
      for (const item of await this.#read(file)) {
        const entry = this.#add({ name: item.name, file, problem: item.error ?? null });
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
    try {
      return (await this.#session.call('open', file.name, await readFile(file, this.#maximumLength))).items;
    } catch (problem) {
      return [{ name: file.name, error: problem }];
    }
  }

  #add(facts) {
    const entry = {
      key: `f${++this.#lastKey}`, file: null, id: null, document: null, verified: null, role: 'none', problem: null, isResult: false, ...facts,
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
    this.#changed();
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
      for (const file of files) {
        await this.#readAgain(file);
      }
    } while (this.#isLostAgain);
    this.#isReopening = false;
    notice('The engine had to start again.'
      + (files.length > 0 ? ` ${count(files.length, 'file was', 'files were')} read again; what had been made is gone.` : ''));
    this.dispatchEvent(new Event('reopened'));
  }

  async #readAgain(file) {
    const items = await this.#read(file);
    for (const entry of this.entries.filter(other => other.file === file && !other.problem)) {
      const item = items.find(other => other.document && other.name === entry.name);
      if (item) {
        this.#hold(entry, item);
      } else {
        entry.problem = items.find(other => other.error)?.error ?? { message: 'the file is another one now' };
      }
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

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
