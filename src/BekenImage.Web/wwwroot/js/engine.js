// The library, as the page sees it: every method asks the worker and promises the answer. Nothing here knows a format.

// Exports.cs: a value of the form is wrong.
const wrongSetting = 'setting: ';

/** What went wrong. With a code it is the library's answer; without one the program itself failed and was started afresh: open files are gone. */
export class EngineError extends Error {
  constructor(message, { code = null, offset = null, cause = null, cure = null, findings = [] } = {}) {
    super(message);
    this.name = 'EngineError';
    Object.assign(this, { code, offset, cause, cure, findings });
  }
}

// The worker begins as a blob of one line: only so it inherits the page's policy, and cannot ask anybody but this server either.
function makeWorker() {
  const address = new URL('./worker.js', import.meta.url);
  const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(address.href)};`], { type: 'text/javascript' }));
  const worker = new Worker(blob, { type: 'module' });
  return { worker, forget: () => URL.revokeObjectURL(blob) };
}

export class Engine {
  #worker;
  #waiting = new Map();
  #last = 0;
  #explained = new Map();
  #restarting = null;
  #mayRestart;
  #gone = null;

  /** Starts the library; rejected when it does not run in this browser. `mayRestart` is asked before it is started afresh. */
  static async start({ mayRestart = () => true } = {}) {
    const engine = new Engine();
    engine.#mayRestart = mayRestart;
    await engine.#begin();
    return engine;
  }

  async #begin() {
    const { worker, forget } = makeWorker();
    this.#worker = worker;
    const ready = new Promise((resolve, reject) => this.#waiting.set(0, { resolve, reject }));
    worker.addEventListener('message', ({ data }) => this.#take(data));
    worker.addEventListener('error', event => this.#fail(event.message || 'the program stopped'));
    try {
      await ready;
    } finally {
      forget();
    }
  }

  #take({ id, value, error }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined)
      waiting?.resolve(value);
    else
      waiting?.reject(error);
  }

  #fail(message) {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting)
      reject(message);
  }

  async #ask(call, values = [], transfer = []) {
    if (this.#gone)
      throw this.#gone;
    const id = ++this.#last;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#worker.postMessage({ id, call, values }, transfer);
    try {
      return await answer;
    } catch (thrown) {
      throw await this.#errorOf(String(thrown), call);
    }
  }

  // An error document is the library's answer. Anything else is a program that may be broken: it is not asked again.
  async #errorOf(text, call) {
    if (text.startsWith(wrongSetting))
      return new EngineError(text.slice(wrongSetting.length), { code: 'setting' });
    let document = null;
    try {
      document = JSON.parse(text);
    } catch {
      await this.#restart();
      return this.#gone ?? new EngineError(/memory|allocat|heap/i.test(text)
        ? 'The browser gave too little memory for this. The program was started afresh.'
        : `The program failed (${text.slice(0, 200)}). It was started afresh.`);
    }
    const { code, message, offset } = document.error;
    const { cause, cure } = call === 'Explain' ? {} : await this.explain(code).catch(() => ({}));
    return new EngineError(message, { code, offset, cause, cure });
  }

  // Several calls may end with one program: it is started once.
  #restart() {
    this.#restarting ??= this.#beginAgain().finally(() => this.#restarting = null);
    return this.#restarting;
  }

  async #beginAgain() {
    this.#worker.terminate();
    this.#fail('the program stopped');
    try {
      if (!this.#mayRestart())
        throw new Error('another program stands at its address');
      await this.#begin();
    } catch {
      this.#gone = new EngineError('The program failed and cannot be started again.',
        { code: 'gone', cure: 'Load the page again; open files are closed by that.' });
    }
  }

  async #document(call, ...values) {
    return JSON.parse(await this.#ask(call, values));
  }

  async #made(id) {
    const [name, document] = [await this.#ask('NameOf', [id]), await this.#document('Inspect', id)];
    return { id, name, document };
  }

  async about() {
    return {
      version: await this.#ask('Version'),
      maximumLength: await this.#ask('MaximumLength'),
      chips: await this.#ask('Chips'),
      areas: await this.#ask('Areas'),
      sizes: ['chip', 'qio', 'app'],
    };
  }

  /** Opens a file; an archive of several images gives an item for each. What cannot be read is an item with an error. */
  async open(name, buffer) {
    const ids = await this.#ask('Open', [name, new Uint8Array(buffer)], [buffer]);
    const items = [];
    for (const id of ids) {
      const known = await this.#ask('NameOf', [id]);
      try {
        items.push({ id, name: known, document: await this.#document('Inspect', id) });
      } catch (error) {
        if (error.code === null)
          throw error;
        await this.close(id);
        items.push({ name: known, error });
      }
    }
    return { items };
  }

  close(id) { return this.#ask('Close', [id]); }
  bytes(id) { return this.#ask('Bytes', [id]); }
  extract(id, name, asStored = false) { return this.#ask('Extract', [id, name, asStored]); }
  report(id, { showSecrets = false } = {}) { return this.#ask('Report', [id, showSecrets]); }
  markdown(id) { return this.#ask('Markdown', [id]); }
  verify(id) { return this.#document('Verify', id); }
  /** The areas that hold passwords or keys. */
  secrets(id) { return this.#ask('Secrets', [id]); }
  lint(firmware, device) { return this.#document('Lint', firmware, device); }
  /** OpenBeken's template as text, and what it leaves out. */
  async template(id) { return { text: await this.#ask('Template', [id]), notes: await this.#ask('TemplateNotes', [id]) }; }
  obkConfig(id) { return this.#document('ObkConfig', id); }
  obkRoles() { return this.#document('ObkRoles'); }
  diff(before, after) { return this.#document('Diff', before, after); }

  /** What a code or a word means; asked once. */
  explain(asked) {
    if (!this.#explained.has(asked)) {
      const answer = this.#document('Explain', asked);
      answer.catch(() => this.#explained.delete(asked));
      this.#explained.set(asked, answer);
    }
    return this.#explained.get(asked);
  }

  /**
   * Combines device and firmware. Refused it is an answer, too: canBuild is false, obstacle the reason, and document the plan as far as there is one.
   * @param {object} options what differs from the defaults: { mac, set: ['wifiSsid=home'], fromTuya: true, ... } with the names of the command's
   *     options in camel case; a list is given one by one, true is a switch, null and false are left out
   * @param {string} output the name the image is to have
   */
  async combine(device, firmware, options = {}, output = 'flash-me.bin') {
    let id = null, document = null;
    try {
      id = await this.#ask('Combine', [device, firmware, output, settingsOf(options)]);
      document = await this.#document('Story', id);
      return { canBuild: true, document, obstacle: null, steps: document.next, result: await this.#made(id) };
    } catch (error) {
      if (error.code === null)
        throw error;
      if (id !== null)
        await this.close(id);
      return { canBuild: false, document, obstacle: error, steps: [], result: null };
    }
  }

  async sanitize(id, output = 'sanitized.bin') {
    const made = await this.#ask('Sanitize', [id, output]);
    return { document: await this.#document('Story', made), result: await this.#made(made) };
  }

  writePlan(current, target, options = {}) { return this.#document('WritePlan', ...writeValues(current, target, options)); }
  /** The plan, its files and the tool's lines as a zip. */
  writePlanFiles(current, target, options = {}) { return this.#ask('WritePlanFiles', writeValues(current, target, options)); }

  /** Adds a file to the collection. */
  async collect(name, buffer) {
    return { rows: await this.#ask('Collect', [name, new Uint8Array(buffer)], [buffer]) };
  }

  collection(title = '') { return this.#ask('Collection', [title]); }
  clearCollection() { return this.#ask('ClearCollection'); }
}

function writeValues(current, target, { restore = false, includeBootloader = false, allowOtherRf = false, tool = null }) {
  return [current ?? 0, target, restore, includeBootloader, allowOtherRf, tool ?? ''];
}

function settingsOf(options) {
  const settings = [];
  for (const [name, value] of Object.entries(options)) {
    const option = name.replace(/[A-Z]/g, letter => '-' + letter.toLowerCase());
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === true)
        settings.push(option);
      else if (one !== null && one !== undefined && one !== false && one !== '')
        settings.push(`${option}=${one}`);
    }
  }
  return settings;
}
