import { announce, record } from '../rules/change'
import { named } from '../rules/moves'
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
      text: `公开摘要由“${report.publicSummary}”改为“${command.publicSummary}”`,
      visibility: 'parties',
    })
    report.publicSummary = command.publicSummary
    announce(change, {
      title: '公开摘要更正',
      units: `公开摘要改为${named(report)}。`,
      residents: `公开摘要改为${named(report)}。`,
    })
    return undefined
  },
}
