import { chinaDateOn } from '../../../ground/instant'
import type { Report, ReportEvent } from './report'

/** Lines by who may read them. */
export interface Tally {
  readonly public: number
  readonly parties: number
  readonly staff: number
  /** By the key of the resident whose words they are, or to whom. */
  readonly persons: Readonly<Record<string, number>>
}

/** What a report knows of the lines of its trace that lie in pieces of their own. */
export interface Shelved {
  readonly tally: Tally
  /** Of them what was written while it was a complaint, which is read otherwise (K9). */
  readonly withinComplaint?: Tally
  /** When the last of them was written that everybody may read. */
  readonly lastPublicAt?: number
  /** How many of them are of one day, by the unit or resident who wrote them. */
  readonly day?: { readonly on: string; readonly by: Readonly<Record<string, number>> }
}

/** Lines that left a trace together, in a document that is never written again. */
export interface TracePiece {
  readonly reportId: string
  /** Number of its first line within the trace. */
  readonly firstSeq: number
  readonly lines: readonly ReportEvent[]
}

/** A trace longer than this is cut, to this. In bytes, for what people write is long or short. */
const mostBytes = 20_000
const bytesKept = 10_000
/** These stay however long they are. */
const linesKept = 6
/** Of one piece, whatever has come together since the clock last ran; then there are several. */
const pieceBytes = 30_000

const bytesOf = (text: string): number => {
  let bytes = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : 3
  }
  return bytes
}

/**
 * The oldest lines, where there are too many, as far as one piece holds them: all but the first, by which the command that
 * sent it in is known again.
 */
export const linesToShelve = ({ timeline }: Pick<Report, 'timeline'>): readonly ReportEvent[] => {
  if (timeline.length <= linesKept + 1) return []
  const lines = timeline.slice(1)
  const bytes = lines.map((line) => bytesOf(JSON.stringify(line)))
  let left = bytes.reduce((sum, one) => sum + one, 0)
  if (left <= mostBytes) return []
  let [count, leaving] = [0, 0]
  while (left > bytesKept && count < lines.length - linesKept) {
    const more = bytes[count] ?? 0
    if (count > 0 && leaving + more > pieceBytes) break
    leaving += more
    left -= more
    count += 1
  }
  return lines.slice(0, count)
}

const none: Tally = { public: 0, parties: 0, staff: 0, persons: {} }

const tallied = (tally: Tally, lines: readonly ReportEvent[]): Tally => {
  const ofMany = (visibility: 'public' | 'parties' | 'staff'): number =>
    tally[visibility] + lines.filter((line) => line.visibility === visibility).length
  const persons: Record<string, number> = { ...tally.persons }
  for (const { personKey, visibility } of lines)
    if (visibility === 'person' && personKey !== undefined) persons[personKey] = (persons[personKey] ?? 0) + 1
  return { public: ofMany('public'), parties: ofMany('parties'), staff: ofMany('staff'), persons }
}

/** Who wrote a line, where there is a limit to that. */
export const writerOf = ({
  side,
  unitName,
  personKey,
}: Pick<ReportEvent, 'side' | 'unitName' | 'personKey'>): string | undefined =>
  unitName ?? (side === 'resident' ? personKey : undefined)

const dayOf = (shelved: Shelved | undefined, lines: readonly ReportEvent[], at: number): Shelved['day'] => {
  const on = chinaDateOn(at)
  const by: Record<string, number> = { ...(shelved?.day?.on === on ? shelved.day.by : {}) }
  for (const line of lines) {
    const writer = chinaDateOn(line.at) === on ? writerOf(line) : undefined
    if (writer !== undefined) by[writer] = (by[writer] ?? 0) + 1
  }
  return Object.keys(by).length > 0 ? { on, by } : undefined
}

/** What the report knows of its older lines once these have left it. */
export const shelvedWith = (
  { shelved, wasComplaint }: Pick<Report, 'shelved' | 'wasComplaint'>,
  lines: readonly ReportEvent[],
  at: number,
): Shelved => {
  const isWithin = ({ seq }: ReportEvent): boolean =>
    wasComplaint !== undefined && seq <= wasComplaint.lastSeq
  const within = lines.filter(isWithin)
  const withinComplaint =
    within.length > 0 ? tallied(shelved?.withinComplaint ?? none, within) : shelved?.withinComplaint
  const lastPublicAt = lines.reduce(
    (last, line) => (line.visibility === 'public' && !isWithin(line) ? line.at : last),
    shelved?.lastPublicAt,
  )
  const day = dayOf(shelved, lines, at)
  return {
    tally: tallied(
      shelved?.tally ?? none,
      lines.filter((line) => !isWithin(line)),
    ),
    ...(withinComplaint ? { withinComplaint } : {}),
    ...(lastPublicAt === undefined ? {} : { lastPublicAt }),
    ...(day ? { day } : {}),
  }
}

/** The complaint is over: whatever has left its trace by now was written within it. */
export const shelvedWithinComplaint = ({ tally, day }: Shelved): Shelved => ({
  tally: none,
  withinComplaint: tally,
  ...(day ? { day } : {}),
})
