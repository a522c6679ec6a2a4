// The choice of runs and checkpoints to compare. It is part of the address, so a comparison can be bookmarked.
import * as api from './api.js';
import { el, fill } from './dom.js';
import { allRuns, findRun, onChange } from './live.js';
import { checkpoint } from './format.js';

const MOST = 8;

const address = (candidates) => `#/compare${candidates.length
  ? `?runs=${candidates.map(({ run, step }) => encodeURIComponent(run) + (step === null ? '' : `@${step}`)).join(',')}` : ''}`;

export function candidatePicker(candidates, signal) {
  const runs = el('select', { 'aria-label': 'Run to add', onchange: offerSteps });
  const steps = el('select', { 'aria-label': 'Checkpoint to add' });
  const add = el('button', { type: 'submit', class: 'primary' }, 'Add');
  const chosen = el('ul', { class: 'chosen', 'aria-label': 'Compared' }, candidates.map(({ run, step }, i) => el('li', {},
    el('a', { href: `#/runs/${encodeURIComponent(run)}` }, run),
    el('span', { class: 'soft' }, step === null ? 'last graded' : checkpoint(step)),
    el('a', { class: 'remove', href: address(candidates.filter((_, j) => j !== i)), 'aria-label': `Take ${run} ${step ?? ''} away` }, '×'))));
  const form = el('form', { class: 'filters', onsubmit: (event) => {
    event.preventDefault();
    if (runs.value) location.hash = address([...candidates, { run: runs.value, step: steps.value === '' ? null : Number(steps.value) }]);
  } }, el('label', { class: 'field' }, 'Run', runs), el('label', { class: 'field' }, 'Checkpoint', steps), add);
  const element = el('section', { class: 'card', 'aria-label': 'What is compared' }, candidates.length > 0 && chosen,
    candidates.length < MOST && form);
  offerRuns();
  onChange(() => runs.options.length !== allRuns().length && offerRuns(), signal);
  return element;

  function offerRuns() {
    fill(runs, allRuns().map((run) => el('option', { value: run.run }, run.run)));
    add.disabled = !runs.value;
    offerSteps();
  }

  async function offerSteps() {
    fill(steps, el('option', { value: '' }, 'last graded'));
    if (!runs.value) return;
    const run = runs.value;
    try {
      const reports = await api.reports(findRun(run));
      if (run === runs.value && !signal.aborted) {
        steps.append(...reports.map((report) => el('option', { value: report.step }, checkpoint(report.step))));
      }
    } catch {
      return; // the last graded one can still be asked for, and the server then says what is wrong
    }
  }
}
