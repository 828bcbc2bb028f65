import type { ReportChange } from './change'
import type { Merging, Report, Used } from './report'

export const usedOf = ({ passCount, suspendedDays, suspendedWinters, extensions }: Used): Used => ({
  passCount,
  suspendedDays,
  suspendedWinters,
  extensions,
})

/** What the one has used beyond the other. */
const beyond = (one: Used, other: Used): Used => ({
  passCount: Math.max(0, one.passCount - other.passCount),
  suspendedDays: Math.max(0, one.suspendedDays - other.suspendedDays),
  suspendedWinters: one.suspendedWinters.filter((winter) => !other.suspendedWinters.includes(winter)),
  extensions: one.extensions.slice(0, Math.max(0, one.extensions.length - other.extensions.length)),
})

const nothing: Used = { passCount: 0, suspendedDays: 0, suspendedWinters: [], extensions: [] }

/** What those that lie in the matter bring in beyond its own: the most of each. */
const broughtIn = ({ mergings, childReportIds }: Pick<Report, 'mergings' | 'childReportIds'>): Used =>
  mergings
    .filter(({ childReportId }) => childReportIds.includes(childReportId))
    .reduce<Used>(
      (most, { used = nothing }) => ({
        passCount: Math.max(most.passCount, used.passCount),
        suspendedDays: Math.max(most.suspendedDays, used.suspendedDays),
        suspendedWinters: [...new Set([...most.suspendedWinters, ...used.suspendedWinters])],
        extensions: used.extensions.length > most.extensions.length ? used.extensions : most.extensions,
      }),
      nothing,
    )

/** What the matter has used without those that lie in it. */
const ownUse = (report: Used & Pick<Report, 'mergings' | 'childReportIds'>): Used => {
  const brought = broughtIn(report)
  return {
    passCount: report.passCount - brought.passCount,
    suspendedDays: report.suspendedDays - brought.suspendedDays,
    suspendedWinters: report.suspendedWinters.filter((winter) => !brought.suspendedWinters.includes(winter)),
    extensions: report.extensions.slice(brought.extensions.length),
  }
}

/** What a child has used beyond what the parent has itself (`Merging.used`); absent where that is nothing. */
export const usedBeyond = (
  report: Used & Pick<Report, 'mergings' | 'childReportIds'>,
  child: Used,
): Pick<Merging, 'used'> => {
  const used = beyond(child, ownUse(report))
  const isNothing =
    used.passCount + used.suspendedDays + used.suspendedWinters.length + used.extensions.length === 0
  return isNothing ? {} : { used }
}

/**
 * A family has used what the one in it that has used most (K5, K6, K7): no matter is merged into another to have its
 * extensions again. Whatever comes or leaves in between takes its part along.
 */
export const recountUse = ({ report }: ReportChange, comeOrGo: () => void): void => {
  const own = ownUse(report)
  comeOrGo()
  const brought = broughtIn(report)
  report.passCount = own.passCount + brought.passCount
  report.suspendedDays = own.suspendedDays + brought.suspendedDays
  report.suspendedWinters = [...brought.suspendedWinters, ...own.suspendedWinters]
  report.extensions = [...brought.extensions, ...own.extensions]
}
