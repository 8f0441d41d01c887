declare const __MOUNTC_SITE__: string;

/** Where the pages of the rules and the documentation are, with a slash at the end: `homepage` of package.json. */
const SITE: string = typeof __MOUNTC_SITE__ === 'string' ? __MOUNTC_SITE__ : '';

/** The site that somebody names with MOUNTC_DOCS, such as a mirror; empty for none at all. */
export function siteOf(env: Readonly<Record<string, string | undefined>>): string {
  const named = env['MOUNTC_DOCS'];
  if (named === undefined) return SITE;
  // What does not begin like the address of a page is no place for a link.
  return /^(?:https?|file):\/\/[^\s]+$/.test(named) ? named.replace(/\/?$/, '/') : '';
}

/** The address of a rule's page; undefined where there are none, and for what is not a rule. */
export function ruleUrl({ rule, code }: { readonly rule: string; readonly code: string }, site: string) {
  return site === '' || code === 'MC000' ? undefined : `${site}rules/${rule}.html`;
}

/** Where more is said of a rule: on its page, or by a command where there are no pages. Undefined where neither is shown. */
export function moreOf(about: Parameters<typeof ruleUrl>[0], site: string | undefined): string | undefined {
  if (site === undefined || about.code === 'MC000') return undefined;
  return ruleUrl(about, site) ?? `mountc explain ${about.rule}`;
}
