// The bundle entry for everything of the check that has something to say.
export { checkCompose } from './check-compose.js';
export { checkPodman } from './check-podman.js';
export { speakOfRefusal, speakOfWarnings } from './speak.js';
