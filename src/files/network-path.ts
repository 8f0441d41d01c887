/** Whether only to look at a path goes over the network: Windows would tell the machine that it names who asks. */
export function isOfNetwork(path: string): boolean {
  return process.platform === 'win32' && /^[\\/]{2}/.test(path);
}
