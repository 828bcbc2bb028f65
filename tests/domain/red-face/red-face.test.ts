import * as fc from 'fast-check'
import { dayMs, hourMs } from '../../../cloudfunctions/domain/instant'
import {
  activeEpisode,
  answerRedFace,
  clearRedFace,
  freezeRedFace,
  isRecurring,
  layEvidence,
  mayOneLevelUpVerify,
  openRedFace,
  publishRedFace,
  type RecurrenceFacts,
  type RedFaceEpisode,
  redFaceCauses,
  redFaceWeight,
  type SupporterAnswer,
  supportersVerdict,
  unfreezeRedFace,
} from '../../../cloudfunctions/domain/red-face/red-face'
import { movePoint } from '../../../cloudfunctions/domain/routing/geometry'
import { defaultRuleBook } from '../../../cloudfunctions/domain/rules'

const noticeHours = 24
const open = (cause: (typeof redFaceCauses)[number] = 'resolve-overdue', at = 0): readonly RedFaceEpisode[] =>
  openRedFace([], cause, at, noticeHours).episodes
const theEpisode = (episodes: readonly RedFaceEpisode[]): RedFaceEpisode => {
  const episode = activeEpisode(episodes)
  if (!episode) throw new Error('no active episode')
  return episode
}

type Deed =
  | { readonly kind: 'open'; readonly cause: (typeof redFaceCauses)[number] }
  | { readonly kind: 'publish' | 'freeze' | 'unfreeze' | 'clear' | 'evidence' | 'answer' }

const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('open' as const), cause: fc.constantFrom(...redFaceCauses) }),
  fc.record({
    kind: fc.constantFrom(
      'publish' as const,
      'freeze' as const,
      'unfreeze' as const,
      'clear' as const,
      'evidence' as const,
      'answer' as const,
    ),
  }),
)
const anyHistory = fc.array(fc.record({ deed: anyDeed, waitMs: fc.nat({ max: 30 * hourMs }) }), {
  maxLength: 30,
})

const carryOut = (episodes: readonly RedFaceEpisode[], deed: Deed, at: number): readonly RedFaceEpisode[] => {
  switch (deed.kind) {
    case 'open':
      return openRedFace(episodes, deed.cause, at, noticeHours).episodes
    case 'publish':
      return publishRedFace(episodes, at).episodes
    case 'freeze':
      return freezeRedFace(episodes, at)
    case 'unfreeze':
      return unfreezeRedFace(episodes, at)
    case 'clear':
      return clearRedFace(episodes, 'reporter', at)
    case 'evidence':
      return layEvidence(episodes, at)
    case 'answer':
      return answerRedFace(episodes, { key: 'one', isGone: true, at })
  }
}

describe('opening', () => {
  test('gives a day of notice before anything is public', () => {
    expect(openRedFace([], 'accept-overdue', 1000, noticeHours)).toEqual({
      episodes: [
        {
          no: 1,
          state: 'noticed',
          causes: [{ cause: 'accept-overdue', at: 1000 }],
          noticedAt: 1000,
          publicAt: 1000 + 24 * hourMs,
          answers: [],
        },
      ],
      episodeNo: 1,
      change: 'opened',
    })
  })

  test('while one runs adds its cause to it once and does not restart the notice', () => {
    const added = openRedFace(open(), 'rated-unsolved', 5000, noticeHours)
    expect(added.change).toBe('cause-added')
    expect(theEpisode(added.episodes).causes.map((one) => one.cause)).toEqual([
      'resolve-overdue',
      'rated-unsolved',
    ])
    expect(theEpisode(added.episodes).publicAt).toBe(24 * hourMs)
    const again = openRedFace(added.episodes, 'rated-unsolved', 6000, noticeHours)
    expect(again).toEqual({ episodes: added.episodes, episodeNo: 1, change: 'none' })
  })

  test('after a clearing starts a new episode and keeps the old one', () => {
    const cleared = clearRedFace(open(), 'reporter', 5000)
    const reopened = openRedFace(cleared, 'resolve-overdue', 9000, noticeHours)
    expect(reopened).toMatchObject({ episodeNo: 2, change: 'opened' })
    expect(reopened.episodes[0]).toEqual(cleared[0])
  })
})

describe('publishing', () => {
  test('happens at the end of the notice, once', () => {
    expect(publishRedFace(open(), 24 * hourMs - 1).change).toBe(false)
    const published = publishRedFace(open(), 24 * hourMs)
    expect(published.change).toBe(true)
    expect(theEpisode(published.episodes).state).toBe('public')
    expect(publishRedFace(published.episodes, 48 * hourMs)).toEqual({
      episodes: published.episodes,
      change: false,
    })
  })

  test('does not happen while an appeal runs', () => {
    const frozen = freezeRedFace(open(), hourMs)
    expect(publishRedFace(frozen, 48 * hourMs)).toEqual({ episodes: frozen, change: false })
  })
})

