export { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
export { readCi } from './read-ci.js';
export { readCompose } from './read-compose.js';
