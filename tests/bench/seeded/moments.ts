import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import type { ApiAction } from '../../../cloudfunctions/entrypoints/api/rooms'
import type { Ports } from '../../../cloudfunctions/entrypoints/ports'
import { dayMs, hourMs, minuteMs } from '../../../cloudfunctions/ground/instant'
import { membershipsOf, membersOf } from '../../../local/demo/personas'
import { openStage } from '../../../local/demo/stage'
import {
  type Document,
  type Family,
  type Moment,
  type Played,
  readFamilies,
  seededKeyed,
  seededNow,
} from './played'
import { askedSteps } from './rare'
import { compileTemplate, copyTemplate, inputOfCopy, type Template, type Variant } from './template'

/** A step that can be taken again and again on copies of one matter, right now. */
export interface Ready {
  readonly action: string
  readonly template: Template
  /** Of the copy whose resident places are 0, 1, …: undefined for who is not among them. */
  readonly residentPlace: number | undefined
  readonly accountId: string
  /** Of the reports of the family. */
  readonly report: number
  readonly shiftMs: number
}

type Compile = (family: Family, accountIds: readonly string[], input: Moment['input']) => Template

export const compiling =
  (keyed: Ports['keyed'], stored: (collection: string, document: Document) => Document): Compile =>
  (family, staffAccounts, input) =>
    compileTemplate({ family, staffAccounts, keyed, input, stored })

/** The copy that a step is tried on. */
const trial = (template: Template, shiftMs: number): Variant => ({
  reportIds: Array.from({ length: template.reportCount }, (_, no) => `r222222222222222222${'23456789'[no]}`),
  numbers: Array.from({ length: template.reportCount }, (_, no) => `100000000${no}`),
  accountIds: (place) => `custom:caller-trial-${place}`,
  photoIds: (place) => `photo-trial-${place}`,
  shiftMs,
  village: null,
  move: null,
})

export const callerOf = (ready: Ready, accountIds: Variant['accountIds']): string => {
  if (ready.residentPlace !== undefined) return accountIds(ready.residentPlace)
  return membershipsOf(ready.accountId).length > 0
    ? ready.accountId
    : accountIds(ready.template.residents.length)
}

/** Whether the step is taken now, on a copy in the product without its platform. */
const isTaken = async (ready: Ready, given: Played['given']): Promise<boolean> => {
  const variant = trial(ready.template, ready.shiftMs)
  const documents: Record<string, Document[]> = {}
  for (const [name, known] of Object.entries(given)) documents[name] = [...known]
  for (const { collection, document } of copyTemplate(ready.template, variant, seededKeyed)) {
    const { shape: _shape, ...rest } = document
    documents[collection] = [...(documents[collection] ?? []), rest as Document]
  }
  const stage = await openStage({ keyed: seededKeyed, startsAt: seededNow, documents })
  const input = inputOfCopy(ready.template, variant, seededKeyed)
  try {
    await stage.step(
      variant.reportIds[ready.report] ?? '',
      callerOf(ready, variant.accountIds),
      ready.action as ApiAction,
      input as never,
    )
    return true
  } catch {
    return false
  }
}

/** A step that the demonstration does not play, and where it may be found waiting to be taken. */
interface Unplayed {
  readonly input: Moment['input'] | ((report: Report) => Moment['input'])
  readonly mayBeAt: (text: string) => boolean
  readonly accounts: 'participants' | 'staff' | 'anybody'
}

const unplayed: Readonly<Record<string, Unplayed>> = {
  'report.unmerge': {
    input: {},
    mayBeAt: (text) => text.includes('"status":"merged"'),
    accounts: 'participants',
  },
  'report.resume': { input: {}, mayBeAt: (text) => text.includes('"status":"suspended"'), accounts: 'staff' },
  'report.takeUp': {
    input: ({ place, publicPoint }) => ({ point: place.point ?? publicPoint ?? { lng: 110.52, lat: 40.56 } }),
    mayBeAt: (text) => text.includes('"reporterKey":null'),
    accounts: 'anybody',
  },
  'report.appealLook': {
    input: { reason: '没有修好，还是老样子' },
    mayBeAt: (text) => text.includes('"consent":"look"') && text.includes('"isGone":false'),
    accounts: 'participants',
  },
  'report.appealStruck': {
    input: { reason: '我说的是真话，请再看一看' },
    mayBeAt: (text) => text.includes('"struck'),
    accounts: 'participants',
  },
}

