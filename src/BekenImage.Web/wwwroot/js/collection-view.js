// Many files in one page: each is read, noted, and let go.

import { byId, el, focusOn, visible } from './dom.js';
import { saveText } from './download.js';
import { showPage } from './frame.js';
import { announce, working } from './live.js';
import { problemBox } from './problems.js';
import { readFile } from './read-file.js';
import { count } from './words.js';

export class CollectionView {
  #session;
  #maximumLength;
  #rows = 0;
  #heading = null;
  #waiting = [];
  #reading = null;
  #lostNote = null;

  constructor(session, maximumLength) {
    this.#session = session;
    this.#maximumLength = maximumLength;
    byId('save-collection').addEventListener('click', () => this.#save());
    byId('clear-collection').addEventListener('click', () => this.#clear());
    byId('stop-collection').addEventListener('click', () => this.#stop());
    byId('collection-title').addEventListener('change', () => this.#rename());
    session.addEventListener('lost', () => this.#lost());
  }

  get #title() {
    return byId('collection-title').value.trim();
  }

  /** Adds files, one after another, to those that wait; one that cannot be read is said and passed over. */
  add(files) {
    this.#waiting.push(...files);
    this.#reading ??= working(() => this.#readAll()).finally(() => this.#reading = null);
    return this.#reading;
  }

  // Some may come while the page of those before is made.
  async #readAll() {
    this.#lostNote?.remove();
    while (this.#waiting.length > 0) {
      await this.#read();
      await this.#render();
    }
    focusOn(byId('collection-result-heading'));
  }

  async #read() {
    const progress = byId('collection-progress');
    progress.hidden = byId('stop-collection').hidden = false;
    for (let done = 0; this.#waiting.length > 0; done++) {
      const file = this.#waiting.shift();
      progress.max = done + 1 + this.#waiting.length;
      progress.value = done;
      const name = file.webkitRelativePath || file.fullPath || file.name;
      announce(`Reading ${name}, ${done + 1} of ${progress.max}.`);
      try {
        const { rows } = await this.#session.call('collect', name, await readFile(file, this.#maximumLength));
        this.#rows += rows;
      } catch (problem) {
        this.#say(problem, el('h3', null, el('bdi', null, name)));
      }
    }
    progress.hidden = byId('stop-collection').hidden = true;
  }

  #stop() {
    const left = this.#waiting.length;
    this.#waiting = [];
    announce(`Stopped; ${count(left, 'file is', 'files are')} left out.`);
  }

  async #render() {
    byId('collection-result').hidden = this.#rows === 0;
    if (this.#rows === 0) {
      announce('There is no image in the collection.');
      return;
    }
    try {
      const frame = await showPage(byId('collection-page'), await this.#session.call('collection', ''), 'The collection');
      this.#heading = frame.contentDocument?.querySelector('h1');
      byId('collection-result').dataset.rows = String(this.#rows);
      this.#rename();
      announce(`${count(this.#rows, 'file')} in the collection.`);
    } catch (problem) {
      byId('collection-page').replaceChildren(problemBox(problem));
    }
  }

  // The page is long: a title is put over the one that is shown.
  #rename() {
    if (this.#heading) {
      this.#heading.dataset.own ??= this.#heading.textContent;
      this.#heading.textContent = this.#title ? visible(this.#title) : this.#heading.dataset.own;
    }
  }

  async #save() {
    try {
      saveText(`${this.#title || 'collection'}.html`, await this.#session.call('collection', this.#title), 'text/html');
    } catch (problem) {
      this.#say(problem);
    }
  }

  #say(problem, heading = null) {
    const card = el('li', { class: 'card' }, heading, problemBox(problem));
    byId('collection-problems').append(card);
    return card;
  }

  async #clear() {
    this.#waiting = [];
    await this.#reading;
    await this.#session.call('clearCollection').catch(() => {});
    this.#forget();
    announce('The collection is empty.');
    byId('collection-files').focus();
  }

  #forget() {
    this.#rows = 0;
    this.#heading = null;
    byId('collection-result').hidden = true;
    byId('collection-page').replaceChildren();
    byId('collection-problems').replaceChildren();
  }

  // The rows were in the engine; the files are not kept here, since there may be hundreds.
  #lost() {
    if (this.#rows > 0) {
      const gone = `${count(this.#rows, 'image')} of the collection ${this.#rows === 1 ? 'is' : 'are'} gone`;
      this.#rows = 0;
      this.#heading = null;
      this.#waiting = [];
      this.#lostNote?.remove();
      this.#lostNote = this.#say({ message: `the engine had to start again, and ${gone}`, cure: 'Choose the files again, fewer at once.' });
      byId('collection-result').hidden = true;
    }
  }
}
