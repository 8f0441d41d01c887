/** Words that only an engine or its runtime says. */
const OF_ENGINE = /^docker: |Error response from daemon|OCI runtime|^(?:Error: )?(?:crun|runc)\b/;

/** What an engine says of a failed start in the output of its command, up to the end; empty where nothing in there is surely its own. */
export function engineWords(text: string, engine: 'docker' | 'podman'): string {
  const lines = text.trimEnd().split('\n');
  const first = lines.findIndex((line) => OF_ENGINE.test(line));
  if (first >= 0) return lines.slice(first).join('\n');
  // podman says no more than that; a program may begin a line of its log so, and goes on.
  const last = lines.at(-1)!;
  return engine === 'podman' && /^Error: /.test(last) ? last : '';
}
