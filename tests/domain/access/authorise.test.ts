import * as fc from 'fast-check'
import {
  accessTable,
  allowedActions,
  authorise,
  type Caller,
  isConfidential,
  type ReportAction,
  relationsOf,
  viewOf,
} from '../../../cloudfunctions/domain/access/authorise'
import { staffRoles, type Unit } from '../../../cloudfunctions/domain/organisation/unit'
import { decide } from '../../../cloudfunctions/domain/report/decide'
import { reportStatuses } from '../../../cloudfunctions/domain/report/lifecycle'
import type { Report } from '../../../cloudfunctions/domain/report/report'
import {
  aCaller,
  aCategory,
  aContext,
  aMembership,
  aReport,
  banner,
  branch,
  housingBureau,
  otherBranch,
  reportIn,
  toRoutedUnit,
  township,
} from '../../support/builders'
import { anyOpening, anySteps, callerIn, residents, scenesOf, someCommand, staff } from '../../support/walk'

const actions = Object.keys(accessTable) as readonly ReportAction[]

/** Everybody who can stand before a report: each unit around it with each role, and each resident's part. */
const unitsAround: readonly (readonly [string, Unit])[] = [
  ['branch', branch],
  ['handler', housingBureau],
  ['alternate', otherBranch],
  ['township', township],
  ['banner', banner],
]
const stances: readonly (readonly [string, Caller])[] = [
  ['reporter', aCaller({ participation: 'reporter' })],
  ['supporter', aCaller({ participation: 'supporter' })],
  ['resident', aCaller()],
  ['nobody signed in', aCaller({ isSignedIn: false })],
  ...unitsAround.flatMap(([name, unit]) =>
    staffRoles.map(
      (role) => [`${name} ${role}`, aCaller({ memberships: [aMembership(unit, role)] })] as const,
    ),
  ),
]

describe('who may do what', () => {
  test('is exactly this, for every role, relation, action and status', () => {
    let asked = 0
    const lines = actions.flatMap((action) => [
      action,
      ...stances.flatMap(([who, caller]) => {
        const statuses = reportStatuses.filter((status) => {
          asked += 1
          return authorise(caller, action, reportIn(status)).isAllowed
        })
        return statuses.length > 0 ? [`  ${who.padEnd(22)} ${statuses.join(' ')}`] : []
      }),
    ])
    expect(asked).toBe(actions.length * stances.length * reportStatuses.length)
    expect(`\n${lines.join('\n')}\n`).toMatchSnapshot()
  })

  test('somebody without any part in it may only say 我也遇到', () => {
    for (const status of reportStatuses) {
      const report = reportIn(status)
      const isAllowed = (caller: Caller) =>
        actions.filter((action) => authorise(caller, action, report).isAllowed)
      expect(isAllowed(aCaller({ isSignedIn: false }))).toEqual([])
      expect(['support', undefined]).toContain(isAllowed(aCaller())[0])
      expect(isAllowed(aCaller()).length).toBeLessThanOrEqual(1)
    }
  })

  test.each(staffRoles)('a %s of another branch may do nothing that a resident may not', (role) => {
    const elsewhere = aCaller({ memberships: [aMembership(otherBranch, role)] })
    for (const status of reportStatuses) {
      const report = reportIn(status, { decision: { ...aReport().routing, alternate: undefined } })
      for (const action of actions) {
        expect(authorise(elsewhere, action, report)).toEqual(authorise(aCaller(), action, report))
      }
    }
  })

  test('“wrong status” is said only to those who could do it in another one', () => {
    const closed = reportIn('closed')
    expect(authorise(stanceOf('branch secretary'), 'accept', closed)).toEqual({
      isAllowed: false,
      why: 'wrong-status',
    })
    expect(authorise(aCaller(), 'accept', closed)).toEqual({ isAllowed: false, why: 'not-allowed' })
  })

  test('whoever answers for a report, handles it or sits above it is not one of its residents', () => {
    const report = reportIn('dispatched')
    for (const who of ['branch secretary', 'branch grid-worker', 'handler partner-staff', 'township upper']) {
      const caller = { ...stanceOf(who), participation: 'supporter' as const }
      expect(relationsOf(caller, report)).not.toContain('supporter')
      expect(authorise(caller, 'support', report).isAllowed).toBe(false)
    }
    const neighbour = { ...stanceOf('alternate secretary'), participation: 'supporter' as const }
    expect(relationsOf(neighbour, report)).toContain('supporter')
  })

  test('whoever reported it stays its reporter, also as a member of the branch', () => {
    const caller = { ...stanceOf('branch grid-worker'), participation: 'reporter' as const }
    expect(authorise(caller, 'rate', reportIn('resolved')).isAllowed).toBe(true)
    expect(authorise(caller, 'support', reportIn('routed')).isAllowed).toBe(false)
  })

  test('one person with several roles may do what each of them may', () => {
    const bothHats = aCaller({
      memberships: [aMembership(branch, 'secretary'), aMembership(township, 'upper')],
    })
    expect(authorise(bothHats, 'accept', reportIn('routed')).isAllowed).toBe(true)
    expect(authorise(bothHats, 'decide', reportIn('routed')).isAllowed).toBe(true)
  })
})

