/** What a name is: a link to somewhere, something else, nothing; undefined where it may not be looked at. */
type Step = { readonly link: string } | 'other' | 'missing' | undefined;

// As many as the kernel follows.
const MOST_LINKS = 40;

/** A path without links, for somebody whose root that is: no link leads out of it. What is not there stands for itself. */
export function followLinks(path: string, stepAt: (path: string) => Step): string | undefined {
  let left = path.split('/').filter((part) => part !== '');
  let done = '';
  for (let links = 0; left.length > 0; ) {
    const [part, ...rest] = left;
    left = rest;
    if (part === '.') continue;
    if (part === '..') {
      done = done.slice(0, done.lastIndexOf('/'));
      continue;
    }
    const next = `${done}/${part}`;
    const step = stepAt(next);
    if (step === undefined) return undefined;
    if (step === 'missing') return [next, ...left].join('/');
    if (step === 'other') {
      done = next;
      continue;
    }
    if (++links > MOST_LINKS) return undefined;
    if (step.link.startsWith('/')) done = '';
    left = [...step.link.split('/').filter((word) => word !== ''), ...left];
  }
  return done === '' ? '/' : done;
}
