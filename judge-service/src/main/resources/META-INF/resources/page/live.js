// The current state of all runs, and the conditions of judge-service, updated by server-sent events.

const listeners = new Set();
let runs = new Map();
let known = false;

/** All runs, latest request first. */
export const allRuns = () => [...runs.values()];
export const findRun = (name) => runs.get(name);
/** Whether the server has sent the list of runs yet, even an empty one. */
export const isKnown = () => known;

/** Calls a listener with the names of the runs that changed, until the signal aborts. */
export function onChange(listener, signal) {
  listeners.add(listener);
  signal.addEventListener('abort', () => listeners.delete(listener));
}

/**
 * Connects, and keeps connected: the browser tries again by itself and asks for what it missed. What is away is told again
 * after each 'open', unless it is nothing.
 */
export function connect(onState, onAway) {
  const source = new EventSource('events');
  source.addEventListener('open', () => {
    onState('live');
    onAway([]);
  });
  source.addEventListener('away', (event) => onAway(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => connect(onState, onAway), RETRY_MS);
    }
    onState('lost');
  });
  source.addEventListener('all', (event) => {
    const list = JSON.parse(event.data);
    const changed = new Set([...runs.keys(), ...list.map((run) => run.run)]);
    runs = new Map(list.map((run) => [run.run, run]));
    known = true;
    tell([...changed]);
  });
  source.addEventListener('run', (event) => {
    const run = JSON.parse(event.data);
    if (runs.has(run.run)) runs.set(run.run, run);
    else runs = new Map([[run.run, run], ...runs]);
    tell([run.run]);
  });
}

const RETRY_MS = 3000;

function tell(changed) {
  for (const listener of [...listeners]) listener(changed);
}