describe('an appeal', () => {
  test('that fails within the notice leaves the notice as it was', () => {
    expect(unfreezeRedFace(freezeRedFace(open(), hourMs), 2 * hourMs)).toEqual(open())
  })

  test('that fails after the notice makes the entry public', () => {
    expect(theEpisode(unfreezeRedFace(freezeRedFace(open(), hourMs), 24 * hourMs)).state).toBe('public')
  })

  test('freezes a public entry as well', () => {
    const published = publishRedFace(open(), 24 * hourMs).episodes
    const frozen = freezeRedFace(published, 30 * hourMs)
    expect(theEpisode(frozen)).toMatchObject({ state: 'frozen', frozenAt: 30 * hourMs })
    expect(unfreezeRedFace(frozen, 31 * hourMs)).toEqual(published)
  })

  test('over what is not frozen, or frozen already, changes nothing', () => {
    expect(unfreezeRedFace(open(), hourMs)).toEqual(open())
    const frozen = freezeRedFace(open(), hourMs)
    expect(freezeRedFace(frozen, 2 * hourMs)).toEqual(frozen)
  })
})

describe('whatever happens to an entry', () => {
  test('at most one episode runs, they are numbered in order, and none is public before its notice ends', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let at = 0
        let episodes: readonly RedFaceEpisode[] = []
        for (const { deed, waitMs } of history) {
          at += waitMs
          const before = episodes
          episodes = carryOut(episodes, deed, at)
          expect(episodes.filter((one) => one.state !== 'cleared').length).toBeLessThanOrEqual(1)
          expect(episodes.map((one) => one.no)).toEqual(episodes.map((_, index) => index + 1))
          for (const episode of episodes) {
            if (episode.state === 'public') expect(at).toBeGreaterThanOrEqual(episode.publicAt)
            expect(new Set(episode.causes.map((one) => one.cause)).size).toBe(episode.causes.length)
          }
          // What has been cleared is history.
          for (const old of before.filter((one) => one.state === 'cleared')) {
            expect(episodes[old.no - 1]).toEqual(old)
          }
          expect(episodes.length).toBeGreaterThanOrEqual(before.length)
        }
      }),
    )
  })

  test('only clearing takes it off the list', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let at = 0
        let episodes = open()
        for (const { deed, waitMs } of history) {
          at += waitMs
          if (deed.kind !== 'clear') episodes = carryOut(episodes, deed, at)
        }
        expect(activeEpisode(episodes)?.no).toBe(1)
      }),
    )
  })
})

