// The plan of `combine` before there is an image: who owns each range, where its bytes come from, and why.

import { badge, el } from './dom.js';
import { checkList, findingList } from './findings.js';
import { problemBox } from './problems.js';
import { table } from './table.js';
import { answer, count, hex, origins, size } from './words.js';

const modes = {
  convert: 'The device ran another firmware: what the new one would misread is erased.',
  update: 'The device runs this firmware already: what it has stored stays.',
};

/** All there is to say of an answer of `combine`. */
export function planView(answered, session) {
  const { document: plan, obstacle } = answered;
  const refused = !answered.canBuild || !answered.result;
  return [
    refused && problemBox(obstacle ?? { message: 'no image can be made of these two' },
      { heading: 'Refused: there is no image', data: { obstacle: 'true' } }),
    !plan && el('p', { class: 'hint', id: 'no-plan' }, 'What would lie where is worked out only where nothing stands against it.'),
    plan && [
      plan.mode && el('p', { class: 'intro', data: { mode: plan.mode } }, modes[plan.mode] ?? plan.mode),
      answers(plan),
      regions(plan, refused ? 'What would lie where' : 'What will lie where'),
      plan.findings?.length > 0 && el('section', { class: 'inner' }, el('h3', null, 'What to know before flashing'), findingList(plan.findings, session)),
      checks('Checks of the image', plan.verify, session),
      checks('Checks of the firmware on this device', plan.lint, session),
    ],
  ].flat().filter(part => part);
}

function answers({ verify, lint }) {
  const asked = [['boots', verify?.boots], ['its bootloader accepts the app', verify?.bootloaderAccepts], ['worth keeping as a backup', verify?.backup], ['runs on this device', lint?.runs]];
  if (!verify && !lint) {
    return null;
  }
  return el('ul', { class: 'answers' }, asked.filter(([, value]) => value !== undefined).map(([text, value]) => {
    const { tone, text: said } = answer(value);
    return el('li', { data: { answer: text, value: said } }, badge(tone, said), ' ', text);
  }));
}

function regions(plan, heading) {
  if (!plan.regions?.length) {
    return null;
  }
  const rows = plan.regions.map(region => ({ cells: [
    [el('span', { class: `swatch o-${region.origin}` }), el('b', null, region.name)],
    [el('code', null, hex(region.offset)), ' ', el('span', { class: 'note' }, size(region.length))],
    from(region),
    region.reason,
  ], data: { region: region.name, origin: region.origin } }));
  return el('section', { class: 'inner' },
    el('h3', null, heading),
    bar(plan.regions),
    el('ul', { class: 'legend' }, Object.entries(origins).map(([origin, text]) => el('li', null, el('span', { class: `swatch o-${origin}` }), text))),
    table('The regions of the image', ['Region', 'Where', 'From', 'Why'], rows, { id: 'plan-regions' }));
}

function from(region) {
  return [
    origins[region.origin] ?? region.origin,
    region.fromFile && el('span', { class: 'note block' }, el('bdi', null, region.fromFile),
      region.from !== null && region.from !== region.offset && [' at ', el('code', null, hex(region.from))]),
  ];
}

// All of it stands in the table.
function bar(regions) {
  return el('div', { class: 'bar', role: 'img', 'aria-label': `${count(regions.length, 'region')} to scale; the table below says the same` },
    regions.map(region => {
      const said = `${region.name}, ${hex(region.offset)}, ${size(region.length)}, ${origins[region.origin] ?? region.origin}`;
      const box = el('div', { class: `o-${region.origin}`, title: said }, el('span', null, region.name));
      box.style.flexGrow = String(region.length);
      return box;
    }));
}

function checks(heading, document, session) {
  if (!document?.checks?.length) {
    return null;
  }
  const bad = document.checks.filter(check => check.status === 'fail').length;
  const warned = document.checks.filter(check => check.status === 'warn').length;
  const passed = document.checks.filter(check => check.status === 'pass').length;
  return el('details', { class: 'fold', open: bad > 0 },
    el('summary', null, `${heading}: ${[
      bad > 0 && `${bad} failed`, warned > 0 && count(warned, 'warning'), `${passed} passed`].filter(part => part).join(', ')}`),
    checkList(document.checks, session));
}
