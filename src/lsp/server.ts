import { fileURLToPath } from 'node:url';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  DiagnosticSeverity,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  type TextEdit as LspEdit,
  MarkupKind,
  MessageType,
  type Position,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
  type WorkspaceEdit,
} from 'vscode-languageserver/node.js';
import { completeAt } from '../editor/completion.js';
import { conversionsAt } from '../editor/conversions.js';
import { hoverAt } from '../editor/hover.js';
import { linksOf } from '../editor/links.js';
import { disableFindings, editBetween, mendText } from '../editor/mend.js';
import type { OpenText } from '../editor/placed-mounts.js';
import { renameVolume, volumeAt } from '../editor/volumes.js';
import { usableFix } from '../lint/fix-attempt.js';
import type { LintOptions } from '../lint/lint-text.js';
import { shownFindings } from '../lint/shown-findings.js';
import { ruleUrl, siteOf } from '../site.js';
import { append } from '../text/append.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { contains } from '../text/range.js';
import { conversionAction, type Deferred, FIX_ALL, findingsAt, fixAction, toEdits } from './actions.js';
import { configProblem, type Showing, said, toLsp } from './diagnostics.js';
import { changeDocument, type OpenDocument, openDocument } from './documents.js';
import { inMarkdown } from './markdown.js';
import { addressOf, listFolder } from './paths.js';
import { type Encoding, Places } from './positions.js';
import { Settings } from './settings.js';

