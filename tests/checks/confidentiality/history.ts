import { callOf } from '../../../cloudfunctions/contexts/report/rules/call-of'
import type { ReportAction } from '../../../cloudfunctions/contexts/report/steps/registry'
import type { Answer, OutputOf } from '../../../cloudfunctions/contract/contract'
import { dayMs, hourMs, minuteMs } from '../../../cloudfunctions/ground/instant'
import { banner, branch, housingBureau, township } from '../../support/builders'
import type { Chance } from './chance'
import type { Document } from './memory-database'
import { aSeat, photoOf, residents, spots, staff } from './people'
import { someStep } from './steps'
import type { World } from './world'

/**
 * What a history asks: does it show who `hidden` is (`swap`), also where one of the two works for a unit concerned
 * (`member`)? Does a complaint show to those who must not know of it (`complaint`)?
 */
export type Question = 'swap' | 'member' | 'complaint'

/** One thing that happens, as it can happen again in another world. */
export type Happening =
  | { readonly kind: 'time'; readonly ms: number; readonly isClockRun: boolean }
  | { readonly kind: 'appointed'; readonly seat: Document }
  | { readonly kind: 'reading'; readonly seed: number }
  | {
      readonly kind: 'call'
      readonly person: string
      readonly action: string
      readonly input: object
      /** About a complaint: it does not happen where nobody has complained. */
      readonly isAboutComplaint: boolean
      /** The report that came of it. */
      readonly submittedId?: string
      /** It was refused because a yes of one’s own people is silence (H3). */
      readonly isSilence: boolean
    }

export interface History {
  readonly question: Question
  readonly happenings: readonly Happening[]
  /** Reports of `p` and `q` themselves, which no other person’s name is tried on. */
  readonly ownReportIds: readonly string[]
}

/** Prefix of the commands by which `p` and `q` file reports of their own. */
export const ownCommandPrefix = 'bbbbbbbb'

type View = OutputOf<'report.get'>

/** The hidden one, and the two of whom it is one, never act for a unit they may have a seat in. */
const isForThemselves = (person: string): boolean => ['hidden', 'p', 'q'].includes(person)

/** What somebody does for themselves. */
const residentSteps: readonly ReportAction[] = [
  'add-to',
  'urge',
  'answer',
  'open-message',
  'deny-contact',
  'rate',
  'reopen',
  'appeal',
  'appeal-look',
  'say-to-appeal',
  'appeal-struck',
  'answer-red-face',
  'agree',
  'say-reason-gone',
  'unmerge',
  'withdraw',
]

/** Steps that end a history early or change little: taken rarely, so that histories go deep. */
const rare: readonly ReportAction[] = [
  'withdraw',
  'decline',
  'return',
  'urge',
  'note',
  'correct-summary',
  'supervise',
  'relocate',
  'reassign',
]

const waits = [
  0,
  0,
  minuteMs,
  20 * minuteMs,
  3 * hourMs,
  3 * hourMs,
  dayMs,
  dayMs,
  3 * dayMs,
  9 * dayMs,
  31 * dayMs,
]

/** Addresses of photographs change with the hour. */
const withoutAddresses = (view: unknown): string =>
  JSON.stringify(view, (field, value) => (field === 'url' || field === 'thumbUrl' ? undefined : value))

/**
 * What a step shows whoever takes it is what they read when they ask, so that what is compared of their reading is
 * compared of it too.
 */
const expectViewAsRead = async (world: World, person: string, answer: Answer): Promise<void> => {
  const view = answer.ok && 'view' in answer.value ? answer.value.view : undefined
  // A report itself has a view too: the word for who reads it.
  if (typeof view !== 'object') return
  const read = await world.send(person, 'report.get', { reportId: view.id })
  if (withoutAddresses(read.ok ? read.value : read.error) !== withoutAddresses(view))
    throw new Error(`${person} is shown another report ${view.id} by a step than by asking for it`)
}

export interface HistoryOptions {
  /** Everything happens at a full minute, each thing in its own: for clouds whose clock stands still within one. */
  readonly isUnhurried?: boolean
  /** What a step answers is held against what its taker reads: for those who compare what is read. */
  readonly isReadBack?: boolean
}

