import * as fc from 'fast-check'
import { entriesOf, ledgerChanges } from '../../../../cloudfunctions/contexts/red-face/rules/entries'
import {
  activeEpisode,
  type CauseRecord,
  type ConsentState,
  consentOf,
  isUntold,
  openRedFace,
  publishesAt,
  type RedFaceEpisode,
  redFaceCauses,
  redFaceWeight,
  standingNos,
  takeWord,
  type Word,
} from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import { dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'
import { rules } from '../../../support/builders'

const unit = (id: string) => ({ id, name: id, path: ['top', id] })
const aCause = (overrides: Partial<CauseRecord> = {}): CauseRecord => ({
  no: 1,
  cause: 'resolve-overdue',
  unit: unit('a'),
  at: 0,
  publicAt: dayMs,
  wasAppealed: false,
  ...overrides,
})
const anEpisode = (overrides: Partial<RedFaceEpisode> = {}): RedFaceEpisode => ({
  no: 1,
  openedAt: 0,
  causes: [aCause()],
  words: [],
  ...overrides,
})
const open = (
  episodes: readonly RedFaceEpisode[],
  cause: (typeof redFaceCauses)[number],
  unitId: string,
  at = 0,
) => openRedFace(episodes, { cause, unit: unit(unitId), at, publicAt: at + dayMs })

describe('F2: opening', () => {
  test('names the cause and the unit it belongs to, each its own, and leaves a notice before anybody sees it', () => {
    const { episodes: first, added } = open([], 'accept-overdue', 'a', 1000)
    expect(added).toMatchObject({ no: 1, publicAt: 1000 + dayMs, wasAppealed: false })
    const { episodes } = open(first, 'accept-overdue', 'b', 1000)
    expect(episodes).toMatchObject([
      { no: 1, openedAt: 1000, words: [], causes: [{ unit: { id: 'a' } }, { unit: { id: 'b' } }] },
    ])
    expect(entriesOf(episodes).map((entry) => [entry.unit.id, entry.list])).toEqual([
      ['a', 'notice'],
      ['b', 'notice'],
    ])
  })

  test('while one runs adds a cause that is new for some unit, and restarts no notice', () => {
    const { episodes } = open([], 'resolve-overdue', 'a')
    expect(open(episodes, 'resolve-overdue', 'a', 5000)).toEqual({ episodes, added: null })
    const more = open(episodes, 'resolve-overdue', 'b', 5000)
    expect(more.added).toMatchObject({ no: 2, unit: { id: 'b' } })
    expect(more.episodes[0]?.causes[0]?.publicAt).toBe(dayMs)
  })

  test('of what was struck may happen again; after an end it is a new stay, the old one kept', () => {
    const struck = [anEpisode({ causes: [aCause({ struckAt: 5 }), aCause({ no: 2, cause: 'declared' })] })]
    expect(open(struck, 'resolve-overdue', 'a', 10).added).toMatchObject({ no: 3 })
    const ended = [anEpisode({ endedAt: 5, consent: 'reporter' })]
    const again = open(ended, 'resolve-overdue', 'a', 10)
    expect(again.episodes[0]).toEqual(ended[0])
    expect(again.episodes[1]).toMatchObject({ no: 2, causes: [{ no: 2 }] })
  })
})

describe('F3: while a cause is disputed', () => {
  const appeal = { requestNo: 1, at: 0, heldUntil: 4 * dayMs }

  test('what is not public yet is kept back for as long as that, what is public stays and is marked', () => {
    const episode = anEpisode({ causes: [aCause({ appeal })] })
    expect(publishesAt(episode, aCause({ appeal }))).toBe(4 * dayMs)
    expect(publishesAt(episode, aCause())).toBe(dayMs)
    const shown = aCause({ publishedAt: dayMs, appeal })
    expect(publishesAt(episode, shown)).toBeNull()
    expect(entriesOf([anEpisode({ causes: [shown] })])).toMatchObject([{ list: 'public', isAppealed: true }])
    const mixed = anEpisode({ causes: [shown, aCause({ no: 2, cause: 'declared', publishedAt: dayMs })] })
    expect(entriesOf([mixed])).toMatchObject([{ isAppealed: false }])
  })

  test('struck within its notice it is never shown; struck after it the row stays, the entry does not', () => {
    expect(entriesOf([anEpisode({ causes: [aCause({ struckAt: 9 })] })])).toMatchObject([
      { list: 'never-public' },
    ])
    const after = anEpisode({ causes: [aCause({ publishedAt: 5, struckAt: 9 })] })
    expect(entriesOf([after])).toMatchObject([{ list: 'never-public', endedAt: 9, consent: 'appeal-upheld' }])
    expect(ledgerChanges([anEpisode({ causes: [aCause({ publishedAt: 5 })] })], [after])).toMatchObject([
      { entry: 'struck', isPublic: true },
    ])
  })
})

describe('F4: weight', () => {
  const since = 0
  const weight = (
    days: number,
    supporters: number,
    over: Partial<Parameters<typeof redFaceWeight>[0]> = {},
  ) => redFaceWeight({ since, until: null, isCleared: false, ...over }, supporters, days * dayMs)

  test('is days on the list × (1 + ln(1 + supporters))', () => {
    expect(weight(10, 0)).toBe(10)
    expect(weight(10, 1)).toBeCloseTo(10 * (1 + Math.log(2)))
    expect(weight(3, 99)).toBeCloseTo(3 * (1 + Math.log(100)))
    expect(weight(0, 50)).toBe(0)
  })

  test('A4: of a unit that no longer holds it counts the days up to the hand-over; cleared it weighs nothing', () => {
    expect(weight(10, 0, { until: 4 * dayMs })).toBe(4)
    expect(weight(2, 0, { until: 4 * dayMs })).toBe(2)
    expect(weight(10, 5, { isCleared: true })).toBe(0)
  })

  test('grows with every day and every supporter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat({ max: 3000 }), (days, supporters) => {
        expect(weight(days + 1, supporters)).toBeGreaterThan(weight(days, supporters))
        expect(weight(days, supporters + 1)).toBeGreaterThan(weight(days, supporters))
      }),
    )
  })
})

