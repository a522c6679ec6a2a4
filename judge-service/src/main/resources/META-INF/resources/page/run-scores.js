// Scores and metrics over checkpoints, with their intervals, and the distribution of each judge's scores.
import { lineChart } from './charts.js';
import { select } from './controls.js';
import { el, fill } from './dom.js';
import { changeCell, figuresOf, preferred, valueCell, valueOf } from './figures.js';
import { checkpoint, count, figureValue, measure, way } from './format.js';
import { empty } from './notices.js';

/** How many checkpoints are shown at once; if there are more, the last ones are shown first. */
const MANY = 12;

export function scoresSection(name, signal) {
  let reports = [];
  let shown = '';
  const figure = select('Figure', draw);
  const chart = lineChart('Score over checkpoints', signal, { format: (value) => figureValue(figure.value, value) });
  const table = el('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'All figures by checkpoint' });
  const spread = el('div');
  const notes = el('p', { class: 'soft small' });
  const drawing = el('div', {}, chart.element, table, notes, spread);
  const place = el('div');
  const element = el('section', { class: 'card', 'aria-labelledby': 'scores-title' },
    el('header', {}, el('h2', { id: 'scores-title' }, 'Scores'), figure.element), place);

  function update(run, now) {
    const text = JSON.stringify(now);
    if (text === shown && place.children.length) return;
    shown = text;
    reports = now;
    figure.element.hidden = !reports.length;
    if (!reports.length) {
      fill(place, empty('Nothing graded yet', run.checkpoints
        ? `${count(run.checkpoints)} ${run.checkpoints === 1 ? 'checkpoint' : 'checkpoints'} so far; the first scores come when test answers have been graded.`
        : 'Each checkpoint answers the test questions; the base model, before the first step, is the first.'));
      return;
    }
    const figures = figuresOf(reports);
    figure.offer(figures.map((one) => [one, measure(one)]), preferred(figures));
    if (!drawing.isConnected) fill(place, drawing);
    draw();
    fill(table, figuresTable(reports, figures));
    const many = reports.length > MANY;
    if (many && !table.classList.contains('long')) requestAnimationFrame(() => { table.scrollTop = table.scrollHeight; });
    table.classList.toggle('long', many);
    fill(notes, [...new Set(reports.flatMap((report) => report.note ?? []))].join(' '));
    fill(spread, distributions(reports));
  }

  function draw() {
    const points = reports.flatMap((report) => {
      const value = valueOf(report, figure.value);
      return value === undefined ? [] : [{ x: report.step, y: value, ...report.intervals?.[figure.value] }];
    });
    chart.draw([{ label: measure(figure.value), points, colour: 'series-1' }], 'step');
  }

  return { element, update };
}

function figuresTable(reports, figures) {
  return el('table', {},
    el('caption', {}, 'Each figure with its 95 % interval, and its change since the base. ↑ higher is better, ↓ lower is better.'),
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Checkpoint'), el('th', { scope: 'col', class: 'number' }, 'Graded'),
      figures.map((figure) => el('th', { scope: 'col', class: 'number wrap' }, measure(figure) + way(figure))))),
    el('tbody', {}, reports.map((report) => el('tr', {},
      el('th', { scope: 'row' }, checkpoint(report.step)),
      el('td', { class: 'number' }, `${count(report.graded)} of ${count(report.questions)}`),
      figures.map((figure) => el('td', { class: 'number stacked' }, valueCell(report, figure), changeCell(report, figure)))))));
}

/** A row a checkpoint and a column a range of scores; the more answers, the fuller the cell. */
function distributions(reports) {
  const judges = [...new Set(reports.flatMap((report) => Object.keys(report.distributions ?? {})))];
  return judges.map((judge) => {
    const rows = reports.filter((report) => report.distributions?.[judge]);
    const { from, to, counts } = rows[0].distributions[judge];
    const width = (to - from) / counts.length;
    const edge = (i) => Number((from + i * width).toFixed(2));
    const range = (i) => (width === 1 ? edge(i + 0.5) : `${edge(i)}–${edge(i + 1)}`); // a whole number has a bin around it
    return el('div', { class: 'table-scroll long', tabindex: '0', role: 'region', 'aria-label': `Distribution of ${measure(judge)}` },
      el('table', { class: 'heat' },
        el('caption', {}, `How ${measure(judge)} spreads its scores: answers in each range`),
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Checkpoint'),
          counts.map((_, i) => el('th', { scope: 'col', class: 'number' }, range(i))))),
        el('tbody', {}, rows.map((report) => {
          const own = report.distributions[judge].counts;
          const all = own.reduce((sum, some) => sum + some, 0);
          return el('tr', {}, el('th', { scope: 'row' }, checkpoint(report.step)), own.map((some) => {
            const cell = el('td', { class: some ? 'number' : 'number soft' }, count(some));
            cell.style.setProperty('--share', all ? String(some / all) : '0');
            return cell;
          }));
        }))));
  });
}
