// What a view shows when it has nothing to show yet, nothing at all, or bad news.
import { el } from './dom.js';

/** Grey bars where content will be. */
export function loading(rows = 3) {
  const bars = Array.from({ length: rows }, (_, i) => el('div', { class: 'skeleton', 'data-row': i }));
  return el('div', { class: 'waiting', role: 'status' }, el('span', { class: 'visually-hidden' }, 'Loading'), bars);
}

/** An empty view, with what would fill it. */
export function empty(title, words, command = null) {
  return el('div', { class: 'notice' }, el('h2', {}, title), el('p', {}, words), command && el('pre', {}, command));
}

/** An error with its message, and a button to try again. */
export function failed(title, failure, again) {
  return el('div', { class: 'notice', 'data-tone': 'bad', role: 'alert' },
    el('h2', {}, title), el('p', {}, failure.message),
    again && el('button', { type: 'button', onclick: again }, 'Try again'));
}
