import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Protocol from 'vscode-languageserver/node.js';
import { makeDir } from './temp-dir.js';

const lsp = createRequire(import.meta.url)('vscode-languageserver/node') as typeof Protocol;

const PROGRAM = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));

/** What a client says of itself. */
export interface ClientOptions {
  readonly capabilities?: Protocol.ClientCapabilities;
  readonly settings?: object;
  /** Files of the workspace, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The program that serves, where it is not the one that was built here. */
  readonly program?: string;
}

/** A client of `mountc lsp`, as an editor is one: over its standard input and output. */
export class LspClient {
  readonly folder: string;
  readonly connection: Protocol.ProtocolConnection;
  readonly process: ChildProcess;
  /** What the server said to whoever sits before the editor. */
  readonly messages: string[] = [];
  readonly stderr: string[] = [];
  initialized!: Protocol.InitializeResult;
  readonly #published = new Map<string, Protocol.PublishDiagnosticsParams>();
  readonly #waiting: (() => void)[] = [];
  readonly #versions = new Map<string, number>();

  private constructor(folder: string, env: Readonly<Record<string, string>>, program: string) {
    this.folder = folder;
    this.process = spawn(process.execPath, [program, 'lsp', '--stdio'], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    this.process.stderr!.setEncoding('utf8').on('data', (text: string) => this.stderr.push(text));
    this.connection = lsp.createProtocolConnection(
      new lsp.StreamMessageReader(this.process.stdout!),
      new lsp.StreamMessageWriter(this.process.stdin!),
    );
    this.connection.onNotification(lsp.PublishDiagnosticsNotification.type, (params) => {
      this.#published.set(params.uri, params);
      for (const tell of this.#waiting.splice(0)) tell();
    });
    this.connection.onNotification(lsp.LogMessageNotification.type, ({ message }) => {
      this.messages.push(message);
    });
    this.connection.onNotification(lsp.ShowMessageNotification.type, ({ message }) => {
      this.messages.push(message);
    });
    this.connection.onRequest(lsp.RegistrationRequest.type, () => undefined);
    this.connection.listen();
  }

  static async start(options: ClientOptions = {}): Promise<LspClient> {
    const { capabilities = {}, settings, files = {}, env = {}, program = PROGRAM } = options;
    const client = new LspClient(makeDir(), env, program);
    for (const [path, text] of Object.entries(files)) client.write(path, text);
    client.connection.onRequest(lsp.ConfigurationRequest.type, ({ items }) =>
      items.map(() => settings ?? null),
    );
    client.initialized = await client.connection.sendRequest(lsp.InitializeRequest.type, {
      processId: process.pid,
      rootUri: pathToFileURL(client.folder).href,
      workspaceFolders: [{ uri: pathToFileURL(client.folder).href, name: 'w' }],
      capabilities,
      initializationOptions: settings,
    });
    await client.connection.sendNotification(lsp.InitializedNotification.type, {});
    return client;
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  /** Opens a text that need not be in the folder, and answers what is found in it. */
  async open(path: string, text: string, languageId = ''): Promise<Protocol.Diagnostic[]> {
    const uri = this.uri(path);
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version, text },
    });
    return this.diagnostics(path);
  }

  /** Changes a text, and answers what is found in it then. */
  async change(
    path: string,
    ...changes: Protocol.TextDocumentContentChangeEvent[]
  ): Promise<Protocol.Diagnostic[]> {
    await this.send(path, changes);
    return this.diagnostics(path);
  }

  async send(path: string, contentChanges: Protocol.TextDocumentContentChangeEvent[]): Promise<void> {
    const uri = this.uri(path);
    const version = this.#versions.get(uri)! + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  /** What the server says of the text as it is now. */
  async diagnostics(path: string): Promise<Protocol.Diagnostic[]> {
    const uri = this.uri(path);
    for (;;) {
      const known = this.#published.get(uri);
      if (known?.version === this.#versions.get(uri)) return known!.diagnostics;
      await new Promise<void>((tell, fail) => {
        const timer = setTimeout(
          () => fail(new Error(`no diagnostics of ${path}: ${this.stderr.join('')}`)),
          20_000,
        );
        this.#waiting.push(() => {
          clearTimeout(timer);
          tell();
        });
      });
    }
  }

  /** What it says the next time that it says something. */
  async next(path: string): Promise<Protocol.Diagnostic[]> {
    this.#published.delete(this.uri(path));
    return this.diagnostics(path);
  }

  async request<R>(method: string, path: string, params: object = {}): Promise<R> {
    return this.connection.sendRequest(method, { textDocument: { uri: this.uri(path) }, ...params });
  }

  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((tell) => this.process.once('exit', tell));
    await this.connection.sendRequest(lsp.ShutdownRequest.type);
    await this.connection.sendNotification(lsp.ExitNotification.type);
    const code = await ended;
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
    return code;
  }
}

/** The place of the first `|` of a text, and the text without it. */
export function atCursor(marked: string): { readonly text: string; readonly position: Protocol.Position } {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const before = marked.slice(0, offset).split('\n');
  return { text, position: { line: before.length - 1, character: before.at(-1)!.length } };
}

/** A text after edits whose columns count UTF-16 units. */
export function withEdits(text: string, edits: readonly Protocol.TextEdit[]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: Protocol.Position) =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (now, { range, newText }) => now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end)),
      text,
    );
}
