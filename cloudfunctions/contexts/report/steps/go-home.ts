import { announce, record } from '../rules/change'
import type { UnitFacts } from '../rules/commands'
import { isOpen } from '../rules/lifecycle'
import { handTo, named } from '../rules/moves'
import { isAnsweredBy } from '../rules/report'
import { systemStep } from './step'

/** A temporary unit's open reports go home on its last day, with a note (A6). */
export const goHome = systemStep({
  action: 'go-home',
  decide: (change, command: { readonly to: UnitFacts; readonly note: string }) => {
    const { report } = change
    if (!isOpen(report.status) || isAnsweredBy(report, command.to.id)) return undefined
    const from = report.answerableUnit.name
    const text = `${from}已撤，由${command.to.name}接着办`
    handTo(change, command.to, { isSorting: false, policy: 'went-home', reason: text })
    record(change, { kind: 'went-home', text: `${text}，时限不变` })
    record(change, { kind: 'noted', text: command.note, visibility: 'staff' })
    announce(change, {
      title: '责任单位变更',
      units: `${named(report)}${text}，时限不变。`,
      residents: `您反映的${named(report)}${text}，时限不变。`,
      supporters: `您关心的${named(report)}${text}。`,
    })
    return undefined
  },
})
