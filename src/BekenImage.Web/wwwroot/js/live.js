// What is going on, for eyes and for screen readers; and the marks that say whether the page is at work.

import { byId, visible } from './dom.js';

const root = document.documentElement;
let open = 0;

export function announce(text) {
  byId('status').textContent = visible(text);
}

/** Says what must not be missed: it stays until it is closed. */
export function notice(text) {
  byId('notice-text').textContent = visible(text);
  byId('notice').hidden = false;
  byId('close-notice').onclick = () => {
    byId('notice').hidden = true;
    byId('content').focus();
  };
  announce(text);
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
