import { allBelow, type Unit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import { authorise } from '../../../../cloudfunctions/contexts/report/access'
import { mayHave } from '../../../../cloudfunctions/contexts/report/rules/hand-over'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { viewWithinComplaint } from '../../../../cloudfunctions/contexts/report/rules/standing'
import {
  anUnnamedComplaint,
  banner,
  bannerClerk,
  branch,
  callerOf,
  clerk,
  community,
  everyAction,
  farBranch,
  farSecretary,
  gridWorker,
  housingBureau,
  housingWorker,
  league,
  leagueClerk,
  newWork,
  otherBranch,
  otherClerk,
  otherSecretary,
  otherTownship,
  type Person,
  reporter,
  secretary,
  squadLeader,
  take,
  temporaryUnit,
  township,
  unitFacts,
} from '../../../support/builders'
import { readsAs } from '../../../support/seen'

const and = (person: Person, ...others: readonly Person[]): Person => ({
  name: person.name,
  memberships: [...person.memberships, ...others.flatMap((other) => other.memberships)],
})

/** Whom the messages of the latest change accuse. */
const accusedInMessages = (before: Report, after: Report): readonly (string | undefined)[] => [
  ...new Set(newWork(before, after).flatMap((work) => (work.kind === 'message' ? [work.accusedUnitId] : []))),
]

const unnamed = anUnnamedComplaint()
const named = take(
  unnamed,
  { kind: 'route', to: unitFacts(township), accusedUnitId: branch.id, note: '' },
  { by: clerk },
)

describe('H4: a complaint of which nobody has said whom it is about, and who reads it', () => {
  test.each<[string, Person, 'staff' | null, 'staff' | null]>([
    // who, before it is named, and once the branch is named
    ['who sorts', clerk, 'staff', 'staff'],
    ['who sits above', bannerClerk, 'staff', 'staff'],
    ['who sits further above', leagueClerk, 'staff', 'staff'],
    ['who sorts, and sits above as well', and(clerk, bannerClerk), 'staff', 'staff'],
    ['the secretary of a branch', secretary, null, null],
    ['one of another branch', otherSecretary, null, null],
    ['another township', otherClerk, null, null],
    ['a partner', housingWorker, null, null],
    ['who sorts, and is secretary of the branch', and(clerk, secretary), null, null],
    ['who sorts, and walks a cell there', and(clerk, gridWorker), null, null],
    ['who sorts, and is secretary of another branch there', and(clerk, otherSecretary), null, 'staff'],
    ['who sorts, and leads a temporary unit there', and(clerk, squadLeader), null, 'staff'],
    ['who sorts, and sits in a branch of another township', and(clerk, farSecretary), 'staff', 'staff'],
    ['who sits above, and in the branch', and(bannerClerk, secretary), null, null],
    ['who sits above, and in another branch there', and(leagueClerk, otherSecretary), null, 'staff'],
    ['who sits above, and in a branch elsewhere', and(bannerClerk, farSecretary), 'staff', 'staff'],
  ])('%s', (_who, person, before, after) => {
    expect([readsAs(person, unnamed), readsAs(person, named)]).toEqual([before, after])
    if (before !== null) return
    for (const action of everyAction)
      expect(authorise(callerOf(person, unnamed), action, unnamed).isAllowed).toBe(false)
  })

  test('its own reporter does, whoever they are', () => {
    expect(readsAs({ ...reporter, memberships: and(clerk, secretary).memberships }, unnamed)).toBe('parties')
  })

  test('also where it was handed to a committee before anybody had to say whom it is about', () => {
    const routed = { ...unnamed, status: 'accepted', isSorting: false } as Report
    expect(readsAs(clerk, routed)).toBe('staff')
    expect(readsAs(and(clerk, secretary), routed)).toBeNull()
  })

  test('what is said of it is kept from the same people', () => {
    expect(accusedInMessages({ ...unnamed, outbox: [] }, unnamed)).toEqual([allBelow(township.id)])
    expect(accusedInMessages(unnamed, named)).toEqual([branch.id])
  })

  test('and once it is named, what was said before is kept from whom it is about', () => {
    const accused = newWork(unnamed, named).filter(({ kind }) => kind === 'accused')
    expect(accused).toMatchObject([{ was: allBelow(township.id), is: branch.id }])
    const accepted = take(named, 'accept', { by: clerk })
    expect(newWork(named, accepted).filter(({ kind }) => kind === 'accused')).toEqual([])
  })

  test('K9: what was written within it stays hidden from them when it has become an ordinary matter', () => {
    const unitIds = township.path
    const ended = { at: 1, lastSeq: 3, unitIds, reporterKey: reporter.name }
    for (const one of [ended, { ...ended, accusedUnitId: allBelow(township.id) }]) {
      expect(viewWithinComplaint(callerOf(clerk, unnamed), one)).toBe('staff')
      expect(viewWithinComplaint(callerOf(and(clerk, secretary), unnamed), one)).toBeNull()
    }
  })
})

describe('H4: whoever sorts it says whom it is about', () => {
  test('and it goes to the level above them, who may be the sorter', () => {
    expect(named).toMatchObject({
      status: 'routed',
      accusedUnitId: branch.id,
      answerableUnit: { id: township.id },
      isSorting: false,
    })
  })

  test('their own unit too: it goes above them, and they know of it no more', () => {
    const aboutThem = take(
      unnamed,
      { kind: 'route', to: unitFacts(banner), accusedUnitId: township.id, note: '' },
      { by: clerk },
    )
    expect([readsAs(clerk, aboutThem), readsAs(bannerClerk, aboutThem)]).toEqual([null, 'staff'])
  })

  test.each<[Unit, boolean]>([
    [township, true],
    [banner, true],
    [league, true],
    [otherTownship, false],
    [community, false],
    [branch, false],
    [otherBranch, false],
    [temporaryUnit, false],
    [farBranch, false],
    [housingBureau, false],
  ])('until then it goes nowhere but up: to %s', (to, mayGo) => {
    expect(mayHave(unnamed, to)).toBe(mayGo)
  })

  test('returned or reassigned by a level above, it accuses all below that level', () => {
    const routed = { ...unnamed, status: 'routed', isSorting: false } as Report
    const up = take(routed, { kind: 'return', reason: 'not-our-place', note: '', sorter: unitFacts(banner) })
    expect(up).toMatchObject({ status: 'unrouted', answerableUnit: { id: banner.id } })
    expect(readsAs(bannerClerk, up)).toBe('staff')
    for (const other of [farSecretary, otherClerk, clerk])
      expect(readsAs(and(bannerClerk, other), up)).toBeNull()
  })
})
