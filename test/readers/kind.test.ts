import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FILE_KIND_ROWS, type FileKind } from '../../src/source/file-kinds.js';
import { kindOf } from '../../src/source/kind.js';

const NAMES: readonly (readonly [path: string, text: string, kind: FileKind | undefined])[] = [
  ['a.sh', '', 'shell'],
  ['bin/x', '#!/usr/bin/env bash\n', 'shell'],
  ['bin/x', '#!/bin/sh -e\n', 'shell'],
  ['bin/x', '#!/usr/bin/python\n', undefined],
  ['bin/x.sh', '#!/usr/bin/env php\n<?php', undefined],
  ['bin/x.sh', '#!/usr/bin/expect -f\n', undefined],
  ['bin/x.sh', '#!/usr/bin/env -S bash -e\n', 'shell'],
  ['bin/x.sh', '#!/sbin/openrc-run\n', 'shell'],
  ['x.bats', '', 'shell'],
  ['.github/workflows/a.yml', '', 'github'],
  ['action.yaml', '', 'github'],
  ['.gitlab-ci.yml', '', 'gitlab'],
  ['.circleci/config.yml', '', 'circleci'],
  ['azure-pipelines.yml', '', 'azure'],
  ['Taskfile.yml', '', 'taskfile'],
  ['.appveyor.yml', '', 'appveyor'],
  ['.woodpecker.yaml', '', 'woodpecker'],
  ['.woodpecker/build.yml', '', 'woodpecker'],
  ['docker-compose.override.yml', '', 'compose'],
  ['compose.yaml', '', 'compose'],
  ['stack.yml', 'services:\n  a:\n', 'compose'],
  ['x.yml', 'a: b\n', 'yaml'],
  ['Makefile', '', 'makefile'],
  ['a/GNUmakefile', '', 'makefile'],
  ['docker.Makefile', '', 'makefile'],
  ['Makefile-docker', '', 'makefile'],
  ['Makefile.toml', 'x = "docker run"', 'toml'],
  ['etc/containers.conf', '', 'toml'],
  ['Earthfile', '', 'earthfile'],
  ['a/.vscode/tasks.json', '{}', 'vscode-tasks'],
  ['a/train.ipynb', '{}', 'notebook'],
  ['a/.vscode/mcp.json', '{}', 'settings'],
  ['.mcp.json', '{}', 'settings'],
  ['claude_desktop_config.json', '{}', 'settings'],
  ['.claude/settings.json', '{}', 'settings'],
  ['app/settings.json', '{}', undefined],
  ['manifest.json', '{"mcp_config": {"command": "docker", "args": []}}', 'settings'],
  ['tasks.json', '{}', undefined],
  ['user-data', '#cloud-config\n', 'yaml'],
  ['user-data', '## template: jinja\n#cloud-config\n', 'yaml'],
  ['x.mk', '', 'makefile'],
  ['Dockerfile.dev', '', 'dockerfile'],
  ['app.dockerfile', '', 'dockerfile'],
  ['Dockerfile.go', '# syntax=docker/dockerfile:1\n\nFROM golang\n', 'dockerfile'],
  ['dockerfile.js', 'module.exports = `\nFROM a\n`;\n', 'javascript'],
  ['Dockerfile.md', '# The image\n', 'markdown'],
  ['Makefile.md', '', 'markdown'],
  ['Makefile.PL', 'use ExtUtils::MakeMaker;\n', undefined],
  ['Containerfile', '', 'dockerfile'],
  ['.devcontainer/devcontainer.json', '', 'devcontainer'],
  ['.devcontainer.json', '', 'devcontainer'],
  ['package.json', '', 'package-json'],
  ['README.md', '', 'markdown'],
  ['docs/README', '', 'markdown'],
  ['docs/a.rst', '', 'rst'],
  ['a.adoc', '', 'adoc'],
  ['justfile', '', 'justfile'],
  ['ci/x.just', '', 'justfile'],
  ['x.service.j2', '', 'systemd'],
  ['etc/x.timer.tmpl', '', 'systemd'],
  ['a\\b\\x.ps1', '', 'powershell'],
  ['x.cmd', '', 'batch'],
  ['x.service', '', 'systemd'],
  ['web.container', '', 'quadlet'],
  ['web@.container.j2', '', 'quadlet'],
  ['etc/web.container.d/10-x.conf', '', 'quadlet'],
  ['etc/nginx.conf', '', undefined],
  ['data.volume', '', 'quadlet'],
  ['a/b.py', '', 'python'],
  ['a.tsx', '', 'javascript'],
  ['b.mjs', '', 'javascript'],
  ['build.gradle.kts', '', 'kotlin'],
  ['build.gradle', '', 'groovy'],
  ['ci/Jenkinsfile.nightly', '', 'groovy'],
  ['release.Jenkinsfile', '', 'groovy'],
  ['Rakefile', '', 'ruby'],
  ['docker-compose.yml.j2', '', 'compose'],
  ['docker-compose.yml.patch', '', undefined],
  ['compose.yaml.rej', '', undefined],
  ['.Dockerfile.swp', '', undefined],
  ['run.sh.diff', '#!/bin/sh\n', undefined],
  ['a.txt', '', undefined],
  ['a.json', '{}', undefined],
  ['cmd/main.go', '', 'go'],
  ['src/Main.java', '', 'java'],
  ['Program.cs', '', 'csharp'],
  ['src/main.rs', '', 'rust'],
  ['index.php', '', 'php'],
];

test.each(NAMES)('%s %j is %s', (path, text, kind) => {
  expect(kindOf(path, text)).toBe(kind);
});

const KINDS = FILE_KIND_ROWS.map(([kind]) => kind);

test('every kind has a name here', () => {
  expect(KINDS.filter((kind) => NAMES.every((row) => row[2] !== kind))).toEqual([]);
});

test('every kind has fixtures that are right and fixtures that are wrong', () => {
  const has = (kind: FileKind, folder: string) =>
    existsSync(new URL(`../../fixtures/${kind}/${folder}`, import.meta.url));
  // Those of other CI systems are in other-ci.test.ts.
  expect(KINDS.filter((kind) => !has(kind, 'ok') || !has(kind, 'err'))).toEqual([
    'circleci',
    'azure',
    'appveyor',
  ]);
});
