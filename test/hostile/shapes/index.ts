import { API } from './api.js';
import { BATCH } from './batch.js';
import { CI } from './ci.js';
import { CODE } from './code.js';
import { COMMAND, SPEC, WORDS } from './command.js';
import { COMMENTS } from './comments.js';
import { COMPOSE } from './compose.js';
import { CONFIG } from './config.js';
import { DEVCONTAINER } from './devcontainer.js';
import { DOCKERFILE } from './dockerfile.js';
import { EARTHFILE } from './earthfile.js';
import { ENGINES } from './engines.js';
import { FISH } from './fish.js';
import { FIXES } from './fixes.js';
import { JSONL } from './jsonl.js';
import { KNOWN } from './known.js';
import { MAKEFILE } from './makefile.js';
import { MARKDOWN } from './markdown.js';
import { MARKUP } from './markup.js';
import { NOTEBOOK } from './notebook.js';
import { PACKAGE_JSON } from './package-json.js';
import { POWERSHELL } from './powershell.js';
import { QUADLET } from './quadlet.js';
import { SETTINGS } from './settings.js';
import type { Shape } from './shape.js';
import { SHELL_COMMANDS } from './shell-commands.js';
import { SHELL_SYNTAX } from './shell-syntax.js';
import { SHELL_VARIABLES } from './shell-variables.js';
import { SHIM } from './shim.js';
import { SYSTEMD } from './systemd.js';
import { TOML } from './toml.js';
import { VSCODE_TASKS } from './vscode-tasks.js';
import { WINDOWS } from './windows.js';
import { WRITTEN_FILES } from './written-files.js';
import { ZSH } from './zsh.js';

/** Shapes by kind of file; what is tested, and how, is in ../shapes.test.ts. */
export const SHAPES: Readonly<Record<string, readonly Shape[]>> = {
  api: API,
  batch: BATCH,
  ci: CI,
  command: COMMAND,
  code: CODE,
  compose: COMPOSE,
  config: CONFIG,
  devcontainer: DEVCONTAINER,
  dockerfile: DOCKERFILE,
  fixes: FIXES,
  fish: FISH,
  jsonl: JSONL,
  makefile: MAKEFILE,
  markdown: MARKDOWN,
  markup: MARKUP,
  'package-json': PACKAGE_JSON,
  powershell: POWERSHELL,
  'shell-commands': SHELL_COMMANDS,
  'shell-syntax': SHELL_SYNTAX,
  'shell-variables': SHELL_VARIABLES,
  spec: SPEC,
  shim: SHIM,
  systemd: SYSTEMD,
  words: WORDS,
  comments: COMMENTS,
  earthfile: EARTHFILE,
  engines: ENGINES,
  known: KNOWN,
  quadlet: QUADLET,
  toml: TOML,
  settings: SETTINGS,
  notebook: NOTEBOOK,
  'vscode-tasks': VSCODE_TASKS,
  windows: WINDOWS,
  'written-files': WRITTEN_FILES,
  zsh: ZSH,
};
