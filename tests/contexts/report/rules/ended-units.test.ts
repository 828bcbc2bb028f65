import { entriesOf } from '../../../../cloudfunctions/contexts/red-face/rules/entries'
import { authorise, refusalOf } from '../../../../cloudfunctions/contexts/report/access'
import { movesOf } from '../../../../cloudfunctions/contexts/report/rules/lies-in'
import { listedOf } from '../../../../cloudfunctions/contexts/report/rules/listed-report'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import {
  isOneOfOurs,
  relationsOf,
  unitsInIt,
  unitsReading,
  viewOf,
} from '../../../../cloudfunctions/contexts/report/rules/standing'
import { episodeView } from '../../../../cloudfunctions/contexts/report/use-cases/present-report'
import { dayMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCaller,
  aMembership,
  aReport,
  aVerdict,
  banner,
  bannerClerk,
  branch,
  callerOf,
  clerk,
  farBranch,
  farSecretary,
  law,
  madePublic,
  newWork,
  otherBranch,
  otherSecretary,
  type Person,
  refusalFrom,
  reporter,
  ruleOn,
  secretary,
  supporter,
  take,
  takeAll,
  township,
  unitFacts,
  wait,
} from '../../../support/builders'
import { causesOf } from '../../../support/red-face'
import { offeredTo } from '../../../support/seen'

const late = wait(takeAll(aReport(), 'accept', 'contact'), aReport().deadlines.resolveDueAt)
const shown = madePublic(late)
/** Done too late, and still on the list. */
const done = take(shown, 'resolve')
/** Moved on while it was on the list, and worked on elsewhere. */
const moved = take(shown, { kind: 'reassign', to: unitFacts(farBranch), note: '就近' }, { by: bannerClerk })

const into = (report: Report, heir = otherBranch, ended = branch): Report =>
  take(report, {
    kind: 'inherit',
    heirs: [{ ended: { id: ended.id, name: ended.name }, heir: unitFacts(heir) }],
  })

const unitsTold = (before: Report, after: Report): readonly string[] =>
  newWork(before, after).flatMap((work) =>
    work.kind === 'message' && typeof work.to === 'object' && 'unitId' in work.to ? work.to.unitId : [],
  )
const offeredLater = (person: Person, report: Report) =>
  offeredTo(person, report, report.changedAt + 4 * dayMs)
/** The heir's secretary lays evidence, when what was laid on resolving has had its days. */
const laidBy = (person: Person, report: Report): Report =>
  take(
    report,
    { kind: 'lay-evidence', note: '已修好', photos: ['after-2'] },
    { by: person, now: report.changedAt + 4 * dayMs },
  )

/** Nobody has answered the evidence by then. */
const silentUntil = (laid: Report): number =>
  laid.changedAt + law.rules.redFace.consentWithinDays * dayMs + minuteMs

