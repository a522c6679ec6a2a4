// The result of an inspection as elements.
import { el, table } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';

/** All of it, section by section. */
export function shown(inspection) {
  return [counts(inspection), lengths(inspection.lengths, inspection.texts), bars('Answers', inspection.labels), languages(inspection.languages),
    problems(inspection.problems), row(inspection.tokens), examples(inspection.sample ?? [])].filter((part) => part !== null);
}

function section(title, ...children) {
  return el('section', {}, el('h2', {}, title), children);
}

function counts(inspection) {
  const facts = [[inspection.entries, 'entries'], [inspection.examples, 'can be used']];
  for (const [layout, count] of Object.entries(inspection.layouts)) facts.push([count, `as ${layout}`]);
  for (const [why, count] of Object.entries(inspection.omissions?.rows ?? {})) facts.push([count, `left out by the ${why}`]);
  for (const [kind, count] of Object.entries(inspection.omissions?.masked ?? {})) facts.push([count, `${kind} replaced`]);
  for (const [field, count] of Object.entries(inspection.omissions?.asText ?? {})) facts.push([count, `with a number, or true or false, as '${field}', read as text`]);
  for (const [field, count] of Object.entries(inspection.ignoredFields ?? {})) facts.push([count, `have '${field}', not learned`]);
  return section('Counts', el('ul', { class: 'facts' }, facts.map(([count, what]) => el('li', {}, el('b', {}, String(count)), ` ${what}`))),
    (inspection.omissions?.absent ?? []).map((sentence) => el('p', {}, sentence)));
}

function lengths(said, texts) {
  const limit = said.limit === undefined ? null : el('p', {}, `A row may have ${said.limit} tokens: ${said.tooLong} are longer, of which `
    + `${said.tooLong - said.leftOut} are cut and ${said.leftOut} left out.`);
  return section(`Length in ${said.unit}`,
    el('p', {}, `Shortest ${said.shortest}, median ${said.median}, 95 % at most ${said.ninetyFifth}, longest ${said.longest}.`), limit,
    texts ? el('p', {}, `Plain texts: ${texts.count} of ${texts.tokens} tokens, which become ${texts.rows} rows, or ${texts.packedRows} packed.`) : null,
    chart(said.histogram.map((part) => [part.from === part.to ? `${part.from}` : `${part.from}–${part.to}`, part.count])));
}

/** Languages by their English names; texts that are too short have none. */
function languages(counts) {
  if (!counts) return null;
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return section('Languages', el('p', { class: 'soft' }, `Guessed for ${total} of the examples.`),
    chart(Object.entries(counts).map(([code, count]) => [code === 'unknown' ? code : names.of(code), count])));
}

function bars(title, labels) {
  return labels ? section(title, chart(Object.entries(labels))) : null;
}

/** Bars to the right, a line each; widths are SVG attributes, as the page allows no styles but its files. */
function chart(parts) {
  const most = Math.max(...parts.map(([, count]) => count));
  return table(['', '', ''], parts.map(([name, count]) => {
    const svg = document.createElementNS(SVG, 'svg');
    const bar = document.createElementNS(SVG, 'rect');
    for (const [key, value] of Object.entries({ viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' })) svg.setAttribute(key, value);
    for (const [key, value] of Object.entries({ width: (100 * count) / most, height: 4 })) bar.setAttribute(key, value);
    svg.append(bar);
    return [name, svg, String(count)];
  }), { class: 'chart' });
}

function problems(all) {
  return section('Problems', all.length === 0 ? el('p', {}, 'None.') : table(['count', 'what', 'first places'], all.map((problem) =>
    [String(problem.count), problem.what, el('ul', {}, problem.places.map((place) =>
      el('li', {}, `${place.file ? `${place.file}, ` : ''}${place.line ? `line ${place.line}, ` : ''}entry [${place.entry}]: `,
        el('bdi', {}, place.beginning))))]), { class: 'stack' }));
}

/** Text and ids of the first example's row. */
function row(tokens) {
  if (!tokens) return null;
  return section('The first example as the model reads it',
    el('p', { class: 'soft' }, 'Marked tokens are learned. Hover over one for its id.'),
    el('p', { class: 'tokens' }, tokens.map((token) => el('span', { class: token.learned ? 'learned' : null, title: `id ${token.id}` }, token.text))),
    el('details', {}, el('summary', {}, 'Ids'),
      el('p', { class: 'tokens' }, tokens.map((token) => el('span', { class: token.learned ? 'learned' : null }, `${token.id} `)))));
}

function examples(all) {
  if (all.length === 0) return null;
  const search = el('input', { type: 'search', 'aria-label': 'Search examples', placeholder: 'Search' });
  const place = el('div');
  const draw = () => {
    const wanted = search.value.toLowerCase();
    const found = all.filter((each) => `${each.instruction}\n${each.input}\n${each.output}`.toLowerCase().includes(wanted));
    place.replaceChildren(el('p', { class: 'soft' }, `${found.length} of the first ${all.length} examples`),
      table(['instruction', 'input', 'output'], found.slice(0, 200).map((each) =>
        [each.instruction, each.input, each.output].map((text) => el('div', { class: 'long', dir: 'auto' }, text))), { class: 'stack even' }));
  };
  search.addEventListener('input', draw);
  draw();
  return section('Examples', search, place);
}
