import { passUnseen } from '../../../journal/rules/change'
import { shelvedWith } from '../rules/trace'
import { systemStep } from './step'

/** Lines that lie in a piece of their own leave the report; nobody has to have seen that. */
export const shelve = systemStep({
  action: 'shelve',
  decide: (change, { untilSeq }: { readonly untilSeq: number }) => {
    const { report, at } = change
    const [first, ...others] = report.timeline
    const leaving = others.filter(({ seq }) => seq <= untilSeq)
    if (!first || leaving.length === 0) return undefined
    report.shelved = shelvedWith(report, leaving, at)
    report.timeline = [first, ...others.filter(({ seq }) => seq > untilSeq)]
    passUnseen(change)
    return undefined
  },
})