const laidAt = 10 * dayMs
const word = (key: string, part: Word['part'], isGone: boolean, overrides: Partial<Word> = {}): Word => ({
  key,
  part,
  isGone,
  hasPicture: false,
  isOwn: false,
  at: laidAt + hourMs,
  joinedAt: laidAt - dayMs,
  ...overrides,
})
const yes = (key: string, part: Word['part'], overrides: Partial<Word> = {}) =>
  word(key, part, true, overrides)
const no = (key: string, part: Word['part'], overrides: Partial<Word> = {}) =>
  word(key, part, false, overrides)

describe('F5: a no', () => {
  test.each<[string, readonly Word[], readonly string[]]>([
    ['a reporter’s stands', [no('r', 'reporter')], ['r']],
    ['a co-reporter’s stands', [no('c', 'co-reporter')], ['c']],
    ['a supporter’s with a picture stands', [no('s', 'supporter', { hasPicture: true })], ['s']],
    ['a supporter’s without stands not', [no('s', 'supporter')], []],
    ['two supporters’ without stand', [no('s', 'supporter'), no('t', 'supporter')], ['s', 't']],
    ['one of them taken back stands no more', [no('s', 'supporter'), yes('t', 'supporter')], []],
    ['our own stands', [no('r', 'reporter', { isOwn: true })], ['r']],
    ['settled by a look it stands no more', [no('r', 'reporter', { settledAt: 1 })], []],
  ])('%s', (_what, words, expected) => {
    expect(standingNos(words).map((one) => one.key)).toEqual(expected)
  })

  test('the last word of a person counts; a no ends a posting, a yes does not', () => {
    const posting = { from: 0, until: 9, consent: 'reporter' } as const
    const posted = [anEpisode({ posting, words: [yes('r', 'reporter')] })]
    expect(takeWord(posted, yes('c', 'co-reporter'))[0]?.posting).toEqual(posting)
    const objected = takeWord(posted, no('r', 'reporter'))
    expect(objected[0]?.posting).toBeUndefined()
    expect(objected[0]?.words).toHaveLength(1)
    expect(takeWord(posted, no('s', 'supporter'))[0]?.posting).toEqual(posting)
  })
})

