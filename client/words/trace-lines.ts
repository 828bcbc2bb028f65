import type { OutputOf } from '../../cloudfunctions/contract/contract'

export type Trace = readonly OutputOf<'report.get'>['timeline'][number][]

/** The number of the last line, which stays its own when older ones leave a long trace. */
export const lastSeqOf = (trace: Trace): number => trace[trace.length - 1]?.seq ?? 0

/** The number of the last line of a kind: it tells one time that something happened from the next. */
export const lastSeqOfKind = (trace: Trace, kind: Trace[number]['kind']): number =>
  lastSeqOf(trace.filter((line) => line.kind === kind))

/** All lines that are known, the latest first; `older` are those that have left a long trace. */
export const latestFirst = (trace: Trace, older: Trace = []): Trace =>
  [...older, ...trace].sort((one, other) => other.seq - one.seq)
