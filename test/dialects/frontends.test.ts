import { expect, test } from 'vitest';
import { lintText } from '../../src/library-text.js';

const ENV = 'type=secret,id=a,env=A';

async function rulesOf(text: string): Promise<string[]> {
  const { diagnostics } = await lintText(text, { kind: 'dockerfile' });
  return diagnostics.map(({ rule, severity }) => `${severity} ${rule}`);
}

const first = (lines: string, mount: string) => rulesOf(`${lines}FROM a\nRUN --mount=${mount} make\n`);

const NOT_YET = 'error option-not-in-this-version';

test.each([
  // Which frontend reads the file.
  ['', ENV, []],
  ['# syntax=docker/dockerfile:1.9\n', ENV, [NOT_YET]],
  ['#syntax = docker.io/docker/dockerfile:1.9.0-labs other words\n', ENV, [NOT_YET]],
  ['#!/usr/bin/env x\n# escape=`\n# SYNTAX=docker/dockerfile:1.9\n', ENV, [NOT_YET]],
  ['\ufeff# syntax=docker/dockerfile:1.9\r\n', ENV, [NOT_YET]],
  ['\n# syntax=docker/dockerfile:1.9\n', ENV, []],
  ['# Built by CI.\n# syntax=docker/dockerfile:1.9\n', ENV, []],
  ['# syntax=docker/dockerfile:1\n', ENV, []],
  ['# syntax=docker/dockerfile\n', ENV, []],
  ['# syntax=docker/dockerfile:1@sha256:00\n', ENV, []],
  ['# syntax=docker/dockerfile@sha256:00\n', ENV, []],
  ['# syntax=docker/dockerfile:1.9.0-rc1\n', ENV, []],
  ['# syntax=docker/dockerfile:master\n', ENV, []],
  // Nobody knows what another frontend takes, nor what a newer one has learnt.
  ['# syntax=example.org/dockerfile:1.1\n', 'type=volume,foo=bar,target=~/x', []],
  ['# syntax={{ frontend }}\n', 'type=volume,foo=bar', []],
  ['# syntax=docker/dockerfile:1.99\n', 'type=volume,foo=bar', []],
  ['# syntax=docker/dockerfile:1.26\n', 'type=tmpfs,target=/t,foo=bar', ['error mount-unknown-option']],
  // What they differ in.
  ['# syntax=docker/dockerfile:1.1.7\n', 'target=/c', [NOT_YET]],
  ['# syntax=docker/dockerfile:1.1.7-experimental\n', 'target=/c', []],
  ['# syntax=docker/dockerfile:1.3\n', 'type=tmpfs,target=/t,size=1m', [NOT_YET]],
  ['# syntax=docker/dockerfile:1.1.1-experimental\n', 'type=secret,id=a,required=true', [NOT_YET]],
  ['# syntax=docker/dockerfile:1.1.1-experimental\n', 'type=cache,target=/c,mode=0700', [NOT_YET]],
  ['# syntax=docker/dockerfile:1.1.2-experimental\n', 'type=cache,target=/c,mode=0700', []],
  ['# syntax=docker/dockerfile:1.3.0\n', 'type=ssh,required', [NOT_YET]],
  ['# syntax=docker/dockerfile:1.3\n', 'type=ssh,required', []],
  ['# syntax=docker/dockerfile:1.2\n', 'type=cache,target=$C', ['warning option-not-in-this-version']],
  ['# syntax=docker/dockerfile:1.3\n', 'type=cache,target=$C', []],
])('%j %s', async (lines, mount, rules) => {
  expect(await first(lines, mount)).toEqual(rules);
});
