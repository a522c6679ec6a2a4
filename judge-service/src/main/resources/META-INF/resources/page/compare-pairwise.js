// Verdicts of judges that saw two answers side by side, in both orders.
import { el } from './dom.js';
import { checkpoint, count } from './format.js';

const name = ({ run, step }) => `${run}, ${checkpoint(step)}`;
const share = (value) => (value === undefined ? '–' : `${(value * 100).toFixed(1)} %`);

/** A card with the results of POST /pairwise for these checkpoints; null if there are none. */
export function comparePairwise(results, candidates) {
  const shown = new Set(candidates.map(({ run, report }) => `${run}@${report.step}`));
  const found = results.filter((one) => [one.first, one.second].every(({ run, step }) => shown.has(`${run}@${step}`)));
  return found.length ? el('section', { class: 'card', 'aria-labelledby': 'pairwise-title' },
    el('header', {}, el('h2', { id: 'pairwise-title' }, 'Judged side by side')), found.map(one)) : null;
}

function one(result) {
  const { wins, losses, ties, flipped } = result;
  return el('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': `${name(result.first)} against ${name(result.second)}` },
    el('table', {},
      el('caption', {}, `${name(result.first)} against ${name(result.second)}, by ${result.judge} (rubric ${result.rubric}, version ${result.rubricVersion}), `
        + `${count(result.compared)} of ${count(result.questions)} examples`),
      el('thead', {}, el('tr', {}, ['Win rate', 'Wins', 'Losses', 'Ties', 'Flipped with the order', 'Unreadable', 'Preferred the first shown',
        'Characters of winners', 'of losers'].map((title) => el('th', { scope: 'col', class: 'number wrap' }, title)))),
      el('tbody', {}, el('tr', {},
        el('td', { class: 'number' }, el('strong', {}, share(result.winRate)),
          result.standardError !== undefined && el('span', { class: 'soft small' }, `± ${share(result.standardError)}`)),
        [wins, losses, ties, flipped, result.unreadable].map((some) => el('td', { class: 'number' }, count(some))),
        el('td', { class: 'number' }, share(result.positionBias)),
        [result.winnerLength, result.loserLength].map((length) => el('td', { class: 'number' }, length === undefined ? '–' : count(Math.round(length))))))));
}
