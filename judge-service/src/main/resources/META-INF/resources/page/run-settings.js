// A run's settings, where model and data come from, the command that repeats it, and its messages.
import { copyButton } from './controls.js';
import { el, fill } from './dom.js';
import { checkpoint, count, loss, time } from './format.js';

export function settingsSection(name) {
  let shown = '';
  const body = el('div', { class: 'settings' });
  const element = el('section', { class: 'card', 'aria-labelledby': 'settings-title' },
    el('header', {}, el('h2', { id: 'settings-title' }, 'Settings and lineage')), body);

  function update(page) {
    const { run, dataDigest, repeats, dataset, checkpoints, remarks, samples } = page.detail;
    const text = JSON.stringify([run, dataDigest, repeats, dataset, page.repeat, checkpoints, remarks, samples]);
    if (text === shown) return;
    shown = text;
    const open = [...body.querySelectorAll('details[open]')].map((one) => one.dataset.part);
    fill(body,
      run ? repeat(page.repeat, run.specification.data, dataDigest) : el('p', { class: 'soft' }, 'The log no longer has this run’s settings.'),
      lineage(page.detail),
      run && part('settings', 'All settings', el('pre', {}, JSON.stringify(run.specification, null, 2))),
      checkpoints.length > 0 && part('checkpoints', `Checkpoints (${count(checkpoints.length)})`, checkpointTable(checkpoints)),
      samples.length > 0 && part('samples', `Sample answers while it learned (${count(samples.length)})`, sampleList(samples)),
      remarks.length > 0 && part('remarks', `Messages (${count(remarks.length)})`, remarkList(remarks)));
    for (const details of body.querySelectorAll('details')) details.open = open.includes(details.dataset.part);
  }

  return { element, update };
}

function repeat({ line, beyond }, data, digest) {
  return el('div', { class: 'repeat' },
    el('h3', {}, 'Repeat this run'),
    el('div', { class: 'command' }, el('pre', { id: 'repeat-command' }, line), copyButton(() => line)),
    el('p', { class: 'soft small' }, examples(data), digest && ' The digest of its examples is below.'),
    beyond.length > 0 && el('p', { class: 'soft small' }, `Settings without an option, to be sent to trainer-service: ${beyond.join(', ')}.`));
}

// What the command's data is, in words.
function examples({ dataset, file, source }) {
  if (file) return `${file} is the file’s name on the machine where the run was started.`;
  if (source === 'STREAM') return `The examples did not come from a file; - reads them from standard input, one a line.`;
  return `${dataset}.json stands for the file of dataset ${dataset}.`;
}

function lineage({ run, checkpoints, dataDigest, repeats, dataset }) {
  const base = checkpoints.find((one) => one.step === 0);
  const last = checkpoints.at(-1);
  const { model, data } = run?.specification ?? {};
  return el('div', {}, el('h3', {}, 'Lineage'), facts([
    ['Base model', model && [model.location, model.start === 'RANDOM' ? ' (random weights)' : '']],
    ['Base weights', base && el('code', {}, base.digest)],
    ['Data', data && [data.dataset, data.promptStyle ? `, ${data.promptStyle} prompts` : '']],
    ['Data digest', dataDigest && el('code', {}, dataDigest)],
    ['Dataset', dataset && [`${dataset.name} version ${count(dataset.version)}, content and reading settings `, el('code', {}, dataset.lineage)]],
    ['Duplicates', repeats && duplicates(repeats)],
    ['Last checkpoint', last && last.step > 0 && [checkpoint(last.step), el('br'), el('code', {}, last.digest), el('br'), last.uri]],
    ['Requested', run && time(run.requestedAt)],
    ['Judge', run?.specification.judge],
  ]));
}

function duplicates({ examples, repeated, leftOut, asked, trainedTest, similar }) {
  return [`${count(repeated)} of ${count(examples)} examples have the instruction and input of an earlier one`,
    leftOut > 0 && `, ${count(leftOut)} of them also its answer; those are left out`,
    asked > 0 && `; ${count(asked)} give another answer to a question of the test or validation file, and are left out of training`,
    trainedTest > 0 && `; ${count(trainedTest)} test questions are trained on, so the scores are too good`,
    similar?.pairs.length > 0 && leaks(similar)];
}

function leaks({ threshold, compared, test, validation, pairs }) {
  return el('details', {}, el('summary', {}, `${count(test)} test and ${count(validation)} validation examples of ${count(compared)} nearly equal training examples`),
    el('p', {}, `They share at least ${threshold} of their text with one. The first of them:`),
    el('ul', {}, pairs.map((pair) => el('li', {}, `${pair.test ? 'test' : 'validation'} ${pair.heldOut} is like ${pair.training} (${pair.similarity.toFixed(2)})`))));
}

function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs.filter(([, value]) => value).map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

function part(key, title, ...children) {
  return el('details', { 'data-part': key }, el('summary', {}, title), children);
}

function checkpointTable(checkpoints) {
  return el('div', { class: 'table-scroll' }, el('table', {},
    el('thead', {}, el('tr', {}, ['Step', 'Train loss', 'Validation loss', 'Tokens seen', 'Weights', 'Place'].map((title) => el('th', { scope: 'col' }, title)))),
    el('tbody', {}, checkpoints.map((one) => el('tr', {}, el('th', { scope: 'row' }, count(one.step)), el('td', {}, loss(one.trainLoss)),
      el('td', {}, loss(one.validationLoss)), el('td', {}, count(one.tokensSeen)), el('td', {}, el('code', {}, one.digest)), el('td', {}, one.uri))))));
}

function sampleList(samples) {
  return el('ol', { class: 'samples' }, samples.map((sample) => el('li', {},
    el('p', { class: 'soft small' }, `step ${count(sample.step)}`),
    el('pre', {}, sample.prompt), el('p', { class: 'text' }, sample.response))));
}

function remarkList(remarks) {
  return el('ol', { class: 'remarks' }, remarks.map((remark) => el('li', {},
    el('span', { class: 'soft small' }, `${time(remark.at)}, step ${count(remark.step)}: `), remark.message)));
}
