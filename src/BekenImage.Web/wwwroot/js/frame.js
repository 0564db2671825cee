// A page the library made, in a frame as long as its content.

import { el } from './dom.js';
import { takeDropsIn } from './intake.js';

/** Shows a whole page; resolves with the frame when it is there. */
export function showPage(holder, html, title) {
  const frame = el('iframe', { class: 'page', title, srcdoc: html, height: '600' });
  return new Promise(resolve => {
    frame.addEventListener('load', () => {
      const inside = frame.contentDocument;
      follow(frame, inside);
      inside.addEventListener('click', event => stay(event, inside));
      takeDropsIn(inside);
      resolve(frame);
    }, { once: true });
    holder.replaceChildren(frame);
    // One that is replaced before it is there never loads; whoever waits for it waits no longer.
    new MutationObserver((_, observer) => {
      if (!frame.isConnected) {
        observer.disconnect();
        resolve(frame);
      }
    }).observe(holder, { childList: true });
  });
}

function follow(frame, inside) {
  const measure = () => {
    const content = Math.ceil(inside.documentElement.getBoundingClientRect().height);
    const height = String(content + frame.offsetHeight - frame.clientHeight);
    if (content > 0 && height !== frame.height) {
      frame.height = height;
    }
  };
  new ResizeObserver(measure).observe(inside.documentElement);
  measure();
}

// A link within the page scrolls to its target, and opens the fold it is in. Its address would be that of this page.
function stay(event, inside) {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link) {
    return;
  }
  event.preventDefault();
  const target = inside.getElementById(decodeURIComponent(link.getAttribute('href').slice(1)));
  for (let fold = target?.closest('details'); fold; fold = fold.parentElement.closest('details')) {
    fold.open = true;
  }
  target?.scrollIntoView();
}