describe('F5: consent', () => {
  const state = (
    words: readonly Word[],
    overrides: { reporters?: readonly string[]; others?: number; now?: number; evidence?: boolean } = {},
  ): ConsentState =>
    consentOf(
      anEpisode({
        words,
        ...(overrides.evidence === false
          ? {}
          : { evidence: { at: laidAt, othersCount: overrides.others ?? 0 } }),
      }),
      { reporterKeys: overrides.reporters ?? ['r'], now: overrides.now ?? laidAt + 2 * hourMs },
      rules.redFace,
    )
  const later = { now: laidAt + 7 * dayMs }
  const three = ['s', 't', 'u'].map((key) => yes(key, 'supporter'))

  test('needs evidence, and words said since it was laid', () => {
    expect(state([yes('r', 'reporter')], { evidence: false })).toEqual({ kind: 'none' })
    expect(state([yes('r', 'reporter', { at: laidAt - 1 })])).toEqual({ kind: 'none' })
    expect(state([yes('r', 'reporter')])).toEqual({ kind: 'agreed', by: 'reporter', isPostedFirst: false })
  })

  test('the reporter’s yes clears, posted first where others are in it', () => {
    expect(state([yes('r', 'reporter')], { others: 1 })).toMatchObject({ isPostedFirst: true })
    expect(state([yes('r', 'reporter')], { reporters: ['r', 'c'] })).toEqual({ kind: 'none' })
    expect(state([yes('r', 'reporter'), yes('c', 'co-reporter')], { reporters: ['r', 'c'] })).toMatchObject({
      kind: 'agreed',
      isPostedFirst: false,
    })
    expect(
      state([yes('r', 'reporter'), yes('c', 'co-reporter')], { reporters: ['r', 'c', 'd'] }),
    ).toMatchObject({
      kind: 'agreed',
      isPostedFirst: true,
    })
  })

  test('a no that stands stops it; a supporter’s brings a look, a reporter’s brings the work back', () => {
    expect(state([yes('r', 'reporter'), no('s', 'supporter', { hasPicture: true })])).toEqual({
      kind: 'objected',
      isLookDue: true,
    })
    expect(state([no('r', 'reporter')])).toEqual({ kind: 'objected', isLookDue: false })
  })

  test('after seven days of silence three supporters’ yes clears, at once', () => {
    expect(state(three, { ...later, others: 3 })).toEqual({
      kind: 'agreed',
      by: 'supporters',
      isPostedFirst: false,
    })
    expect(state(three, { now: laidAt + 7 * dayMs - 1, others: 3 })).toEqual({ kind: 'none' })
    expect(state(three.slice(1), { ...later, others: 3 })).toEqual({ kind: 'none' })
  })

  test('not where a reporter has spoken, nor by those who came after the evidence, nor by our own', () => {
    expect(state([...three, yes('r', 'reporter')], { ...later, reporters: ['r', 'c'], others: 3 })).toEqual({
      kind: 'none',
    })
    const late = three.map((one) => ({ ...one, joinedAt: laidAt }))
    expect(state(late, { ...later, others: 3 })).toEqual({ kind: 'none' })
    const ours = three.map((one, place) => ({ ...one, isOwn: place === 0 }))
    expect(state(ours, { ...later, others: 3 })).toEqual({ kind: 'none' })
  })

  test('where nobody has reported it (declared) the supporters are asked like that', () => {
    expect(state(three, { ...later, reporters: [], others: 3 })).toMatchObject({
      kind: 'agreed',
      by: 'supporters',
    })
    expect(state([yes('s', 'supporter')], { ...later, reporters: [], others: 1 })).toEqual({ kind: 'none' })
  })

  test('H3: our own yes is silence, in every form of it', () => {
    const own = { isOwn: true }
    expect(state([yes('r', 'reporter', own)])).toEqual({ kind: 'none' })
    expect(state([yes('r', 'reporter', own), ...three], { ...later, others: 3 })).toMatchObject({
      by: 'supporters',
    })
  })
})

