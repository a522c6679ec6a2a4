// The page: sends data to POST /inspections and shows what comes back.
import { el, table } from './dom.js';
import { shown } from './inspection.js';

const form = document.getElementById('form');
const result = document.getElementById('result');
const EXAMPLES = 1000;
const TYPES = { csv: 'text/csv', tsv: 'text/tab-separated-values', tab: 'text/tab-separated-values', md: 'text/markdown', html: 'text/html',
  parquet: 'application/vnd.apache.parquet', gz: 'application/gzip', zst: 'application/zstd', zip: 'application/zip' };

async function json(path, request) {
  const response = await fetch(path, request);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.detail ?? `dataset-service answers ${response.status} to ${path}.`);
  return body;
}

function query(data, file) {
  const asked = new URLSearchParams({ examples: EXAMPLES });
  if (file) asked.set('file', file.name);
  for (const name of ['model', 'promptStyle', 'template', 'filter', 'sample', 'mask', 'encoding', 'maskInstruction']) {
    if (data.get(name)) asked.set(name, data.get(name));
  }
  for (const field of (data.get('field') ?? '').split(',')) {
    if (field.trim()) asked.append('field', field.trim());
  }
  return asked;
}

async function look(event) {
  event.preventDefault();
  const data = new FormData(form);
  const chosen = data.get('data');
  const file = chosen && chosen.size ? chosen : null;
  if (!file && !data.get('url')) {
    result.replaceChildren(el('p', { class: 'bad' }, 'Choose a file, or name an address.'));
    return;
  }
  const type = file ? TYPES[file.name.split('.').pop().toLowerCase()] ?? 'application/json' : 'application/json';
  result.replaceChildren(el('p', {}, 'Reading…'));
  try {
    const body = file ?? JSON.stringify({ url: data.get('url') });
    const inspection = await json(`inspections?${query(data, file)}`, { method: 'POST', headers: { 'Content-Type': type }, body });
    result.replaceChildren(...shown(inspection));
  } catch (failure) {
    result.replaceChildren(el('p', { class: 'bad' }, failure.message));
  }
}

async function start() {
  form.addEventListener('submit', look);
  const templates = await json('templates');
  form.elements.template.append(...templates.map((each) => el('option', { value: each.name }, `${each.name} (${each.fields.join(', ')})`)));
  const datasets = await json('datasets');
  document.getElementById('datasets').replaceChildren(datasets.length === 0
    ? el('p', { class: 'soft' }, 'None yet.')
    : table(['dataset', 'version', 'examples', 'left out', 'from'], datasets.map((each) =>
      [each.name, String(each.version), String(each.examples), String(each.rejected ?? 0), each.source])));
}

start().catch((failure) => result.replaceChildren(el('p', { class: 'bad' }, failure.message)));
