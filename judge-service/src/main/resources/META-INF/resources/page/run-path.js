// The data's path: what each stage has done for this run, and its lag.
import * as api from './api.js';
import { el, fill } from './dom.js';
import { count, isOver } from './format.js';

const LOOK_MS = 5000;

export function pathSection(signal) {
  let run = null;
  let lags = null;
  let problem = null;
  const list = el('ol', { class: 'path' });
  const note = el('p', { class: 'soft small' });
  const element = el('section', { class: 'card', 'aria-labelledby': 'path-title' },
    el('header', {}, el('h2', { id: 'path-title' }, 'Data path')), list, note);

  look();
  const timer = setInterval(() => document.visibilityState === 'visible' && look(), LOOK_MS);
  signal.addEventListener('abort', () => clearInterval(timer));

  async function look() {
    try {
      lags = await api.pipeline();
      problem = null;
    } catch (failure) {
      problem = failure.message;
    }
    if (!signal.aborted) draw();
  }

  function draw() {
    if (!run) return;
    fill(list, stages(run).map((stage) => card(stage, isDone(stage, run), (lags ?? []).filter((lag) => (
      stage.reads.includes(`${lag.topic}/${lag.work}`))))));
    fill(note, problem ? `The broker did not report the lag: ${problem}`
      : 'The lag is counted in records of the topic, including those of other runs.');
  }

  return { element, update(now) { run = now; draw(); } };
}

/** What this run has had done at each stage, and which readers of which topics do it. */
function stages(run) {
  const { exams } = run;
  return [
    { title: 'Prepare', service: 'dataset-service', done: run.batchesPublished ?? 0, of: run.batches, unit: 'batches',
      reads: ['instructions/keeps examples', 'runs/prepares batches'] },
    { title: 'Train', service: 'trainer-service', done: run.step, of: run.steps, unit: 'steps', reads: ['runs/trains'],
      left: run.steps && !isOver(run) ? `${count(run.steps - run.step)} steps behind its batches` : null },
    { title: 'Set exams', service: 'dataset-service', done: run.checkpoints, unit: run.checkpoints === 1 ? 'checkpoint' : 'checkpoints',
      reads: ['checkpoints/sets exams'] },
    { title: 'Answer', service: 'inference-service', done: null, unit: '', reads: ['prompts/answers'] },
    { title: 'Grade', service: 'judge-service', done: exams.graded, of: exams.questions || null, unit: 'answers',
      reads: ['responses/grades'] },
    { title: 'Report', service: 'judge-service', done: exams.checkpoints, of: run.checkpoints || null, unit: 'checkpoints',
      reads: ['scores/reports'] },
  ];
}

/** Whether the stage has nothing more to do for this run; what waits there then belongs to others. */
function isDone(stage, run) {
  return isOver(run) && (run.phase !== 'COMPLETED' || stage.of === null || stage.of === undefined || stage.done >= stage.of);
}

function card(stage, done, lags) {
  const waiting = lags.map((lag) => lag.lag ?? 0).reduce((sum, lag) => sum + lag, 0);
  const absent = lags.length > 0 && lags.some((lag) => lag.consumers === 0);
  const tone = done ? '' : absent ? 'bad' : waiting > 0 ? 'active' : 'good';
  const words = done ? 'done' : absent ? 'no reader' : waiting > 0 ? `${count(waiting)} waiting` : 'nothing waits';
  return el('li', { class: 'stage' },
    el('h3', {}, stage.title), el('p', { class: 'soft small' }, stage.service),
    stage.done !== null && el('p', { class: 'number' }, el('strong', {}, count(stage.done)),
      stage.of ? ` of ${count(stage.of)} ` : ' ', stage.unit),
    lags.length > 0 && el('p', {}, el('span', { class: 'badge', 'data-tone': tone }, words)),
    stage.left && el('p', { class: 'soft small' }, stage.left));
}
