// What a flasher has to erase and write so that the device holds the image, and what the device is if power fails on the way.

import { badge, button, el, newId } from './dom.js';
import { save, saveJson, stem } from './download.js';
import { findingList } from './findings.js';
import { announce } from './live.js';
import { problemBox } from './problems.js';
import { table } from './table.js';
import { hex, size, stateWord } from './words.js';

const tools = [['', 'no tool: the list alone'], ['easyflasher', 'BK7231GUIFlashTool (EasyFlasher)'], ['ltchiptool', 'ltchiptool'], ['bk7231tools', 'bk7231tools'], ['programmer', 'a programmer']];
const tones = { boots: 'good', recoverable: 'warn', 'needs-bootloader': 'bad' };

/** The section for a device's dump (or null: a blank chip) and an image; both as { id, name }. */
export function writePlanView(session, current, target) {
  let asked = 0;
  const output = el('div', { id: 'write-plan', tabindex: '-1' });
  const tool = el('select', { id: 'write-plan-tool' }, tools.map(([value, text]) => el('option', { value }, text)));
  const boxes = [
    ['includeBootloader', 'Write the bootloader too, where it is another'],
    ['restore', 'End in exactly this image, bootloader and all'],
    ['allowOtherRf', 'Allow that calibration and MAC are lost or another unit\'s'],
  ].map(([name, text]) => {
    const id = newId('write-plan');
    const input = el('input', { type: 'checkbox', id, data: { option: name } });
    return { name, input, field: el('div', { class: 'check' }, input, el('label', { for: id }, text)) };
  });

  const make = async () => {
    const mine = ++asked;
    const options = { tool: tool.value || null, ...Object.fromEntries(boxes.map(({ name, input }) => [name, input.checked])) };
    try {
      const plan = await session.call('writePlan', current?.id ?? null, target.id, options);
      if (mine === asked) {
        output.replaceChildren(...answer(session, plan, target, () => saveFiles(options)));
        announce(`The write plan is there: ${plan.steps.length} steps.`);
      }
    } catch (problem) {
      if (mine === asked) {
        output.replaceChildren(problemBox(problem, { heading: 'There is no write plan', level: 4 }));
        announce(`There is no write plan: ${problem.message}`);
      }
    }
  };

  const saveFiles = async options => {
    try {
      save(`${stem(target.name)}.write-plan.zip`, await session.call('writePlanFiles', current?.id ?? null, target.id, options), 'application/zip');
    } catch (problem) {
      output.append(problemBox(problem, { level: 4 }));
    }
  };

  // An answer is that to the choices that are shown.
  const forget = () => {
    asked++;
    output.replaceChildren();
  };
  for (const input of [tool, ...boxes.map(box => box.input)]) {
    input.addEventListener('change', forget);
  }

  return el('section', { class: 'inner' },
    el('h3', null, 'What a flasher has to write'),
    el('p', { class: 'hint' }, 'Sectors to erase and ranges to write, in an order in which a cut of power does the least harm.'),
    el('div', { class: 'form-row' }, el('div', { class: 'field' }, el('label', { for: 'write-plan-tool' }, 'Lines for'), tool)),
    boxes.map(({ field }) => field),
    button('Make the write plan', { id: 'make-write-plan' }, make),
    output);
}

function answer(session, plan, target, saveFiles) {
  const name = `${stem(target.name)}.write-plan`;
  const rows = plan.steps.map((step, at) => ({ cells: [
    `${at + 1}. ${step.action}`,
    [el('code', null, hex(step.offset)), ' ', el('span', { class: 'note' }, size(step.length))],
    step.reason,
    badge(tones[step.ifStopped] ?? 'muted', stateWord(step.ifStopped)),
    el('code', null, step.crc32),
  ], data: { action: step.action, offset: String(step.offset), length: String(step.length) } }));
  const lines = plan.commands?.lines ?? [];
  return [
    el('p', null, `Before the first step: ${stateWord(plan.before)}.`),
    table('Steps of the write plan', ['Step', 'Where', 'Why', 'If power fails after it', 'CRC-32 after it'], rows),
    plan.commands && [
      el('h4', null, `Lines for ${plan.commands.tool}`),
      lines.length > 0 && el('pre', { tabindex: '0', role: 'region', 'aria-label': 'Lines' }, lines.join('\n')),
      plan.commands.note && el('p', { class: 'note' }, plan.commands.note),
    ],
    plan.findings?.length > 0 && findingList(plan.findings, session),
    el('div', { class: 'row' },
      button('Save the write plan (JSON)', { id: 'save-write-plan' }, () => saveJson(`${name}.json`, plan)),
      button(lines.length > 0 ? 'Save it with the files the lines name (zip)' : 'Save it with a file for each range (zip)', { id: 'save-write-files' }, saveFiles)),
  ].flat().filter(part => part);
}
