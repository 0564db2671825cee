// The page without a network, and the note when a newer one is there.

import { announce } from './live.js';
import { byId } from './dom.js';

// Whether this window asked for the newer page, and whether another one did.
let isAsked = false;
let hasOther = false;

/** True when files that are loaded from now on are those of a newer page. */
export const isReplaced = () => hasOther;

/** Registers the service worker; where there can be none the page works as long as it is loaded. */
export async function keepOffline() {
  if (!('serviceWorker' in navigator) || !isSecureContext) {
    return;
  }
  // The first worker takes the page over without a word; one that another window asked for waits for the button, since here files are open.
  let isKept = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isAsked) {
      isAsked = false;
      location.reload();
    } else if (isKept) {
      hasOther = true;
      announceNewer(() => location.reload());
    }
    isKept = true;
  });
  try {
    const registration = await navigator.serviceWorker.register('./service-worker.js', { updateViaCache: 'none' });
    offer(registration);
    registration.addEventListener('updatefound', () =>
      registration.installing?.addEventListener('statechange', () => offer(registration)));
    await navigator.serviceWorker.ready;
    document.documentElement.dataset.offline = 'ready';
    byId('offline-state').textContent = 'The page is kept by this browser and works without a network.';
  } catch {
    byId('offline-state').textContent = 'This browser does not keep the page; it works as long as it is open.';
  }
}

// A worker that waits is a newer page. It comes when the user says so: open files would be lost.
function offer({ waiting }) {
  if (!waiting || !navigator.serviceWorker.controller) {
    return;
  }
  announceNewer(() => {
    isAsked = true;
    waiting.postMessage('take over');
  });
}

function announceNewer(load) {
  byId('update').hidden = false;
  announce('A new version of this page is there.');
  byId('reload').onclick = load;
}
