import { fill, list, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const DOCKER = 'docker run -v a:b:c:d x';

/** Makefiles. */
export const MAKEFILE: readonly Shape[] = shapesOf('Makefile', {
  'a list that many recipes use': (n) =>
    `A = ${fill(n / 2, '-v /a:/b ')}\n${fill(n / 2, (i) => `t${i}:\n\tdocker run $(A) x\n`)}`,
  'a list of many lines that many recipes use': (n) =>
    `${fill(n / 2, (i) => `A += -v /a${i}:/b${i}\n`)}${fill(n / 2, (i) => `t${i}:\n\tdocker run $(A) x\n`)}`,
  'a list with a wrong flag that many recipes use': (n) =>
    `A = ${fill(n / 2, '-v a:b:c:d ')}\n${fill(n / 2, (i) => `t${i}:\n\tdocker run $(A) x\n`)}`,
  'lists with a prefix that many recipes use': (n) =>
    `A = ${fill(n / 2, (i) => `/a${i}:/b `)}\n${fill(n / 2, (i) => `t${i}:\n\tdocker run $(addprefix -v ,$(A)) x\n`)}`,
  'lists by foreach that many recipes use': (n) =>
    `A = ${fill(n / 2, (i) => `/a${i}:/b `)}\n${fill(n / 2, (i) => `t${i}:\n\tdocker run $(foreach v,$(A),-v $(v)) x\n`)}`,
  recipes: (n) => fill(n, (i) => `t${i}:\n\t${DOCKER}\n`),
  'recipes of one target': (n) => `t:\n${fill(n, `\t${DOCKER}\n`)}`,
  'a recipe that goes on': (n) => `t:\n\tdocker run \\\n${fill(n, '\t  -v a:b:c:d \\\n')}\t  x\n`,
  'recipes behind a semicolon': (n) => fill(n, (i) => `t${i}: ; ${DOCKER}\n`),
  'variables that hold the one before': (n) =>
    `A0 = -v a:b:c:d\n${fill(n, (i) => `A${i + 1} = $(A${i})\n`)}t:\n\tdocker run $(A1000) x\n`,
  'variables that hold the one before twice': (n) =>
    `A0 = -v a:b:c:d\n${fill(n, (i) => `A${i + 1} = $(A${i}) $(A${i})\n`)}t:\n\tdocker run $(A100) x\n`,
  'variables that hold themselves': (n) =>
    `${fill(n, (i) => `A${i} = $(A${i}) $(A${i + 1})\n`)}t:\n\tdocker run $(A0) x\n`,
  'a variable that grows and is used': (n) =>
    fill(n, (i) => `A += -v /a${i}:/b\nt${i}:\n\tdocker run $(A) x\n`),
  'a variable that is set again and again': (n) =>
    `${fill(n, 'A := $(A) -v /a:/b\n')}t:\n\tdocker run $(A) x\n`,
  'variables and recipes': (n) => fill(n, (i) => `A${i} = /a${i}\nt${i}:\n\tdocker run -v $(A${i}):/b x\n`),
  'variables in one name': (n) => `t:\n\tdocker run -v ${nest(n, '$(', 'A', ')')}:/b x\n`,
  'variables that do not end': (n) => `t:\n\tdocker run -v ${fill(n, '$(A')}:/b x\n`,
  'variables with braces and parentheses in turn': (n) =>
    `t:\n\tdocker run -v ${nest(n, '${$(', 'A', ')}')}:/b x\n`,
  dollars: (n) => `t:\n\tdocker run -v ${fill(n, '$$')}:/b ${fill(n, '$')} x\n`,
  'one name that refers to all': (n) =>
    `${fill(n / 2, (i) => `A${i} = -v /a:/b\n`)}t:\n\tdocker run ${list(n / 2, 9, (i) => `$(A${i}) `)} x\n`,
  'functions in functions': (n) => `t:\n\tdocker run ${nest(n, '$(addprefix -v ,', '/a:/b', ')')} x\n`,
  'conditions in functions': (n) => `t:\n\tdocker run ${nest(n, '$(if a,', '-v a:b:c', ',-v /a:/b)')} x\n`,
  'foreach in foreach': (n) =>
    `L = a b c d\nt:\n\tdocker run ${nest(n, '$(foreach v,$(L),', '-v /$(v):/b', ')')} x\n`,
  'functions behind one another': (n) => `t:\n\tdocker run ${fill(n, '$(addprefix -v ,/a:/b /c:/d) ')} x\n`,
  calls: (n) => `define d\n${DOCKER} $(1)\nendef\n${fill(n, (i) => `t${i}:\n\t$(call d,a)\n`)}`,
  'calls of one that calls the one before twice': (n) =>
    `d0 = ${DOCKER}\n${fill(n, (i) => `d${i + 1} = $(call d${i}) && $(call d${i})\n`)}t:\n\t$(call d100)\n`,
  'calls with many arguments': (n) =>
    `d = docker run $(1) $(2) x\nt:\n\t$(call d,${fill(n, '-v a:b:c:d,')})\n`,
  definitions: (n) => fill(n, (i) => `define d${i}\n${DOCKER}\nendef\n`),
  'definitions that do not end': (n) => `${fill(n, (i) => `define d${i}\n`)}t:\n\t${DOCKER}\n`,
  'conditions in conditions': (n) => `${fill(n / 2, 'ifdef A\n')}t:\n\t${DOCKER}\n${fill(n / 2, 'endif\n')}`,
  'conditions that do not end': (n) => `t:\n\t${DOCKER}\n${fill(n, 'ifeq (a,b)\nelse\n')}`,
  'lines that go on': (n) => `A = ${fill(n, 'a \\\n')} b\nt:\n\t${DOCKER}\n`,
  backslashes: (n) => `A = ${fill(n, '\\')}\nt:\n\tdocker run -v ${fill(n, '\\')} x\n`,
  comments: (n) => `t:\n${fill(n, `\t# ${DOCKER}\n# mountc-disable-next-line\n`)}\t${DOCKER}\n`,
  'comments that go on': (n) => `${fill(n, '# a \\\n')}\nt:\n\t${DOCKER}\n`,
  'many colons': (n) => `${fill(n, 'a:')}\n\t${DOCKER}\n`,
  'many equal signs': (n) => `A ${fill(n, '=')}\nt:\n\t${DOCKER}\n`,
  'targets of one rule': (n) => `${fill(n, (i) => `t${i} `)}:\n\t${DOCKER}\n`,
  'variables of targets': (n) => `${fill(n, (i) => `t${i}: A = -v a:b:c:d\nt${i}:\n\tdocker run $(A) x\n`)}`,
  shells: (n) => `${fill(n, (i) => `A${i} := $(shell ${DOCKER})\n`)}t:\n\t${DOCKER}\n`,
  'references with a replacement': (n) =>
    `A = ${fill(n / 2, '/a ')}\n${fill(n / 2, (i) => `t${i}:\n\tdocker run $(A:%=-v %:/b) x\n`)}`,
  evals: (n) => fill(n, (i) => `$(eval A${i} := -v a:b:c)\nt${i}:\n\tdocker run $(A${i}) x\n`),
  'one shell for all': (n) => `.ONESHELL:\nt:\n${fill(n, `\t${DOCKER}\n`)}`,
});
