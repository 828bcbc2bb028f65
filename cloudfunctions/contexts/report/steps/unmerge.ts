import { ok } from '../../../ground/result'
import { enqueue } from '../rules/change'
import { goOwnWay } from '../rules/merging'
import { seen } from './fields'
import { preparedStep, resident } from './step'

/** 不是同一件事: said by the one whose report it is, at once and for good (M4). */
export const unmerge = preparedStep({
  action: 'unmerge',
  grants: [resident('reporter', ['merged'])],
  input: seen({}),
  // It is for good (M4).
  isByOwnDevice: true,
  prepare: async (_typed, _report, lookUps) => ok({ family: await lookUps.family() }),
  decide: (change, command) => {
    const { report } = change
    const { merged } = report
    if (!merged) throw new Error(`report ${report.id} is not merged`)
    const parentId = merged.parentReportId
    goOwnWay(change, command.family, { because: 'not-the-same' })
    report.neverMergeInto = [...new Set([...report.neverMergeInto, parentId])]
    const { reporterKey } = report
    enqueue(change, { kind: 'leave-parent', parentReportId: parentId, mergingNo: merged.no, reporterKey })
    return undefined
  },
})