const stanceOf = (name: string): Caller => {
  const found = stances.find(([who]) => who === name)
  if (!found) throw new Error(`nobody is called ${name}`)
  return found[1]
}

describe('whatever the table allows', () => {
  test('the rules can decide without an error, in every status and every form', () => {
    for (const status of reportStatuses) {
      const report = reportIn(status)
      for (const [who, caller] of stances) {
        for (const action of actions) {
          if (!authorise(caller, action, report).isAllowed) continue
          for (let form = 0; form < 30; form += 1) {
            const now = report.changedAt + 60_000
            const command = someCommand(action, report, { name: who, memberships: [] }, now, form)
            const { participation } = caller
            const context = aContext({
              now,
              actorId: who,
              ...(participation ? { participant: { key: who, part: participation } } : {}),
            })
            expect(() => decide(report, command, context)).not.toThrow()
          }
        }
      }
    }
  })

  test('the screen offers nothing that the table denies, and nothing to those who may not know of the report', () => {
    fc.assert(
      fc.property(anyOpening, anySteps, fc.constantFrom(...residents, ...staff), (opening, steps, person) => {
        for (const scene of scenesOf(opening, steps)) {
          const caller = callerIn(scene, person)
          for (const action of allowedActions(caller, scene.report)) {
            expect(authorise(caller, action, scene.report).isAllowed).toBe(true)
          }
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('who may read what', () => {
  test.each(reportStatuses)(
    'while it is %s: staff of the units concerned all, the reporter the parties’ part, others the public one',
    (status) => {
      const report = reportIn(status)
      expect(viewOf(stanceOf('reporter'), report)).toBe('parties')
      for (const who of ['supporter', 'resident', 'nobody signed in'])
        expect(viewOf(stanceOf(who), report)).toBe('public')
      expect(viewOf(stanceOf('township upper'), report)).toBe('staff')
      expect(viewOf(stanceOf('banner upper'), report)).toBe('staff')
      expect(viewOf(stanceOf('branch grid-worker'), report)).toBe(status === 'unrouted' ? 'public' : 'staff')
      const isInHand = status === 'dispatched' || status === 'awaiting-check'
      expect(viewOf(stanceOf('handler partner-staff'), report)).toBe(isInHand ? 'staff' : 'public')
      expect(viewOf(stanceOf('alternate secretary'), report)).toBe(status === 'routed' ? 'staff' : 'public')
    },
  )
})

describe('a complaint about a branch', () => {
  const complaint = (status: Report['status']): Report =>
    reportIn(status, {
      category: aCategory('about-branch'),
      responsible: status === 'unrouted' ? null : toRoutedUnit(township),
      decision: { ...aReport().routing, policy: 'about-branch', alternate: undefined },
    })

  test.each(reportStatuses.filter((status) => !['dispatched', 'awaiting-check'].includes(status)))(
    'does not exist, while %s, for members of the branch, for other branches and for the public',
    (status) => {
      const report = complaint(status)
      expect(isConfidential(report)).toBe(true)
      const outsiders = [
        aCaller(),
        aCaller({ isSignedIn: false }),
        aCaller({ participation: 'supporter' }),
        ...[branch, otherBranch, housingBureau].flatMap((unit) =>
          staffRoles.map((role) => aCaller({ memberships: [aMembership(unit, role)] })),
        ),
      ]
      for (const caller of outsiders) expect(viewOf(caller, report)).toBeNull()
      expect(viewOf(aCaller({ participation: 'reporter' }), report)).toBe('parties')
      expect(viewOf(stanceOf('township upper'), report)).toBe('staff')
      expect(viewOf(stanceOf('banner upper'), report)).toBe('staff')
    },
  )
})
