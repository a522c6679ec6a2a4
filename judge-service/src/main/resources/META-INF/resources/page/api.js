// Calls judge-service, and describes errors in words.

export class Failure extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** The JSON at a path; parameters that are empty are left out. */
export async function get(path, parameters = {}, signal = undefined) {
  const given = Object.entries(parameters).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  const query = given.length ? `?${new URLSearchParams(given)}` : '';
  let response;
  try {
    response = await fetch(path + query, { headers: { Accept: 'application/json' }, signal });
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Failure('judge-service does not answer. Is it running, and can this device reach it?', 0);
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Failure(body.detail ?? `judge-service answers ${response.status} to ${path}.`, response.status);
  }
  return body;
}

const name = encodeURIComponent;

export const runPage = (run) => get(`runs/${name(run)}`);
export const curves = (run) => get(`runs/${name(run)}/curves`);
export const pipeline = () => get('pipeline');
export const responses = (run, step, query, signal) => get(`reports/${name(run)}/${step}/responses`, query, signal);
export const compare = (candidates) => get('reports/compare', { runs: candidates.join(',') });
export const pairwise = () => get('pairwise');
export const contests = (query, signal) => get('reports/compare/examples', query, signal);
export const reportDownload = (run, format) => `reports/${name(run)}/download?format=${format}`;
export const responsesDownload = (run, step, format) => `reports/${name(run)}/${step}/responses/download?format=${format}`;

/** A run's reports by step; not requested before anything is graded. */
export async function reports(summary) {
  return summary.exams.questions ? (await get(`reports/${name(summary.run)}`)).steps : [];
}
