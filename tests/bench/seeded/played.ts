import type { Ports } from '../../../cloudfunctions/entrypoints/ports'
import type { CollectionName } from '../../../cloudfunctions/platform/cloudbase/database'
import { keyedWith } from '../../../cloudfunctions/platform/cloudbase/environment'
import databaseConfig from '../../../config/database.json'
import { playDemo } from '../../../local/demo/build-demo'
import type { Stage } from '../../../local/demo/stage'

/** A Monday at ten: everybody is at work, and no day off is near. */
export const seededNow = Date.parse('2026-06-08T10:00:00+08:00')
/** Of the functions over a seeded database; nobody else's. */
export const seededSecret = '5eeded'.repeat(11).slice(0, 64)
export const seededKeyed: Ports['keyed'] = keyedWith(Buffer.from(seededSecret, 'hex'))

/** A stored document. */
export type Document = Readonly<Record<string, unknown>> & { readonly _id: string }

/** A report, those that it is tied to by merging, and every document that is about one of them. */
export interface Family {
  readonly reportIds: readonly string[]
  readonly documents: readonly (readonly [collection: string, document: Document])[]
}

/** A family right before somebody takes a step on one of its reports. */
export interface Moment {
  readonly action: string
  readonly accountId: string
  readonly at: number
  readonly reportId: string
  readonly input: Readonly<Record<string, unknown>>
  readonly family: Family
}

export interface Played {
  /** What is there before anybody reports, by collection. */
  readonly given: Readonly<Record<string, readonly Document[]>>
  /** As everything stands at the end. */
  readonly families: readonly Family[]
  /** How the chains of the ledger stand at the end. */
  readonly chains: readonly Document[]
  readonly moments: readonly Moment[]
  /** The collections that hold documents about one report. */
  readonly names: readonly string[]
}

/** Where what is about no single report lies: rows of a chain hold one another, and figures are of many (figures.ts). */
const keptApart: readonly string[] = ['ledger_chains', 'ledger_anchors', 'figures', 'figure_rows']

/** Moments of one step that are tried: not every one of them can be brought about again in a day of its own. */
const momentsOfEach = 12

const reportIdPattern = /r[2-9A-HJ-NP-Z]{19}/g

const mentioned = (document: Document): readonly string[] => [
  ...new Set(JSON.stringify(document).match(reportIdPattern) ?? []),
]

/** The report that a document is about. */
const subjectOf = (document: Document): string | undefined => {
  const [own] = document._id.match(reportIdPattern) ?? []
  return own ?? (typeof document.reportId === 'string' ? document.reportId : undefined)
}

/** Reads the families of a stage as it stands; `names` are the collections that hold documents about one report. */
export const readFamilies = (stage: Stage, names: readonly string[]) => {
  const documentsOf = new Map<string, (readonly [string, Document])[]>()
  for (const name of names)
    for (const document of stage.documents<Document>(name as CollectionName)) {
      const subject = subjectOf(document)
      if (subject !== undefined)
        documentsOf.set(subject, [...(documentsOf.get(subject) ?? []), [name, document]])
    }
  const reports = stage.documents<Document>('reports')
  const tied = new Map(reports.map((report) => [report._id, new Set(mentioned(report))]))
  for (const [id, others] of tied) for (const other of others) tied.get(other)?.add(id)

  return (reportId: string, others: readonly string[] = []): Family => {
    const ids = new Set([reportId, ...others])
    for (const id of ids) for (const other of tied.get(id) ?? []) ids.add(other)
    const reportIds = [...ids]
    return { reportIds, documents: reportIds.flatMap((id) => documentsOf.get(id) ?? []) }
  }
}

/** Plays the demonstration and keeps how every matter stood at its end, and before each kind of step. */
export const playTemplates = async (): Promise<Played> => {
  const moments: Moment[] = []
  const seen = new Map<string, number>()
  let names: readonly string[] = []
  const watched = (stage: Stage): Stage => ({
    ...stage,
    step: async (reportId, accountId, action, input) => {
      const count = seen.get(action) ?? 0
      seen.set(action, count + 1)
      if (count < momentsOfEach)
        moments.push({
          action,
          accountId,
          at: stage.now(),
          reportId,
          input: { ...input },
          family: readFamilies(stage, names)(reportId, JSON.stringify(input).match(reportIdPattern) ?? []),
        })
      await stage.step(reportId, accountId, action, input)
    },
  })
  const everyName = databaseConfig.collections.map((one) => one.CollectionName)
  const { given, stage } = await playDemo({ now: seededNow, keyed: seededKeyed }, (bare) => {
    names = everyName.filter(
      (name) => !keptApart.includes(name) && bare.documents(name as CollectionName).length === 0,
    )
    return watched(bare)
  })
  const familyOf = readFamilies(stage, names)
  const taken = new Set<string>()
  const families = stage.documents<Document>('reports').flatMap(({ _id }) => {
    if (taken.has(_id)) return []
    const family = familyOf(_id)
    for (const id of family.reportIds) taken.add(id)
    return [family]
  })
  return {
    given: given as unknown as Readonly<Record<string, readonly Document[]>>,
    families,
    chains: stage.documents<Document>('ledger_chains'),
    moments,
    names,
  }
}
