// What to do with the image: the lines that flash it, what comes before and what to look for after.

import { button, el } from './dom.js';
import { copy, saveText } from './download.js';
import { announce } from './live.js';
import { sentence } from './words.js';

/** The steps as a list; `name` is that of their text file. */
export function stepsView(steps, name) {
  return el('section', { class: 'inner', id: 'steps' },
    el('h3', null, 'How to flash it'),
    el('ol', { class: 'steps' }, steps.map(({ tool: step, lines, note }) => el('li', { data: { step } },
      el('h4', null, step),
      lines.length > 0 && el('div', { class: 'code-box' },
        el('pre', { tabindex: '0', role: 'region', 'aria-label': `${step}: lines` }, lines.join('\n')),
        button('Copy', { class: 'button quiet', 'aria-label': `Copy the lines: ${step}` }, async () =>
          announce(await copy(lines.join('\n')) ? 'The lines are on the clipboard.' : 'The browser does not let the page write to the clipboard.'))),
      note && el('p', null, sentence(note))))),
    button('Save as text', { id: 'save-steps' }, () => saveText(name, asText(steps))));
}

function asText(steps) {
  return steps.map(({ tool, lines, note }) =>
    [tool, ...lines.map(line => '    ' + line), note && '  ' + sentence(note)].filter(line => line).join('\n')).join('\n\n') + '\n';
}
