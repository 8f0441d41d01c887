import { API } from './api.js';
import { CI } from './ci.js';
import { COMPOSE } from './compose.js';
import { CONFIG } from './config.js';
import { DEVCONTAINER } from './devcontainer.js';
import { DOCKERFILE } from './dockerfile.js';
import { MAKEFILE } from './makefile.js';
import { MARKDOWN } from './markdown.js';
import { PACKAGE_JSON } from './package-json.js';
import type { Shape } from './shape.js';
import { SYSTEMD } from './systemd.js';

/** Shapes by kind of file; what is tested, and how, is in ../shapes.test.ts. */
export const SHAPES: Readonly<Record<string, readonly Shape[]>> = {
  api: API,
  ci: CI,
  compose: COMPOSE,
  config: CONFIG,
  devcontainer: DEVCONTAINER,
  dockerfile: DOCKERFILE,
  makefile: MAKEFILE,
  markdown: MARKDOWN,
  'package-json': PACKAGE_JSON,
  systemd: SYSTEMD,
};
