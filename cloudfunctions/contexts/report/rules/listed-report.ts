import { activeEpisode, isOnPage, isToldToStand, type RedFaceEpisode } from '../../red-face/rules/red-face'
import type { ClockedReport } from './deadlines'
import { reportedAtOf } from './matter-name'
import { coReportersShown, lastResolution, type Report } from './report'
import { isUntoldRequest } from './request'
import type { Located } from './standing'

/** What a row of a list needs of a report as the report itself has it: a field that is used and not here is a type error. */
export const listedFields = [
  'number',
  'rev',
  'unseenRevs',
  'status',
  'categoryId',
  'text',
  'publicSummary',
  'photos',
  'place',
  'publicPoint',
  'accusedUnitId',
  'wasComplaint',
  'answerableUnit',
  'isSorting',
  'unitPath',
  'submittedAt',
  'submittedUnder',
  'contactedAt',
  'dispatches',
  'handlerUnitId',
  'reporterKey',
  'reporterLeftAt',
  'succeededAt',
  'emptiedAt',
  'parentReportId',
  'changedAt',
  'nextClockAt',
] as const satisfies readonly (keyof Report)[]

/** What else a row needs, drawn from what may be long: the trace, the people, the verdicts. */
export interface Excerpt {
  readonly routing: Located['routing'] & Pick<Report['routing'], 'cellName'>
  readonly stints: readonly (Located['stints'][number] & ClockedReport['stints'][number])[]
  readonly requests: readonly (Located['requests'][number] &
    Pick<Report['requests'][number], 'kind'> & {
      /** No resident knows of it (F1). */
      readonly isUntold?: true
    })[]
  /** The units of what lies in it, where it has any (H1). */
  readonly mergings?: NonNullable<Located['mergings']>
  /** The stay on the red-face list that has not ended. */
  readonly redFaces: Located['redFaces']
  /** How it stands on that list: within its notice only its own people know of it. */
  readonly redFaceState: 'noticed' | 'public' | null
  /** Of what stands there no resident knows (F1). */
  readonly isUntold?: true
  readonly deadlines: ClockedReport['deadlines']
  readonly plan?: ClockedReport['plan']
  readonly suspension?: Pick<NonNullable<Report['suspension']>, 'untilAt'>
  readonly supporterCount: number
  /** How many others reported it: as its own people count them, and as everybody else does. Absent where none did. */
  readonly coReporterCount?: number
  readonly coReportersShown?: number
  /** When somebody reported what the branch had declared. */
  readonly reportedAt?: number
  /** The first picture of what was done about it last. */
  readonly donePhoto?: string
  /** Lines of the trace that everybody reads, none from the time in which the matter was a complaint. */
  readonly publicLines: number
  /** When the last of them was written; before the first, when it was submitted. */
  readonly publicAt: number
  /** Whether some lines are one resident's own. */
  readonly hasPersonLines: boolean
  /** Whether something waits for a resident's word. */
  readonly asks: boolean
}

/** A report as the rows of lists know it. */
export type ListedReport = Pick<Report, 'id' | (typeof listedFields)[number]> & Excerpt

/** How an entry that has not ended stands: within its notice it is known to its own people alone. */
export const standingOnList = (episode: RedFaceEpisode): Excerpt['redFaceState'] =>
  episode.causes.length === 0 ? null : isOnPage(episode) ? 'public' : 'noticed'

export const excerptOf = (report: Report): Excerpt => {
  const { routing, deadlines, plan, suspension, wasComplaint, shelved } = report
  const { contactDueAt, planDueAt, resolveDueAt, startedAt, restartedAt, setAnewAt } = deadlines
  const episode = activeEpisode(report.redFaces)
  const publicLines = report.timeline.filter(
    ({ visibility, seq }) => visibility === 'public' && seq > (wasComplaint?.lastSeq ?? 0),
  )
  const shown = coReportersShown(report)
  const reportedAt = reportedAtOf(report)
  const donePhoto = lastResolution(report)?.after[0]
  const merged = report.mergings.flatMap(({ unitIds }) => (unitIds ? [{ unitIds }] : []))
  return {
    routing: {
      ...(routing.alternate ? { alternate: { id: routing.alternate.id } } : {}),
      ...(routing.cellName === undefined ? {} : { cellName: routing.cellName }),
    },
    stints: report.stints.map(({ unit, isSorting, from, acceptDueAt, acceptedAt }) => ({
      unit: { id: unit.id },
      isSorting,
      from,
      acceptDueAt,
      ...(acceptedAt === undefined ? {} : { acceptedAt }),
    })),
    requests: report.requests.map((request) => ({
      kind: request.kind,
      rulingUnitId: request.rulingUnitId,
      ...(isUntoldRequest(report, request) ? { isUntold: true } : {}),
    })),
    ...(merged.length > 0 ? { mergings: merged } : {}),
    redFaces: episode
      ? [
          {
            causes: episode.causes.map(({ unit, heir }) => ({
              unit: { id: unit.id },
              ...(heir ? { heir: { id: heir.id, path: heir.path } } : {}),
            })),
          },
        ]
      : [],
    redFaceState: episode ? standingOnList(episode) : null,
    ...(episode && !isToldToStand(episode) ? { isUntold: true } : {}),
    deadlines: {
      startedAt,
      ...(restartedAt === undefined ? {} : { restartedAt }),
      ...(setAnewAt === undefined ? {} : { setAnewAt }),
      contactDueAt,
      ...(planDueAt === undefined ? {} : { planDueAt }),
      resolveDueAt,
    },
    ...(plan ? { plan: { at: plan.at } } : {}),
    ...(suspension ? { suspension: { untilAt: suspension.untilAt } } : {}),
    supporterCount: report.supporters.count,
    ...(report.coReporters.length === 0 ? {} : { coReporterCount: report.coReporters.length }),
    ...(shown === 0 ? {} : { coReportersShown: shown }),
    ...(reportedAt === undefined ? {} : { reportedAt }),
    ...(donePhoto === undefined ? {} : { donePhoto }),
    publicLines: (shelved?.tally.public ?? 0) + publicLines.length,
    // The first line stays, however many later ones have left.
    publicAt: Math.max(
      report.submittedAt,
      shelved?.lastPublicAt ?? 0,
      publicLines[publicLines.length - 1]?.at ?? 0,
    ),
    hasPersonLines:
      report.timeline.some(({ visibility }) => visibility === 'person') ||
      Object.keys(shelved?.tally.persons ?? {}).length > 0,
    asks:
      report.status === 'resolved' ||
      report.requests.length > 0 ||
      report.questions.some(({ answeredAt }) => answeredAt === undefined) ||
      episode?.evidence !== undefined,
  }
}

/** The whole report, as rows know it. */
export const listedOf = (report: Report): ListedReport => ({ ...report, ...excerptOf(report) })

/** Whether the clock has something to do to it first, or its trace holds what its readers read differently: then the row is made of the whole report. */
export const isReadWhole = (row: Pick<Report, 'nextClockAt' | 'wasComplaint'>, now: number): boolean =>
  (row.nextClockAt !== null && row.nextClockAt <= now) || row.wasComplaint !== undefined
