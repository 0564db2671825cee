// What went wrong, said as the library says it: message, cause, cure and code.

import { el, newId } from './dom.js';
import { sentence } from './words.js';

/** A problem of the page itself, in the form the library's have. */
export class PageProblem extends Error {
  constructor(message, cure = null) {
    super(message);
    this.code = null;
    this.cause = null;
    this.cure = cure;
  }
}

/** The problem behind whatever was thrown. */
export function problemOf(thrown) {
  const message = typeof thrown?.message === 'string' && thrown.message ? thrown.message : String(thrown);
  return { message, code: thrown?.code ?? null, cause: thrown?.cause ?? null, cure: thrown?.cure ?? null };
}

/** The problem in a box; with a heading where it stands for a whole answer. */
export function problemBox(thrown, { heading = null, level = 3, data = {} } = {}) {
  const problem = problemOf(thrown);
  const id = newId('problem');
  return el('div', { class: 'problem', role: 'group', 'aria-labelledby': id, data: { problem: problem.code ?? 'page', ...data } },
    heading && el(`h${level}`, { id }, heading),
    el('p', { class: 'problem-message', id: heading ? null : id },
      sentence(problem.message), isFinding(problem.code) && [' ', el('code', null, problem.code)]),
    why(problem));
}

/** What the command says of every file that is not for all eyes; null where there is nothing to say. */
export const secretNote = areas => areas.length === 0 ? null
  : el('p', { class: 'remark', data: { secrets: areas.join(' ') } },
    `It holds passwords or keys (${areas.join(', ')}). To show it to somebody, take "Save a copy without secrets" in its report.`);

// The page's own problems have no code, those of a value in the form none that can be explained.
const isFinding = code => /^BKI\d{4}$/.test(code ?? '');

/** Cause and cure, where there are any. */
export function why({ cause, cure }) {
  if (!cause && !cure) {
    return null;
  }
  return el('dl', { class: 'why' },
    cause && [el('dt', null, 'Cause'), el('dd', null, cause)],
    cure && [el('dt', null, 'Cure'), el('dd', null, cure)]);
}
