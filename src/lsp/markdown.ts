/**
 * A sentence as Markdown: what stands in backticks stays code, and nothing else of it is markup. It may repeat what a file says, and
 * an editor would fetch the picture that a file names, or hide the rest behind a tag.
 */
export function inMarkdown(sentence: string): string {
  return sentence
    .split(/(`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_[\]()<>&!~|#]/g, '\\$&')))
    .join('');
}
