import type tcb from '@cloudbase/node-sdk'

export type App = ReturnType<typeof tcb.init>
export type Database = ReturnType<App['database']>
export type Collection = ReturnType<Database['collection']>
export type Row = Record<string, unknown> & { readonly _id: string }

/** The SDK makes them all; its types know the point only. */
type Shapes = Readonly<
  Record<
    'Point' | 'LineString' | 'Polygon' | 'MultiPoint' | 'MultiLineString' | 'MultiPolygon',
    new (
      ...parts: unknown[]
    ) => object
  >
>

type Answer = Promise<Readonly<Record<string, unknown>>>
/** Queries of the other SDKs, whose words are the same and whose types are not. */
export type Query = Record<
  'where' | 'orderBy' | 'limit' | 'skip' | 'field' | 'doc',
  (...values: unknown[]) => Query
> &
  Record<'get' | 'count' | 'add' | 'set' | 'update' | 'remove', (data?: unknown) => Answer> & {
    readonly aggregate: () => Pipe
  }
export type Pipe = Record<'match' | 'group' | 'sort' | 'project', (stage: object) => Pipe> & {
  readonly end: () => Promise<{ readonly data: unknown; readonly list: unknown }>
}
interface OtherDatabase {
  readonly collection: (name: string) => Query
  readonly command: Readonly<Record<string, (...values: unknown[]) => object>> & {
    readonly aggregate: Readonly<Record<string, (...values: unknown[]) => object>>
  }
  readonly Geo: { readonly Point: new (longitude: number, latitude: number) => object }
  readonly serverDate: (options?: object) => unknown
  readonly runTransaction: (
    work: (transaction: {
      collection: (name: string) => Query
      rollback: (reason: unknown) => Answer
    }) => unknown,
  ) => Promise<unknown>
  readonly startTransaction: () => Promise<unknown>
}
interface OtherSdk {
  readonly database: () => OtherDatabase
  readonly callFunction: (call: object) => Answer
  readonly uploadFile: (file: object) => Promise<{ readonly fileID: string }>
  readonly downloadFile: (file: object) => Promise<{ readonly fileContent: unknown }>
  readonly getTempFileURL: (
    files: object,
  ) => Promise<{ readonly fileList: readonly Readonly<Record<string, unknown>>[] }>
  readonly deleteFile: (
    files: object,
  ) => Promise<{ readonly fileList: readonly Readonly<Record<string, unknown>>[] }>
}
/** `wx-server-sdk`. */
export interface Weixin extends OtherSdk {
  readonly getWXContext: () => Readonly<Record<string, unknown>>
}
/** `@cloudbase/js-sdk`. */
export interface Web extends OtherSdk {
  readonly auth: () => {
    readonly signInAnonymously: () => Promise<unknown>
    readonly signInWithCustomTicket: (ticket: () => Promise<string>) => Promise<unknown>
    readonly getLoginState: () => Promise<unknown>
    readonly getCurrentUser: () => Promise<Readonly<Record<string, unknown>> | null>
    readonly signOut: () => Promise<unknown>
  }
  readonly copyFile: (
    files: object,
  ) => Promise<{ readonly fileList: readonly Readonly<Record<string, unknown>>[] }>
  readonly getFileInfo: (
    files: object,
  ) => Promise<{ readonly fileList: readonly Readonly<Record<string, unknown>>[] }>
}

export interface HttpAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** What a case works with: one environment, and documents that are its own and go with it. */
export interface Bench {
  readonly app: App
  readonly db: Database
  readonly geo: Shapes
  readonly command: Database['command']
  /** `db.command.aggregate`: expressions and accumulators. */
  readonly $: Database['command']['aggregate']
  /** The server SDK of WeChat. */
  readonly weixin: Weixin
  /** The web SDK, signed in anonymously: each call is another client. */
  readonly web: () => Promise<Web>
  /** The web SDK, of nobody yet. */
  readonly nobody: () => Web
  /** A ticket for custom sign-in, made by the server SDK. */
  readonly ticket: (customUserId: string) => string
  /** For whoever does not sign in. */
  readonly publishableKey: () => string
  /** The HTTP API of the environment, without anything of the SDKs: a path of it, and what is sent. */
  readonly http: (
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<HttpAnswer>
  /** Marks everything the case makes; documents of other cases are never in its way. */
  readonly run: string
  /** The collection that cases use unless they need another one. */
  readonly documents: Collection
  /** For joining. */
  readonly others: Collection
  /** `serial` is unique within a run. */
  readonly unique: Collection
  /** `at` has a geo index. */
  readonly places: Collection
  /** `id('a')` is this run's document a. */
  readonly id: (name: string) => string
  /**
   * Adds documents, `{ a: { n: 1 } }` by name: their `_id` is `id('a')` and `run` is set. Answers nothing; what is added
   * is removed after the case.
   */
  readonly fill: (documents: Readonly<Record<string, object>>, into?: Collection) => Promise<void>
  /** The names of this run's documents that meet the condition, in alphabetical order. */
  readonly found: (condition: object, of?: Collection) => Promise<readonly string[]>
  /** This run's document by name, without `_id` and `run`; undefined when there is none. */
  readonly read: (name: string, of?: Collection) => Promise<Record<string, unknown> | undefined>
  /** Runs an aggregation over this run's documents: `pipe` goes on from `match({ run })`. Answers its list. */
  readonly aggregate: (
    pipe: (from: ReturnType<Collection['aggregate']>) => ReturnType<Collection['aggregate']>,
    of?: Collection,
  ) => Promise<readonly Record<string, unknown>[]>
  /** A path in the storage that is this run's own. */
  readonly filePath: (name: string) => string
  /** Uploads a text; answers its file id. It is removed after the case. */
  readonly upload: (name: string, text: string) => Promise<string>
  /** The platform's code of a refusal. Fails when nothing is refused. */
  readonly refused: (work: Promise<unknown>) => Promise<string>
}

/** One documented behaviour of the platform. */
export interface Case {
  /** A sentence about the rule. */
  readonly name: string
  /** Where the rule is written: an address, or `package/file:line`. */
  readonly source: string
  readonly run: (bench: Bench) => Promise<void>
  /** Documentation leaves it open: what to look at first in a real environment. */
  readonly uncertain?: string
  /** Cannot be shown elsewhere, and why. */
  readonly onlyLocal?: string
}
