// The address after '#' decides which view is shown, so every view can be bookmarked and the back button works.
import { announce, el, fill } from './dom.js';
import { connect } from './live.js';
import { empty, failed } from './notices.js';
import { showRuns } from './runs-view.js';

const content = document.getElementById('content');
const connection = document.getElementById('connection');
const away = document.getElementById('away');
const WORDS = { connecting: 'Connecting', live: 'Live', lost: 'Connection lost, trying again' };
let leave = new AbortController();
let shown = null;

const VIEWS = [
  [/^\/$/, () => showRuns, 'runs', () => 'Runs'],
  [/^\/runs\/([^/]+)$/, async () => (await import('./run-view.js')).showRun, 'runs', (run) => `Run ${run}`],
  [/^\/compare$/, async () => (await import('./compare-view.js')).showCompare, 'compare', () => 'Compare'],
];

async function route() {
  const [path, query = ''] = (location.hash.slice(1) || '/').split('?');
  const match = VIEWS.map(([pattern, ...view]) => [pattern.exec(path), ...view]).find(([found]) => found);
  leave.abort();
  leave = new AbortController();
  const signal = leave.signal;
  if (!match) {
    fill(content, empty('There is no such page', 'Go to Runs to find your way.'));
    return;
  }
  const [[, ...captured], load, navigation, title] = match;
  const names = captured.map(decodeURIComponent);
  document.title = `${title(...names)} · Apprentice`;
  for (const link of document.querySelectorAll('[data-nav]')) {
    link.toggleAttribute('aria-current', link.dataset.nav === navigation);
    if (link.dataset.nav === navigation) link.setAttribute('aria-current', 'page');
  }
  let view;
  try {
    view = await load();
  } catch (failure) { // its file is fetched when it is first wanted
    if (!signal.aborted) {
      fill(content, failed('This view cannot be shown', new Error('judge-service does not answer. Is it running, and can this'
        + ` device reach it? (${failure.message})`), () => location.reload()));
    }
    return;
  }
  if (signal.aborted) return;
  fill(content);
  view(content, { names, parameters: new URLSearchParams(query), signal });
  if (shown !== null && shown !== path) {
    content.focus({ preventScroll: true });
    scrollTo(0, 0);
    announce(document.title);
  }
  shown = path;
}

connect((state) => {
  connection.dataset.state = state;
  if (connection.textContent !== WORDS[state]) connection.textContent = WORDS[state];
}, (conditions) => {
  connection.toggleAttribute('data-away', conditions.length > 0);
  away.hidden = conditions.length === 0;
  fill(away, conditions.map(({ condition, reason }) => el('p', {}, el('strong', {}, `Without ${condition}:`), ` ${reason}`)));
});
addEventListener('hashchange', route);
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault(); // the address behind '#' names the view
  content.focus();
});
route();
