import type { MountField, SpecNode } from './ast.js';

/** Prints a tree back: `printSpec(parseSpec(form, text)) === text` for every text. Built from the nodes, not from `text` as a whole. */
export function printSpec(node: SpecNode): string {
  switch (node.kind) {
    case 'volume':
      return node.sections.map((section) => section.value).join(':');
    case 'tmpfs':
      return node.options === undefined
        ? node.target.value
        : `${node.target.value}:${node.options.map((option) => option.key.value + (option.value ? `=${option.value.value}` : '')).join(',')}`;
    case 'mount': {
      const slice = (start: number, end: number) => node.text.slice(start, end);
      const fields = node.fields.map((field) => slice(field.range.start, field.range.end)).join(',');
      const around = [slice(0, node.blank.start), slice(node.blank.start, node.blank.end)].join('');
      return `${around}${fields}${slice(node.ignored.start, node.text.length)}`;
    }
  }
}

/** The field as docker's messages show it: decoded, without the quotes around it. */
export function fieldText(field: MountField): string {
  return field.value === undefined ? field.key.value : `${field.key.value}=${field.value.value}`;
}
