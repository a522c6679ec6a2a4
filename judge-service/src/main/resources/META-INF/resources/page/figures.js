// Figures of reports: a judge's mean or a metric, its interval, and its difference from the base.
import { el } from './dom.js';
import { figureChange, figureValue, isJudge, lowerIsBetter } from './format.js';

/** Every figure that some report has, judges' first. */
export function figuresOf(reports) {
  const judges = new Set(reports.flatMap((report) => report.judges.map((judge) => `judge:${judge.judge}`)));
  const metrics = new Set(reports.flatMap((report) => Object.keys(report.metrics)));
  return [...judges, ...[...metrics].sort().filter((metric) => tells(metric, reports))];
}

/** Whether a metric is informative. The share of truncated answers is not if none was; nor is ROUGE for any script if all texts have one script. */
function tells(metric, reports) {
  const alike = { rouge_l_unicode: 'rouge_l' }[metric];
  return reports.some(({ metrics }) => (FAULTS.has(metric) ? metrics[metric] > 0 : metrics[metric] !== metrics[alike]));
}

const FAULTS = new Set(['empty', 'truncated', 'repeated']);

/** A report's value of a figure; undefined where it has none. */
export function valueOf(report, figure) {
  return isJudge(figure)
    ? report.judges.find((judge) => `judge:${judge.judge}` === figure)?.mean ?? report.metrics[figure]
    : report.metrics[figure];
}

/** A value with its interval below it. */
export function valueCell(report, figure) {
  const value = valueOf(report, figure);
  const interval = report.intervals?.[figure];
  return [
    el('span', {}, figureValue(figure, value)),
    interval && el('span', { class: 'soft small interval' },
      `${figureValue(figure, interval.low)} to ${figureValue(figure, interval.high)}`),
  ];
}

/** A difference from the base, in words if it is within the noise. */
export function changeCell(report, figure) {
  const change = report.sinceBase?.[figure];
  if (change === undefined) return '';
  const test = report.againstBase?.[figure];
  const better = lowerIsBetter(figure) ? change < 0 : change > 0;
  const tone = test
    ? { BETTER: 'good', WORSE: 'bad' }[test.outcome] ?? ''
    : figure === 'response_length' || change === 0 ? '' : better ? 'good' : 'bad';
  return [
    el('span', { class: 'delta', 'data-tone': tone }, figureChange(figure, change)),
    test && el('span', { class: 'soft small interval' }, significance(test)),
  ];
}

/** The result of a paired test. */
export const significance = (test) => (test.outcome === 'NOISE' ? 'within the noise'
  : `p ${test.p < 0.001 ? '< 0.001' : `= ${test.p.toFixed(3)}`}`);

/** The most important figure. */
export const PREFERRED = ['accuracy', 'token_f1', 'rouge_l', 'exact_match'];
export const preferred = (figures) => figures.find(isJudge) ?? PREFERRED.find((metric) => figures.includes(metric)) ?? figures[0];
