import type { DialectInput } from './dialect.js';

/** How a distribution's build differs from the release of its number. */
export type Packaging = NonNullable<DialectInput['packaging']>;

interface Build {
  /** What its version begins with, and has in it further on. */
  readonly mark: readonly [start: string, rest: string];
  readonly packaging: Packaging;
  /** Where it was seen; § are sections of docs/semantics/docker.md. */
  readonly evidence: string;
}

/** Clients that read mounts in another way than upstream's of their version; one row a build. */
const BUILDS: readonly Build[] = [
  {
    mark: ['26.1.', '+dfsg'],
    packaging: { goUnits: '0.4' },
    evidence: "§3.6 Debian's, linked with go-units 0.4: reads sizes as 20.10 does",
  },
];

/** What is particular of the build that calls itself so, such as `26.1.5+dfsg1`; undefined for upstream's. */
export function packagingOf(text: string): Packaging | undefined {
  return BUILDS.find(({ mark: [start, rest] }) => text.startsWith(start) && text.includes(rest))?.packaging;
}
