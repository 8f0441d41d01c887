/** Whether a line of prose or a comment says that what follows is for Windows, or for its command prompt. */
export function isForWindows(line: string): boolean {
  return /\bwindows\b|\bcmd\b|\bcommand prompt\b/i.test(line);
}
