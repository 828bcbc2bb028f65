import { type Action, contract } from '../../cloudfunctions/contract/contract'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'

const actions = Object.keys(contract) as readonly Action[]
const limitsOf = (action: Action) => contract[action].limits

describe('the limits of the contract', () => {
  test.each(actions.filter((action) => contract[action].kind === 'command'))('hold %s back', (action) => {
    const limits = limitsOf(action)
    for (const row of [limits?.resident, limits?.staff]) {
      expect(row?.length).toBeGreaterThan(0)
      for (const { most, windowMs } of row ?? []) {
        expect(most).toBeGreaterThan(0)
        expect(windowMs).toBeLessThanOrEqual(dayMs)
      }
    }
  })

  test.each(actions)('brake %s for all who have not signed in together', (action) => {
    expect(contract[action].mostAnonymousAMinute).toBeGreaterThanOrEqual(60)
    expect(contract[action].mostAnonymousAMinute).toBeLessThanOrEqual(1200)
  })

  test('are never met by a clerk who clears a hundred reports an hour, in five steps each', () => {
    for (const action of ['report.accept', 'report.dispatch', 'report.check', 'report.ruleOn'] as const) {
      for (const { most, windowMs } of limitsOf(action)?.staff ?? []) {
        expect((most / windowMs) * hourMs).toBeGreaterThanOrEqual(500)
      }
    }
    for (const { most, windowMs } of limitsOf('report.revealPhone')?.staff ?? []) {
      expect(most).toBeGreaterThanOrEqual(100 * Math.min(windowMs / hourMs, 6))
    }
  })

  test('never give staff less than residents', () => {
    for (const action of actions) {
      const limits = limitsOf(action)
      for (const { most, windowMs } of limits?.staff ?? []) {
        const resident = limits?.resident.find((one) => one.windowMs === windowMs)
        if (resident) expect(most).toBeGreaterThanOrEqual(resident.most)
      }
    }
  })

  test('count all ordinary steps on reports together', () => {
    expect(limitsOf('report.accept')?.group).toBe(limitsOf('report.progress')?.group)
    expect(limitsOf('report.submit')?.group).not.toBe(limitsOf('report.accept')?.group)
  })
})
