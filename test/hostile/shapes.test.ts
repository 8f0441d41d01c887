// Texts that somebody may have made to keep mountc busy: each is run through the program with a heap of 2 GB. It must not
// abort, nor take more than eight times as long for four times the text, nor over 10 s for 80 kB.
//
// Unasked, some of each kind go through it at 20 kB, none over 10 s.
// MOUNTC_SHAPES=full runs each through every sub-command, and again with 2 MB; MOUNTC_SHAPES=compose (or another kind) so
// for one kind alone; MOUNTC_SHAPES=compose/aliases for one shape. MOUNTC_SHAPES_SIZE=500000 says how large.
import { describe, expect, it } from 'vitest';
import { inLanes } from '../support/in-lanes.js';
import { type Measured, measure } from './measure.js';
import { SHAPES } from './shapes/index.js';
import { runsOf } from './shapes/runs.js';
import type { Shape } from './shapes/shape.js';

const ASKED = process.env['MOUNTC_SHAPES'] ?? '';
const SIZE = Number(process.env['MOUNTC_SHAPES_SIZE'] ?? (ASKED === '' ? 20_000 : 80_000));
/** Of how many shapes one runs unasked. */
const ONE_OF = 10;
/** Seconds for that size. */
const MOST = SIZE <= 80_000 ? 10 : 30;
/** Below this a run is mostly the start of the program, and as long as it happens to be. */
const FLOOR = 0.25;
const [kindAsked, shapeAsked] = ASKED.split('/');
const isFull = ASKED !== '';

describe.each(Object.entries(SHAPES))('%s', (kind, all) => {
  const isAsked = ASKED === '' || ASKED === 'full' || kindAsked === kind;
  const shapes = all.filter(({ name }, index) =>
    isFull ? shapeAsked === undefined || name === shapeAsked : index % ONE_OF === 0,
  );

  it.skipIf(!isAsked)('grow in proportion to their size', { timeout: 3_600_000 }, async () => {
    const jobs = shapes.flatMap((shape) => {
      const runs = runsOf(kind, shape);
      return (isFull ? runs : runs.slice(0, 1)).map((run) => ({ shape, run }));
    });
    const faults: string[] = [];
    await inLanes(jobs, 2, async ({ shape, run }) => {
      const fault = await faultOf(shape, run);
      if (fault !== undefined) faults.push(`${shape.name}: ${run}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });

  it('have names of their own', () => {
    expect(all.map(({ name }) => name)).toEqual([...new Set(all.map(({ name }) => name))]);
  });
});

async function faultOf(shape: Shape, run: string): Promise<string | undefined> {
  const large = await measure(shape, SIZE, run, MOST * 2);
  if (isFull) tell(shape, run, large);
  if (large.died !== undefined) return `${large.died} ${large.stderr.slice(0, 300)}`;
  if (large.seconds > MOST) return `${large.seconds.toFixed(1)} s`;
  if (large.seconds <= 8 * FLOOR) return undefined;
  const small = await measure(shape, SIZE / 4, run, MOST * 2);
  const ratio = large.seconds / Math.max(FLOOR, small.seconds);
  return ratio <= 8 ? undefined : `${small.seconds.toFixed(2)} s, then ${large.seconds.toFixed(2)} s`;
}

function tell({ name }: Shape, run: string, { seconds, megabytes, died }: Measured): void {
  process.stdout.write(`${seconds.toFixed(2)} s ${megabytes.toFixed(0)} MB ${name}: ${run} ${died ?? ''}\n`);
}
