import { describe, expect, test } from 'vitest';
import { CONTAINER_FIELDS, FIELD_OF_FLAG } from '../../src/container/fields.js';
import { CONTAINER_FLAGS } from '../../src/dialects/docker/tables/docker-flags.js';

describe('the table of what a command says of its container', () => {
  test('has a row for each flag of docker run, and no other', () => {
    const known = CONTAINER_FLAGS.map(({ name }) => name);
    expect([...FIELD_OF_FLAG.keys()].sort()).toEqual([...known].sort());
    expect(new Set(CONTAINER_FIELDS.map(({ flag }) => flag)).size).toBe(CONTAINER_FIELDS.length);
  });

  test('says of each where the create call has it, or that only the client knows it', () => {
    const nowhere = CONTAINER_FIELDS.filter(
      ({ api, compose, flag }) => api === undefined && !('client' in compose) && flag !== 'pull',
    );
    expect(nowhere).toEqual([]);
  });

  test('has an example of each flag that reaches the container', () => {
    const without = CONTAINER_FIELDS.filter(
      ({ examples, compose }) => examples.length === 0 && !('client' in compose),
    );
    expect(without.map(({ flag }) => flag)).toEqual([
      'cpu-count',
      'cpu-percent',
      'io-maxbandwidth',
      'io-maxiops',
      'volume',
      'mount',
      'tmpfs',
      'volumes-from',
      'volume-driver',
      'use-api-socket',
    ]);
  });
});
