import * as z from 'zod/mini'
import { type Answered, type Parsed, query } from '../../terms/action'
import { at, cursor, id, pageSize, text } from '../../terms/primitives'
import { unitRef } from '../organisation/contract'
import { photoView } from '../photo/contract'
import { barredAnswers, redFaceView } from '../report/views'
import { ledgerKinds } from './rules/ledger'
import { redFaceCauses, redFaceConsents } from './rules/red-face'

export const redFaceRow = z.object({
  id: text,
  reportId: text,
  episodeNo: z.number(),
  state: z.enum(['public', 'cleared']),
  /** Every cause that stands is disputed (申诉中). */
  isAppealed: z.boolean(),
  summary: text,
  categoryName: text,
  /** When the matter was reported; null where the entry was written before entries knew it. */
  submittedAt: z.nullable(at),
  branch: unitRef,
  /** Who acts for the unit where it has ended. */
  heir: z.optional(unitRef),
  causes: z.array(z.enum(redFaceCauses)),
  publicAt: at,
  clearedAt: z.nullable(at),
  consent: z.nullable(z.enum(redFaceConsents)),
  daysOpen: z.number(),
  supporterCount: z.number(),
  /** As in `reportView`; absent from an instance of a version before. */
  coReporterCount: z.optional(z.number()),
  /** As in `reportView`. */
  isUnreported: z.optional(z.boolean()),
  reportedAt: z.optional(at),
})

export const ledgerFacts = z.object({
  at,
  kind: z.enum(ledgerKinds),
  reportId: text,
  episodeKey: text,
  unitId: text,
  unitName: text,
  unitPath: z.array(text),
  text,
  causes: z.array(text),
  /** Of a month whose figures are final: no report, but how many units there are, and what their figures hash to. */
  seal: z.optional(z.object({ month: text, unitCount: z.number(), hash: text })),
})

/**
 * A row of the ledger with all that is needed to check it: `shape` says how its hash was made, `facts` and `salt` are
 * null while it is not public.
 */
export const ledgerRow = z.object({
  id: text,
  chainId: text,
  seq: z.number(),
  shape: z.union([z.literal(1), z.literal(2)]),
  /** Chinese date; empty in the first shape. */
  on: text,
  commitment: text,
  previousHash: text,
  hash: text,
  salt: z.nullable(text),
  facts: z.nullable(ledgerFacts),
})

/** Where a chain stood when its head was published. */
export const ledgerHead = z.object({ on: text, seq: z.number(), hash: text })

/** The ledger of one unit, in a list of them. */
export const ledgerChain = z.object({
  id: text,
  name: text,
  rowCount: z.number(),
  headHash: text,
  /** Since when it is known not to stand as written; 0 when it is sound. */
  brokenAtSeq: z.number(),
})

export const redFaceContract = {
  'redFace.list': query(
    z.strictObject({ unitId: id, tab: z.enum(['public', 'cleared']), cursor, limit: pageSize }),
    z.object({
      rows: z.array(redFaceRow),
      nextCursor: z.nullable(z.string()),
      publicCount: z.number(),
      clearedCount: z.number(),
      /** Up to when they are counted; null while reports are still being counted for the first time: of some of them. */
      asOf: z.nullable(at),
    }),
  ),
  'redFace.get': query(
    z.strictObject({ entryId: id }),
    z.object({
      entry: redFaceRow,
      episode: redFaceView,
      before: z.array(photoView),
      after: z.array(photoView),
      ledger: z.array(ledgerRow),
      canAnswer: z.boolean(),
      /** As in `report.get`. */
      barredAnswers: z.optional(barredAnswers),
      /** As in `report.get`: with it `rules.get` says what holds for the matter. */
      submittedUnder: z.string(),
      /** For whoever may answer; 0 for everybody else. */
      rev: z.number(),
    }),
  ),
  'ledger.list': query(
    z.strictObject({ unitId: id, cursor, limit: pageSize }),
    z.object({
      /** Whose ledger it is; null when the unit has none of its own, only those of the units below it. */
      chain: z.nullable(unitRef),
      rows: z.array(ledgerRow),
      nextCursor: z.nullable(z.string()),
      headHash: z.nullable(z.string()),
      headSeq: z.number(),
      /** With the first page: the heads published last, the latest first. */
      anchors: z.array(ledgerHead),
      /** Where the daily check found it broken; 0 when it is sound. */
      brokenAtSeq: z.number(),
    }),
  ),
  /** The ledgers of a unit and of every unit below it. */
  'ledger.chains': query(
    z.strictObject({ unitId: id, cursor, limit: pageSize }),
    z.object({ rows: z.array(ledgerChain), nextCursor: z.nullable(z.string()) }),
  ),
} as const

type Own = typeof redFaceContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>