describe('the residents’ answers', () => {
  const answer = (key: string, isGone: boolean, at: number, photo?: string): SupporterAnswer => ({
    key,
    isGone,
    at,
    ...(photo ? { photo } : {}),
  })
  const keys = ['a', 'b', 'c', 'd', 'e']
  const withAnswers = (...answers: readonly SupporterAnswer[]): RedFaceEpisode =>
    theEpisode(answers.reduce(answerRedFace, layEvidence(open(), 0)))
  const verdict = (episode: RedFaceEpisode, now: number) => supportersVerdict(episode, keys, now, 7)
  const anyAnswers = fc.array(
    fc.record({
      key: fc.constantFrom(...keys),
      isGone: fc.boolean(),
      at: fc.nat({ max: 10 * dayMs }),
    }),
    { maxLength: 12 },
  )

  test('count one per person, the last one', () => {
    expect(withAnswers(answer('a', true, 1), answer('b', true, 2), answer('a', false, 3)).answers).toEqual([
      answer('b', true, 2),
      answer('a', false, 3),
    ])
  })

  test('are not taken before there is evidence, and are asked anew for new evidence', () => {
    expect(answerRedFace(open(), answer('a', true, 1))).toEqual(open())
    const renewed = layEvidence(answerRedFace(layEvidence(open(), 0), answer('a', true, 1)), 5)
    expect(theEpisode(renewed)).toMatchObject({ evidenceAt: 5, answers: [] })
  })

  test('are waited for until the seventh day or until all have answered', () => {
    const three = withAnswers(answer('a', true, 1), answer('b', true, 2), answer('c', true, 3))
    expect(verdict(three, 7 * dayMs - 1)).toBe('waiting')
    expect(verdict(three, 7 * dayMs)).toBe('agreed')
    const all = withAnswers(...keys.map((key) => answer(key, true, 1)))
    expect(verdict(all, 2)).toBe('agreed')
  })

  test('agree only by more than half of those who answered', () => {
    expect(verdict(withAnswers(answer('a', true, 1), answer('b', false, 2)), 8 * dayMs)).toBe('objected')
    expect(
      verdict(withAnswers(answer('a', true, 1), answer('b', false, 2), answer('c', true, 3)), 8 * dayMs),
    ).toBe('agreed')
  })

  test('do not agree once anybody objects with a photo, be it late or the reporter', () => {
    const objected = [answer('d', false, 9 * dayMs, 'photo-1'), answer('reporter', false, 2, 'photo-1')]
    for (const objection of objected) {
      const episode = withAnswers(answer('a', true, 1), answer('b', true, 1), answer('c', true, 1), objection)
      expect(verdict(episode, 10 * dayMs)).toBe('objected')
    }
  })

  test('after the seventh day come too late to agree', () => {
    expect(verdict(withAnswers(answer('a', true, 7 * dayMs)), 8 * dayMs)).not.toBe('agreed')
  })

  test('of people who did not report the same problem do not clear anything', () => {
    expect(verdict(withAnswers(answer('stranger', true, 1)), 8 * dayMs)).not.toBe('agreed')
  })

  test('that never came let one level up look for itself, after seven days and not before', () => {
    const silent = theEpisode(layEvidence(open(), 0))
    expect(mayOneLevelUpVerify(silent, keys, 7 * dayMs - 1, 7)).toBe(false)
    expect(mayOneLevelUpVerify(silent, keys, 7 * dayMs, 7)).toBe(true)
    expect(mayOneLevelUpVerify(silent, [], 7 * dayMs - 1, 7)).toBe(false)
    expect(mayOneLevelUpVerify(silent, [], 7 * dayMs, 7)).toBe(true)
    expect(mayOneLevelUpVerify(theEpisode(open()), keys, 100 * dayMs, 7)).toBe(false)
    expect(mayOneLevelUpVerify(withAnswers(answer('reporter', false, 1)), keys, 8 * dayMs, 7)).toBe(false)
    expect(mayOneLevelUpVerify(withAnswers(answer('a', true, 8 * dayMs)), keys, 9 * dayMs, 7)).toBe(true)
    expect(mayOneLevelUpVerify(withAnswers(answer('a', false, 8 * dayMs)), keys, 9 * dayMs, 7)).toBe(false)
  })

  test('never agree when nobody is there to answer', () => {
    fc.assert(
      fc.property(anyAnswers, fc.nat({ max: 20 * dayMs }), (answers, now) => {
        expect(supportersVerdict(withAnswers(...answers), [], now, 7)).not.toBe('agreed')
      }),
    )
  })

  test('agree less, never more, for one content person fewer', () => {
    fc.assert(
      fc.property(anyAnswers, fc.constantFrom(...keys), (answers, key) => {
        const before = withAnswers(...answers)
        const after = withAnswers(...answers, answer(key, false, 1))
        fc.pre(verdict(before, 20 * dayMs) !== 'agreed')
        expect(verdict(after, 20 * dayMs)).not.toBe('agreed')
      }),
    )
  })

  test('are judged the same in whatever order they are stored', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 5 }).chain((chosen) => {
          const answers = chosen.map((key, index) => answer(key, index % 3 !== 0, index))
          return fc.tuple(
            fc.constant(answers),
            fc.shuffledSubarray(answers, { minLength: answers.length }),
            fc.nat({ max: 10 * dayMs }),
          )
        }),
        ([answers, shuffled, now]) => {
          expect(verdict(withAnswers(...shuffled), now)).toBe(verdict(withAnswers(...answers), now))
        },
      ),
    )
  })
})

