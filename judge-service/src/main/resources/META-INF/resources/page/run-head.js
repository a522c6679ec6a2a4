// A run's name, state and most important figures.
import * as api from './api.js';
import { el, fill, say } from './dom.js';
import { checkpoint, compact, count, digits, duration, figureValue, isOver, loss, measure, missed, state, time, way } from './format.js';
import { progress } from './runs-view.js';

export function runHead(name) {
  const badge = el('span', { class: 'badge' });
  const words = el('p', { class: 'soft', 'aria-live': 'polite' });
  const judges = el('p', { class: 'badge-text', 'data-tone': 'warn', 'aria-live': 'polite' });
  const bar = el('progress', { max: 1, 'aria-label': 'Progress' });
  const steps = el('span', { class: 'soft small number' });
  const tiles = Object.fromEntries(['Epoch', 'Time left', 'Tokens a second', 'Tokens seen', 'Train loss', 'Validation loss',
    'Best score'].map((label) => [label, tile(label)]));
  const downloads = el('p', { class: 'links small' });
  const element = el('section', { class: 'run-head', 'aria-label': 'Status' },
    el('p', { class: 'small' }, el('a', { href: '#/' }, '← All runs')),
    el('div', { class: 'section-head' },
      el('h1', {}, name), badge,
      el('a', { class: 'button-link', href: `#/compare?runs=${encodeURIComponent(name)}` }, 'Compare')),
    words,
    judges,
    el('div', { class: 'run-progress' }, bar, steps),
    el('dl', { class: 'tiles' }, Object.values(tiles).map((one) => one.element)),
    downloads);

  function update(run, reports) {
    const { word, tone } = state(run);
    say(badge, word);
    badge.dataset.tone = tone;
    say(words, run.message ?? `Requested ${time(run.requestedAt)}`);
    say(judges, missed(run));
    judges.hidden = !judges.textContent;
    const done = progress(run);
    bar.value = done.share;
    bar.dataset.tone = run.phase === 'FAILED' ? 'bad' : run.phase === 'COMPLETED' ? 'good' : '';
    say(steps, done.words);
    tiles.Epoch.show(run.epochs ? `${run.epoch} of ${run.epochs}` : count(run.epoch));
    tiles['Time left'].show(isOver(run) ? '–' : duration(run.secondsLeft));
    tiles['Tokens a second'].show(digits(run.tokensPerSecond, 3), 'last step');
    tiles['Tokens seen'].show(compact(run.tokensSeen));
    tiles['Train loss'].show(loss(run.trainLoss), 'last step');
    tiles['Validation loss'].show(loss(run.validationLoss), 'last evaluation');
    tiles['Best score'].show(run.best ? figureValue(run.best.measure, run.best.value) : '–',
      run.best ? `${measure(run.best.measure)}${way(run.best.measure)}, ${checkpoint(run.best.step)}` : 'nothing graded yet');
    if (reports.length && !downloads.children.length) {
      fill(downloads, 'Report as ', ['json', 'csv', 'markdown'].flatMap((format, i) => [
        i ? ', ' : '', el('a', { href: api.reportDownload(name, format), download: '' }, format.toUpperCase().replace('MARKDOWN', 'Markdown')),
      ]));
    }
  }

  return { element, update };
}

function tile(label) {
  const value = el('dd', { class: 'number' });
  const note = el('dd', { class: 'soft small' });
  return {
    element: el('div', { class: 'tile' }, el('dt', {}, label), value, note),
    show(text, words = '') {
      say(value, text);
      say(note, words);
    },
  };
}
