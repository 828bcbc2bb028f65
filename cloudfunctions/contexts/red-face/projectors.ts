import type { Projectors } from '../../journal/settle'
import { reportedAtOf } from '../report/rules/matter-name'
import { coReportersShown, type OutboxEntry, type Report } from '../report/rules/report'
import type { LedgerPorts, RedFaceEntries, RedFaceEntry } from './ports'
import { type EntryFacts, entriesOf, entryIdOf } from './rules/entries'
import { hasBeenPublic, redFaceWeight, shownNoOf } from './rules/red-face'
import { appendToLedger, type LedgerEvent } from './shared/keep-ledger'
import { rowText } from './words'

/** The entries of one episode as the public list shows them: one for each unit that a cause belongs to. */
const toEntries = (report: Report, episodeNo: number, now: number): readonly RedFaceEntry[] => {
  const all = entriesOf(report.redFaces)
  const reportedAt = reportedAtOf(report)
  // What ended within its notice has left its number, and its place, to the next stay.
  const isReplaced = (entry: EntryFacts): boolean =>
    all.some(
      (later) =>
        later.episodeNo > entry.episodeNo &&
        later.shownNo === entry.shownNo &&
        later.unit.id === entry.unit.id,
    )
  return all
    .filter((entry) => entry.episodeNo === episodeNo && !isReplaced(entry))
    .map((entry): RedFaceEntry => {
      // A4: an ended unit's days go on with its heir, as far as that one has the matter.
      const { heir } = entry
      const isTheirs = (unitId: string): boolean => unitId === entry.unit.id || unitId === heir?.id
      const isHeld = isTheirs(report.answerableUnit.id)
      const lastStint = report.stints.reduce(
        (found, stint, place) => (isTheirs(stint.unit.id) ? place : found),
        -1,
      )
      const heldUntilAt = isHeld ? null : (report.stints[lastStint + 1]?.from ?? null)
      const since = entry.openedAt
      // A cause that came after the hand-over (a missed step of before) counts no days of its own.
      const until = heldUntilAt === null ? null : Math.max(since, heldUntilAt)
      return {
        id: entryIdOf(report.id, entry.shownNo, entry.unit.id),
        reportId: report.id,
        reportRev: report.rev,
        episodeNo: entry.shownNo,
        list: entry.list,
        isAppealed: entry.isAppealed,
        summary: report.publicSummary,
        submittedAt: report.submittedAt,
        categoryId: report.categoryId,
        unitId: entry.unit.id,
        unitName: entry.unit.name,
        ...(heir ? { heir: { id: heir.id, name: heir.name } } : {}),
        unitPath: (heir ?? entry.unit).path,
        causes: [...new Set(entry.causes.map((cause) => cause.cause))],
        noticedAt: since,
        publicAt: entry.publicAt,
        clearedAt: entry.endedAt,
        heldUntilAt: until,
        consent: entry.consent,
        supporterCount: report.supporters.count,
        coReporterCount: coReportersShown(report),
        isUnreported: report.reporterKey === null,
        ...(reportedAt === undefined ? {} : { reportedAt }),
        weight: redFaceWeight(
          { since, until, isCleared: entry.endedAt !== null },
          report.supporters.count,
          now,
        ),
        weighedAt: now,
      }
    })
}

/** One cause of one unit is one subject: it becomes public, or it never does (F6). */
const toLedgerEvent = (report: Report, entry: Extract<OutboxEntry, { kind: 'ledger' }>): LedgerEvent => {
  const episode = report.redFaces.find((one) => one.no === entry.episodeNo)
  const cause = report.redFaces.flatMap((one) => one.causes).find((one) => one.no === entry.causeNo)
  return {
    eventKey: `${report.id}:${entry.id}`,
    subjectKey: `${report.id}:${cause?.sharedNo ?? entry.causeNo}:${entry.unit.id}`,
    episodeKey: entryIdOf(report.id, episode ? shownNoOf(episode) : entry.episodeNo, entry.unit.id),
    at: entry.at,
    kind: entry.entry,
    reportId: report.id,
    unitId: entry.unit.id,
    unitName: entry.unit.name,
    unitPath: entry.unit.path,
    text: rowText(entry.facts),
    causes: cause ? [cause.cause] : [],
    isPublic: entry.isPublic,
  }
}

type ProjectorPorts = Pick<LedgerPorts, 'ledger' | 'sha256' | 'newSalt'> & {
  readonly redFaceEntries: Pick<RedFaceEntries, 'project'>
}

/** What the list and its ledger derive from a report. */
export const redFaceProjectors = (ports: ProjectorPorts): Pick<Projectors<Report>, 'red-face' | 'ledger'> => {
  const append = appendToLedger(ports)
  return {
    'red-face': {
      isApart: true,
      // An older state never overwrites a newer one; what is on no list yet nobody misses for a minute.
      isLater: ({ redFaces }, { episodeNo }) =>
        !redFaces.some((one) => one.no === episodeNo && hasBeenPublic(one)),
      project: async (report, entry, now) => {
        for (const projected of toEntries(report, entry.episodeNo, now)) {
          await ports.redFaceEntries.project(projected)
        }
        return null
      },
    },
    ledger: {
      isApart: true,
      // The rows of a matter stand in its order, also after a call that was cut off: by the clock.
      isLater: () => true,
      projectAll: async (report, entries) => {
        await append(entries.map((entry) => toLedgerEvent(report, entry)))
        return entries.map(() => null)
      },
    },
  }
}