describe('the weight that orders the list', () => {
  const anyCount = fc.nat({ max: 500 })
  const anyNow = fc.nat({ max: 400 * dayMs })

  test('is the days open times one plus the logarithm of one plus the supporters', () => {
    expect(redFaceWeight(theEpisode(open()), 0, 10 * dayMs)).toBe(10)
    expect(redFaceWeight(theEpisode(open()), 6, 10 * dayMs)).toBeCloseTo(10 * (1 + Math.log(7)), 10)
  })

  test('grows with time and with supporters and is gone with the clearing', () => {
    fc.assert(
      fc.property(anyCount, anyNow, (count, now) => {
        const episode = theEpisode(open())
        const weight = redFaceWeight(episode, count, now)
        expect(weight).toBeGreaterThanOrEqual(0)
        expect(redFaceWeight(episode, count, now + dayMs)).toBeGreaterThan(weight)
        expect(redFaceWeight(episode, count + 1, now)).toBeGreaterThanOrEqual(weight)
        const [cleared] = clearRedFace(open(), 'reporter', now)
        expect(cleared && redFaceWeight(cleared, count, now)).toBe(0)
      }),
    )
  })

  test('does not restart with one more cause, an appeal or new evidence', () => {
    fc.assert(
      fc.property(anyHistory, anyCount, (history, count) => {
        let at = 0
        let episodes = open()
        for (const { deed, waitMs } of history) {
          at += waitMs
          if (deed.kind !== 'clear') episodes = carryOut(episodes, deed, at)
        }
        expect(redFaceWeight(theEpisode(episodes), count, at)).toBe(
          redFaceWeight(theEpisode(open()), count, at),
        )
      }),
    )
  })
})

describe('a recurring problem', () => {
  const rules = defaultRuleBook.redFace
  const spot = { lng: 110.52, lat: 40.56 }
  const now = 1000 * dayMs
  const earlier = (metres: number, daysAgo: number, categoryId: 'rubbish' | 'danger' = 'rubbish') => ({
    categoryId,
    point: movePoint(spot, metres, 0),
    submittedAt: now - daysAgo * dayMs,
  })
  const fixed = (metres: number, daysAgo: number, remedy: 'temporary' | 'lasting') => ({
    categoryId: 'rubbish' as const,
    point: movePoint(spot, 0, metres),
    remedy,
    resolvedAt: now - daysAgo * dayMs,
  })
  const given = (changes: Partial<RecurrenceFacts>): RecurrenceFacts => ({
    categoryId: 'rubbish',
    point: spot,
    submittedAt: now,
    earlierReports: [],
    fixes: [],
    ...changes,
  })

  test('is the third of its category within 50 m and 90 days', () => {
    const third = given({ earlierReports: [earlier(49, 89), earlier(-30, 1)] })
    expect(isRecurring(third, rules)).toEqual({
      isRecurring: true,
      reason: '90天内同一处（50米以内）同类问题已反映3次',
    })
  })

  test.each([
    ['the second', [earlier(0, 1)]],
    ['the third when one was farther than 50 m', [earlier(0, 1), earlier(51, 1)]],
    ['the third when one was longer than 90 days ago', [earlier(0, 1), earlier(0, 91)]],
    ['the third when one was of another category', [earlier(0, 1), earlier(0, 1, 'danger')]],
    ['the third when one came later', [earlier(0, 1), earlier(0, -1)]],
    [
      'the third when one was only in words',
      [earlier(0, 1), { categoryId: 'rubbish' as const, submittedAt: now - dayMs }],
    ],
  ])('is not %s', (_what, earlierReports) => {
    expect(isRecurring(given({ earlierReports }), rules)).toEqual({ isRecurring: false })
  })

  test('is one within a year after a stop-gap on the spot', () => {
    expect(isRecurring(given({ fixes: [fixed(40, 364, 'temporary')] }), rules).isRecurring).toBe(true)
    expect(isRecurring(given({ fixes: [fixed(40, 366, 'temporary')] }), rules).isRecurring).toBe(false)
    expect(isRecurring(given({ fixes: [fixed(60, 10, 'temporary')] }), rules).isRecurring).toBe(false)
    expect(isRecurring(given({ fixes: [fixed(40, 10, 'lasting')] }), rules).isRecurring).toBe(false)
  })

  test('cannot be told of a place without a point', () => {
    const { point: _unknown, ...inWords } = given({
      earlierReports: [earlier(0, 1), earlier(0, 2)],
      fixes: [fixed(0, 1, 'temporary')],
    })
    expect(isRecurring(inWords, rules)).toEqual({ isRecurring: false })
  })

  test('stays one when more is known, and always has its reason', () => {
    const anyEarlier = fc
      .record({ metres: fc.integer({ min: -80, max: 80 }), daysAgo: fc.integer({ min: 0, max: 120 }) })
      .map(({ metres, daysAgo }) => earlier(metres, daysAgo))
    fc.assert(
      fc.property(fc.array(anyEarlier, { maxLength: 6 }), anyEarlier, (earlierReports, more) => {
        const before = isRecurring(given({ earlierReports }), rules)
        const after = isRecurring(given({ earlierReports: [...earlierReports, more] }), rules)
        if (before.isRecurring) expect(after.isRecurring).toBe(true)
        expect(after.reason !== undefined).toBe(after.isRecurring)
      }),
    )
  })
})
