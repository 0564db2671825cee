// Findings and checks as lists. Cause and cure are asked of the library, by code.

import { badge, el } from './dom.js';
import { why } from './problems.js';
import { hex, sentence } from './words.js';

const severities = { error: ['bad', 'error'], warning: ['warn', 'warning'], info: ['muted', 'note'] };
const statuses = { pass: ['good', 'passed'], warn: ['warn', 'warning'], fail: ['bad', 'failed'], skipped: ['muted', 'not checked'] };

/** A list of findings, the gravest first. */
export function findingList(findings, session) {
  const rank = finding => ['error', 'warning', 'info'].indexOf(finding.severity);
  return el('div', { class: 'findings', data: { count: String(findings.length) } },
    [...findings].sort((a, b) => rank(a) - rank(b)).map(finding => item(...severities[finding.severity], finding, session)));
}

/** The checks of `verify` or `lint`: what did not pass, open; what passed, folded away where there is both. */
export function checkList(checks, session) {
  const rank = check => ['fail', 'warn', 'skipped'].indexOf(check.status);
  const items = some => some.map(check => item(...statuses[check.status], { ...check, severity: check.status }, session));
  const passed = checks.filter(check => check.status === 'pass');
  const others = checks.filter(check => check.status !== 'pass').sort((a, b) => rank(a) - rank(b));
  return el('div', { class: 'findings' },
    items(others),
    others.length === 0 ? items(passed)
      : passed.length > 0 && el('details', { class: 'fold' }, el('summary', null, `${passed.length} passed`), items(passed)));
}

/** The gravest findings in short, for a card: the report has them all. */
export function findingLines(findings, most = 3) {
  const grave = findings.filter(finding => finding.severity !== 'info').sort((a, b) => a.severity.localeCompare(b.severity));
  return grave.length === 0 ? null : el('ul', { class: 'finding-lines' },
    grave.slice(0, most).map(({ severity, code, message }) =>
      el('li', { data: { code } }, badge(...severities[severity]), ' ', sentence(message), ' ', el('code', { class: 'note' }, code))),
    grave.length > most && el('li', { class: 'note' }, `${grave.length - most} more in the report.`));
}

function item(tone, word, finding, session) {
  const more = el('div');
  const fold = el('details', { class: 'finding', data: { code: finding.code, severity: finding.severity } },
    el('summary', null, badge(tone, word), ' ', el('code', null, finding.code), ' ', sentence(finding.message)),
    typeof finding.offset === 'number' && el('p', { class: 'note' }, 'At ', el('code', null, hex(finding.offset)), '.'),
    more);
  const explain = async () => {
    const known = await session.explain(finding.code);
    more.replaceChildren(...(known ? [el('p', null, known.meaning), why(known)].filter(part => part) : []));
  };
  if (tone === 'bad' || tone === 'warn') {
    fold.open = tone === 'bad' || finding.severity === 'warning';
    explain();
  } else {
    fold.addEventListener('toggle', explain, { once: true });
  }
  return fold;
}
