import { announce, record } from '../rules/change'
import { branchStaff, levelStaff } from '../rules/standing'
import { answered, type StepOf, staff, working } from './step'

/** What everyone reads is put right; the parties keep the old wording. */
export const correctSummary: StepOf<'correct-summary'> = {
  grants: [
    staff('branch', branchStaff, [...working, 'resolved', 'closed']),
    staff('above', levelStaff, answered),
  ],
  decide: (change, command) => {
    const { report } = change
    record(change, {
      kind: 'summary-corrected',
      facts: { from: report.publicSummary, to: command.publicSummary },
      visibility: 'parties',
    })
    report.publicSummary = command.publicSummary
    announce(change, { template: 'summary-corrected', units: {}, residents: {} })
    return undefined
  },
}
