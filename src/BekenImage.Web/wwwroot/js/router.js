// Which of the page's views is shown: the part of the address behind the '#'.

import { byId, focusOn } from './dom.js';

const views = [...document.querySelectorAll('[data-view]')];
const links = [...document.querySelectorAll('nav a[href^="#"]')];
const listeners = [];

export const current = () => views.find(view => !view.hidden)?.dataset.view;

/** Calls the listener with the view's name whenever another one is shown. */
export function onView(listener) {
  listeners.push(listener);
}

export function go(name) {
  if (location.hash === '#' + name) {
    show(name);
  } else {
    location.hash = name;
  }
}

function show(asked, isFirst = false) {
  const name = views.some(view => view.dataset.view === asked) ? asked : 'files';
  const isOther = current() !== name;
  for (const view of views) {
    view.hidden = view.dataset.view !== name;
  }
  for (const link of links) {
    if (link.hash === '#' + name) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  const heading = byId(`${name}-heading`);
  document.title = name === 'files' ? 'BekenImage' : `${heading.textContent} - BekenImage`;
  if (!isFirst && isOther) {
    scrollTo(0, 0);
    focusOn(heading);
  }
  listeners.forEach(listener => listener(name));
}

export function startRouter() {
  addEventListener('hashchange', () => {
    const name = location.hash.slice(1);
    // Other targets, such as that of the skip link, are places in the view that is shown.
    if (name === '' || views.some(view => view.dataset.view === name)) {
      show(name || 'files');
    }
  });
  show(location.hash.slice(1), true);
}
