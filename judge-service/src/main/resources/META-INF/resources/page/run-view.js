// One run: status, curves, data path, scores, every answer, and how to repeat it.
import * as api from './api.js';
import { atMostEvery } from './controls.js';
import { el, fill } from './dom.js';
import { findRun, onChange } from './live.js';
import { empty, failed, loading } from './notices.js';
import { curvesSection } from './run-curves.js';
import { examplesSection } from './run-examples.js';
import { runHead } from './run-head.js';
import { pathSection } from './run-path.js';
import { scoresSection } from './run-scores.js';
import { settingsSection } from './run-settings.js';

const REFRESH_MS = 1500;

export async function showRun(content, { names: [name], signal }) {
  fill(content, el('h1', {}, name), loading(6));
  let page;
  let reports;
  try {
    [page, reports] = await ask(name);
  } catch (failure) {
    if (!signal.aborted) {
      fill(content, el('h1', {}, name), el('div', { class: 'card' }, failure.status === 404
        ? empty(`There is no run ${name}`, 'It may have been withdrawn, or its name is misspelled. The page Runs lists all runs.')
        : failed('The run cannot be shown', failure, () => showRun(content, { names: [name], signal }))));
    }
    return;
  }
  if (signal.aborted) return;

  const head = runHead(name);
  const curves = curvesSection(name, signal);
  const path = pathSection(signal);
  const scores = scoresSection(name, signal);
  const examples = examplesSection(name, signal);
  const settings = settingsSection(name);
  fill(content, head.element, contents([['Curves', curves], ['Data', path], ['Scores', scores], ['Examples', examples],
    ['Settings', settings]]), curves.element, path.element, scores.element, examples.element, settings.element);
  show();

  const refresh = atMostEvery(REFRESH_MS, async () => {
    if (signal.aborted) return;
    try {
      [page, reports] = await ask(name);
    } catch {
      return; // the connection's state says so; what is shown stays
    }
    if (!signal.aborted) show();
  });
  onChange((changed) => {
    if (!changed.includes(name)) return;
    const now = findRun(name);
    if (now) head.update(now, reports);
    refresh();
  }, signal);

  function show() {
    const run = page.detail.summary;
    head.update(run, reports);
    curves.update(run);
    path.update(run);
    scores.update(run, reports);
    examples.update(reports);
    settings.update(page);
  }
}

/** The page's sections. They are buttons, since the address after '#' already names the run. */
function contents(sections) {
  return el('nav', { class: 'contents', 'aria-label': 'On this page' }, sections.map(([title, { element }]) => {
    element.tabIndex = -1;
    return el('button', { type: 'button', onclick: () => {
      element.scrollIntoView({ block: 'start' });
      element.focus({ preventScroll: true });
    } }, title);
  }));
}

async function ask(name) {
  const page = await api.runPage(name);
  return [page, await api.reports(page.detail.summary)];
}
