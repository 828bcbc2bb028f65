import { typedText } from '../../../terms/primitives'
import { announce, record } from '../rules/change'
import { longestSummary } from '../rules/commands'
import { branchStaff, levelStaff } from '../rules/standing'
import { seen } from './fields'
import { answered, staff, step, working } from './step'

/** What everyone reads is put right; the parties keep the old wording. */
export const correctSummary = step({
  action: 'correct-summary',
  grants: [
    staff('branch', branchStaff, [...working, 'resolved', 'closed']),
    staff('above', levelStaff, answered),
  ],
  input: seen({ publicSummary: typedText(4, longestSummary) }),
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
})
