/** Why a file is left as it is, in words that go behind its name. */
export class Refusal extends Error {}
