// What is going on, for eyes and for screen readers; and the marks that say whether the page is at work.

import { byId } from './dom.js';

const root = document.documentElement;
let open = 0;

export function announce(text) {
  byId('status').textContent = text;
}

/** ready: the engine runs. failed: it cannot. */
export function setState(state) {
  root.dataset.state = state;
}

/** Counts what is being worked on; the page is busy while there is some. */
export async function working(job) {
  open++;
  setState('busy');
  try {
    return await job();
  } finally {
    open--;
    if (open === 0 && root.dataset.state === 'busy') {
      setState('ready');
    }
  }
}
