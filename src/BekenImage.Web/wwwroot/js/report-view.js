// The report of a file, and what can be taken from it.

import { button, byId, el, focusOn } from './dom.js';
import { copy, save, saveJson, saveText, stem } from './download.js';
import { showPage } from './frame.js';
import { announce } from './live.js';
import { problemBox, secretNote } from './problems.js';
import { fillPicker } from './pickers.js';
import { current } from './router.js';
import { count, size } from './words.js';

export class ReportView {
  #session;
  #store;
  #asked = 0;
  #shown = null;
  #html = null;
  #loading = null;

  constructor(session, store) {
    this.#session = session;
    this.#store = store;
    byId('report-file').addEventListener('change', () => this.show(this.#store.get(byId('report-file').value)));
    byId('report-secrets').addEventListener('change', () => this.#renew());
    store.addEventListener('change', () => this.#pick());
    store.addEventListener('reopened', () => this.#renew());
    this.#wire();
    this.#pick();
  }

  show(entry) {
    if (this.#shown !== entry?.key) {
      this.#shown = entry?.key ?? null;
      // Of another file it is asked anew.
      byId('report-secrets').checked = false;
      this.#pick();
      this.#renew();
    }
  }

  /** Called when the view comes up: the first file is as good as any. */
  open() {
    if (!this.#isOpen) {
      this.show(this.#store.opened[0] ?? null);
    }
  }

  get #isOpen() {
    return this.#store.opened.some(entry => entry.key === this.#shown);
  }

  get #entry() {
    const entry = this.#store.get(this.#shown);
    return entry?.id !== null ? entry : null;
  }

  #pick() {
    fillPicker(byId('report-file'), this.#store.opened, this.#shown);
    byId('report-empty').hidden = this.#store.opened.length > 0;
    byId('report-body').hidden = this.#store.opened.length === 0;
    if (this.#shown !== null && !this.#isOpen) {
      this.#shown = null;
      byId('report-page').replaceChildren();
      byId('report-parts').replaceChildren();
      byId('report-problem').replaceChildren();
    }
    // A file that comes while the view is up.
    if (this.#shown === null && this.#store.opened.length > 0 && current() === 'report') {
      this.open();
    }
  }

  #renew() {
    this.#loading = this.#load();
  }

  async #load() {
    const entry = this.#entry;
    const asked = ++this.#asked;
    this.#html = null;
    byId('report-problem').replaceChildren();
    byId('report-page').replaceChildren();
    if (!entry) {
      return;
    }
    try {
      this.#listParts(entry, await this.#session.call('secrets', entry.id));
      if (asked !== this.#asked) {
        return;
      }
      const html = await this.#session.call('report', entry.id, { showSecrets: byId('report-secrets').checked });
      if (asked === this.#asked) {
        this.#html = html;
        await showPage(byId('report-page'), html, `Report of ${entry.name}`);
        announce(`The report of ${entry.name} is there.`);
      }
    } catch (problem) {
      if (asked === this.#asked) {
        byId('report-problem').replaceChildren(problemBox(problem));
      }
    }
  }

  #wire() {
    const on = (id, job) => byId(id).addEventListener('click', () => this.#try(job));
    on('save-report', async entry => {
      await this.#loading;
      if (this.#html) {
        saveText(`${stem(entry.name)}.report${byId('report-secrets').checked ? '.with-secrets' : ''}.html`, this.#html, 'text/html');
      }
    });
    on('save-markdown', async entry => saveText(`${stem(entry.name)}.report.md`, await this.#session.call('markdown', entry.id), 'text/markdown'));
    on('copy-markdown', async entry => {
      const text = await this.#session.call('markdown', entry.id);
      if (await copy(text)) {
        announce('The Markdown is on the clipboard.');
      } else {
        this.#showText('The browser does not let the page write to the clipboard. Copy it from here.', text);
      }
    });
    on('save-json', entry => saveJson(`${stem(entry.name)}.inspect.json`, entry.document));
    on('save-template', async entry => {
      const { text, notes } = await this.#session.call('template', entry.id);
      saveJson(`${stem(entry.name)}.template.json`, text);
      if (notes.length > 0) {
        byId('report-problem').replaceChildren(el('div', { class: 'remark', id: 'template-notes' },
          el('p', null, 'The template is saved. Tuya\'s data say more than it holds:'),
          el('ul', { class: 'list' }, notes.map(note => el('li', null, note)))));
        announce(`The template is saved; ${count(notes.length, 'note')} below the buttons.`);
      }
    });
    on('save-sanitized', async entry => {
      const { result } = await this.#session.call('sanitize', entry.id, `${stem(entry.name)}.sanitized.bin`);
      save(result.name, await this.#session.call('bytes', result.id));
      await this.#session.call('close', result.id);
    });
  }

  /** Runs what a button asks for; what went wrong is said above the report. */
  async #try(job) {
    const entry = this.#entry;
    if (!entry) {
      announce('The file is being read again; press it again in a moment.');
      return;
    }
    byId('report-problem').replaceChildren();
    try {
      await job(entry);
    } catch (problem) {
      const box = problemBox(problem);
      byId('report-problem').replaceChildren(box);
      focusOn(box);
      announce(`Not done: ${problem.message}`);
    }
  }

  #showText(label, text) {
    const area = el('textarea', { id: 'markdown-text', readonly: true, rows: '12', class: 'code' }, text);
    byId('report-problem').replaceChildren(el('div', { class: 'field' }, el('label', { for: 'markdown-text' }, label), area));
    area.focus();
    area.select();
  }

  #listParts(entry, secrets) {
    const part = (what, raw, text) => button(text, {
      class: 'button quiet', 'aria-label': `${what}, ${text}`, data: { part: what, raw: String(raw) },
    }, () => this.#try(async held =>
      save(`${stem(held.name)}.${what}${raw ? '.raw' : ''}.bin`, await this.#session.call('extract', held.id, what, raw))));
    const note = secretNote(secrets);
    const parts = entry.document.partitions.map(({ name, length, striped, encrypted }) =>
      el('li', null, el('span', { class: 'part-name' }, name), el('span', { class: 'note' }, size(length)),
        striped || encrypted ? [part(name, false, 'plain'), part(name, true, 'as stored')] : part(name, true, 'as stored')));
    byId('report-parts').replaceChildren(...note ? [el('li', null, note)] : [], ...parts);
  }
}
