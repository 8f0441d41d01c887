/** A name (an image, a network) as words of a command: one that looks like a flag stands after `--`, where nothing is one. */
export const operand = (name: string): readonly string[] => (name.startsWith('-') ? ['--', name] : [name]);
