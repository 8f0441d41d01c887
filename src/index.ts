/** mountc as a library: docker's mount specs as trees, as what docker would do with them, and in other forms. No I/O. */
export { parseMount, parseSpec, parseTmpfs, parseVolume } from './syntax/parse.js';
