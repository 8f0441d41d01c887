import type { MountForm } from '../forms/loss.js';

/** Whole commands and units of another engine. */
export type EngineForm = 'podman-run' | 'docker-run' | 'quadlet';

/** What `convert` makes of a command in a form, and whether it also changes files to it. */
interface FormRow {
  /**
   * `flags`: the command with other flags. `document`: a text of its own. `call`: what docker itself would send.
   * `engine`: the command of another engine, or what is made of it. */
  readonly gives: 'flags' | 'document' | 'call' | 'engine';
  readonly isInPlace: boolean;
}

/** The forms that `--to` takes, in the order of the help. */
export const FORMS: Readonly<Record<Exclude<MountForm, 'compose-short'> | EngineForm | 'run', FormRow>> = {
  mount: { gives: 'flags', isInPlace: true },
  volume: { gives: 'flags', isInPlace: true },
  tmpfs: { gives: 'flags', isInPlace: true },
  api: { gives: 'call', isInPlace: false },
  compose: { gives: 'document', isInPlace: true },
  devcontainer: { gives: 'document', isInPlace: false },
  run: { gives: 'document', isInPlace: false },
  'podman-run': { gives: 'engine', isInPlace: false },
  'docker-run': { gives: 'engine', isInPlace: false },
  quadlet: { gives: 'engine', isInPlace: false },
};

/** A form that `--to` takes; the short syntax of Compose is `compose` with `--short`. */
export type FormName = keyof typeof FORMS;

/** Every form's name. */
export const FORM_NAMES = Object.keys(FORMS) as readonly FormName[];
