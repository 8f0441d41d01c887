/** Reads a file of a project by its absolute path, or says why not. */
export type ReadProjectFile = (path: string) => Promise<string | UnreadText>;

/** Why a file is not read. */
interface UnreadText {
  readonly why: string;
  readonly isMissing: boolean;
}
