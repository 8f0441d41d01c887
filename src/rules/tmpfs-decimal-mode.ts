import { composeEntry } from './compose-example.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';

const ENTRY = (mode: string) => composeEntry(`{type: tmpfs, target: /a, tmpfs: {mode: ${mode}}}`);

/** The mode of a tmpfs in Compose, written as one in octal and read as a decimal number. */
export const tmpfsDecimalMode: Rule = {
  code: 'MC145',
  name: 'tmpfs-decimal-mode',
  severity: 'warning',
  engines: ['compose'],
  since: '0.1.0',
  summary: 'tmpfs.mode in Compose without a leading zero: YAML reads a decimal number',
  why:
    '`mode: 1777` is the number one thousand seven hundred and seventy-seven, which is 3361 in octal: the directory gets other permissions than ' +
    'intended. With `0o1777` or `01777` it is octal; in quotes Compose refuses it.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#volumes',
    'https://yaml.org/spec/1.2.2/#10214-integer',
  ],
  valid: [
    { file: 'compose', command: ENTRY('0o1777') },
    { file: 'compose', command: ENTRY('01777') },
    { file: 'compose', command: ENTRY('511') },
    { file: 'compose', command: ENTRY('493') },
    { file: 'compose', command: ENTRY('$' + '{MODE}') },
  ],
  invalid: [
    { file: 'compose', command: ENTRY('1777'), fixed: ENTRY('0o1777') },
    { file: 'compose', command: ENTRY('755'), fixed: ENTRY('0o755') },
    { file: 'compose', command: ENTRY('700'), fixed: ENTRY('0o700') },
  ],
  checkMount({ fields }, report) {
    for (const { name, value, yamlType } of fields) {
      if (name !== 'tmpfs.mode' || yamlType !== 'number' || value?.text === undefined) continue;
      const written = value.text;
      if (!/^[1-7][0-7]{2,3}$/.test(written)) continue;
      const read = Number(written).toString(8);
      // 511 is 0777, and who writes that knows it.
      if (!isUsual(written) || isUsual(read)) continue;
      report({
        range: value.place,
        message: `\`${written}\` is a decimal number here, ${read} in octal`,
        help: `write \`0o${written}\``,
        fix: fixIn(
          value.host,
          [{ range: value.range, text: `0o${written}` }],
          `write \`0o${written}\``,
          'unsafe',
        ),
      });
    }
  },
};

/** Whether the owner may do what the group may, and the group what others may. */
function isUsual(octal: string): boolean {
  const [user, group, other] = octal.slice(-3).split('').map(Number) as [number, number, number];
  return (user & group) === group && (group & other) === other;
}
