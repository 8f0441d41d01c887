import { displayText, literal } from '../text/spec-text.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** A dash or quote that a text editor made of the one that was typed. */
export const typographicDashOrQuote: Rule = {
  code: 'MC116',
  name: 'typographic-dash-or-quote',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: 'a typographic dash instead of `-`, or a typographic quote instead of `"`',
  why:
    'Word processors and blogs turn `-v` into `–v` and `"/a"` into `“/a”`. docker reads the first as the image, and the ' +
    'shell passes the quotes on as part of the path.',
  sources: ['https://github.com/docker/docs/pull/1611'],
  valid: [
    'docker run -v "/a–b:/c" alpine',
    'docker run -v "/don’t:/c" alpine',
    'docker run alpine echo –v “x”',
    'docker run -v "$DIR":/c alpine',
  ],
  invalid: [
    { command: 'docker run –v /a:/b alpine', fixed: 'docker run -v /a:/b alpine' },
    { command: 'docker run —volume /a:/b alpine', fixed: 'docker run --volume /a:/b alpine' },
    { command: 'docker run –-rm -v /a:/b alpine', fixed: 'docker run --rm -v /a:/b alpine' },
    { command: 'docker run -v “/a:/b” alpine', fixed: 'docker run -v /a:/b alpine' },
    {
      command: 'docker run --mount type=bind,src=“/a”,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
  ],
  checkCommand({ source, invocation }, report) {
    const image = invocation?.image;
    const word = image === undefined ? undefined : source.words[image + 1];
    const dashes =
      word &&
      word.value > '\u2010' &&
      /^[\u2010-\u2015\u2212][-\u2010-\u2015\u2212]?(?=[A-Za-z])/.exec(word.value)?.[0];
    if (word !== undefined && dashes) {
      const name = /^[A-Za-z]+/.exec(word.value.slice(dashes.length))?.[0] ?? '';
      const better =
        dashes.length > 1 || (name.length > 1 && !/^(?:it|ti|dit|itd|itv)$/.test(name)) ? '--' : '-';
      const range = { start: 0, end: dashes.length };
      const edit = word.edit(range, { value: better, holes: [] });
      report({
        range: at(word, range),
        message: `\`${dashes}\` is not a hyphen: docker reads \`${displayText(word)}\` as the image`,
        help: `write \`${better}\``,
        fix: edit && { title: `write \`${better}\``, safety: 'safe', edits: [edit] },
      });
    }
  },
  checkMount({ host: text }, report) {
    if (!/(?:^|[:,=])[“„‟‘”]/.test(text.value) || literal(text, { start: 0, end: 1 }) === undefined) return;
    const quotes = [...text.value.matchAll(/(?<=^|[:,=])[“”„‟‘’]|[“”‘’](?=$|[:,])/g)];
    const first = quotes[0]!.index;
    report({
      range: at(text, { start: first, end: first + 1 }),
      message: `\`${text.value[first]}\` is not a quote: it becomes part of the path`,
      help: 'write a plain `"`, or no quote',
      fix: fixIn(
        text,
        quotes.map(({ index }) => ({ range: { start: index, end: index + 1 }, text: '' })),
        'remove the quotes',
        'safe',
      ),
    });
  },
};
