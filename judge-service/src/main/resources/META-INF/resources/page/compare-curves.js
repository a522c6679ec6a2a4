// The losses of several runs in one chart.
import { lineChart, seriesColour } from './charts.js';
import { choice } from './controls.js';
import { el } from './dom.js';
import { loss } from './format.js';
import { AXES, points } from './run-curves.js';

const AXIS_WORDS = { steps: 'step', epochs: 'epoch', tokens: 'tokens seen' };

export function compareCurves(runs, signal) {
  let axis = 'steps';
  let which = 'validationLoss';
  const chart = lineChart('Losses together', signal, { format: loss });
  const element = el('section', { class: 'card', 'aria-labelledby': 'together-title' },
    el('header', {}, el('h2', { id: 'together-title' }, 'Curves together'),
      el('div', { class: 'tools' },
        choice('Loss', [['validationLoss', 'Validation'], ['trainLoss', 'Training']], which, (chosen) => { which = chosen; draw(); }),
        choice('Against', AXES, axis, (chosen) => { axis = chosen; draw(); }))),
    chart.element);

  function draw() {
    chart.draw(runs.map(({ name, run, curves }, i) => ({
      label: name, points: points(curves.evaluation, curves.evaluation[which], run, axis), colour: seriesColour(i),
    })), AXIS_WORDS[axis]);
  }

  return { element, draw };
}
