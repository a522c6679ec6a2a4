// Small controls that several views use.
import { announce, el, fill } from './dom.js';
import { count } from './format.js';

/** One of a few: buttons side by side. */
export function choice(label, options, chosen, onChoose) {
  const buttons = options.map(([value, words]) => el('button', { type: 'button', 'aria-pressed': String(value === chosen),
    onclick: () => {
      for (const button of buttons) button.setAttribute('aria-pressed', String(button === buttons[options.findIndex(([v]) => v === value)]));
      onChoose(value);
    } }, words));
  return el('div', { class: 'choice', role: 'group', 'aria-label': label }, buttons);
}

/** One of many: a list that opens. */
export function select(label, onChoose) {
  const list = el('select', { onchange: () => onChoose(list.value) });
  const element = el('label', { class: 'field' }, label, list);
  return {
    element,
    get value() { return list.value; },
    set value(value) { list.value = value; },
    /** Sets the choices; the selected one stays selected if it still exists. */
    offer(options, fallback = options[0]?.[0]) {
      const now = list.value;
      fill(list, options.map(([value, words]) => el('option', { value }, words)));
      list.value = options.some(([value]) => String(value) === now) ? now : String(fallback ?? '');
    },
  };
}

/** Calls when typing has paused. */
export function afterPause(act, milliseconds = 250) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  };
}

/** Calls at most once in an interval, and once more at its end for calls in between. */
export function atMostEvery(milliseconds, act) {
  let last = -Infinity;
  let timer = 0;
  return () => {
    if (timer) return;
    const wait = Math.max(0, last + milliseconds - performance.now());
    timer = setTimeout(() => {
      timer = 0;
      last = performance.now();
      act();
    }, wait);
  };
}

/** Pages of a long list. */
export function pager(onPage) {
  const previous = el('button', { type: 'button', onclick: () => onPage(page - 1) }, '← Previous');
  const next = el('button', { type: 'button', onclick: () => onPage(page + 1) }, 'Next →');
  const where = el('span', { class: 'soft number' });
  const element = el('nav', { class: 'pager', 'aria-label': 'Pages' }, previous, where, next);
  let page = 1;
  return {
    element,
    show(current, size, matching) {
      page = current;
      const first = Math.min(matching, (current - 1) * size + 1);
      const last = Math.min(matching, current * size);
      where.textContent = `${count(first)}–${count(last)} of ${count(matching)}`;
      previous.disabled = current <= 1;
      next.disabled = last >= matching;
      element.hidden = matching <= size;
    },
  };
}

/** Copies a text and says so. */
export function copyButton(text) {
  const button = el('button', { type: 'button', onclick: async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = 'Copied';
      announce('Copied to the clipboard');
    } catch {
      button.textContent = 'Copy it by hand, please'; // the browser allows it on secure pages alone
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  } }, 'Copy');
  return button;
}
