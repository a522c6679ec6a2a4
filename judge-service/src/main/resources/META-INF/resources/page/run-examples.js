// Every test example of a checkpoint: searched, filtered, sorted, page by page.
import * as api from './api.js';
import { afterPause, pager, select } from './controls.js';
import { announce, el, fill } from './dom.js';
import { exampleCard } from './examples.js';
import { figuresOf } from './figures.js';
import { checkpoint, count, measure } from './format.js';
import { empty, failed, loading } from './notices.js';

const SIZE = 10;

export function examplesSection(name, signal) {
  let reports = [];
  let page = 1;
  let asking = new AbortController();
  let shownGraded = '';
  const step = select('Checkpoint', restart);
  const sort = select('Sort by', restart);
  const order = select('Order', restart);
  const score = select('Only where', restart);
  const marks = select('Mark what differs', () => ask());
  const text = el('input', { type: 'search', placeholder: 'word or phrase', oninput: afterPause(restart) });
  const limit = (words) => el('input', { type: 'number', step: 'any', class: 'limit', 'aria-label': words, placeholder: words, oninput: afterPause(restart) });
  const [min, max] = [limit('at least'), limit('at most')];
  order.offer([['asc', 'lowest first'], ['desc', 'highest first']]);
  marks.offer([['reference', 'from the reference'], ['first', 'from the base answer'], ['nothing', 'nothing']]);
  const pages = pager((number) => { page = number; ask(true); });
  const list = el('div', { class: 'examples' }, loading(3));
  const found = el('p', { class: 'soft small', role: 'status' });
  const downloads = el('p', { class: 'links small' });
  const form = el('form', { class: 'filters', onsubmit: (event) => event.preventDefault() },
    step.element, el('label', { class: 'field grow' }, 'Text', text), sort.element, order.element,
    el('div', { class: 'range' }, score.element, min, max), marks.element);
  const body = el('div', {}, form, el('div', { class: 'section-head' }, found, downloads), list, pages.element);
  const place = el('div');
  const element = el('section', { class: 'card', 'aria-labelledby': 'examples-title' },
    el('header', {}, el('h2', { id: 'examples-title' }, 'Test examples')), place);

  function update(now) {
    reports = now;
    if (!reports.length) {
      fill(place, empty('No answers yet', 'The questions of the test split, with the reference, the base model’s answer and the tuned one, come here.'));
      return;
    }
    const last = reports.filter((report) => report.complete).at(-1) ?? reports.at(-1);
    const before = step.value;
    step.offer(reports.map((report) => [report.step, checkpoint(report.step)]).reverse(), last.step);
    if (before === '' || (before === '0' && page === 1 && reports.length > 1 && !touched())) step.value = last.step;
    const figures = figuresOf(reports).map((figure) => [figure, measure(figure)]);
    sort.offer([['index', 'position in the exam'], ...figures]);
    score.offer(figures);
    if (!body.isConnected) fill(place, body);
    const graded = `${step.value} ${reports.find((report) => String(report.step) === step.value)?.graded}`;
    if (graded !== shownGraded) {
      shownGraded = graded;
      ask();
    }
  }

  const touched = () => text.value || min.value || max.value || sort.value !== 'index';

  function restart() {
    page = 1;
    ask();
  }

  async function ask(turned = false) {
    asking.abort();
    asking = new AbortController();
    const mine = asking.signal;
    try {
      const query = { page, size: SIZE, sort: sort.value, order: order.value, text: text.value.trim() };
      if (min.value || max.value) Object.assign(query, { score: score.value, min: min.value, max: max.value });
      const answer = await api.responses(name, step.value, query, mine);
      if (mine.aborted || signal.aborted) return;
      show(answer);
      if (turned) element.scrollIntoView({ block: 'start' });
    } catch (failure) {
      if (failure.name !== 'AbortError' && !signal.aborted) fill(list, failed('The answers cannot be shown', failure, () => ask()));
    }
  }

  function show({ total, matching, responses }) {
    const words = matching === total ? `${count(total)} answers` : `${count(matching)} of ${count(total)} answers match`;
    found.textContent = words;
    announce(words);
    pages.show(page, SIZE, matching);
    fill(list, responses.length ? responses.map(card)
      : empty('No answer fits', 'Remove a word or a limit.'));
    fill(downloads, 'Download as ', [['textbook', 'textbook’s JSON'], ['json', 'JSON'], ['csv', 'CSV'], ['markdown', 'Markdown']]
      .flatMap(([format, title], i) => [i ? ', ' : '', el('a', { href: api.responsesDownload(name, step.value, format), download: '' }, title)]));
  }

  function card(example) {
    const tuned = { title: step.value === '0' ? 'Base' : `Tuned, ${checkpoint(Number(step.value))}`, answer: example.answer };
    return exampleCard(example, step.value === '0' ? [tuned] : [{ title: 'Base', answer: example.base }, tuned], marks.value);
  }

  return { element, update };
}
