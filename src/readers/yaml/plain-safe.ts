/** Whether YAML reads the text as it stands, as a string. */
export function isPlainSafe(text: string, inFlow: boolean): boolean {
  if (text === '' || /^\s|\s$|\n|:(?:\s|$)|\s#/.test(text)) return false;
  if (/^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]/.test(text)) return false;
  if (inFlow && /[,[\]{}]/.test(text)) return false;
  return !/^(?:true|false|null|yes|no|on|off|~|[-+.\d][\d_.:eExXa-fA-F+-]*)$/i.test(text);
}
