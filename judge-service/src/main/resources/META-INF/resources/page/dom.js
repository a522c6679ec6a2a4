// Elements from data. Text only ever becomes text nodes, so nothing that a model wrote can become markup.

/** el('p', {class: 'soft', onclick: f}, 'text', otherElement, null): properties starting with 'on' are listeners. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in PROPERTIES) element[PROPERTIES[name]] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

const PROPERTIES = { value: 'value', checked: 'checked', disabled: 'disabled' };

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Puts other children into an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Sets an element's text, but only if it differs, so a screen reader does not read it twice. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Tells a screen reader, politely. */
export function announce(text) {
  say(document.getElementById('announcer'), text);
}
