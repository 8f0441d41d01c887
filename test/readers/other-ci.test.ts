import { describe, expect, test } from 'vitest';
import { mountsOf } from '../support/mounts-of.js';

const RUN = 'docker run -v /a:/b:readonly i';
const FOUND = { mounts: ['bind /a /b'], said: ['volume-unknown-mode'] };

describe('scripts of CI systems that have no reader of their own', () => {
  test.each([
    [
      '.drone.yml',
      `kind: pipeline\nsteps:\n  - name: a\n    volumes: [{name: c, path: /c}]\n    commands:\n      - ${RUN}\n`,
    ],
    [
      'bitbucket-pipelines.yml',
      `pipelines:\n  default:\n    - step:\n        script:\n          - ${RUN}\n          - pipe: x/y:1\n`,
    ],
    ['.travis.yml', `language: minimal\nscript: ${RUN}\n`],
    [
      'cloudbuild.yaml',
      'steps:\n- name: gcr.io/cloud-builders/docker\n  args: [run, -v, "/a:/b:readonly", i]\n',
    ],
    ['buildspec.yml', `version: 0.2\nphases:\n  build:\n    commands:\n      - ${RUN}\n`],
    ['playbook.yml', `- hosts: all\n  tasks:\n    - ansible.builtin.command:\n        cmd: ${RUN}\n`],
    ['lefthook.yml', `pre-commit:\n  commands:\n    a:\n      run: ${RUN} {staged_files}\n`],
  ])('%s', async (path, text) => {
    expect(await mountsOf(path, text)).toEqual(FOUND);
  });

  test("AppVeyor's lines are those of the shell that they name, or of cmd", async () => {
    const text =
      'install:\n  - docker run -v %cd%:/a i\nbuild_script:\n  - cmd: docker run -v %cd%:/b i\n  - sh: docker run -v "$PWD":/c i\n  - pwsh: docker run -v "${PWD}:/d" i\n';
    const mounts = ['bind %cd% /a', 'bind %cd% /b', 'bind $PWD /c', 'bind ${PWD} /d'];
    expect(await mountsOf('.appveyor.yml', text)).toEqual({ mounts, said: [] });
    const ubuntu = 'image: Ubuntu\ninstall:\n  - docker run -v "$PWD":/a i\n';
    expect(await mountsOf('appveyor.yml', ubuntu)).toEqual({ mounts: ['bind $PWD /a'], said: [] });
  });

  test.each([['pod.yaml', 'kind: Pod\nspec:\n  volumes:\n    - name: a\n      hostPath: {path: docker}\n']])(
    'nothing is said of what is not docker: %s',
    async (path, text) => {
      expect(await mountsOf(path, text)).toEqual({ mounts: [], said: [] });
    },
  );
});
