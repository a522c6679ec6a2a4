// Losses, learning rate, gradient norm and throughput while the run learns.
import * as api from './api.js';
import { lineChart } from './charts.js';
import { choice } from './controls.js';
import { el, fill } from './dom.js';
import { digits, isOver, loss } from './format.js';
import { empty, failed, loading } from './notices.js';

export const AXES = [['steps', 'Steps'], ['epochs', 'Epochs'], ['tokens', 'Tokens']];
const AXIS_WORDS = { steps: 'step', epochs: 'epoch', tokens: 'tokens seen' };

const ENDED = { FAILED: 'failed', CANCELLED: 'was cancelled', COMPLETED: 'ended' };

export function curvesSection(name, signal) {
  let axis = 'steps';
  let data = null;
  let run = null;
  let shownAt = '';
  const main = lineChart('Loss', signal, { format: loss });
  const small = [
    ['Learning rate', 'learningRate', 'series-3'],
    ['Gradient norm', 'gradientNorm', 'series-4'],
    ['Tokens a second', 'tokensPerSecond', 'series-6'],
    ['Token accuracy', 'tokenAccuracy', 'series-5'],
  ].map(([title, key, colour]) => ({ title, key, colour, chart: lineChart(title, signal, { format: (v) => digits(v, 3), tall: false }) }));
  const note = el('p', { class: 'soft small' });
  for (const one of small) one.element = el('section', {}, el('h3', {}, one.title), one.chart.element);
  const drawing = el('div', {}, main.element, el('div', { class: 'small-charts' }, small.map((one) => one.element)), note);
  const place = el('div', {}, loading(4));
  const element = el('section', { class: 'card', 'aria-labelledby': 'curves-title' },
    el('header', {}, el('h2', { id: 'curves-title' }, 'Curves'),
      choice('Against', AXES, axis, (chosen) => { axis = chosen; draw(); })), place);

  async function update(now) {
    run = now;
    const state = `${run.step} ${run.phase} ${run.validationLoss}`;
    if (state === shownAt) return;
    try {
      data = await api.curves(name);
      shownAt = state;
    } catch (failure) {
      if (!data && !signal.aborted) fill(place, failed('The curves cannot be shown', failure, () => update(run)));
      return;
    }
    if (!signal.aborted) draw();
  }

  function draw() {
    if (!data) return;
    const { training, evaluation } = data;
    if (!training.steps.length && !evaluation.steps.length) {
      fill(place, isOver(run)
        ? empty(`This run ${ENDED[run.phase]} before its first step`, run.message ?? '')
        : empty('No steps yet', 'The curves begin with the first evaluation, before the first step.'));
      return;
    }
    if (!drawing.isConnected) fill(place, drawing);
    main.draw(lossLines(data, run, axis), AXIS_WORDS[axis]);
    for (const { title, key, colour, chart, element: place } of small) {
      const line = points(training, training[key], run, axis);
      place.hidden = !line.length; // not every run reports everything
      if (line.length) chart.draw([{ label: title, points: line, colour }], AXIS_WORDS[axis]);
    }
    fill(note, training.stride > 1 ? `A point of the training loss is the mean of up to ${training.stride} steps.` : '');
  }

  return { element, update };
}

/** The three lines that belong together: every step's loss, and the evaluations' on training and validation data. */
export function lossLines({ training, evaluation }, run, axis) {
  return [
    { label: 'training, each step', points: points(training, training.loss, run, axis), colour: 'series-1', faint: true },
    { label: 'training, evaluated', points: points(evaluation, evaluation.trainLoss, run, axis), colour: 'series-1' },
    { label: 'validation', points: points(evaluation, evaluation.validationLoss, run, axis), colour: 'series-2' },
  ].filter((line) => line.points.length);
}

/** One column of a curve as points; missing values have no point. */
export function points(curve, values, run, axis) {
  const perEpoch = run.steps && run.epochs ? run.steps / run.epochs : null;
  const at = {
    steps: (i) => curve.steps[i],
    tokens: (i) => curve.tokensSeen[i],
    epochs: (i) => (perEpoch ? curve.steps[i] / perEpoch : 0),
  }[axis];
  return values.flatMap((value, i) => (value === null ? [] : [{ x: at(i), y: value }]));
}