/** What the server is started with. */
export interface ServerContext {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** A text with what is wrong with it. */
interface Judged {
  readonly options: LintOptions;
  readonly diagnostics: readonly Diagnostic[];
}

/** Files whose changes change what is said of others. */
const WATCHED = [
  '**/.mountc.{yaml,yml,json,jsonc}',
  '**/package.json',
  '**/{compose,docker-compose}{,.override}.{yaml,yml}',
  '**/.env',
];
const CONFIG = /(?:^|\/)\.mountc\.(?:ya?ml|jsonc?)$/;

/** Serves an editor over a connection: every answer is a call of the library, in the words of the protocol. */
export function serve(connection: Connection, { version, env, cwd }: ServerContext): void {
  const { console: log } = connection;
  const documents = new Map<string, OpenDocument>();
  const settings = new Settings(env, cwd);
  const site = siteOf(env);
  let judged = new WeakMap<OpenDocument, Promise<Judged>>();
  let encoding: Encoding = 'utf-16';
  let client: InitializeParams['capabilities'] = {};
  const showing = ({ uri, places }: OpenDocument): Showing => ({
    uri,
    places,
    site,
    hasRelated: client.textDocument?.publishDiagnostics?.relatedInformation === true,
  });

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    client = params.capabilities;
    const known: readonly string[] = ['utf-8', 'utf-16', 'utf-32'];
    encoding = (client.general?.positionEncodings?.find((one) => known.includes(one)) ??
      'utf-16') as Encoding;
    // A client may leave out what it has no folder for.
    const root = params.workspaceFolders?.[0]?.uri ?? params.rootUri;
    if (root?.startsWith('file:')) settings.root = fileURLToPath(root);
    await settings.take(params.initializationOptions);
    return {
      serverInfo: { name: 'mountc', version },
      capabilities: {
        positionEncoding: encoding,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        ...(client.textDocument?.diagnostic && {
          diagnosticProvider: {
            identifier: 'mountc',
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }),
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL],
          resolveProvider: true,
        },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [',', '=', ':', '/', '-'] },
        documentLinkProvider: {},
        renameProvider: { prepareProvider: true },
      },
    };
  });

  connection.onInitialized(async () => {
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: WATCHED.map((globPattern) => ({ globPattern })),
      });
      settings.isWatched = true;
    }
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'mountc' });
    if (client.workspace?.configuration) await askSettings();
    tellSettings();
  });

  connection.onDidChangeConfiguration(async ({ settings: sent }) => {
    if (client.workspace?.configuration) await askSettings();
    else await settings.take((sent as { mountc?: unknown } | undefined)?.mountc ?? sent);
    tellSettings();
    refreshAll();
  });
  connection.onDidChangeWatchedFiles(() => {
    settings.forget();
    refreshAll();
  });

  async function askSettings(): Promise<void> {
    const asked: unknown = await connection.workspace.getConfiguration('mountc');
    if (asked !== null && asked !== undefined) await settings.take(asked);
  }

  function tellSettings(): void {
    if (settings.problems.length > 0)
      void connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: said(`mountc: its settings: ${settings.problems.join('; ')}`),
      });
  }

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const document = openDocument(textDocument, textDocument.text, encoding);
    documents.set(document.uri, document);
    later(document.uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version: next }, contentChanges }) => {
    const document = documents.get(uri);
    if (document === undefined) return;
    documents.set(uri, changeDocument(document, next, contentChanges, encoding));
    later(uri);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    documents.delete(uri);
    if (!isPulled()) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    if (settings.isWatched || !CONFIG.test(uri)) return;
    settings.forget();
    refreshAll();
  });

  const isPulled = () => client.textDocument?.diagnostic !== undefined;

  function refreshAll(): void {
    judged = new WeakMap();
    if (isPulled()) {
      if (client.workspace?.diagnostics?.refreshSupport) connection.languages.diagnostics.refresh();
    } else for (const uri of documents.keys()) later(uri);
  }

  // What is typed faster than it is judged is judged once.
  const waiting = new Set<string>();
  function later(uri: string): void {
    if (isPulled() || waiting.has(uri)) return;
    waiting.add(uri);
    setImmediate(() => {
      waiting.delete(uri);
      void push(uri);
    });
  }

  async function push(uri: string): Promise<void> {
    const document = documents.get(uri);
    if (document === undefined) return;
    const diagnostics = await safely(() => diagnose(document), []);
    if (documents.get(uri) === document)
      await connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  }

  /** An error in one text is reported, and the server continues. */
  async function safely<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      log.error(`mountc: a bug: ${error instanceof Error ? error.stack : String(error)}`);
      return otherwise;
    }
  }

  function judge(document: OpenDocument): Promise<Judged> {
    let known = judged.get(document);
    if (known === undefined || !settings.isWatched) {
      known = judgeNow(document);
      judged.set(document, known);
    }
    return known;
  }

  async function judgeNow(document: OpenDocument): Promise<Judged> {
    const { kind, text, path } = document;
    const chosen = await settings.of(document);
    const options = await settings.lintOptions(document, chosen);
    if (kind === undefined || chosen.isIgnored) return { options, diagnostics: [] };
    const { judgeText } = await import('#entry/judge');
    const { diagnostics } = await judgeText(kind, text, path, options);
    return { options, diagnostics };
  }

  async function diagnose(document: OpenDocument) {
    if (document.isFile && CONFIG.test(document.path)) {
      const { loaded } = await settings.of(document);
      if (loaded?.file !== document.path) return [];
      const places = new Places(loaded.text, encoding);
      return [
        ...loaded.problems.map((one) => configProblem(one, DiagnosticSeverity.Error, places)),
        ...loaded.leftOut.map((one) => configProblem(one, DiagnosticSeverity.Warning, places)),
      ];
    }
    const { diagnostics } = await judge(document);
    return shownFindings(diagnostics).diagnostics.map((one) => toLsp(one, showing(document)));
  }

  connection.languages.diagnostics.on(async ({ textDocument: { uri } }) => {
    const document = documents.get(uri);
    const items = document === undefined ? [] : await safely(() => diagnose(document), []);
    return { kind: DocumentDiagnosticReportKind.Full, items };
  });

  /** Answers a question about a text in which mounts are looked for. */
  async function ask<T>(
    uri: string,
    otherwise: T,
    answer: (document: OpenDocument, open: OpenText) => Promise<T>,
  ): Promise<T> {
    const document = documents.get(uri);
    const kind = document?.kind;
    if (document === undefined || kind === undefined) return otherwise;
    return safely(async () => {
      const { dialect, commands } = await settings.of(document);
      return answer(document, { kind, text: document.text, path: document.path, dialect, commands });
    }, otherwise);
  }

  const offsetOf = ({ places }: OpenDocument, position: Position) => places.offset(position);

  connection.onHover(({ textDocument: { uri }, position }) =>
    ask(uri, null, async (document, open) => {
      const offset = offsetOf(document, position);
      const mount = await hoverAt(open, offset);
      const { diagnostics } = await judge(document);
      const here = diagnostics.filter(({ range }) => contains(range, { start: offset, end: offset }));
      const range = mount?.range ?? here[0]?.range;
      if (range === undefined) return null;
      const isMarkdown = client.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) !== false;
      const { ruleInfo } = await import('#entry/judge');
      const rules = here.flatMap((one) => {
        const rule = ruleInfo(one.rule);
        if (rule === undefined) return [];
        const url = ruleUrl(one, site);
        const name = !isMarkdown || url === undefined ? rule.name : `[${rule.name}](${url})`;
        return [`${isMarkdown ? `**${name}**` : name}: ${rule.summary}`, rule.why];
      });
      const word = (text: string) => (isMarkdown ? inMarkdown(said(text)) : said(text));
      const parts = [
        ...(mount?.word === undefined ? [] : [word(mount.word)]),
        ...(mount === undefined
          ? []
          : [
              isMarkdown ? `**${word(mount.heading)}**` : word(mount.heading),
              mount.sentences.map((one) => `- ${word(one)}`).join('\n'),
            ]),
        ...rules,
      ].filter((part) => part !== '');
      return {
        contents: {
          kind: isMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
          value: parts.join('\n\n'),
        },
        range: document.places.range(range),
      };
    }),
  );

  const KINDS = {
    key: CompletionItemKind.Property,
    value: CompletionItemKind.Value,
    mode: CompletionItemKind.EnumMember,
    volume: CompletionItemKind.Variable,
    path: CompletionItemKind.File,
  } as const;

  connection.onCompletion(({ textDocument: { uri }, position }) =>
    ask<CompletionItem[]>(uri, [], async (document, open) => {
      const found = await completeAt(open, offsetOf(document, position), listFolder(document, settings.root));
      return found.map(({ label, kind, detail, text, range }, index) => ({
        label,
        kind: kind === 'path' && label.endsWith('/') ? CompletionItemKind.Folder : KINDS[kind],
        ...(detail !== undefined && { detail }),
        sortText: String(index).padStart(4, '0'),
        filterText: label,
        textEdit: { range: document.places.range(range), newText: text },
      }));
    }),
  );

  const toWorkspaceEdit =
    ({ uri, version: of }: OpenDocument) =>
    (edits: LspEdit[]): WorkspaceEdit =>
      client.workspace?.workspaceEdit?.documentChanges
        ? { documentChanges: [{ textDocument: { uri, version: of }, edits }] }
        : { changes: { [uri]: edits } };

  connection.onCodeAction(({ textDocument: { uri }, range, context }) =>
    ask<CodeAction[]>(uri, [], (document, open) => actionsFor(document, open, { range, context })),
  );

  async function actionsFor(
    document: OpenDocument,
    open: OpenText,
    { range, context }: Pick<CodeActionParams, 'range' | 'context'>,
  ): Promise<CodeAction[]> {
    const wants = (kind: string) =>
      context.only === undefined ||
      context.only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`));
    const selected = document.places.offsets(range);
    const { diagnostics } = await judge(document);
    const here = findingsAt(diagnostics, selected);
    const actions: CodeAction[] = [];
    const place = { uri: document.uri, version: document.version };
    const mendable = diagnostics.filter((one) => usableFix(one, 'safe') !== undefined);
    if (wants(CodeActionKind.QuickFix)) {
      for (const one of here) append(actions, fixAction(one, showing(document), toWorkspaceEdit(document)));
      if (here.length > 0 && mendable.length > 1)
        actions.push({
          title: `mountc: fix all that can be fixed safely in this file (${mendable.length})`,
          kind: CodeActionKind.QuickFix,
          data: { ...place, does: 'fix-all' } satisfies Deferred,
        });
      for (const one of here)
        actions.push({
          title: `mountc: disable ${one.rule} for this line, with a reason`,
          kind: CodeActionKind.QuickFix,
          diagnostics: [toLsp(one, showing(document))],
          data: { ...place, does: 'disable', index: diagnostics.indexOf(one) } satisfies Deferred,
        });
    }
    // Only where it is asked for by name: it is for a file that is saved.
    if (context.only !== undefined && wants(FIX_ALL) && mendable.length > 0)
      actions.push({
        title: 'mountc: fix all that can be fixed safely',
        kind: FIX_ALL,
        data: { ...place, does: 'fix-all' } satisfies Deferred,
      });
    if (wants(CodeActionKind.RefactorRewrite)) {
      const hasDisabled = client.textDocument?.codeAction?.disabledSupport === true;
      for (const one of await conversionsAt(open, selected))
        append(
          actions,
          conversionAction(one, showing(document), {
            hasDisabled,
            toWorkspaceEdit: toWorkspaceEdit(document),
          }),
        );
    }
    const resolves = client.textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true;
    return resolves ? actions : (await Promise.all(actions.map(resolveAction))).filter(isWhole);
  }

  // One that came to nothing is not offered.
  const isWhole = ({ edit, disabled, data }: CodeAction) =>
    data === undefined || edit !== undefined || disabled !== undefined;

  connection.onCodeActionResolve((action) => safely(() => resolveAction(action), action));

  async function resolveAction(action: CodeAction): Promise<CodeAction> {
    const deferred = action.data as Deferred | undefined;
    if (action.edit !== undefined || deferred === undefined) return action;
    const document = documents.get(deferred.uri);
    // What was offered is of a text that is no more.
    if (document?.kind === undefined || document.version !== deferred.version) return action;
    const { kind, text, path } = document;
    const { options, diagnostics } = await judge(document);
    const edits = (all: Parameters<typeof toEdits>[0]) =>
      all.length === 0 ? action : { ...action, edit: toWorkspaceEdit(document)(toEdits(all, document)) };
    if (deferred.does === 'fix-all') {
      const mended = await mendText({ kind, text, path }, 'safe', options);
      return edits(mended.applied === 0 ? [] : [editBetween(text, mended.text)]);
    }
    const target = diagnostics[deferred.index];
    if (target === undefined) return action;
    const disabled = await disableFindings({ kind, text, path }, [target], { ...options, reason: REASON });
    if ('problem' in disabled) {
      const reason = said(`no comment can be added here: ${disabled.problem}`);
      if (client.textDocument?.codeAction?.disabledSupport) return { ...action, disabled: { reason } };
      return action;
    }
    return edits(disabled.edits);
  }

  connection.onDocumentLinks(({ textDocument: { uri } }) =>
    ask(uri, [], async (document, open) => {
      const links = await linksOf(open);
      return links.flatMap((link) => {
        const target = addressOf(link, document, settings.root);
        return target === undefined ? [] : [{ range: document.places.range(link.range), target }];
      });
    }),
  );

  connection.onPrepareRename(({ textDocument: { uri }, position }) =>
    ask(uri, null, async (document, open) => {
      const volume = await volumeAt(open, offsetOf(document, position));
      return volume === undefined
        ? null
        : { range: document.places.range(volume.range), placeholder: volume.name };
    }),
  );

  connection.onRenameRequest(({ textDocument: { uri }, position, newName }) =>
    ask<WorkspaceEdit | null>(uri, null, async (document, open) => {
      const renamed = await renameVolume(open, offsetOf(document, position), newName);
      if ('problem' in renamed) throw new ResponseError(REQUEST_FAILED, said(renamed.problem));
      return toWorkspaceEdit(document)(toEdits(renamed.edits, document));
    }),
  );

  connection.listen();
}

/** A placeholder for the reason, to be replaced by the user. */
const REASON = 'reason';
/** LSPErrorCodes.RequestFailed. */
const REQUEST_FAILED = -32803;
