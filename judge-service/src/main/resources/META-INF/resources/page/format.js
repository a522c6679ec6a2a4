// Formats of numbers, times and names.

const NONE = '–';
const thousands = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const count = (value) => (value === undefined || value === null ? NONE : thousands.format(value));
export const compact = (value) => (value === undefined || value === null ? NONE : short.format(value));

/** Four significant digits: 7.040, 0.01234, 1.2e-5. */
export function digits(value, significant = 4) {
  if (value === undefined || value === null || !Number.isFinite(value)) return NONE;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3) return value.toExponential(Math.max(0, significant - 2)).replace(/\.?0+e/, 'e');
  if (size >= 10 ** significant) return thousands.format(Math.round(value));
  return value.toPrecision(significant);
}

export const loss = (value) => (value === undefined || value === null ? NONE : value.toFixed(3));

/** Seconds as 45 s, 12 min, 3 h 20 min, 2 d 4 h. */
export function duration(seconds) {
  if (seconds === undefined || seconds === null) return NONE;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
export const time = (instant) => (instant ? moment.format(new Date(instant)) : NONE);

// Measures: a metric's name, or 'judge:' and the judge's; behind either, a category of examples in brackets.

const SHARES = new Set(['exact_match', 'token_f1', 'rouge_1', 'rouge_2', 'rouge_l', 'rouge_l_unicode', 'accuracy', 'macro_f1',
  'empty', 'truncated', 'repeated']);
const SPELLED = { bleu: 'BLEU', chrf: 'chrF', token_f1: 'token F1', macro_f1: 'macro F1', rouge_1: 'ROUGE-1',
  rouge_2: 'ROUGE-2', rouge_l: 'ROUGE-L', rouge_l_unicode: 'ROUGE-L, any script' };
const LOWER_IS_BETTER = new Set(['perplexity', 'empty', 'truncated', 'repeated']);

const [METRIC, CATEGORY] = [1, 2];
const parts = (figure) => figure.match(/^(.*?)( \[.*\])?$/s);
/** A measure without its category. */
export const whole = (figure) => parts(figure)[METRIC];
export const isJudge = (figure) => figure.startsWith('judge:');
export const lowerIsBetter = (figure) => LOWER_IS_BETTER.has(figure);

/** A measure's name in words. */
export function measure(figure) {
  if (isJudge(figure)) return `judge ${figure.slice('judge:'.length)}`;
  const metric = whole(figure);
  return (SPELLED[metric] ?? metric.replaceAll('_', ' ')) + (parts(figure)[CATEGORY] ?? '');
}

/** The better direction, as an arrow after the name. */
export const way = (figure) => (figure === 'response_length' ? '' : lowerIsBetter(figure) ? ' ↓' : ' ↑');

/** A measure's value: a share in percent, a judge's score with one decimal, anything else in digits. */
export function figureValue(figure, value) {
  if (value === undefined || value === null) return NONE;
  if (SHARES.has(whole(figure))) return `${(value * 100).toFixed(1)} %`;
  if (isJudge(figure) || figure === 'bleu' || figure === 'chrf' || figure === 'response_length') return value.toFixed(1);
  return digits(value);
}

/** A difference of two values, with its sign. */
export function figureChange(figure, value) {
  if (value === undefined || value === null) return NONE;
  const size = figureValue(figure, Math.abs(value)).replace(' %', ' points');
  const sign = parseFloat(size) === 0 ? '±' : value > 0 ? '+' : '−';
  return sign + size;
}

/** The command line uses these words too. */
const PHASES = {
  WAITING: ['waiting', ''], PREPARING: ['preparing', 'active'], PREPARED: ['preparing', 'active'],
  COMPLETED: ['complete', 'good'], FAILED: ['failed', 'bad'], CANCELLED: ['cancelled', 'warn'],
};
const LEARNING = ['training', 'active']; // and evaluating, sampling and saving a checkpoint, which are part of it

/** A run's state in a word, and its colour. */
export function state(run) {
  const [word, tone] = PHASES[run.phase] ?? LEARNING;
  if (run.phase === 'COMPLETED' && run.exams.checkpoints < run.checkpoints && run.exams.questions > 0) {
    return { word: 'grading', tone: 'active' };
  }
  return { word, tone };
}

export const isOver = (run) => ['COMPLETED', 'FAILED', 'CANCELLED'].includes(run.phase);

/** A checkpoint's name. */
export const checkpoint = (step) => (step === 0 ? 'base' : `step ${count(step)}`);

/** The unavailable judges that a run waits for, each with the reason in a sentence; empty if there are none. */
export const missed = (run) => (run.judges ?? []).map(({ judge, state: how, reason, since, waiting }) => (
  `${count(waiting)} ${waiting === 1 ? 'answer waits' : 'answers wait'} for judge ${judge}, ${how} since ${time(since)}: ${reason}.`)).join(' ');
