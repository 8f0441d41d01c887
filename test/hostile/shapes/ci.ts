import { fill, nest, type Shape } from './shape.js';
import { shapesOf, yamlShapes } from './yaml.js';

const HEAD = 'on: push\njobs:\n  a:\n    steps:\n      - run: docker run -v a:b:c:d x\n';
const steps = (n: number, step: (index: number) => string) =>
  `on: push\njobs:\n  a:\n    steps:\n${fill(n, (i) => `      - ${step(i)}\n`)}`;

/** What CI systems read: the workflows of GitHub, pipelines of GitLab, CircleCI, Azure and others. */
export const CI: readonly Shape[] = [
  ...yamlShapes('.github/workflows/ci.yml', HEAD),
  ...shapesOf('.github/workflows/ci.yml', {
    'steps that are wrong': (n) => steps(n, () => 'run: docker run -v a:b:c:d x'),
    'steps of a block each': (n) => steps(n, () => 'run: |\n          docker run -v /a:/b \\\n            x'),
    'one step with many lines': (n) =>
      steps(1, () => `run: |\n${fill(n, '          docker run -v /a:/b:rx x\n')}`),
    jobs: (n) =>
      `on: push\njobs:\n${fill(n, (i) => `  j${i}:\n    steps: [{run: docker run -v /a:/b x}]\n`)}`,
    'jobs in a container': (n) =>
      `on: push\njobs:\n${fill(n, (i) => `  j${i}:\n    container: {image: b, volumes: [/a:/b:rx], options: -v a:b:c:d}\n`)}`,
    'containers that share a list': (n) =>
      `x: &a\n${fill(n / 2, (i) => `  - /a${i}:/b${i}\n`)}on: push\njobs:\n${fill(n / 2, (i) => `  j${i}: {container: {image: b, volumes: *a}}\n`)}`,
    'a container with many volumes': (n) =>
      `on: push\njobs:\n  a:\n    container:\n      image: b\n      volumes:\n${fill(n, (i) => `        - /a${i}:/b\n`)}`,
    'a container with many options': (n) =>
      `on: push\njobs:\n  a:\n    container:\n      image: b\n      options: ${fill(n, '-v /a:/b:rx ')}\n`,
    'services with volumes': (n) =>
      `on: push\njobs:\n  a:\n    services:\n${fill(n, (i) => `      s${i}: {image: b, volumes: [a:b:c:d]}\n`)}`,
    'variables for each step': (n) => steps(n, (i) => `{env: {A: /a${i}}, run: 'docker run -v "$A":/b x'}`),
    'a list of variables': (n) =>
      `on: push\nenv:\n${fill(n / 2, (i) => `  A${i}: /a\n`)}jobs:\n  a:\n    steps:\n      - run: |\n${fill(n / 2, (i) => `          docker run -v $A${i}:/b x\n`)}`,
    'expressions in a command': (n) => steps(1, () => `run: docker run -v ${fill(n, '${{ a }}')}:/b x`),
    'expressions in expressions': (n) =>
      steps(1, () => `run: docker run -v ${nest(n, '${{ ', 'a', ' }}')}:/b x`),
    'shells for each step': (n) =>
      steps(n, (i) => `{shell: ${i % 2 ? 'pwsh' : 'cmd'}, run: docker run -v a:b:c x}`),
    'steps in steps': (n) =>
      `on: push\njobs:\n  a:\n    steps: ${nest(n, '[{run: docker run -v a:b:c x, steps: ', 'a', '}]')}\n`,
    'images of docker': (n) => steps(n, () => 'uses: docker://alpine\n        with: {args: -v a:b:c:d}'),
    'a step of docker with many options': (n) =>
      steps(
        1,
        () =>
          `uses: addnab/docker-run-action@v3\n        with:\n          image: b\n          options: ${fill(n, '-v a:b:c:d ')}\n          run: a`,
      ),
  }),
  ...shapesOf('.gitlab-ci.yml', {
    'scripts of GitLab': (n) => fill(n, (i) => `j${i}:\n  script:\n    - docker run -v a:b:c:d x\n`),
    'a script of GitLab with many lines': (n) =>
      `j:\n  script:\n${fill(n, '    - docker run -v a:b:c:d x\n')}`,
    'jobs of GitLab that extend the one before': (n) =>
      `j0:\n  script: [docker run -v a:b:c x]\n${fill(n, (i) => `j${i + 1}:\n  extends: j${i}\n  script: [docker run -v a:b:c x]\n`)}`,
    'references of GitLab': (n) =>
      `.a:\n  script: [docker run -v a:b:c x]\n${fill(n, (i) => `j${i}:\n  script: [!reference [.a, script], !reference [.a, script]]\n`)}`,
    'scripts of GitLab by anchors': (n) =>
      `.a: &a\n${fill(n / 2, '  - docker run -v a:b:c x\n')}${fill(n / 2, (i) => `j${i}: {script: *a}\n`)}`,
    'lists in the scripts of GitLab': (n) => `j:\n  script: ${nest(n, '[', 'docker run -v a:b:c x', ']')}\n`,
  }),
  ...shapesOf('.circleci/config.yml', {
    'steps of CircleCI': (n) =>
      `version: 2.1\njobs:\n  a:\n    steps:\n${fill(n, '      - run: {name: a, command: docker run -v a:b:c:d x}\n')}`,
    'conditions in conditions of CircleCI': (n) =>
      `version: 2.1\njobs:\n  a:\n    steps: ${nest(n, '[{when: {steps: ', '[run: docker run -v a:b:c x]', '}}]')}\n`,
  }),
  ...shapesOf('azure-pipelines.yml', {
    'steps of Azure': (n) => `steps:\n${fill(n, '  - script: docker run -v a:b:c:d x\n')}`,
    'templates of Azure': (n) =>
      `steps:\n${fill(n, "  - ${{ if eq(a, 'b') }}:\n      - bash: docker run -v a:b:c x\n")}`,
    'conditions in conditions of Azure': (n) =>
      `steps: ${nest(n, '[{"${{ if a }}": ', '[bash: docker run -v a:b:c x]', '}]')}\n`,
  }),
  ...shapesOf('Taskfile.yml', {
    'commands of a task': (n) => `tasks:\n  a:\n    cmds:\n${fill(n, '      - docker run -v a:b:c:d x\n')}`,
    'tasks with variables': (n) =>
      `tasks:\n${fill(n, (i) => `  t${i}: {vars: {A: /a}, cmds: ['docker run -v {{.A}}:/b x']}\n`)}`,
  }),
  ...shapesOf('other.yaml', {
    'pods with commands': (n) =>
      fill(n, '---\nkind: Pod\nspec:\n  containers:\n    - command: [docker, run, -v, a:b:c:d, x]\n'),
    'containers that share their arguments': (n) =>
      `x: &a\n${fill(n / 2, '  - -v\n  - a:b:c:d\n')}y:\n${fill(n / 2, '  - {command: [docker, run], args: *a}\n')}`,
    'texts in any place': (n) => fill(n, (i) => `a${i}: docker run -v a:b:c:d x\n`),
    'shells in texts in shells': (n) =>
      `script: ${nest(Math.min(n, 400), "bash -c '", 'docker run -v a:b:c x', "'")}\n${fill(n, '# \n')}`,
  }),
];
