import { mapOf } from '../text/map-of.js';
import { FORM_NAMES } from './forms.js';

/** One option of a sub-command, as its help text says it. */
export interface HelpOption {
  readonly long: string;
  readonly short?: string;
  /** What the value is called; absent for a switch. */
  readonly value?: string;
  /** The words that the value may be, where they are few. */
  readonly choices: readonly string[];
  readonly summary: string;
}

const LINE =
  /^ {2}(?:(-\w), )?(--[a-z][a-z-]*)(?:\[=([^\]]+)\])?(?: ([A-Za-z][^ ]*))?(?:, (-\w))?(?: +(\S.*))?$/;

// Values whose words stand in the text behind them, or nowhere.
const CHOICES = mapOf<readonly string[]>({
  '--to': FORM_NAMES,
  '--from': ['compose', 'devcontainer', 'api'],
  '--engine-os': ['linux', 'windows'],
  '--builder': ['buildkit', 'buildah'],
  '--fail-on': ['error', 'warning', 'info', 'never'],
  '--color': ['auto', 'always', 'never'],
});

/** Reads the options out of a help text: the lines below `Options:`, two blanks in. */
export function readHelpOptions(help: string): HelpOption[] {
  return help.split('\n').flatMap((line): HelpOption[] => {
    const match = LINE.exec(line);
    if (match === null) return [];
    const [, before, long, optional, value, after, summary = ''] = match;
    const words = value ?? optional;
    const choices = CHOICES.get(long!) ?? (words?.includes('|') ? words.split('|') : []);
    return [{ long: long!, short: before ?? after, value, choices, summary }];
  });
}
