export { isAlias, isMap, isScalar, isSeq } from 'yaml';
export { parseYamlDocuments } from '../../source/parse-yaml.js';
export { readCi } from './read-ci.js';
export { readCompose } from './read-compose.js';
