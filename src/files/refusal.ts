/** Why a file is left as it is, in words that go after its name. */
export class Refusal extends Error {}
