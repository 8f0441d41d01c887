import type { ComposeFact } from '../dialects/compose/versions.js';

/** What a key of a Compose file holds. Texts may hold marks (`hole-mark.ts`) for their unknown parts. */
export type ComposeValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly ComposeValue[]
  | { readonly [key: string]: ComposeValue };

/** Why a form cannot say what a flag says. */
export interface Unsaid {
  readonly why: string;
}

/** What a form has for a flag: undefined where that is what docker does anyway. */
export type Written<Value> = { readonly value: Value | undefined } | Unsaid;

/** The values of a flag that another form comes to, what of it they cannot say, and words that go before the command. */
export interface FlagValues {
  readonly values: readonly string[];
  readonly lost?: readonly string[];
  /** What is said otherwise, to the same effect. */
  readonly notes?: readonly string[];
  readonly words?: readonly string[];
}

/** A service that a command is made of. */
export interface ToldService {
  /** What the container of a service is called; undefined where that is not known. */
  containerOf(service: string): string | undefined;
  /** What a network of the file is called. */
  networkOf(key: string): string;
  /** The first network of the service, by its key. */
  readonly network?: string;
  readonly isInSeveral?: boolean;
  /** Its `network_mode`. */
  readonly mode?: string;
  /** What runs in it is said there, and not left to the image. */
  readonly hasCommand?: boolean;
  /** It has `links` or `external_links`. */
  readonly hasLinks?: boolean;
}

/** A container as the engine tells of it. */
export interface ToldContainer {
  /** What stands at a path such as `HostConfig.Init`; a create call has what is in `Config` at its top. */
  at(path: string): unknown;
  /** What the image says at a path of `Config`; undefined where the image is not known. */
  ofImage(path: string): unknown;
}

/** The values of a command's flags. Flags with two names have one here; unknown parts are marks. */
export interface SaidFlags {
  /** In the order of the command; empty where the flag is not there. */
  all(flag: string): readonly string[];
  /** The service that a container of that name becomes; undefined for one that the same text does not make. */
  serviceOf(name: string): string | undefined;
  /** Whether all releases of Compose that may read the file have something, or none; undefined where they differ. */
  has(fact: ComposeFact): boolean | undefined;
  /** Whether a file of variables says the same to docker and to Compose; false where it is not known. */
  isPlainFile(path: string): boolean;
}

/** How the values of a flag are read, and what other forms hold for them. */
export interface ValueKind {
  /** The value of the key in Compose for all values of the flag, of which there is one at least. */
  toCompose(values: readonly string[], said: SaidFlags): Written<ComposeValue>;
  /** The flag's values for what a service holds at the key; unknown parts are marks. */
  fromCompose?(value: ComposeValue, service: ToldService): FlagValues | Unsaid;
  /** The flag's values for what the engine tells. */
  fromApi?(value: unknown): FlagValues | Unsaid;
  /** Compose reads the text as docker does: a part of it may be unknown. */
  readonly isOpen?: true;
}

/** A key of a service. */
export interface ComposeKey {
  /** Its path; `{network}` is the first of `--network`, `{joined}` that or Compose's own. */
  readonly key: string;
  readonly kind: ValueKind;
  /** Releases without this fact refuse the file. */
  readonly since?: ComposeFact;
  /** What is not the same although it is written; undefined where it is. Releases that refuse the file are a difference, too. */
  readonly differs?: (values: readonly string[], said: SaidFlags) => string | undefined;
}

/** How a Compose file says it. */
export type ComposeColumn =
  | ComposeKey
  /** There is no key: the loss. A boolean that is switched off is none. */
  | { readonly none: string }
  /** Nothing of it reaches a container: what to do with Compose instead. */
  | { readonly client: string }
  /** It is about mounts: `mount/fields.ts` has it. */
  | { readonly isMount: true };

/** One thing that the command line says of a container. */
export interface ContainerField {
  /** The flag of `docker run` and `docker create`, without dashes. */
  readonly flag: string;
  /** Another name of docker's for it. */
  readonly also?: string;
  /** Where the create call has it: a path in its body, or `?name` in its query. Absent for what only the client does. */
  readonly api?: string;
  /** Where `docker inspect` has it, if not at `Config` or `HostConfig` like the create call. */
  readonly inspect?: string;
  /** What holds when the flag is not there. */
  readonly absent: string;
  /** A value of each class that docker takes. */
  readonly examples: readonly string[];
  /** Its value is not repeated in messages. */
  readonly isSecret?: true;
  readonly compose: ComposeColumn;
  /** Another key that some values, or some neighbours, ask for. */
  readonly or?: ComposeKey;
  /** Keys of a service that say the same, and that nothing is written to. */
  readonly too?: readonly Pick<ComposeKey, 'key' | 'kind'>[];
  /** What the image says of it stays in addition to what the flag says. */
  readonly isAdded?: true;
  /** What the engine tells of a container where nothing was said. */
  readonly usual?: readonly string[];
  /** The flag's values for a container, where they are more than one value at `inspect`, or `api`, says. */
  readonly told?: (container: ToldContainer) => FlagValues | Unsaid;
}
