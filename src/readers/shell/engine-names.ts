import { type ExtraCommands, engineCalled } from '../../source/engine.js';
import type { Engine, FoundWord } from '../../source/frontend.js';
import type { Forwarder } from './forwarders.js';
import type { ShellCommand, ShellScript } from './script.js';

/** The words that run an engine at a place of a script, and those of them that in some runs are another one's. */
export interface KnownNames {
  readonly commands?: ExtraCommands;
  readonly unsureNames?: ReadonlySet<string>;
}

/** What a script makes of a name. */
interface Naming {
  readonly name: string;
  /** Undefined where the name is taken away. */
  readonly engine: Engine | undefined;
  /** It counts from here on. */
  readonly pos: number;
  readonly isSure: boolean;
}

/** Follows the aliases of engines through a script, and the functions that stand for one; what the user said goes before. */
export class EngineNames {
  readonly #namings: readonly Naming[];
  #next = 0;
  readonly #given: ExtraCommands;
  readonly #commands: Record<string, Engine> = Object.create(null);
  readonly #unsure: Set<string>;

  constructor(
    given: KnownNames,
    script: ShellScript,
    forwarders: ReadonlyMap<string, Forwarder>,
    wordsOf: (command: ShellCommand) => readonly FoundWord[],
  ) {
    this.#given = given.commands ?? {};
    this.#unsure = new Set(given.unsureNames);
    Object.assign(this.#commands, given.commands);
    const functions = [...forwarders].map(([name, { engine, isUnsure }]) => {
      return { name, engine, pos: 0, isSure: !isUnsure };
    });
    const aliases = script.commands
      .filter(({ node: { name } }) => name?.value === 'alias' || name?.value === 'unalias')
      .flatMap((command) => namingsOf(command, wordsOf(command)));
    this.#namings = [...functions, ...aliases.sort((a, b) => a.pos - b.pos)];
  }

  /** What is known at the place that was reached last; it changes with it. */
  get here(): KnownNames {
    return this.#namings.length === 0 ? {} : { commands: this.#commands, unsureNames: this.#unsure };
  }

  /** All that are one somewhere in the script. */
  get anywhere(): ExtraCommands | undefined {
    if (this.#namings.length === 0) return this.#given;
    const all: Record<string, Engine> = Object.create(null);
    for (const { name, engine } of this.#namings) if (engine !== undefined) all[name] = engine;
    return { ...all, ...this.#given };
  }

  /** Learns what stands before a place. */
  reach(pos: number): void {
    for (let next = this.#namings[this.#next]; next !== undefined && next.pos <= pos; ) {
      this.#learn(next);
      next = this.#namings[++this.#next];
    }
  }

  #learn({ name, engine, isSure }: Naming): void {
    if (Object.hasOwn(this.#given, name)) return;
    const before = this.#commands[name] ?? engineCalled(name);
    if (isSure) {
      this.#unsure.delete(name);
      if (engine === undefined) delete this.#commands[name];
      else this.#commands[name] = engine;
    } else if (before !== (engine ?? engineCalled(name))) {
      this.#unsure.add(name);
      this.#commands[name] = 'docker';
    }
  }
}

/** The value of an alias that is an engine, and nothing that would go with it. */
const ALIAS = /^([\w.-]+)=\s*(?:(?:sudo|doas)\s+(?:-\w+\s+)*)?(\S+)\s*$/;

/** What `alias` and `unalias` say of engines. */
function namingsOf(
  { node, scope, conditional }: ShellCommand,
  [program, ...words]: readonly FoundWord[],
): Naming[] {
  // Whether a function is called, nobody says.
  const site = { pos: node.end, isSure: scope === 0 && !conditional };
  const known = words.filter(({ holes }) => holes.length === 0).map(({ value }) => value);
  if (program?.value === 'unalias') return known.map((name) => ({ ...site, name, engine: undefined }));
  // fish has another way to say it.
  const said = known.length === 2 && /^[\w.-]+$/.test(known[0]!) ? [known.join('=')] : known;
  return said.flatMap((one): Naming[] => {
    const [, name, value] = ALIAS.exec(one) ?? [];
    const engine = value === undefined ? undefined : engineCalled(value);
    return name === undefined || engine === undefined ? [] : [{ ...site, name, engine }];
  });
}
