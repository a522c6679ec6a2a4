// One test example: question, reference, answers with their differences marked, and what was thought of them.
import { marked } from './diff.js';
import { el } from './dom.js';
import { count, digits, figureValue, measure } from './format.js';

/**
 * A card for one example.
 *
 * @param answers [{title, answer}] next to the reference; an answer may be missing
 * @param against 'reference' or 'first': what differences are marked against; 'nothing' marks none
 */
export function exampleCard(example, answers, against, badge = null) {
  const first = answers[0]?.answer?.text;
  const source = (i) => ({ reference: example.reference, first: i === 0 ? null : first })[against] ?? null;
  return el('article', { class: 'example', 'aria-label': `Question ${example.index + 1}` },
    el('header', {},
      el('h3', {}, example.instruction), badge,
      el('span', { class: 'soft small number' }, `#${count(example.index + 1)}`)),
    earlier(example),
    example.input && el('pre', { class: 'input' }, example.input),
    el('div', { class: 'answers' },
      el('section', { class: 'answer reference' }, el('h4', {}, 'Reference'), el('p', { class: 'text' }, example.reference)),
      answers.map(({ title, answer }, i) => el('section', { class: 'answer' },
        el('h4', {}, title),
        answer ? [
          el('p', { class: 'text' }, answer.text === ''
            ? el('span', { class: 'soft' }, answer.finishReason === 'PROMPT_TOO_LONG' ? 'No answer: the question is too long' : 'Empty answer')
            : source(i) === null ? answer.text : marked(source(i), answer.text)),
          el('p', { class: 'soft small' }, facts(answer)),
          thoughts(answer),
        ] : el('p', { class: 'soft' }, 'Not answered')))));
}

/** Of a conversation, what was said before the question. */
function earlier({ system, turns = [] }) {
  if (!system && !turns.length) return null;
  const said = [...(system ? [{ role: 'system', content: system }] : []), ...turns];
  return el('details', { class: 'earlier' },
    el('summary', {}, said.length === 1 ? 'Said before: 1 turn' : `Said before: ${count(said.length)} turns`),
    el('dl', {}, said.map(({ role, content }) => [el('dt', {}, role), el('dd', { class: 'text' }, content)])));
}

function facts(answer) {
  const end = { LENGTH: ', cut at the limit', PROMPT_TOO_LONG: '' }[answer.finishReason] ?? '';
  return `${count(answer.generatedTokens)} tokens${end}`;
}

function thoughts(answer) {
  const awaited = answer.awaited ?? [];
  if (!answer.graded && !awaited.length) return el('p', { class: 'soft small' }, 'Not graded yet');
  return [
    answer.verdicts.map(verdictLine),
    awaited.map((judge) => el('div', { class: 'verdict' },
      el('p', {}, el('span', { class: 'badge', 'data-tone': 'active' }, 'awaited'), ' ', judge))),
    el('ul', { class: 'chips', 'aria-label': 'Metrics' }, Object.entries(answer.metrics).map(([name, value]) => (
      FLAGS.has(name) ? value > 0 && el('li', {}, el('span', { class: 'badge', 'data-tone': 'warn' }, name))
        : !ASIDE.has(name) && !(name === 'rouge_l_unicode' && value === answer.metrics.rouge_l) && el('li', {}, el('span', { class: 'soft' }, measure(name)), ' ',
          el('span', { class: 'number' }, figureValue(name, value)))))),
  ];
}

const FLAGS = new Set(['empty', 'truncated', 'repeated']);
const ASIDE = new Set(['response_length', 'rouge_1', 'rouge_2']); // in the table and the downloads

function verdictLine(verdict) {
  const scale = verdict.scale ?? { from: 0, to: 100 };
  const scored = verdict.score !== undefined;
  const share = scored ? (verdict.score - scale.from) / (scale.to - scale.from) : 0;
  const tone = scored ? (share >= 0.75 ? 'good' : share >= 0.4 ? 'warn' : 'bad') : 'warn';
  const words = verdict.reason ?? verdict.unreadable;
  const what = [verdict.model && `model ${verdict.model}`, verdict.digest, verdict.rubric && `rubric ${verdict.rubric}`,
    verdict.rubricVersion && `version ${verdict.rubricVersion}`, `${digits(verdict.seconds, 2)} s`,
    verdict.answerTokens !== undefined && `${count(verdict.answerTokens)} tokens`].filter(Boolean).join(', ');
  return el('div', { class: 'verdict' },
    el('p', {}, el('span', { class: 'badge', 'data-tone': tone },
      scored ? `${digits(verdict.score, 3).replace(/\.0+$/, '')} of ${scale.to}` : verdict.refused ? 'refused' : verdict.promptCut ? 'question was cut' : 'unreadable'),
    ' ', verdict.judge),
    words && el('p', { class: 'reason' }, words),
    el('p', { class: 'soft small' }, what));
}
