// The engine as the page uses it: every call counts as work, and a worker that died is said once and made good.

import { Engine } from './engine.js';
import { working } from './live.js';
import { isReplaced } from './offline.js';

export class Session extends EventTarget {
  #engine;
  #isLost = false;

  constructor(engine) {
    super();
    this.#engine = engine;
  }

  static async start() {
    return new Session(await Engine.start({ mayRestart: () => !isReplaced() }));
  }

  /** Calls a method of the engine. */
  call(method, ...values) {
    return working(async () => {
      try {
        return await this.#engine[method](...values);
      } catch (thrown) {
        if (thrown?.code === null && thrown?.name === 'EngineError') {
          this.#lose();
        }
        throw thrown;
      }
    });
  }

  /** What a code or a word means; null where nothing is known of it. */
  explain(asked) {
    return this.call('explain', asked).catch(() => null);
  }

  // Several calls may die of the same death.
  #lose() {
    if (this.#isLost) {
      return;
    }
    this.#isLost = true;
    setTimeout(() => {
      this.#isLost = false;
      this.dispatchEvent(new Event('lost'));
    });
  }
}