describe('A4: what is done and on the list when its unit ends', () => {
  const inherited = into(done)

  test('stays done and the ended unit’s: its heir is named beside it, and is told', () => {
    expect(inherited.status).toBe('resolved')
    expect(inherited.deadlines).toEqual(done.deadlines)
    expect(inherited.answerableUnit.id).toBe(branch.id)
    expect(causesOf(inherited).map(({ unit, heir }) => [unit.id, heir?.id])).toEqual([
      [branch.id, otherBranch.id],
    ])
    expect(unitsTold(done, inherited)).toEqual([otherBranch.id])
    expect(newWork(done, inherited).filter((work) => work.kind === 'ledger')).toEqual([])
    const view = episodeView(inherited.redFaces[0] as never, { view: 'public', key: undefined } as never)
    expect(view?.causes).toMatchObject([{ unitNames: [branch.name], heirName: otherBranch.name }])
  })

  test('its heir reads it, lays evidence, asks for a look and appeals; and does nothing else', () => {
    const caller = callerOf(otherSecretary, inherited)
    expect(viewOf(callerOf(otherSecretary, done), done)).toBe('public')
    expect(viewOf(caller, inherited)).toBe('staff')
    expect(relationsOf(caller, inherited)).toEqual(expect.arrayContaining(['heir', 'blamed']))
    expect(unitsReading(inherited).has(otherBranch.id)).toBe(true)
    const laid = laidBy(otherSecretary, inherited)
    expect(take(wait(laid, silentUntil(laid)), 'ask-look', { by: otherSecretary }).requests).toMatchObject([
      { kind: 'look', byUnitId: otherBranch.id, rulingUnitId: township.id },
    ])
    const appealed = take(inherited, 'appeal-red-face', { by: otherSecretary })
    expect(appealed.requests).toMatchObject([{ kind: 'appeal-red-face', byUnitId: otherBranch.id }])
    const upheld = take(appealed, ruleOn('appeal-red-face'), { by: clerk })
    expect(causesOf(upheld).filter(({ struckAt }) => struckAt === undefined)).toEqual([])
    const staffOnly = offeredLater(otherSecretary, inherited).filter(
      (action) => !offeredLater(farSecretary, inherited).includes(action),
    )
    expect(staffOnly).toEqual(['lay-evidence', 'appeal-red-face'])
  })

  test('A7: hears what residents say of it, and what is found, as the unit that has it would', () => {
    const laid = laidBy(otherSecretary, inherited)
    const no = take(laid, { kind: 'rate', rating: aVerdict({ solved: 'no' }) }, { by: reporter })
    expect(unitsTold(laid, no)).toContain(otherBranch.id)
    const asked = take(wait(laid, silentUntil(laid)), 'ask-look', { by: otherSecretary })
    const found = take(asked, { kind: 'look', finding: 'solved', note: '看过', photos: [] }, { by: clerk })
    const templates = newWork(asked, found).flatMap((work) =>
      work.kind === 'message' && typeof work.to === 'object' && 'unitId' in work.to
        ? work.parts.map((part) => `${(work.to as { readonly unitId: string }).unitId}: ${part.template}`)
        : [],
    )
    expect(templates).toContain(`${otherBranch.id}: looked`)
  })

  test('is read by its heir in a list as it is by itself', () => {
    expect(viewOf(callerOf(otherSecretary, inherited), listedOf(inherited))).toBe('staff')
  })

  test('H1: nobody of the heir looks, rules or counts as a level above; H3: their yes is silence', () => {
    expect(unitsInIt(inherited).has(otherBranch.id)).toBe(true)
    const twoHats = aCaller({
      memberships: [aMembership(township, 'clerk'), aMembership(otherBranch, 'leader')],
    })
    expect(authorise(twoHats, 'look', done).isAllowed).toBe(true)
    expect(authorise(twoHats, 'look', inherited).isAllowed).toBe(false)
    expect(authorise(twoHats, 'look', laidBy(otherSecretary, inherited)).isAllowed).toBe(false)
    const neighbour = aCaller({ memberships: [aMembership(otherBranch, 'grid-worker')] })
    expect(isOneOfOurs(neighbour, done)).toBe(false)
    expect(isOneOfOurs(neighbour, inherited)).toBe(true)
  })

  test('H1: a level that is the heir itself rules on nothing of it; what was put to it goes up', () => {
    const disputed = take(done, 'appeal-red-face', { by: secretary })
    expect(disputed.requests).toMatchObject([{ rulingUnitId: township.id, byUnitId: branch.id }])
    const risen = into(disputed, township)
    expect(risen.requests).toMatchObject([{ rulingUnitId: banner.id, byUnitId: township.id }])
    expect(refusalFrom(risen, ruleOn('appeal-red-face'), { by: clerk })).toBeDefined()
    expect(
      refusalOf(callerOf(clerk, risen), 'look', risen, { now: risen.changedAt, law, actorId: 'x' }),
    ).toMatchObject({ code: 'not-eligible' })
    const upheld = take(risen, ruleOn('appeal-red-face'), { by: bannerClerk })
    expect(causesOf(upheld).filter(({ struckAt }) => struckAt === undefined)).toEqual([])
  })

  test('said again it changes nothing; an heir that ends in its turn hands it on', () => {
    expect(into(inherited)).toBe(inherited)
    const onwards = into(inherited, farBranch, otherBranch)
    expect(causesOf(onwards).map(({ unit, heir }) => [unit.id, heir?.id])).toEqual([
      [branch.id, farBranch.id],
    ])
    expect(viewOf(callerOf(otherSecretary, onwards), onwards)).toBe('public')
  })

  test('what comes on the list for the ended unit later has the same heir, and looks for one where there is none', () => {
    const rating = aVerdict({ solved: 'partly', satisfaction: 'dissatisfied' })
    const again = take(inherited, { kind: 'rate', rating }, { by: reporter })
    expect(causesOf(again).map(({ heir }) => heir?.id)).toEqual([otherBranch.id, otherBranch.id])
    expect(newWork(done, take(done, { kind: 'rate', rating }, { by: reporter }))).toContainEqual(
      expect.objectContaining({ kind: 'find-heirs' }),
    )
  })
})

