// Two or more runs or checkpoints: curves together, figures side by side, wins and losses example by example.
import * as api from './api.js';
import { el, fill } from './dom.js';
import { compareCurves } from './compare-curves.js';
import { compareExamples } from './compare-examples.js';
import { compareFigures } from './compare-figures.js';
import { comparePairwise } from './compare-pairwise.js';
import { candidatePicker } from './compare-picker.js';
import { empty, failed, loading } from './notices.js';

export function showCompare(content, { parameters, signal }) {
  const candidates = (parameters.get('runs') ?? '').split(',').filter(Boolean).map((text) => {
    const [run, step] = text.split('@');
    return { run, step: step === undefined ? null : Number(step) };
  });
  const body = el('div', { class: 'stack' });
  fill(content, el('div', { class: 'section-head' }, el('div', {}, el('h1', {}, 'Compare'),
    el('p', { class: 'soft' }, 'Runs, or checkpoints of one run. The first is compared with each of the others.'))),
  candidatePicker(candidates, signal), body);
  if (candidates.length < 2) {
    fill(body, el('div', { class: 'card' }, empty('Pick two or more', 'Add runs or checkpoints above to see their curves and scores together.')));
    return;
  }
  load(body, candidates, signal);
}

async function load(body, candidates, signal) {
  fill(body, el('div', { class: 'card' }, loading(5)));
  const names = [...new Set(candidates.map((candidate) => candidate.run))];
  try {
    const runs = await Promise.all(names.map(async (name) => {
      const [page, curves] = await Promise.all([api.runPage(name), api.curves(name)]);
      return { name, run: page.detail.summary, curves };
    }));
    if (signal.aborted) return;
    const curves = compareCurves(runs, signal);
    fill(body, curves.element);
    curves.draw();
    await grades(body, candidates, runs, signal);
  } catch (failure) {
    if (!signal.aborted) fill(body, el('div', { class: 'card' }, failed('These cannot be compared', failure, () => load(body, candidates, signal))));
  }
}

/** Runs without a report still have curves to compare. */
async function grades(body, candidates, runs, signal) {
  const ungraded = runs.filter(({ run }) => !run.exams.questions).map(({ name }) => name);
  if (ungraded.length) {
    body.append(el('div', { class: 'card' }, empty('No scores to compare yet', `Nothing of ${ungraded.join(' and ')} has been graded so far.`)));
    return;
  }
  const [compared, judged] = await Promise.all([
    api.compare(candidates.map(({ run, step }) => (step === null ? run : `${run}@${step}`))), api.pairwise()]);
  if (signal.aborted) return;
  const examples = compareExamples(compared, signal);
  body.append(...[compareFigures(compared), comparePairwise(judged, compared.candidates), examples.element].filter(Boolean));
  examples.start();
}
