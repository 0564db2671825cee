// Many files in one page: each is read, noted, and let go.

import { byId, el, focusOn } from './dom.js';
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
  #html = null;
  #isStopped = false;

  constructor(session, maximumLength) {
    this.#session = session;
    this.#maximumLength = maximumLength;
    byId('save-collection').addEventListener('click', () => saveText(`${this.#title || 'collection'}.html`, this.#html, 'text/html'));
    byId('clear-collection').addEventListener('click', () => this.#clear());
    byId('stop-collection').addEventListener('click', () => this.#isStopped = true);
    byId('collection-title').addEventListener('change', () => this.#render());
    session.addEventListener('lost', () => this.#lost());
  }

  get #title() {
    return byId('collection-title').value.trim();
  }

  /** Adds files, one after another; one that cannot be read is said and passed over. */
  add(files) {
    return working(() => this.#add(files));
  }

  async #add(files) {
    const progress = byId('collection-progress');
    const problems = byId('collection-problems');
    this.#isStopped = false;
    progress.hidden = false;
    byId('stop-collection').hidden = false;
    progress.max = files.length;
    for (const [index, file] of files.entries()) {
      if (this.#isStopped) {
        announce(`Stopped after ${count(index, 'file')}.`);
        break;
      }
      progress.value = index;
      const name = file.webkitRelativePath || file.name;
      announce(`Reading ${name}, ${index + 1} of ${files.length}.`);
      try {
        const { rows } = await this.#session.call('collect', name, await readFile(file, this.#maximumLength));
        this.#rows += rows;
      } catch (problem) {
        problems.append(el('li', { class: 'card' }, el('h3', null, el('bdi', null, name)), problemBox(problem)));
      }
    }
    progress.hidden = true;
    byId('stop-collection').hidden = true;
    await this.#render();
    focusOn(byId('collection-result-heading'));
  }

  async #render() {
    byId('collection-result').hidden = this.#rows === 0;
    if (this.#rows === 0) {
      return;
    }
    try {
      this.#html = await this.#session.call('collection', this.#title);
      await showPage(byId('collection-page'), this.#html, 'The collection');
      byId('collection-result').dataset.rows = String(this.#rows);
      announce(`${count(this.#rows, 'image')} in the collection.`);
    } catch (problem) {
      byId('collection-page').replaceChildren(problemBox(problem));
    }
  }

  async #clear() {
    await this.#session.call('clearCollection').catch(() => {});
    this.#forget();
    announce('The collection is empty.');
    byId('collection-files').focus();
  }

  #forget() {
    this.#rows = 0;
    this.#html = null;
    byId('collection-result').hidden = true;
    byId('collection-page').replaceChildren();
    byId('collection-problems').replaceChildren();
  }

  // The rows were in the engine; the files are not kept here, since there may be hundreds.
  #lost() {
    if (this.#rows > 0) {
      this.#rows = 0;
      byId('collection-problems').append(el('li', { class: 'card' },
        problemBox({ message: 'the engine had to start again, and the collection is gone', cure: 'Choose the files again, fewer at once.' })));
      byId('collection-result').hidden = true;
    }
  }
}
