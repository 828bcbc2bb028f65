import { staffRoles, type Unit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { authorise } from '../../../cloudfunctions/contexts/report/access'
import { isConfidential } from '../../../cloudfunctions/contexts/report/rules/confidential'
import { type ReportStatus, reportStatuses } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { type Caller, relationsOf, viewOf } from '../../../cloudfunctions/contexts/report/rules/standing'
import { dayMs } from '../../../cloudfunctions/ground/instant'
import {
  aCaller,
  aComplaint,
  aDecision,
  aMembership,
  aReport,
  banner,
  bannerClerk,
  branch,
  callerOf,
  clerk,
  everyAction,
  farBranch,
  farSecretary,
  housingBureau,
  league,
  otherBranch,
  otherClerk,
  otherTownship,
  region,
  reporter,
  reportIn,
  secretary,
  stranger,
  supportedBy,
  supporter,
  take,
  takeAll,
  township,
  unitFacts,
  units,
  wait,
} from '../../support/builders'
import { keyOf, mayBy, whoMay } from './who-may'

/** A report, and by hand in which place each unit stands towards it; a unit not named stands in none. */
interface Situation {
  readonly what: string
  readonly report: Report
  readonly places: ReadonlyMap<Unit, readonly string[]>
}

const above = [township, banner, league, region]

/** Just submitted near the border of 东街, or further on without having moved. */
const staying: readonly Situation[] = reportStatuses.map((status) => {
  const isInHand = status === 'dispatched' || status === 'awaiting-check'
  const isSorted = status !== 'unrouted'
  return {
    what: `with the branch, ${status}`,
    report: reportIn(status),
    places: new Map<Unit, readonly string[]>([
      ...(isSorted ? [[branch, ['branch']] as const] : []),
      [otherBranch, ['alternate']],
      ...(isInHand ? [[housingBureau, ['handler']] as const] : []),
      [township, isSorted ? ['above'] : ['sorter']],
      ...[banner, league, region].map((unit) => [unit, ['above']] as const),
    ]),
  }
})

/** Accepted too late by the branch, then moved to a village of another township; the branch disputes the cause. */
const movedAway: Report = (() => {
  const late = wait(aReport(), aReport().deadlines.acceptDueAt)
  const moved = take(
    late,
    { kind: 'reassign', to: unitFacts(farBranch), note: '不在本镇' },
    { by: bannerClerk },
  )
  return take(moved, 'appeal-red-face', { by: secretary })
})()

const moved: readonly Situation[] = (
  [
    ['routed', movedAway],
    ['accepted', take(movedAway, 'accept')],
    ['dispatched', takeAll(movedAway, 'accept', 'dispatch')],
    ['awaiting-check', takeAll(movedAway, 'accept', 'dispatch', 'claim-fixed')],
    [
      'suspended',
      take(
        takeAll(movedAway, 'accept', 'suspend'),
        { kind: 'rule-on', request: 'suspend', isGranted: true, note: '' },
        { by: otherClerk },
      ),
    ],
    ['resolved', takeAll(movedAway, 'accept', 'resolve')],
  ] as const
).map(([status, report]) => ({
  what: `moved to another township, the branch blamed and appealing, ${status}`,
  report,
  places: new Map<Unit, readonly string[]>([
    [farBranch, ['branch']],
    [branch, ['blamed']],
    ...(report.handlerUnitId === null ? [] : [[housingBureau, ['handler']] as const]),
    [township, ['ruling']],
    [otherTownship, ['above']],
    ...[banner, league, region].map((unit) => [unit, ['above']] as const),
  ]),
}))

/** Done while it was on the list; its branch has ended since, and the village beside it acts for it (A4). */
const leftBehind: readonly Situation[] = (['resolved', 'closed'] as const).map((status) => {
  const late = wait(takeAll(aReport(), 'accept', 'contact'), aReport().deadlines.resolveDueAt)
  const resolved = take(late, 'resolve')
  const done = status === 'resolved' ? resolved : wait(resolved, resolved.changedAt + 8 * dayMs)
  const ended = { id: branch.id, name: branch.name }
  return {
    what: `on the list for a branch that has ended, ${status}`,
    report: take(done, { kind: 'inherit', heirs: [{ ended, heir: unitFacts(otherBranch) }] }),
    places: new Map<Unit, readonly string[]>([
      [branch, ['branch', 'blamed']],
      [otherBranch, ['alternate', 'heir', 'blamed']],
      ...above.map((unit) => [unit, ['above']] as const),
    ]),
  }
})

const complaints: readonly Situation[] = [
  aComplaint(),
  take(aComplaint(), 'accept'),
  takeAll(aComplaint(), 'accept', 'resolve'),
].map((report) => ({
  what: `a complaint about the branch, ${report.status}`,
  report,
  places: new Map<Unit, readonly string[]>([
    [township, ['branch']],
    ...[banner, league, region].map((unit) => [unit, ['above']] as const),
  ]),
}))

const partsOf = (report: Report): readonly (readonly [string, Caller])[] => [
  ['reporter', aCaller({ participation: 'reporter', key: 'reporter' })],
  ...(isConfidential(report)
    ? []
    : [
        ['co-reporter', aCaller({ participation: 'co-reporter', key: 'co-reporter' })] as const,
        ['supporter', aCaller({ participation: 'supporter', key: 'supporter' })] as const,
        ['resident', aCaller()] as const,
      ]),
  ['nobody', isConfidential(report) ? aCaller() : aCaller({ isSignedIn: false })],
]

describe('L4: who may do what', () => {
  test.each([...staying, ...moved, ...leftBehind, ...complaints])(
    '$what: exactly what is written, for everybody',
    ({ report, places }) => {
      const wrong: string[] = []
      const status: ReportStatus = report.status
      for (const action of everyAction) {
        const may = mayBy(action)
        const check = (who: string, caller: Caller, expected: boolean): void => {
          const verdict = authorise(caller, action, report)
          if (verdict.isAllowed !== expected) wrong.push(`${who} may${expected ? '' : ' not'} ${action}`)
        }
        for (const [part, caller] of partsOf(report)) {
          check(part, caller, may.has(keyOf(part, 'resident', status)))
        }
        for (const unit of units) {
          for (const role of staffRoles) {
            const caller = aCaller({ memberships: [aMembership(unit, role)] })
            const asStaff = (places.get(unit) ?? []).some((place) => may.has(keyOf(place, role, status)))
            // Whoever works somewhere is also somebody who may have the problem.
            const asNeighbour = !isConfidential(report) && may.has(keyOf('resident', 'resident', status))
            check(`${unit.name} ${role}`, caller, asStaff || asNeighbour)
          }
        }
      }
      expect(wrong).toEqual([])
    },
  )

  test('every action of the product is in the written table, and nothing else', () => {
    expect(Object.keys(whoMay).sort()).toEqual([...everyAction].sort())
  })

  test('“wrong status” is said only to those who could do it in another one', () => {
    const closed = reportIn('closed')
    expect(authorise(callerOf(secretary, closed), 'accept', closed)).toEqual({
      isAllowed: false,
      why: 'wrong-status',
    })
    expect(authorise(callerOf(stranger, closed), 'accept', closed)).toEqual({
      isAllowed: false,
      why: 'not-allowed',
    })
  })

  test('L3: who holds several seats may say which one acts, and a seat that may not does not act', () => {
    const both = aCaller({
      memberships: [aMembership(banner, 'clerk'), aMembership(township, 'clerk')],
    })
    const report = reportIn('routed')
    for (const unit of [banner, township]) {
      const verdict = authorise(both, 'reassign', report, unit.id)
      expect(verdict).toMatchObject({ isAllowed: true, membership: { unitId: unit.id } })
    }
    expect(authorise(both, 'reassign', report, branch.id).isAllowed).toBe(false)
  })

  test('L3: who sets up units, files for others or works in a cooperative reads no report’s words', () => {
    for (const role of ['admin', 'counter', 'cooperative-staff'] as const) {
      for (const unit of [branch, township, banner]) {
        const caller = aCaller({ memberships: [aMembership(unit, role)] })
        for (const status of reportStatuses) expect(viewOf(caller, reportIn(status))).toBe('public')
      }
    }
    expect(viewOf(aCaller({ memberships: [aMembership(township, 'leader')] }), reportIn('routed'))).toBe(
      'staff',
    )
  })

  test('F5: who has taken it back is its reporter no more while somebody must still go and see', () => {
    const listed = wait(aReport(), aReport().deadlines.acceptDueAt)
    const left = take(listed, 'withdraw', { by: reporter })
    expect(left.status).toBe('routed')
    const allowed = everyAction.filter(
      (action) => authorise(callerOf(reporter, left), action, left).isAllowed,
    )
    expect(allowed).toEqual([])
  })
})

describe('H1: acts as a level above are judged without two hats', () => {
  const actsAbove = ['rule-on', 'look', 'reassign', 'supervise', 'urge', 'check', 'rework', 'route'] as const

  test.each(reportStatuses)(
    'while %s: a clerk with a seat in the unit that answers does none of them',
    (status) => {
      const report = reportIn(status)
      for (const role of staffRoles) {
        const caller = aCaller({
          memberships: [aMembership(township, 'clerk'), aMembership(branch, role)],
        })
        for (const action of actsAbove) {
          const verdict = authorise(caller, action, report)
          if (!verdict.isAllowed) continue
          // As the sorter of a matter the branch has never had there is only one hat.
          if (status === 'unrouted') continue
          expect(verdict.membership?.unitId).toBe(branch.id)
        }
      }
    },
  )

  test('also when the other unit answered for it once, or handled it', () => {
    const once = take(
      takeAll(aReport(), 'accept'),
      { kind: 'transfer', to: unitFacts(otherBranch), note: '' },
      { by: secretary },
    )
    const handled = takeAll(aReport(), 'accept', 'dispatch', 'recall')
    for (const [report, unit] of [
      [once, branch],
      [handled, housingBureau],
    ] as const) {
      const caller = aCaller({ memberships: [aMembership(township, 'clerk'), aMembership(unit, 'leader')] })
      expect(authorise(caller, 'reassign', report).isAllowed).toBe(false)
      expect(authorise(callerOf(clerk, report), 'reassign', report).isAllowed).toBe(true)
    }
  })
})

describe('H4: a complaint about a unit', () => {
  test.each(complaints)(
    '$what: does not exist for whoever sits in that unit, through whichever other seat',
    ({ report }) => {
      for (const unit of units) {
        for (const role of staffRoles) {
          const accused = aCaller({ memberships: [aMembership(unit, role), aMembership(branch, 'leader')] })
          expect(viewOf(accused, report)).toBeNull()
          for (const action of everyAction) expect(authorise(accused, action, report).isAllowed).toBe(false)
        }
      }
    },
  )

  test('does not exist either for who sat there while it ran, for other branches, partners and the public', () => {
    const report = take(aComplaint(), 'accept')
    const left = aCaller({
      memberships: [aMembership(township, 'clerk')],
      membershipsSince: [aMembership(township, 'clerk'), aMembership(branch, 'secretary')],
      seatsEverIn: [township.id, branch.id],
    })
    expect(viewOf(left, report)).toBeNull()
    const outsiders = [
      aCaller(),
      aCaller({ isSignedIn: false }),
      ...[otherBranch, farBranch, otherTownship, housingBureau].flatMap((unit) =>
        staffRoles.map((role) => aCaller({ memberships: [aMembership(unit, role)] })),
      ),
    ]
    for (const caller of outsiders) expect(viewOf(caller, report)).toBeNull()
    expect(viewOf(callerOf(clerk, report), report)).toBe('staff')
    expect(viewOf(callerOf(bannerClerk, report), report)).toBe('staff')
  })

  test('exists for its own reporter, who may even belong to the unit', () => {
    const report = aComplaint()
    const insider = aCaller({
      participation: 'reporter',
      key: 'reporter',
      memberships: [aMembership(branch, 'grid-worker')],
    })
    expect(viewOf(insider, report)).toBe('parties')
    expect(authorise(insider, 'withdraw', report).isAllowed).toBe(true)
  })

  test('of another branch is nothing special to this branch, which does not see it all the same', () => {
    const report = aComplaint({ accusedUnitId: otherBranch.id })
    expect(viewOf(aCaller({ memberships: [aMembership(branch, 'secretary')] }), report)).toBeNull()
  })
})

describe('who may read what', () => {
  test.each(reportStatuses)(
    'while %s: the units concerned all, reporter and co-reporters their parts, others what is public',
    (status) => {
      const report = reportIn(status)
      const as = (unit: Unit, role: (typeof staffRoles)[number]) =>
        viewOf(aCaller({ memberships: [aMembership(unit, role)] }), report)
      expect(viewOf(callerOf(reporter, report), report)).toBe('parties')
      expect(viewOf(aCaller({ participation: 'co-reporter', key: 'co-reporter' }), report)).toBe(
        'co-reporter',
      )
      for (const caller of [
        aCaller({ participation: 'supporter', key: 'supporter' }),
        aCaller(),
        aCaller({ isSignedIn: false }),
      ])
        expect(viewOf(caller, report)).toBe('public')
      for (const unit of above) expect(as(unit, 'clerk')).toBe('staff')
      expect(as(branch, 'grid-worker')).toBe(status === 'unrouted' ? 'public' : 'staff')
      const isInHand = status === 'dispatched' || status === 'awaiting-check'
      expect(as(housingBureau, 'partner-staff')).toBe(isInHand ? 'staff' : 'public')
      expect(as(otherBranch, 'secretary')).toBe(status === 'routed' ? 'staff' : 'public')
      expect(as(farBranch, 'secretary')).toBe('public')
    },
  )

  test('a person may stand in several ways towards one report', () => {
    const report = supportedBy(takeAll(aReport(), 'accept', 'dispatch'), supporter)
    const caller = aCaller({
      participation: 'supporter',
      key: supporter.name,
      memberships: [aMembership(branch, 'grid-worker'), aMembership(housingBureau, 'partner-lead')],
    })
    expect(relationsOf(caller, report)).toEqual(['supporter', 'branch', 'handler', 'resident', 'anyone'])
    expect(relationsOf(callerOf(farSecretary, report), report)).toEqual(['resident', 'anyone'])
  })

  test('who is not signed in stands nowhere, wherever the report lies', () => {
    const report = aReport({ decision: aDecision({ alternate: undefined }) }, aReport().submittedAt + dayMs)
    expect(relationsOf(aCaller({ isSignedIn: false }), report)).toEqual(['anyone'])
  })
})
