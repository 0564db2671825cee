// Elements are made here and nowhere else: text is text, whatever a file or its name holds.

// What would not be seen, or would turn the text around it: controls, zero widths, marks and overrides of direction.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text that can be looked at: what is invisible stands as its number. */
export function visible(text) {
  return String(text).replace(unseen, found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function fill(element, options, children) {
  for (const [name, value] of Object.entries(options ?? {})) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) {
        element.addEventListener(event, listener);
      }
    } else if (name === 'data') {
      Object.assign(element.dataset, value);
    } else if (name === 'value') {
      element.value = value;
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false)
    .map(child => child instanceof Node ? child : visible(child)));
  return element;
}

/** An element with attributes, `on` listeners, `data` attributes and children; a child that is no node is text. */
export function el(tag, options, ...children) {
  return fill(document.createElement(tag), options, children);
}

export function byId(id) {
  return document.getElementById(id);
}

let lastId = 0;

/** An id that no other element has, for a label or a description. */
export function newId(word) {
  return `${word}-${++lastId}`;
}

export function button(text, options, listener) {
  const { class: style = 'button', ...rest } = options ?? {};
  return el('button', { type: 'button', class: style, ...rest, on: { click: listener } }, text);
}

export function badge(tone, text) {
  return el('span', { class: `badge t-${tone}` }, text);
}

/** Puts the focus on what has just appeared, so that the next Tab goes on from there. */
export function focusOn(element) {
  if (!element.hasAttribute('tabindex') && !/^(A|BUTTON|INPUT|SELECT|TEXTAREA|SUMMARY)$/.test(element.tagName)) {
    element.setAttribute('tabindex', '-1');
  }
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest' });
}
