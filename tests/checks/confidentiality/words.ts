import { spokenNumber } from '../../../cloudfunctions/contexts/report/rules/report-number'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { dayMs, hourMs } from '../../../cloudfunctions/ground/instant'
import { housingBureau } from '../../support/builders'
import { chanceOf } from './chance'
import { photoOf, spots } from './people'
import { knownIn, observers, readEverything } from './reading'
import type { World } from './world'

/** Who may read what somebody typed. `handler` is who has been given the work. */
export const readers = {
  reporter: 'neighbour',
  supporter: 'second-neighbour',
  'co-reporter': 'third-neighbour',
  branch: 'secretary',
  colleague: 'grid-worker',
  handler: 'handler',
  township: 'clerk',
  banner: 'banner-clerk',
  'other branch': 'other-secretary',
  admin: 'branch-admin',
  counter: 'counter',
  stranger: 'stranger',
  anybody: 'nobody',
} as const
export type Reader = keyof typeof readers

const staff: readonly Reader[] = ['branch', 'colleague', 'handler', 'township', 'banner']
const parties: readonly Reader[] = ['reporter', 'co-reporter', ...staff]
const everybody = Object.keys(readers) as readonly Reader[]
/** The one who said it or was told it, and staff. */
const oneAndStaff: readonly Reader[] = ['reporter', ...staff]

/**
 * Every text somebody types, and who may read it, wherever it turns up: pages, lists, traces, inboxes, the list, the
 * ledger. Written by hand from the rules: what is missing here is nobody’s.
 */
export const mayRead: Readonly<Record<string, readonly Reader[]>> = {
  // A resident’s own words: theirs and the staff’s (M3).
  'what was reported': oneAndStaff,
  'the place in words': oneAndStaff,
  // Nobody typed it; it is looked for like a text.
  'the number': oneAndStaff,
  'added words': oneAndStaff,
  'an answer': oneAndStaff,
  'a remark on a rating': oneAndStaff,
  'a word to the evidence': oneAndStaff,
  'why it is broken again': oneAndStaff,
  'a supporter’s word to the evidence': ['supporter', ...staff],
  'what the co-reporter reported': ['co-reporter', ...staff],
  'a co-reporter’s addition': ['co-reporter', ...staff],
  // To one resident.
  'a message': oneAndStaff,
  'a question': oneAndStaff,
  'a note on a visit': oneAndStaff,
  // Staff to staff.
  'a private note': staff,
  'a note on a dispatch': staff,
  'a note on a recall': staff,
  'a note on a rework': staff,
  'a note on a claim': staff,
  'a note on a decline': staff,
  'a note on a supervision': staff,
  'a note on a reclassification': staff,
  // To the parties.
  'progress for the parties': parties,
  'a reason for a suspension asked': parties,
  'a note on a ruling': parties,
  'a reason of a red-face appeal': parties,
  // For everybody.
  'progress for everybody': everybody,
  'a summary': everybody,
  'evidence in words': everybody,
  'how it was resolved': everybody,
  'why it was declared': everybody,
}

type Field = keyof typeof mayRead

/** A text that occurs nowhere else. */
const sentinelOf = (field: Field): string => {
  const place = Object.keys(mayRead).indexOf(field)
  return `密语${String.fromCodePoint(0x4e00 + 97 * (place + 1))}${String.fromCodePoint(0x5e00 + 89 * place)}字`
}

export interface Misread {
  readonly field: Field
  readonly reader: Reader
  /** Read by somebody who may not, or not found by anybody who may. */
  readonly how: 'read' | 'unread'
}

