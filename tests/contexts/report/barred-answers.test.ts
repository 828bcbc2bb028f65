import { satisfactionAnswers, solvedAnswers } from '../../../cloudfunctions/contexts/report/rules/rating'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import {
  aReport,
  aVerdict,
  clerk,
  housingWorker,
  madePublic,
  type Person,
  refusalFrom,
  reporter,
  reportIn,
  secretary,
  stranger,
  supportedBy,
  supporter,
  take,
  takeAll,
} from '../../support/builders'
import { seenBy } from '../../support/seen'

const withSeatOf = (person: Person, { memberships }: Person): Person => ({ ...person, memberships })

/** Nobody of ours, of the branch, of a level above, of who worked on it. */
const seats = [undefined, secretary, clerk, housingWorker] as const
/** On the list, with evidence before everybody, and still in work. */
const asking = take(
  madePublic(takeAll(supportedBy(aReport(), supporter), 'accept', 'contact', 'dispatch', 'declare-red-face')),
  'lay-evidence',
  { by: secretary },
)

const no = { kind: 'answer-red-face', isGone: false, note: '' } as const
const yes = { ...no, isGone: true } as const
const photo = { photo: 'photo-now' }
const saidBefore = {
  nothing: [],
  yes: [yes],
  no: [no],
  'no, with a picture': [{ ...no, ...photo }],
} as const

const cases = [reporter, supporter].flatMap((person) =>
  seats.flatMap((seat) =>
    (Object.keys(saidBefore) as (keyof typeof saidBefore)[]).map(
      (before) => [person.name, seat?.name ?? 'nobody of ours', before] as const,
    ),
  ),
)

describe('L5: an answer that would be refused is known before anything is typed, to whom it would be, and no other', () => {
  test.each(cases)('修好了吗 asked of the %s, %s, who has said %s', (name, seatName, before) => {
    const part = name === reporter.name ? reporter : supporter
    const seat = seats.find((one) => one?.name === seatName)
    const person = seat ? withSeatOf(part, seat) : part
    // Said before they had the seat.
    const said = saidBefore[before].reduce<Report>(
      (report, command) => take(report, command, { by: part }),
      asking,
    )
    const view = seenBy(person, said)
    if (!view.actions.includes('answer-red-face')) {
      for (const command of [yes, no])
        expect(refusalFrom(said, { ...command, ...photo }, { by: person })).toBeDefined()
      expect(view.barredAnswers?.gone ?? view.barredAnswers?.notGone).toBeUndefined()
      return
    }
    const refused = (command: typeof yes | typeof no) => {
      if (refusalFrom(said, { ...command, ...photo }, { by: person })) return true
      return refusalFrom(said, command, { by: person }) ? 'needs-picture' : undefined
    }
    const { gone, notGone } = view.barredAnswers ?? {}
    const told = (bar: typeof gone) => (bar === undefined || bar === 'needs-picture' ? bar : true)
    expect([told(gone), told(notGone)]).toEqual([refused(yes), refused(no)])
  })

  test.each(seats.map((seat) => [seat?.name ?? 'nobody of ours', seat] as const))(
    'a verdict of %s',
    (_, seat) => {
      const resolved = takeAll(reportIn('accepted'), 'contact', 'dispatch', 'claim-fixed', 'check')
      const person = seat ? withSeatOf(reporter, seat) : reporter
      const { praise } = seenBy(person, resolved).barredAnswers ?? {}
      expect(praise !== undefined).toBe(seat !== undefined)
      for (const solved of solvedAnswers) {
        for (const satisfaction of satisfactionAnswers) {
          const rating = aVerdict({ solved, satisfaction })
          const isPraise = solved !== 'no' && satisfaction !== 'dissatisfied'
          expect(refusalFrom(resolved, { kind: 'rate', rating }, { by: person }) !== undefined).toBe(
            praise !== undefined && isPraise,
          )
        }
      }
    },
  )

  test('what is barred to one is told to nobody else, staff neither', () => {
    const answered = take(asking, { ...no, ...photo }, { by: supporter })
    expect(seenBy(supporter, answered).barredAnswers).toEqual({ notGone: 'said' })
    for (const other of [reporter, secretary, clerk, housingWorker, stranger])
      expect(seenBy(other, answered).barredAnswers).toBeUndefined()
  })

  test('who has said no with a picture and is one of ours is asked no more: no answer is left', () => {
    const said = take(asking, { ...no, ...photo }, { by: reporter })
    const ours = withSeatOf(reporter, secretary)
    expect(seenBy(ours, said).actions).not.toContain('answer-red-face')
    expect(refusalFrom(said, { ...no, ...photo }, { by: ours })).toBe('already-rated')
  })
})

describe('who has urged is told from when on they may again: not before, and then at once', () => {
  const family = supportedBy(reportIn('accepted'), supporter)
  const urged = take(family, 'urge', { by: reporter })

  test.each([reporter, supporter, clerk])('%j', (by) => {
    const own = by === reporter ? urged : take(urged, 'urge', { by })
    const againAt = seenBy(by, own).urgeAgainAt ?? 0
    expect(againAt).toBeGreaterThan(own.changedAt)
    expect(refusalFrom(own, 'urge', { by, now: againAt - 1 })).toBe('urged-already')
    expect(refusalFrom(own, 'urge', { by, now: againAt })).toBeUndefined()
    expect(seenBy(by, own, againAt).urgeAgainAt).toBeUndefined()
    expect(seenBy(by, own, againAt).actions).toContain('urge')
  })

  test('who has not urged, and who may not, are told nothing', () => {
    for (const by of [supporter, clerk, secretary, stranger])
      expect(seenBy(by, urged).urgeAgainAt).toBeUndefined()
  })
})
