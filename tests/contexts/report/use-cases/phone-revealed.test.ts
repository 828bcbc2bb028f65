import * as fc from 'fast-check'
import { attempt, everybody, secretary } from '../../../support/builders'
import { shownTo } from '../../../support/seen'
import { anyOpening, anyTurns, momentsOf } from '../../../support/walk'

test('C1, L5: whether a call can be recorded is told to whom may record it, to nobody else, and as the step decides', () => {
  const told = new Set<boolean>()
  fc.assert(
    fc.property(anyOpening, anyTurns(20), (opening, turns) => {
      const moments = momentsOf(opening, turns).flatMap(({ report, now }) => {
        const looked = attempt(report, 'reveal-phone', { by: secretary, now })
        return [{ report, now }, ...(looked.ok ? [{ report: looked.value, now }] : [])]
      })
      for (const { report, now } of moments) {
        for (const by of everybody) {
          const view = shownTo(by, report, now)
          if (!view) continue
          const isConcerned = view.actions.includes('contact') && report.hasPhone
          expect([by.name, 'isPhoneRevealed' in view]).toEqual([by.name, isConcerned])
          if (view.isPhoneRevealed === undefined) continue
          const rung = attempt(report, { kind: 'contact', channel: 'phone', note: '' }, { by, now })
          const isRefused = !rung.ok && rung.error.code === 'phone-not-revealed'
          expect([by.name, view.isPhoneRevealed]).toEqual([by.name, !isRefused])
          told.add(view.isPhoneRevealed)
        }
      }
    }),
    { numRuns: 20 },
  )
  expect([...told].sort()).toEqual([false, true])
})