/** Plays a story in which every text is typed once, and has everybody read everything at each turn of it. */
export const searchWords = async (
  world: World,
): Promise<{ readonly fields: number; readonly readers: number; readonly wrong: readonly Misread[] }> => {
  const said = new Map<Reader, Set<Field>>(everybody.map((reader) => [reader, new Set<Field>()]))
  const chance = chanceOf(1)
  let numbers: readonly string[] = []
  const marksOf = (field: Field): readonly string[] =>
    field === 'the number' ? numbers : [sentinelOf(field)]
  const look = async (): Promise<void> => {
    const known = await knownIn(world)
    for (const [reader, name] of Object.entries(readers) as [Reader, string][]) {
      const person = name === 'nobody' ? null : name
      if (!observers.includes(person)) throw new Error(`${name} is nobody`)
      const answers = JSON.stringify(
        (await readEverything(world, person, known, chanceOf(2))).map((one) => one.answer),
      )
      for (const field of Object.keys(mayRead))
        if (marksOf(field).some((mark) => answers.includes(mark))) said.get(reader)?.add(field)
    }
  }
  const call = async (person: string, action: string, input: object): Promise<unknown> => {
    const answer = await world.send(person, action, input)
    if (!answer.ok) throw new Error(`${person} ${action}: ${answer.error.code} ${answer.error.message}`)
    world.step(61_000)
    return answer.value
  }
  const take = async (person: string, action: string, reportId: string, input: object): Promise<void> => {
    const { rev } = (await call(person, 'report.get', { reportId })) as OutputOf<'report.get'>
    await call(person, action, { commandId: chance.uuid(), reportId, rev, ...input })
  }
  const submit = async (
    person: string,
    text: string,
    words: string,
    categoryId = 'lane-repair',
  ): Promise<OutputOf<'report.submit'>> =>
    (await call(person, 'report.submit', {
      commandId: chance.uuid(),
      categoryId,
      text,
      photos: [photoOf(person, 0)],
      place: { point: spots.lane, words },
      phone: '13800138000',
    })) as OutputOf<'report.submit'>
  const later = async (ms: number): Promise<void> => {
    world.step(ms)
    await world.tick()
  }
  const s = sentinelOf

  const { reportId: id, number } = await submit('neighbour', s('what was reported'), s('the place in words'))
  if (number === null) throw new Error('a new report has no number')
  numbers = [number, spokenNumber(number)]
  await call('second-neighbour', 'report.support', { commandId: chance.uuid(), reportId: id })
  await take('secretary', 'report.accept', id, {})
  await take('secretary', 'report.correctSummary', id, { publicSummary: s('a summary') })
  await take('neighbour', 'report.add', id, { words: s('added words'), photos: [] })
  await take('secretary', 'report.ask', id, { words: s('a question') })
  await take('neighbour', 'report.answer', id, { words: s('an answer'), photos: [] })
  await take('secretary', 'report.contact', id, { channel: 'message', note: s('a message') })
  await take('secretary', 'report.contact', id, { channel: 'visit', note: s('a note on a visit') })
  await take('secretary', 'report.note', id, { note: s('a private note') })
  await take('secretary', 'report.progress', id, { note: s('progress for everybody'), isPublic: true })
  await take('secretary', 'report.progress', id, { note: s('progress for the parties'), isPublic: false })
  await take('clerk', 'report.supervise', id, { note: s('a note on a supervision') })
  await take('secretary', 'redFace.declare', id, { note: s('why it was declared') })
  await take('secretary', 'redFace.appeal', id, { reason: s('a reason of a red-face appeal') })
  await take('clerk', 'report.ruleOn', id, {
    request: 'appeal-red-face',
    isGranted: false,
    note: s('a note on a ruling'),
  })
  await take('secretary', 'report.suspend', id, {
    reason: s('a reason for a suspension asked'),
    plan: '列入计划',
    untilAt: world.now() + 20 * dayMs,
  })
  // Merged in by the branch: its reporter becomes a co-reporter.
  const { reportId: child } = await submit('third-neighbour', s('what the co-reporter reported'), '')
  await take('clerk', 'report.ruleOn', id, { request: 'suspend', isGranted: false, note: '' })
  await take('clerk', 'report.merge', child, { parentReportId: id })
  await later(hourMs)
  await take('third-neighbour', 'report.add', id, { words: s('a co-reporter’s addition'), photos: [] })
  await take('secretary', 'report.dispatch', id, {
    toUnitId: housingBureau.id,
    note: s('a note on a dispatch'),
  })
  await take('handler', 'report.claimFixed', id, {
    note: s('a note on a claim'),
    before: [],
    after: [photoOf('handler', 0)],
    remedy: 'temporary',
  })
  await look()
  await take('secretary', 'report.rework', id, { note: s('a note on a rework') })
  await look()
  await take('secretary', 'report.recall', id, { note: s('a note on a recall') })
  await take('secretary', 'report.layEvidence', id, {
    note: s('evidence in words'),
    photos: [photoOf('secretary', 1)],
  })
  // A supporter is asked once everybody may know of the entry (F2).
  await later(4 * dayMs)
  await take('second-neighbour', 'redFace.answer', id, {
    isGone: false,
    note: s('a supporter’s word to the evidence'),
    photo: photoOf('second-neighbour', 1),
  })
  await take('neighbour', 'redFace.answer', id, { isGone: false, note: s('a word to the evidence') })
  await take('secretary', 'report.resolve', id, {
    note: s('how it was resolved'),
    before: [],
    after: [photoOf('secretary', 2)],
    remedy: 'temporary',
  })
  await take('neighbour', 'report.rate', id, {
    contacted: true,
    solved: 'partly',
    satisfaction: 'basically-satisfied',
    remark: s('a remark on a rating'),
  })
  await later(9 * dayMs)
  await look()
  await take('neighbour', 'report.reopen', id, { reason: s('why it is broken again'), photos: [] })
  await take('clerk', 'report.reclassify', id, {
    categoryId: 'lane-hardening',
    note: s('a note on a reclassification'),
  })
  const { reportId: other } = await submit('neighbour', '另一件', '', 'ordinary')
  await take('secretary', 'report.decline', other, {
    reason: 'private-dispute',
    note: s('a note on a decline'),
  })
  await later(3 * dayMs)
  await look()

  const wrong: Misread[] = []
  for (const [field, allowed] of Object.entries(mayRead)) {
    for (const reader of everybody) {
      const hasRead = said.get(reader)?.has(field) ?? false
      if (hasRead && !allowed.includes(reader)) wrong.push({ field, reader, how: 'read' })
    }
    if (!allowed.some((reader) => said.get(reader)?.has(field))) {
      const [first = 'anybody'] = allowed
      wrong.push({ field, reader: first, how: 'unread' })
    }
  }
  return { fields: Object.keys(mayRead).length, readers: everybody.length, wrong }
}
