import { activeEpisode, othersCame } from '../../red-face/rules/red-face'
import type { ReportChange } from './change'
import { type Report, reporterKeys, type Supporter } from './report'
import type { Scene } from './scene'

/** One more or one fewer of those who came with a merged report, where they did. */
const countCame = (
  mergings: Report['mergings'],
  { fromReportId }: Supporter,
  by: 1 | -1,
): Report['mergings'] =>
  fromReportId === undefined
    ? mergings
    : mergings.map((one) =>
        one.childReportId === fromReportId ? { ...one, cameCount: (one.cameCount ?? 0) + by } : one,
      )

/**
 * F5: is a yes to the evidence that lies there posted to them as a supporter? Who joined before it was counted when it was
 * laid, who came with another report when that came. Counted out and in again as they become more than that, or no more.
 */
const isPostedTo = ({ redFaces }: Pick<Report, 'redFaces'>, { at, fromReportId }: Supporter): boolean => {
  const evidence = activeEpisode(redFaces)?.evidence
  return evidence !== undefined && (fromReportId !== undefined || at < evidence.at)
}

/** A supporter is more than that from now on: reporter, or co-reporter. */
export const noMoreSupporter = ({ report }: Pick<ReportChange, 'report'>, who: Supporter): void => {
  const { count, countedIn, heard } = report.supporters
  report.supporters = {
    count: count - 1,
    // Should they ever say 我也遇到 again, they are counted again.
    countedIn: countedIn.filter((key) => key !== who.key),
    heard: heard.filter((one) => one.key !== who.key),
  }
  report.mergings = countCame(report.mergings, who, -1)
  if (isPostedTo(report, who)) report.redFaces = othersCame(report.redFaces, -1)
}

/** Whoever was more is a supporter again; what they have said here is theirs still. */
export const supporterAgain = ({ report }: Pick<ReportChange, 'report'>, who: Supporter): void => {
  const { count, heard, ...rest } = report.supporters
  const others = heard.filter((one) => one.key !== who.key)
  report.supporters = { ...rest, count: count + 1, heard: [...others, who] }
  report.mergings = countCame(report.mergings, who, 1)
  if (isPostedTo(report, who)) report.redFaces = othersCame(report.redFaces, 1)
}

/** A supporter says what something here will rest on: from now on the matter knows them by name. */
export const hearSupporter = ({ report }: Pick<ReportChange, 'report'>, { person }: Scene): void => {
  const { heard } = report.supporters
  if (!person?.supports || heard.some((one) => one.key === person.key)) return
  report.supporters = { ...report.supporters, heard: [...heard, person.supports] }
}

/** Of those whose word something rests on, who is in the matter still. */
export const speakersIn = (
  report: Pick<Report, 'reporterKey' | 'reporterLeftAt' | 'coReporters' | 'supporters'>,
): ReadonlySet<string> => new Set([...reporterKeys(report), ...report.supporters.heard.map((one) => one.key)])
