// Every figure of the compared checkpoints side by side, and the first one's wins and losses against each other.
import { el } from './dom.js';
import { figuresOf, significance, valueCell } from './figures.js';
import { checkpoint, count, figureChange, figureValue, measure, way } from './format.js';

export const title = ({ run, report }) => `${run}, ${checkpoint(report.step)}`;

export function compareFigures({ candidates, pairs }) {
  const figures = figuresOf(candidates.map((candidate) => candidate.report));
  return el('section', { class: 'card', 'aria-labelledby': 'figures-title' },
    el('header', {}, el('h2', { id: 'figures-title' }, 'Scores side by side')),
    el('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Scores side by side' }, el('table', {},
      el('caption', {}, 'Each figure with its 95 % interval. ↑ higher is better, ↓ lower is better.'),
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Figure'),
        candidates.map((candidate) => el('th', { scope: 'col', class: 'number wrap' }, title(candidate))))),
      el('tbody', {}, figures.map((figure) => el('tr', {}, el('th', { scope: 'row' }, measure(figure) + way(figure)),
        candidates.map(({ report }) => el('td', { class: 'number stacked' }, valueCell(report, figure)))))))),
    pairs.map((pair, i) => pairTable(pair, title(candidates[0]), title(candidates[i + 1]))));
}

function pairTable({ examples, tallies }, left, right) {
  if (!examples) {
    return el('p', { class: 'soft' }, `${left} and ${right} have no example in common, so wins and losses cannot be counted.`);
  }
  return el('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': `${left} against ${right}` }, el('table', { class: 'tallies' },
    el('caption', {}, `${left} against ${right}, on ${count(examples)} examples that both have answered`),
    el('thead', {}, el('tr', {}, ['Figure', 'Wins, ties, losses', 'Wins', 'Ties', 'Losses', 'Difference'].map((name, i) => (
      el('th', { scope: 'col', class: i > 1 ? 'number' : null }, name))))),
    el('tbody', {}, tallies.map((tally) => el('tr', {},
      el('th', { scope: 'row' }, measure(tally.figure) + way(tally.figure)),
      el('td', {}, bar(tally)),
      [tally.wins, tally.ties, tally.losses].map((some) => el('td', { class: 'number' }, count(some))),
      el('td', { class: 'number' }, difference(tally)))))));
}

/** The difference, and whether chance alone explains it. */
function difference({ figure, left, right, test }) {
  const tone = { BETTER: 'good', WORSE: 'bad' }[test?.outcome] ?? '';
  return [
    el('span', { class: 'delta', 'data-tone': tone }, figureChange(figure, test?.difference ?? left - right)),
    el('span', { class: 'soft small interval' }, test ? significance(test)
      : `${figureValue(figure, left)} and ${figureValue(figure, right)}`),
  ];
}

function bar({ wins, ties, losses, examples }) {
  const piece = (kind, some) => {
    const element = el('span', { class: kind });
    element.style.flexGrow = String(some / examples);
    return element;
  };
  return el('span', { class: 'tally-bar', 'aria-hidden': 'true' }, piece('win', wins), piece('tie', ties), piece('loss', losses));
}
