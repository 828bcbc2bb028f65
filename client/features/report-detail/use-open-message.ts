import { useEffect, useRef } from 'react'
import { useCommand } from '../../services/use-command'
import type { ReportDetail } from './words'

/**
 * Says once, when the page opens, that the resident has seen what the branch wrote: only then has it reached
 * somebody (C1). When the report has moved on meanwhile it is said again for the new revision.
 */
export const useOpenMessage = (report: ReportDetail | undefined, reload: () => Promise<void>): void => {
  const { run } = useCommand('report.openMessage', { isQuiet: true })
  const saidFor = useRef<string>()
  const reportId = report?.id ?? ''
  const rev = report?.rev ?? 0
  const isUnopened = report?.actions.includes('open-message') ?? false

  useEffect(() => {
    const key = `${reportId}:${rev}`
    if (!isUnopened || saidFor.current === key) return
    saidFor.current = key
    void run({ reportId, rev }).then((outcome) => {
      if (!outcome.ok && outcome.error.code === 'stale-rev') return reload()
    })
  }, [isUnopened, reportId, rev, run, reload])
}
