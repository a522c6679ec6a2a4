// The list of runs, live.
import { el, fill, say } from './dom.js';
import { allRuns, findRun, isKnown, onChange } from './live.js';
import { compact, count, duration, figureValue, isOver, loss, measure, missed, state, time } from './format.js';
import { empty, loading } from './notices.js';

const FILTER_FROM = 8;
const MOST_COMPARED = 8;

export function showRuns(content, { signal }) {
  const rows = new Map();
  const picked = new Set();
  const body = el('tbody');
  const summary = el('p', { class: 'soft', id: 'runs-summary' });
  const compareButton = el('a', { class: 'button-link', href: '#/compare', hidden: true }, 'Compare');
  const search = el('input', { type: 'search', placeholder: 'Find a run', 'aria-label': 'Find a run', oninput: draw });
  const place = el('div', {}, loading(4));
  const table = el('div', { class: 'card' }, el('table', { class: 'runs' },
    el('caption', { class: 'visually-hidden' }, 'Runs, latest request first'),
    el('thead', {}, el('tr', {}, ['', 'Run', 'State', 'Progress', 'Time left', 'Tokens/s', 'Train loss', 'Validation loss',
      'Best score'].map((name, i) => el('th', { scope: 'col', class: i >= 4 ? 'number' : null },
      name || el('span', { class: 'visually-hidden' }, 'Compare'))))),
    body));

  fill(content, el('div', { class: 'section-head' },
    el('div', {}, el('h1', {}, 'Runs'), summary), el('div', { class: 'tools' }, search, compareButton)), place);
  onChange(draw, signal);
  draw();

  function draw(changed = null) {
    if (!isKnown()) return;
    const runs = allRuns();
    search.hidden = runs.length < FILTER_FROM;
    if (!runs.length) {
      say(summary, '');
      fill(place, el('div', { class: 'card' }, empty('No runs yet',
        'A run appears here as soon as it is requested, and is updated while it trains.',
        './apprentice demo\n./apprentice tune --model DIR --data FILE')));
      return;
    }
    const active = runs.filter((run) => !isOver(run)).length;
    say(summary, `${count(runs.length)} ${runs.length === 1 ? 'run' : 'runs'}, ${active} under way`);
    if (!table.isConnected) fill(place, table);
    const wanted = search.value.trim().toLowerCase();
    const visible = runs.filter((run) => run.run.toLowerCase().includes(wanted));
    for (const run of visible) {
      if (!rows.has(run.run)) rows.set(run.run, row(run.run, pick));
      else if (Array.isArray(changed) && !changed.includes(run.run)) continue;
      rows.get(run.run).update(run);
    }
    const elements = visible.map((run) => rows.get(run.run).element);
    if (elements.length !== body.children.length || elements.some((element, i) => element !== body.children[i])) {
      body.replaceChildren(...elements);
    }
  }

  function pick(run, on) {
    if (on) picked.add(run);
    else picked.delete(run);
    const names = [...picked].filter(findRun).slice(0, MOST_COMPARED);
    compareButton.hidden = names.length < 1;
    compareButton.href = `#/compare?runs=${names.map(encodeURIComponent).join(',')}`;
    say(compareButton, names.length < 2 ? 'Pick another to compare' : `Compare ${names.length} runs`);
  }
}

/** One row, whose cells are updated in place, so an update does not move the focus. */
function row(name, pick) {
  const badge = el('span', { class: 'badge' });
  const message = el('span', { class: 'soft small message' });
  const bar = el('progress', { max: 1 });
  const steps = el('span', { class: 'soft small number' });
  const cells = Object.fromEntries(['left', 'speed', 'train', 'validation'].map((key) => [key, el('span')]));
  const best = el('span');
  const bestOf = el('span', { class: 'soft small' });
  const when = el('span', { class: 'soft small' });
  const labelled = (label, ...children) => el('td', { class: 'number', 'data-label': label }, children);
  const element = el('tr', { 'data-run': name },
    el('td', { class: 'pick' }, el('input', { type: 'checkbox', 'aria-label': `Compare ${name}`,
      onchange: (event) => pick(name, event.target.checked) })),
    el('th', { scope: 'row' }, el('a', { href: `#/runs/${encodeURIComponent(name)}` }, name), when),
    el('td', { class: 'state' }, badge, message),
    el('td', { class: 'progress-cell' }, bar, steps),
    labelled('Time left', cells.left), labelled('Tokens/s', cells.speed), labelled('Train loss', cells.train),
    labelled('Validation loss', cells.validation), labelled('Best score', best, bestOf));

  function update(run) {
    const { word, tone } = state(run);
    say(badge, word);
    badge.dataset.tone = tone;
    say(message, missed(run) || (run.phase === 'FAILED' || run.phase === 'WAITING' ? run.message ?? '' : ''));
    say(when, time(run.requestedAt ?? run.updatedAt));
    const done = progress(run);
    bar.value = done.share;
    bar.dataset.tone = run.phase === 'FAILED' ? 'bad' : run.phase === 'COMPLETED' ? 'good' : '';
    bar.setAttribute('aria-label', `Progress of ${name}`);
    say(steps, done.words);
    say(cells.left, isOver(run) ? '–' : duration(run.secondsLeft));
    say(cells.speed, isOver(run) ? '–' : compact(run.tokensPerSecond));
    say(cells.train, loss(run.trainLoss));
    say(cells.validation, loss(run.validationLoss));
    say(best, run.best ? figureValue(run.best.measure, run.best.value) : '–');
    say(bestOf, run.best ? measure(run.best.measure) : '');
  }

  return { element, update };
}

/** How far a run has come, as a share and in words. */
export function progress(run) {
  if (['PREPARING', 'PREPARED'].includes(run.phase) && run.batches) {
    return { share: run.batchesPublished / run.batches, words: `${count(run.batchesPublished)} of ${count(run.batches)} batches` };
  }
  if (!run.steps) return { share: 0, words: run.step ? `step ${count(run.step)}` : '' };
  return { share: run.step / run.steps, words: `step ${count(run.step)} of ${count(run.steps)}` };
}
