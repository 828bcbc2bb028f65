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

/** What a case works with: one environment, and documents that are its own and go with it. */
export interface Bench {
  readonly app: App
  readonly db: Database
  readonly geo: Shapes
  readonly command: Database['command']
  /** `db.command.aggregate`: expressions and accumulators. */
  readonly $: Database['command']['aggregate']
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