describe('A4: what lies elsewhere when a unit ends that is on the list for it', () => {
  const inherited = into(moved)

  test('is its heir’s to dispute, and nothing else: who has it lays the evidence', () => {
    expect(inherited.status).toBe(moved.status)
    const caller = callerOf(otherSecretary, inherited)
    expect(relationsOf(caller, inherited)).toContain('blamed')
    expect(relationsOf(caller, inherited)).not.toContain('heir')
    expect(viewOf(caller, inherited)).toBe('public')
    expect(authorise(caller, 'lay-evidence', inherited).isAllowed).toBe(false)
    expect(take(inherited, 'appeal-red-face', { by: otherSecretary }).requests).toHaveLength(1)
  })
})

describe('A4: where the entries of an ended unit lie', () => {
  const listsOf = (report: Report) => movesOf([], report, report.changedAt).liesIn

  test('with the heir, once, and no more with the unit that has ended', () => {
    expect(listsOf(done)).toContain(`${branch.id}|redFaces`)
    const inherited = into(done)
    expect(listsOf(inherited).filter((name) => name.endsWith('|redFaces'))).toEqual([
      `${otherBranch.id}|redFaces`,
    ])
    expect(entriesOf(inherited.redFaces)).toMatchObject([
      { unit: { id: branch.id }, heir: { id: otherBranch.id, path: otherBranch.path }, list: 'public' },
    ])
    const { moves } = movesOf(listsOf(done), inherited, inherited.changedAt)
    expect(moves).toEqual(
      expect.arrayContaining([
        { section: branch.id, by: { redFaces: -1 } },
        expect.objectContaining({ section: otherBranch.id, by: { redFaces: 1 } }),
      ]),
    )
  })

  test('cleared there, it is counted as cleared there', () => {
    const laid = laidBy(otherSecretary, into(done))
    const yes = take(laid, { kind: 'rate', rating: aVerdict({ solved: 'yes' }) }, { by: reporter })
    expect(yes.redFaces[0]?.endedAt).toBeDefined()
    expect(listsOf(yes)).toContain(`${otherBranch.id}|clearedRedFaces`)
  })

  test('F2: what is within its notice is found for its unit, and counted in no area', () => {
    expect(listsOf(late).filter((name) => /RedFaces$/i.test(name))).toEqual([`${branch.id}|noticedRedFaces`])
    expect(listsOf(into(late))).toContain(`${otherBranch.id}|noticedRedFaces`)
    const { moves } = movesOf([], late, late.changedAt)
    expect(moves.find(({ by }) => by.noticedRedFaces !== undefined)?.section).toBe(branch.id)
  })
})

test('a supporter or a stranger gains nothing by it', () => {
  const inherited = into(done)
  expect(offeredLater(supporter, inherited)).toEqual(offeredLater(supporter, done))
})