describe('F6: what the ledger hears', () => {
  const anyEpisodes = fc
    .array(
      fc.record({
        cause: fc.constantFrom(...redFaceCauses),
        unitId: fc.constantFrom('a', 'b', 'c'),
        isPublic: fc.boolean(),
        isStruck: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((deeds) => {
      let episodes: readonly RedFaceEpisode[] = []
      for (const [place, { cause, unitId, isPublic, isStruck }] of deeds.entries()) {
        episodes = open(episodes, cause, unitId, place).episodes
        episodes = episodes.map((episode) => ({
          ...episode,
          causes: episode.causes.map((one) => ({
            ...one,
            ...(isPublic && one.publishedAt === undefined ? { publishedAt: place } : {}),
            ...(isStruck && one.no === place + 1 ? { struckAt: place } : {}),
          })),
        }))
      }
      return episodes
    })

  test('is every cause opened once, published once, and struck or cleared once', () => {
    fc.assert(
      fc.property(anyEpisodes, (episodes) => {
        const ended = episodes.map((episode) => ({ ...episode, endedAt: 100, consent: 'reporter' as const }))
        const rows = [...ledgerChanges([], episodes), ...ledgerChanges(episodes, ended)]
        for (const cause of episodes.flatMap((episode) => episode.causes)) {
          const own = rows.filter((row) => row.cause.no === cause.no).map((row) => row.entry)
          const rowsOwed = isUntold(cause) ? 0 : 1
          expect(own.filter((entry) => entry === 'opened')).toHaveLength(rowsOwed)
          expect(own.filter((entry) => entry === 'published')).toHaveLength(
            cause.publishedAt === undefined ? 0 : 1,
          )
          expect(own.filter((entry) => entry === 'struck' || entry === 'cleared')).toHaveLength(rowsOwed)
        }
        expect(ledgerChanges(ended, ended)).toEqual([])
      }),
    )
  })

  test('S1: of what comes back there is no row before everybody reads of it, then all that it is owed', () => {
    const { episodes: noticed } = open([], 'recurring', 'a')
    expect(ledgerChanges([], noticed)).toEqual([])
    const struck = noticed.map((one) => ({ ...one, causes: one.causes.map((c) => ({ ...c, struckAt: 5 })) }))
    expect(ledgerChanges(noticed, struck)).toEqual([])
    const published = noticed.map((one) => ({
      ...one,
      causes: one.causes.map((cause) => ({ ...cause, publishedAt: dayMs })),
    }))
    expect(ledgerChanges(noticed, published)).toMatchObject([
      { entry: 'opened', isPublic: true },
      { entry: 'published', isPublic: true },
    ])
  })

  test('says of each row whether the cause was public then', () => {
    const before = [anEpisode()]
    const after = [anEpisode({ causes: [aCause({ appeal: { requestNo: 1, at: 1, heldUntil: 2 } })] })]
    expect(ledgerChanges(before, after)).toMatchObject([{ entry: 'frozen', isPublic: false }])
    expect(ledgerChanges(after, before)).toMatchObject([{ entry: 'unfrozen', isPublic: false }])
    const left = [anEpisode({ causes: [aCause({ publishedAt: 1, leftAt: 9 })] })]
    expect(ledgerChanges([anEpisode({ causes: [aCause({ publishedAt: 1 })] })], left)).toMatchObject([
      { entry: 'cleared', isPublic: true },
    ])
  })

  test('activeEpisode is the one that has not ended', () => {
    expect(activeEpisode([anEpisode({ endedAt: 1 }), anEpisode({ no: 2 })])?.no).toBe(2)
    expect(activeEpisode([anEpisode({ endedAt: 1 })])).toBeUndefined()
  })
})