/** Matters that would have gone another way: who was sent to look finds solved what somebody says is not. */
const foundSolved = async ({ given, moments, names }: Played): Promise<readonly Family[]> => {
  const looks = moments.filter(
    ({ action, input }) => action === 'report.look' && input.finding === 'unsolved',
  )
  return Promise.all(
    looks.map(async ({ family, at, reportId, accountId, input }) => {
      const documents: Record<string, Document[]> = {}
      for (const [name, known] of Object.entries(given)) documents[name] = [...known]
      for (const [name, document] of family.documents)
        documents[name] = [...(documents[name] ?? []), document]
      const stage = await openStage({ keyed: seededKeyed, startsAt: at, documents })
      await stage.step(reportId, accountId, 'report.look', { ...input, finding: 'solved' } as never)
      return readFamilies(stage, names)(reportId)
    }),
  )
}

/** Steps whose deadlines run out within minutes would be another step a little later. */
const quietMs = 3 * hourMs

/**
 * For every step of the contract a matter on which it is taken right now. Throws with the names of those for which the
 * demonstration has none.
 */
export const findReady = async (played: Played, compile: Compile): Promise<readonly Ready[]> => {
  const { given, moments, families } = played
  const others = await foundSolved(played)
  const found: Ready[] = []
  const missing: string[] = []

  const described = (
    action: string,
    family: Family,
    reportId: string,
    accountId: string,
    input: Moment['input'],
    shiftMs: number,
  ): Ready => {
    const template = compile(family, [accountId], input)
    const reports = family.documents.flatMap(([name, { _id }]) => (name === 'reports' ? [_id] : []))
    const place = template.residents.indexOf(accountId)
    return {
      action,
      template,
      residentPlace: place < 0 ? undefined : place,
      accountId,
      report: reports.indexOf(reportId),
      shiftMs,
    }
  }
  const isQuiet = ({ template, shiftMs }: Ready): boolean =>
    template.nextClockAt === null || template.nextClockAt + shiftMs > seededNow + quietMs

  function* playedOf(action: string): Generator<Ready> {
    for (const { family, reportId, accountId, input, at } of moments.filter((one) => one.action === action))
      yield described(action, family, reportId, accountId, input, seededNow - at)
  }
  function* unplayedOf(action: string): Generator<Ready> {
    const { input, mayBeAt, accounts } = unplayed[action] ?? {}
    if (!mayBeAt || input === undefined) return
    const everywhere = [...families, ...others, ...moments.map(({ family }) => family)]
    for (const family of everywhere)
      for (const [name, document] of family.documents) {
        if (name !== 'reports' || !mayBeAt(JSON.stringify(document))) continue
        const report = document as unknown as Report
        const participants = family.documents.flatMap(([of, { reportId, accountId }]) =>
          of === 'participants' && reportId === document._id ? [String(accountId)] : [],
        )
        const callers =
          accounts === 'participants'
            ? participants
            : accounts === 'anybody'
              ? ['custom:caller-new']
              : membersOf(report.answerableUnit.id).map((member) => member.accountId)
        const sent = typeof input === 'function' ? input(report) : input
        for (const accountId of callers)
          for (const sinceMs of [minuteMs, dayMs])
            yield described(
              action,
              family,
              document._id,
              accountId,
              sent,
              seededNow - report.changedAt - sinceMs,
            )
      }
  }

  for (const { call } of askedSteps) {
    let second: Ready | undefined
    let first: Ready | undefined
    const candidates = moments.some(({ action }) => action === call) ? playedOf(call) : unplayedOf(call)
    for (const candidate of candidates) {
      if (second && !isQuiet(candidate)) continue
      if (!(await isTaken(candidate, given))) continue
      if (isQuiet(candidate)) {
        first = candidate
        break
      }
      second ??= candidate
    }
    const ready = first ?? second
    if (ready) found.push(ready)
    else missing.push(call)
  }
  if (missing.length > 0) throw new Error(`no matter is ready for ${missing.join(', ')}`)
  return found
}
