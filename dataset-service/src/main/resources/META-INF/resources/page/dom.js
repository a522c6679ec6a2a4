// Elements from data. Text only ever becomes text nodes, so nothing that an entry says can become markup.

/** el('p', {class: 'soft'}, 'text', otherElement, null) */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** A table of texts under a heading for each column. Each cell is written in the direction of its own script. */
export function table(columns, rows, properties = {}) {
  return el('div', { class: 'scroll' }, el('table', properties,
    el('thead', {}, el('tr', {}, columns.map((column) => el('th', { scope: 'col' }, column)))),
    el('tbody', {}, rows.map((row) => el('tr', {}, row.map((cell, i) =>
      el('td', { dir: 'auto', 'data-column': columns[i] }, cell)))))));
}
