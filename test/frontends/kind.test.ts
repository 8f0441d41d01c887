import { expect, test } from 'vitest';
import { kindOf } from '../../src/frontends/kind.js';

test.each([
  ['a.sh', '', 'shell'],
  ['bin/x', '#!/usr/bin/env bash\n', 'shell'],
  ['bin/x', '#!/bin/sh -e\n', 'shell'],
  ['bin/x', '#!/usr/bin/python\n', undefined],
  ['x.bats', '', 'shell'],
  ['.github/workflows/a.yml', '', 'github'],
  ['action.yaml', '', 'github'],
  ['.gitlab-ci.yml', '', 'gitlab'],
  ['.circleci/config.yml', '', 'circleci'],
  ['azure-pipelines.yml', '', 'azure'],
  ['Taskfile.yml', '', 'taskfile'],
  ['docker-compose.override.yml', '', 'compose'],
  ['compose.yaml', '', 'compose'],
  ['stack.yml', 'services:\n  a:\n', 'compose'],
  ['x.yml', 'a: b\n', 'yaml'],
  ['Makefile', '', 'makefile'],
  ['a/GNUmakefile', '', 'makefile'],
  ['x.mk', '', 'makefile'],
  ['Dockerfile.dev', '', 'dockerfile'],
  ['app.dockerfile', '', 'dockerfile'],
  ['Containerfile', '', 'dockerfile'],
  ['.devcontainer/devcontainer.json', '', 'devcontainer'],
  ['.devcontainer.json', '', 'devcontainer'],
  ['package.json', '', 'package-json'],
  ['README.md', '', 'markdown'],
  ['a\\b\\x.ps1', '', 'powershell'],
  ['x.cmd', '', 'batch'],
  ['x.service', '', 'systemd'],
  ['docker-compose.yml.j2', '', 'compose'],
  ['a.txt', '', undefined],
  ['a.json', '{}', undefined],
])('%s %j is %s', (path, text, kind) => {
  expect(kindOf(path, text)).toBe(kind);
});
