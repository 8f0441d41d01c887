import { refusedByNerdctl } from '../dialects/nerdctl/judge.js';
import { makeRangeSet } from '../text/range-set.js';
import { hasHole } from '../text/spec-text.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

/** A mount that every nerdctl refuses, and that no other rule says better. */
export const nerdctlRefuses: Rule = {
  code: 'MC151',
  name: 'nerdctl-refuses',
  severity: 'error',
  engines: ['nerdctl'],
  since: '0.1.0',
  summary: 'a mount that nerdctl refuses',
  why:
    "nerdctl parses docker's flags in its own way: `--mount` at every comma, with few keys and no quotes; `-v` into three parts at " +
    'most, with one mode of a kind; propagation for paths alone. It accepts what it only warns about, and two mounts on one target.',
  sources: [
    'https://github.com/containerd/nerdctl/blob/main/docs/command-reference.md#whale-blue_square-nerdctl-run',
  ],
  valid: [
    'nerdctl run -v /a:/b:ro,z,rslave -v v:/c -v :/d -v rel:/e:bogus alpine',
    'nerdctl run -v /a:/b -v /c:/b alpine',
    'nerdctl run --mount TYPE=bind,SRC=/a,dst=/b,ro,rro=true,bind-propagation=rslave alpine',
    'nerdctl run --mount src=data,dst=/b,rw --tmpfs t --tmpfs /u:size=1m,exec,uid=5 alpine',
    'nerdctl run -v $A:/b:$M --mount $X alpine',
    'docker run --mount type=bind,src=/a,dst=/b,consistency=cached alpine',
  ],
  invalid: [
    'nerdctl run -v /a:/b:ro:z alpine',
    'nerdctl run -v /a:/ alpine',
    'nerdctl run -v /a:/b:ro,rw alpine',
    'nerdctl run -v data:/b:rshared alpine',
    'nerdctl run --mount type=bind,src=/a,dst=/b,consistency=cached alpine',
    'nerdctl run --mount type=volume,src=data,dst=/b,volume-nocopy=true alpine',
    'nerdctl run --mount type=image,src=a,dst=/b alpine',
    'nerdctl run --mount type=tmpfs,dst=/b,tmpfs-mode=9 alpine',
    'nerdctl run --tmpfs /t:noswap alpine',
  ],
  checkRest(command, found, report) {
    const said = makeRangeSet(found.filter(({ severity }) => severity === 'error').map(({ range }) => range));
    for (const site of command.sites) {
      if (hasHole(site.text) || site.use.uncertain || said.touches(at(site.text))) continue;
      const refusal = refusedByNerdctl(site.form, site.text.value);
      if (refusal === undefined) continue;
      report({
        range: at(site.text, refusal.range),
        message: `nerdctl refuses it: ${refusal.message}`,
        help: "nerdctl's command reference has the options of each flag",
      });
    }
  },
};
