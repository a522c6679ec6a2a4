// Which words of two texts differ.
import { el } from './dom.js';

const MOST_WORDS = 600; // the table of the comparison has as many cells as this squared

const words = (text) => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

/** The second text as nodes, with the words marked that the first does not have there. */
export function marked(from, to) {
  const [before, after] = [words(from), words(to)];
  if (before.length > MOST_WORDS || after.length > MOST_WORDS) return [to];
  const same = kept(before, after);
  const nodes = [];
  for (let i = 0; i < after.length;) {
    let end = i;
    while (end < after.length && same[end] === same[i]) end++;
    const text = after.slice(i, end).join('');
    nodes.push(same[i] || !text.trim() ? text : el('mark', {}, text));
    i = end;
  }
  return nodes;
}

/** For each word of the second text whether it belongs to the longest common subsequence. */
function kept(before, after) {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i][j] = before[i] === after[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const same = new Array(after.length).fill(false);
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (before[i] === after[j]) {
      same[j] = true;
      i++;
      j++;
    } else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  }
  return same;
}
