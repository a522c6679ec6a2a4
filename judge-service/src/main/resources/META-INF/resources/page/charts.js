// Lines against steps with Chart.js, each with a table of its values.
import '../vendor/chart.umd.min.js'; // sets Chart
import { el, fill } from './dom.js';
import { digits } from './format.js';

const dark = matchMedia('(prefers-color-scheme: dark)');
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export const seriesColour = (i) => `series-${(i % 8) + 1}`;

/**
 * A chart that is drawn anew when told to, when the colour scheme changes, and not at all once the signal says stop.
 *
 * @param title what it shows, in words
 * @param options.format how a value is written
 * @param options.tall whether it is the main thing to look at
 */
export function lineChart(title, signal, { format = digits, tall = true } = {}) {
  const canvas = el('canvas', { role: 'img', 'aria-label': title });
  const body = el('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': `${title}, figures` });
  const details = el('details', { class: 'chart-data' }, el('summary', {}, 'Figures as a table'), body);
  const element = el('figure', { class: 'figure' },
    el('div', { class: tall ? 'chart' : 'chart short' }, canvas), details);
  let chart = null;
  let drawn = null;

  function draw(series, axis) {
    drawn = { series, axis };
    canvas.setAttribute('aria-label', `${title}. ${series.map((line) => story(line, format)).join(' ')}`);
    const datasets = series.flatMap((line) => datasetsOf(line));
    const options = chartOptions(axis, format, series);
    if (!chart) {
      chart = new Chart(canvas, { type: 'line', data: { datasets }, options, plugins: [INTERVALS] });
    } else {
      chart.data.datasets = datasets;
      chart.options = options;
      chart.update('none');
    }
    if (details.open) tabulate();
  }

  function tabulate() {
    fill(body, table(drawn.series, drawn.axis, format));
  }

  details.addEventListener('toggle', () => details.open && drawn && tabulate());
  dark.addEventListener('change', () => drawn && draw(drawn.series, drawn.axis), { signal });
  signal.addEventListener('abort', () => chart?.destroy());
  return { element, draw };
}

/** A line's course in words, for screen readers. */
function story({ label, points }, format) {
  if (!points.length) return `${label}: nothing yet.`;
  const [first, last] = [points[0], points.at(-1)];
  return `${label}: ${format(first.y)} at first, ${format(last.y)} at last.`;
}

function datasetsOf({ label, points, colour: name, faint = false, dashed = false }) {
  const stroke = colour(name);
  return [{
    label,
    data: points,
    borderColor: faint ? `${stroke}66` : stroke,
    backgroundColor: stroke,
    borderWidth: faint ? 1 : 2,
    borderDash: dashed ? [6, 4] : [],
    pointRadius: points.length > 40 || faint ? 0 : 3,
    pointHitRadius: 8,
    tension: 0,
    spanGaps: true,
  }];
}

function chartOptions(axis, format, series) {
  const soft = colour('ink-soft');
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  const grid = { color: colour('line') };
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    scales: {
      x: { type: 'linear', min: 0, title: { display: true, text: axis, color: soft }, grid, ticks: { color: soft, maxRotation: 0 } },
      y: { ...ends(series), grid, ticks: { color: soft, callback: (value) => format(value), maxTicksLimit: 7 } },
    },
    plugins: {
      legend: { display: series.length > 1, labels: { color: colour('ink'), boxWidth: 14, boxHeight: 2 }, position: 'top', align: 'start' },
      tooltip: { callbacks: {
        title: ([item]) => `${axis} ${digits(item.parsed.x, 6).replace(/\.0+$/, '')}`,
        label: (item) => ` ${item.dataset.label}: ${format(item.parsed.y)}${range(item.raw, format)}`,
      } },
    },
  };
}

/** How far an axis must reach to show whole intervals; Chart.js takes care of the points. */
function ends(series) {
  const intervals = series.flatMap(({ points }) => points).filter((point) => point.low !== undefined);
  return intervals.length
    ? { suggestedMin: Math.min(...intervals.map(({ low }) => low)), suggestedMax: Math.max(...intervals.map(({ high }) => high)) }
    : {};
}

const range = (point, format) => (point.low === undefined ? '' : ` (${format(point.low)} to ${format(point.high)})`);

/** Draws the interval of points that have one as a bar with ends. */
const INTERVALS = {
  id: 'intervals',
  afterDatasetsDraw({ ctx, data, scales: { x, y }, chartArea }) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
    ctx.clip();
    ctx.lineWidth = 1.5;
    for (const { data: points, borderColor } of data.datasets) {
      ctx.strokeStyle = borderColor;
      for (const point of points) {
        if (point.low === undefined) continue;
        const [at, low, high] = [x.getPixelForValue(point.x), y.getPixelForValue(point.low), y.getPixelForValue(point.high)];
        ctx.beginPath();
        ctx.moveTo(at, low);
        ctx.lineTo(at, high);
        for (const end of [low, high]) {
          ctx.moveTo(at - 4, end);
          ctx.lineTo(at + 4, end);
        }
        ctx.stroke();
      }
    }
    ctx.restore();
  },
};

function table(series, axis, format) {
  const byPlace = new Map();
  series.forEach((line, i) => line.points.forEach((point) => {
    if (!byPlace.has(point.x)) byPlace.set(point.x, []);
    byPlace.get(point.x)[i] = point;
  }));
  const places = [...byPlace.keys()].sort((a, b) => a - b);
  return el('table', {},
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, axis), series.map((line) => el('th', { scope: 'col' }, line.label)))),
    el('tbody', {}, places.map((place) => el('tr', {}, el('th', { scope: 'row' }, digits(place, 6).replace(/\.0+$/, '')),
      series.map((line, i) => {
        const point = byPlace.get(place)[i];
        return el('td', {}, point ? format(point.y) + range(point, format) : '');
      })))));
}
