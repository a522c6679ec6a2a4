// Two checkpoints example by example: who won, by which figure.
import * as api from './api.js';
import { afterPause, choice, pager, select } from './controls.js';
import { announce, el, fill } from './dom.js';
import { exampleCard } from './examples.js';
import { preferred } from './figures.js';
import { count, measure } from './format.js';
import { title } from './compare-figures.js';
import { empty, failed, loading } from './notices.js';

const SIZE = 10;
const WORDS = { WIN: ['won', 'good'], LOSS: ['lost', 'bad'], TIE: ['tie', ''] };

export function compareExamples({ candidates, pairs }, signal) {
  let page = 1;
  let outcome = '';
  let asking = new AbortController();
  const other = select('Against', () => { offerFigures(); restart(); });
  const figure = select('Decided by', restart);
  const marks = select('Mark what differs', () => ask());
  const text = el('input', { type: 'search', placeholder: 'word or phrase', oninput: afterPause(restart) });
  const pages = pager((number) => { page = number; ask(true); });
  const list = el('div', { class: 'examples' }, loading(3));
  const found = el('p', { class: 'soft small', role: 'status' });
  marks.offer([['reference', 'from the reference'], ['first', 'between the two'], ['nothing', 'nothing']]);
  const element = el('section', { class: 'card', 'aria-labelledby': 'contests-title' },
    el('header', {}, el('h2', { id: 'contests-title' }, 'Example by example')),
    el('form', { class: 'filters', onsubmit: (event) => event.preventDefault() },
      pairs.length > 1 && other.element, figure.element,
      el('div', { class: 'field' }, `${title(candidates[0])}`, choice('Outcome', [['', 'All'], ['win', 'Won'], ['loss', 'Lost'], ['tie', 'Tied']], outcome,
        (chosen) => { outcome = chosen; restart(); })),
      el('label', { class: 'field grow' }, 'Text', text), marks.element),
    found, list, pages.element);

  const against = () => Number(other.value || 1);
  const name = ({ run, report }) => `${run}@${report.step}`;

  function offerFigures() {
    const figures = pairs[against() - 1].tallies.map((tally) => tally.figure);
    figure.offer(figures.map((one) => [one, measure(one)]), preferred(figures));
  }

  function restart() {
    page = 1;
    ask();
  }

  async function ask(turned = false) {
    asking.abort();
    asking = new AbortController();
    const mine = asking.signal;
    try {
      const answer = await api.contests({ runs: [candidates[0], candidates[against()]].map(name).join(','), score: figure.value,
        outcome, text: text.value.trim(), page, size: SIZE }, mine);
      if (mine.aborted || signal.aborted) return;
      show(answer);
      if (turned) element.scrollIntoView({ block: 'start' });
    } catch (failure) {
      if (failure.name !== 'AbortError' && !signal.aborted) fill(list, failed('The examples cannot be shown', failure, () => ask()));
    }
  }

  function show({ matching, examples }) {
    found.textContent = `${count(matching)} ${matching === 1 ? 'example' : 'examples'}`;
    announce(found.textContent);
    pages.show(page, SIZE, matching);
    fill(list, examples.length ? examples.map(card) : empty('No example fits', 'Choose another outcome or remove a word.'));
  }

  function card({ left, right, outcome: result }) {
    const [word, tone] = WORDS[result] ?? ['not decided', ''];
    return exampleCard(left, [{ title: title(candidates[0]), answer: left.answer }, { title: title(candidates[against()]), answer: right }],
      marks.value, el('span', { class: 'badge', 'data-tone': tone }, word));
  }

  return { element, start() {
    other.offer(candidates.slice(1).map((candidate, i) => [i + 1, title(candidate)]));
    offerFigures();
    ask();
  } };
}