/** Plays a random history in a world and answers what happened, to be played again elsewhere. */
export const playHistory = async (
  world: World,
  chance: Chance,
  question: Question,
  length: number,
  read: (seed: number) => Promise<void>,
  { isUnhurried = false, isReadBack = true }: HistoryOptions = {},
): Promise<History> => {
  const happenings: Happening[] = []
  const reports: string[] = []
  const ownReportIds: string[] = []
  const ownerOfOwn = new Map<string, string>()
  const complaints = new Set<string>()

  const pass = async (ms: number, isClockRun: boolean): Promise<void> => {
    // No two things happen at one instant: what is in order stays in order whatever the ids are.
    const waited = ms + (isUnhurried ? minuteMs : 1) * (1 + chance.below(50))
    world.step(waited)
    if (isClockRun) await world.tick()
    happenings.push({ kind: 'time', ms: waited, isClockRun })
  }
  const readNow = async (): Promise<void> => {
    const seed = chance.below(1_000_000)
    await read(seed)
    happenings.push({ kind: 'reading', seed })
  }
  const call = async (
    person: string,
    action: string,
    input: object,
    isAboutComplaint = false,
  ): Promise<Answer> => {
    const answer = await world.send(person, action, input)
    if (isReadBack) await expectViewAsRead(world, person, answer)
    // A step in a shape that is no longer the contract's would never be played.
    if (!answer.ok && ['internal', 'invalid-input'].includes(answer.error.code))
      throw new Error(`${person} ${action}: ${answer.error.code} ${JSON.stringify(answer.error.details)}`)
    const isSilence = person === 'hidden' && !answer.ok && answer.error.code === 'not-eligible'
    const submittedId =
      action === 'report.submit' && answer.ok
        ? (answer.value as OutputOf<'report.submit'>).reportId
        : undefined
    happenings.push({
      kind: 'call',
      person,
      action,
      input,
      isAboutComplaint,
      isSilence,
      ...(submittedId === undefined ? {} : { submittedId }),
    })
    return answer
  }
  const submit = async (person: string, overrides: object = {}, prefix?: string): Promise<void> => {
    const spot = chance.of([
      'lane',
      'lane',
      'lane',
      'besideTheLane',
      'border',
      'eastStreet',
      'gap',
      'steppe',
    ] as const)
    const { categoryId = '' } = overrides as { categoryId?: string }
    const answer = await call(
      person,
      'report.submit',
      {
        commandId: chance.uuid(prefix),
        categoryId: chance.of(['lane-repair', 'lane-repair', 'lane-hardening', 'street-lamp', 'danger']),
        text: chance.of(['巷子里都是泥，老人出不了门', '路灯不亮', '井盖没了']),
        photos: chance.inHundred(60) ? [photoOf(person, chance.below(8))] : [],
        place: {
          point: spots[spot],
          accuracyMetres: chance.of([5, 30, 120]),
          words: chance.of(['', '供销社往东第二条巷子']),
        },
        ...(chance.inHundred(50) ? { phone: '13800138000' } : {}),
        ...overrides,
      },
      categoryId === 'about-branch',
    )
    if (!answer.ok)
      throw new Error(`${person} could not report: ${answer.error.code} ${answer.error.message}`)
    const { reportId } = answer.value as OutputOf<'report.submit'>
    reports.push(reportId)
    if (categoryId === 'about-branch') complaints.add(reportId)
    if (prefix !== undefined) {
      ownReportIds.push(reportId)
      ownerOfOwn.set(reportId, person)
    }
  }

  if (question === 'member') {
    const [unit, role] = chance.of([
      [branch, 'grid-worker'],
      [branch, 'secretary'],
      [housingBureau, 'partner-staff'],
      [township, 'clerk'],
      [township, 'leader'],
      [banner, 'admin'],
    ] as const)
    const seat = aSeat('p', unit, role) as unknown as Document
    await world.add('memberships', seat)
    happenings.push({ kind: 'appointed', seat })
  }
  // What else the two have to do with the town.
  for (const person of ['p', 'q']) {
    if (question === 'complaint' || !chance.inHundred(60)) continue
    await submit(
      person,
      { categoryId: chance.of(['rubbish', 'ordinary']), place: { point: spots.eastStreet, words: '' } },
      ownCommandPrefix,
    )
    await pass(hourMs, true)
  }
  await submit(chance.of(['hidden', 'hidden', ...residents]))
  let isAppointed = false

  for (let turn = 0; turn < length; turn += 1) {
    await pass(chance.of(waits), chance.inHundred(60))
    if (chance.inHundred(12)) await readNow()
    if (reports.length < 5 && chance.inHundred(turn < 4 ? 50 : 8)) {
      await submit(chance.of(['hidden', 'hidden', ...residents]))
      continue
    }
    if (complaints.size < 2 && chance.inHundred(question === 'complaint' ? 30 : 5)) {
      const person = question === 'complaint' ? chance.of(residents) : 'hidden'
      const about = { categoryId: 'about-branch', text: '支部不理人', photos: [] }
      // Off the grid nobody can tell whom it is about; whoever sorts it says so.
      const place = chance.inHundred(40)
        ? { place: { point: spots.steppe, words: '' } }
        : {
            place: { point: spots.lane, words: '' },
            accusedUnitId: question === 'complaint' || chance.inHundred(70) ? branch.id : township.id,
          }
      await submit(person, { ...about, ...place })
      continue
    }
    if (question === 'complaint' && !isAppointed && complaints.size > 0 && chance.inHundred(40)) {
      // Somebody of the level above gets a seat with the accused while the complaint lies there.
      isAppointed = true
      const seat = aSeat('second-clerk', branch, 'grid-worker', world.now()) as unknown as Document
      await world.add('memberships', seat)
      happenings.push({ kind: 'appointed', seat })
      continue
    }
    const reportId = chance.of(reports)
    const own = ownerOfOwn.get(reportId)
    const isComplaint = complaints.has(reportId)
    const crowd = isComplaint
      ? ['clerk', 'clerk', 'banner-clerk', question === 'complaint' ? chance.of(residents) : 'hidden']
      : own === undefined
        ? [
            'hidden',
            'hidden',
            'hidden',
            ...residents,
            ...staff,
            'secretary',
            'secretary',
            'clerk',
            'banner-clerk',
            'handler',
          ]
        : [own, own, 'other-secretary', 'other-secretary', ...staff]
    const person = chance.of(crowd)
    const seen = await world.send(person, 'report.get', { reportId })
    if (!seen.ok) continue
    const view = seen.value as View
    const offered = (view.actions as readonly ReportAction[]).filter(
      (action) =>
        (!isForThemselves(person) ||
          action === 'support' ||
          (view.part !== null && residentSteps.includes(action))) &&
        (!rare.includes(action) || chance.inHundred(15)),
    )
    if (offered.length === 0) continue
    const action = chance.of(offered)
    if (action === 'support') {
      if (own === undefined) await call(person, 'report.support', { commandId: chance.uuid(), reportId })
      continue
    }
    // By its reporter's word a complaint is none any more, and everybody may know of it (K9).
    if (question === 'complaint' && isComplaint && action === 'agree') continue
    const alike = reports.filter((id) => id !== reportId && !ownerOfOwn.has(id))
    if (action === 'merge' && (own !== undefined || alike.length === 0)) continue
    const name = callOf(action)
    await call(
      person,
      name,
      {
        commandId: chance.uuid(),
        reportId,
        rev: view.rev,
        ...someStep(name, {
          chance,
          person,
          now: world.now(),
          reportIds: action === 'merge' ? alike : reports,
          requests: view.requests.map((request) => request.kind),
          isComplaint,
        }),
      },
      isComplaint,
    )
  }
  await pass(hourMs, true)
  await readNow()
  return { question, happenings, ownReportIds }
}

