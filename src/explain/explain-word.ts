import { MOUNT_KEY_BY_NAME } from '../dialects/docker/tables/mount-keys.js';
import { TMPFS_OPTION_BY_NAME } from '../dialects/docker/tables/tmpfs-options.js';
import { showVersion } from '../dialects/docker/tables/version.js';
import { VOLUME_MODE_BY_NAME } from '../dialects/docker/tables/volume-modes.js';
import type { DirectiveRule } from '../lint/directive-rules.js';
import type { Example, Rule } from '../rules/rule.js';
import { CAUSES } from './causes.js';
import { exampleContext } from './example-context.js';
import { KNOWN_WORDS } from './known-words.js';

/** What a single word is: a key, a type, a mode or an option, of docker, Compose or podman. Undefined when it is none. */
export function explainWord(word: string): string[] | undefined {
  const lines: string[] = [];
  const key = MOUNT_KEY_BY_NAME.get(word.toLowerCase());
  if (key !== undefined) {
    const names = [key.name, ...key.aliases].map((name) => `\`${name}\``).join(', ');
    lines.push(`${names}: a key of --mount`, `  ${key.summary}`);
    if (key.since !== undefined) lines.push(`  since docker ${showVersion(key.since)}`);
    if (key.removed !== undefined)
      lines.push(`  refused since docker ${showVersion(key.removed)}: ${key.removedMessage}`);
  }
  const mode = VOLUME_MODE_BY_NAME.get(word);
  if (mode !== undefined) lines.push(`\`${mode.name}\`: a mode of -v (${mode.group})`, `  ${mode.summary}`);
  const option = TMPFS_OPTION_BY_NAME.get(word);
  if (option !== undefined) {
    lines.push(
      `\`${option.name}\`: an option of --tmpfs${option.isDefault ? ', the default' : ''}${option.takesValue ? ', with a value' : ''}`,
    );
  }
  for (const { noun, summary } of KNOWN_WORDS.get(word) ?? [])
    lines.push(`\`${word}\`: ${noun}`, `  ${summary}`);
  const cause = CAUSES.get(word);
  if (cause !== undefined)
    lines.push(`\`${word}\`: a finding of \`mountc why\` (${cause.kind})`, `  ${cause.summary}`);
  return lines.length === 0 ? undefined : lines;
}

/** Every word that has an explanation, for what was meant. */
export const explainedWords = (): readonly string[] => [
  ...MOUNT_KEY_BY_NAME.keys(),
  ...VOLUME_MODE_BY_NAME.keys(),
  ...KNOWN_WORDS.keys(),
  ...CAUSES.keys(),
];

/** What a rule means, with its examples. */
export function explainRule(rule: Rule | DirectiveRule): string[] {
  const isOptional = 'isOptional' in rule && rule.isOptional;
  const head = [
    `${rule.name} (${rule.code}, ${rule.severity}${isOptional ? ', off unless turned on' : ''})`,
    '',
    rule.summary,
    '',
    rule.why,
  ];
  if (!('invalid' in rule)) return head;
  return [
    ...head,
    '',
    'Found:',
    ...rule.invalid.flatMap(exampleLines),
    '',
    'Right:',
    ...rule.valid.flatMap(exampleLines),
    ...(isOptional
      ? [
          '',
          `Turn it on: mountc lint --rule ${rule.name}=${rule.severity}, or in .mountc.yaml \`rules: {${rule.name}: ${rule.severity}}\``,
        ]
      : []),
    ...(rule.sources === undefined ? [] : ['', ...rule.sources.map((source) => `see ${source}`)]),
  ];
}

function exampleLines(example: Example): string[] {
  const { command, fixed = undefined } = typeof example === 'string' ? { command: example } : example;
  const context = exampleContext(example);
  return [
    ...(context === '' ? [] : [`  (${context})`]),
    `  ${indented(command, 2)}`,
    ...(fixed === undefined ? [] : [`    fixed: ${indented(fixed, 4)}`]),
  ];
}

const indented = (text: string, by: number) => text.trimEnd().replaceAll('\n', `\n${' '.repeat(by)}`);
