/** An element of the page that is there. */
export function find<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`there is no #${id}`);
  return found as T;
}

/** Makes an element; whatever stands in it is text, never markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A sentence, with what stands in backticks as code. */
export function prose(text: string): (Node | string)[] {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) => (part.length > 2 && part.startsWith('`') ? element('code', {}, part.slice(1, -1)) : part));
}

/** How many items of a list are made at once: as many as anybody sees of it. */
const SEEN = 12;

/** Puts items into a list: what can be seen at once, the others while nothing else is to be done. */
export function fillList(
  list: HTMLElement,
  items: readonly (() => HTMLElement)[],
  isCurrent: () => boolean,
): void {
  list.replaceChildren(...items.slice(0, SEEN).map((make) => make()));
  const more = (from: number) => {
    if (from >= items.length) return;
    setTimeout(() => {
      if (!isCurrent()) return;
      list.append(...items.slice(from, from + SEEN).map((make) => make()));
      more(from + SEEN);
    }, 0);
  };
  more(SEEN);
}