/** Who acts has looked before they did: another world may have shown them another revision. */
const sendSeen = async (world: World, person: string, action: string, input: object): Promise<Answer> => {
  const first = await world.send(person, action, input)
  const isStale = !first.ok && first.error.code === 'stale-rev'
  const answer = isStale
    ? await world.send(person, action, { ...input, rev: first.error.details?.rev })
    : first
  await expectViewAsRead(world, person, answer)
  return answer
}

/** Lets a history happen again, with what `isLeftOut` names left out; `here` says it in the other world’s ids. */
export const replay = async (
  world: World,
  { happenings }: History,
  isLeftOut: (happening: Extract<Happening, { kind: 'call' }>) => boolean,
  read: (seed: number) => Promise<void>,
  here: (input: object) => object = (input) => input,
  onAnswer: (happening: Extract<Happening, { kind: 'call' }>, answer: Answer) => void = () => undefined,
): Promise<void> => {
  for (const happening of happenings) {
    if (happening.kind === 'time') {
      world.step(happening.ms)
      if (happening.isClockRun) await world.tick()
    } else if (happening.kind === 'appointed') await world.add('memberships', happening.seat)
    else if (happening.kind === 'reading') await read(happening.seed)
    else if (!isLeftOut(happening)) {
      const { person, action, input } = happening
      onAnswer(happening, await sendSeen(world, person, action, here(input)))
    }
  }
}
