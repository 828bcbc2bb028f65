import { unitsAboveSeats } from '../../cloudfunctions/contexts/organisation/shared/units-above-seats'
import type { Photo } from '../../cloudfunctions/contexts/photo/ports'
import { ownerOf } from '../../cloudfunctions/contexts/photo/shared/own-photos'
import type { Participant } from '../../cloudfunctions/contexts/report/ports'
import { type ReportDocument, toReport } from '../../cloudfunctions/contexts/report/report-documents'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { numberReports } from '../../cloudfunctions/contexts/report/shared/number-reports'
import type { InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { type ApiAction, apiRooms } from '../../cloudfunctions/entrypoints/api/rooms'
import { runClock } from '../../cloudfunctions/entrypoints/clock/run-clock'
import type { Ports } from '../../cloudfunctions/entrypoints/ports'
import { repositories, sheetsOf } from '../../cloudfunctions/entrypoints/ports'
import type { Result } from '../../cloudfunctions/ground/result'
import type { CollectionName } from '../../cloudfunctions/platform/cloudbase/database'
import { readWhole } from '../../cloudfunctions/platform/cloudbase/long-documents'
import { sha256 } from '../../cloudfunctions/platform/digest'
import { openMemoryStore } from './memory-store'
import { membershipsOf } from './personas'
import { randomFrom } from './random'

/** Written in the form that clients give their commands. */
const commandIdOf = (no: number): string => `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`

const letters = 4
const lettersInAll = 19
/**
 * The digest that the product spells into the id of the demonstration's nth report: the last letter of its alphabet,
 * many times, then the number. So these ids sort behind those of reports that are submitted later, and of equal
 * deadlines a new report stands first.
 */
const digestOfReport = (no: number): string =>
  [
    ...Array.from({ length: lettersInAll - letters }, () => 31),
    ...Array.from({ length: letters }, (_, at) => Math.floor(no / 32 ** (letters - 1 - at)) % 32),
  ]
    .map((letter) => letter.toString(16).padStart(2, '0'))
    .join('')

const reportedBy = /^report\|.*\|00000000-0000-4000-8000-0*(\d+)$/

/** What an account sends with a step, without what says which step of which report it is. */
export type StepInput<A extends ApiAction> = Omit<InputOf<A>, 'commandId' | 'reportId' | 'rev'>

export interface Stage {
  readonly now: () => number
  /** Time goes on, and the product's clock runs at every instant at which something becomes due. */
  readonly letTimePass: (until: number) => Promise<void>
  /** Sends a new report under the number that its id is made of; answers the id. A refusal is thrown. */
  readonly send: <A extends 'report.submit' | 'redFace.declareNew'>(
    no: number,
    accountId: string,
    action: A,
    input: Omit<InputOf<A>, 'commandId'>,
  ) => Promise<string>
  /** Takes a step on a report as it stands. A refusal is thrown. */
  readonly step: <A extends ApiAction>(
    reportId: string,
    accountId: string,
    action: A,
    input: StepInput<A>,
  ) => Promise<void>
  readonly report: (id: string) => Report
  /** Who takes part in a report, in the order in which they joined. */
  readonly participants: (reportId: string) => readonly Participant[]
  /** A collection as it stands. */
  readonly documents: <T>(name: CollectionName) => readonly T[]
}

/** A demonstration's photographs belong to whoever shows them, and each showing is the first one. */
const photosOf = (keyed: Ports['keyed'], showing: () => string): Ports['photos'] => ({
  getMany: async (ids) =>
    ids.map(
      (id): Photo => ({
        id,
        owner: ownerOf(keyed, id, showing()),
        usedIn: null,
        fileId: '',
        thumbFileId: '',
        width: 0,
        height: 0,
        bytes: 0,
        admittedAt: 0,
      }),
    ),
  add: async () => {},
  claimAll: async () => true,
  claim: async (_photo, use) => use,
  copy: async () => {},
  digests: async () => new Map(),
  evidenceAlike: async () => [],
  giveUp: async () => 0,
  removeGivenUp: async () => 0,
  urls: async () => new Map(),
})

/**
 * The product without its platform, for a play of its own past: every call is checked, authorised and carried out by the
 * same use cases over the same repositories as in the functions, at an instant that the stage decides. Documents lie in
 * memory until somebody stores them.
 */
export const openStage = async (options: {
  readonly keyed: Ports['keyed']
  readonly startsAt: number
  /** What is there before anybody comes, by collection. */
  readonly documents: Readonly<Partial<Record<CollectionName, readonly { readonly _id: string }[]>>>
}): Promise<Stage> => {
  const store = openMemoryStore()
  for (const [name, documents] of Object.entries(options.documents))
    await store.addMissing(name as CollectionName, documents)
  let now = options.startsAt
  let acting = ''
  let commandCount = 0
  let saltCount = 0
  const numbers = randomFrom('numbers of reports')
  const keyed = (text: string): string => {
    const no = reportedBy.exec(text)?.[1]
    return no === undefined ? options.keyed(text) : digestOfReport(Number(no))
  }
  const log = { info: () => {}, error: (line: string) => console.error(line) }
  const known = repositories(readWhole<CollectionName>(store, sheetsOf), log)
  const ports: Ports = {
    ...known,
    photos: photosOf(keyed, () => acting),
    log,
    // The heads of the chains are published by the functions' own clock, once all rows are there.
    ledger: { ...known.ledger, chains: async () => [], begunChainIds: async () => [] },
    // Counted anew by the functions' own clock, too.
    figures: {
      ...known.figures,
      recountProgress: async () => ({ on: '9999-12-31', part: 'done', cursor: null }),
    },
    sha256,
    keyed,
    newSalt: () => {
      saltCount += 1
      return options.keyed(`salt of the demonstration|${saltCount}`).slice(0, 32)
    },
    // Time stands still while it acts.
    timeIn: (began) => began,
    newNumber: numberReports({ reports: known.reports, draw: (limit) => numbers.whole(0, limit - 1) }),
  }
  const find = apiRooms(ports)
  const clock = runClock(ports)

  const runTheClock = async (): Promise<void> => {
    const { failures } = await clock(now, () => true)
    const [failure] = failures
    if (failure) throw new Error(`${failure.id ?? failure.duty}: ${failure.reason}`)
  }
  const call = async (accountId: string, action: ApiAction, input: object): Promise<Result<unknown>> => {
    acting = accountId
    const served = await find(action)
    if (!served) throw new Error(`nobody serves ${action}`)
    const checked = served.check(input)
    if (!checked.ok) return checked
    const memberships = membershipsOf(accountId)
    return checked.value.answer({
      accountId,
      memberships,
      everyMembership: memberships,
      unitsAbove: await unitsAboveSeats(ports.units, memberships),
      now,
    })
  }
  /** What a call has left to the clock is not left for long. */
  const settle = async (): Promise<void> => {
    if (reports().some(({ outboxAt }) => outboxAt !== null)) await runTheClock()
  }
  const reports = () => store.all('reports') as readonly ReportDocument[]

  const report = (id: string): Report => {
    const document = store.peek('reports', id)
    if (!document) throw new Error(`no report ${id}`)
    return toReport(document as ReportDocument)
  }

  return {
    now: () => now,
    letTimePass: async (until) => {
      for (;;) {
        const dueAt = reports().reduce(
          (first, { nextClockAt }) => Math.min(first, nextClockAt ?? first),
          Number.POSITIVE_INFINITY,
        )
        if (dueAt > until) break
        now = Math.max(now, dueAt)
        await runTheClock()
      }
      now = until
    },
    send: async (no, accountId, action, input) => {
      const sent = await call(accountId, action, { commandId: commandIdOf(no), ...input })
      if (!sent.ok)
        throw new Error(`report ${no}: ${action} refused: ${sent.error.code} ${sent.error.message}`)
      await settle()
      return (sent.value as OutputOf<'report.submit'>).reportId
    },
    step: async (reportId, accountId, action, input) => {
      commandCount += 1
      const commandId = commandIdOf(1_000_000 + commandCount)
      const isAtAnyRev = action === 'report.support' || action === 'report.takeUp'
      const at = (rev: number) => ({ commandId, reportId, ...(isAtAnyRev ? {} : { rev }), ...input })
      let done = await call(accountId, action, at(report(reportId).rev))
      // Who sees less of a report counts its revisions otherwise, and is told how.
      if (!done.ok && done.error.code === 'stale-rev')
        done = await call(accountId, action, at(Number(done.error.details?.rev)))
      if (!done.ok) {
        const { status, categoryId } = report(reportId)
        const { code, message } = done.error
        throw new Error(`${reportId} (${categoryId}): ${action} refused while ${status}: ${code} ${message}`)
      }
      await settle()
    },
    report,
    participants: (reportId) =>
      (store.all('participants') as readonly Participant[]).filter((one) => one.reportId === reportId),
    documents: <T>(name: CollectionName) => store.all(name) as readonly T[],
  }
}
