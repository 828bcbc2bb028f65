import type { Session } from '../../organisation/rules/session'
import { hasBeenPublic, shownNoOf } from '../../red-face/rules/red-face'
import { bookName, type RuleBook } from '../../rule-book/rules/rule-book'
import { refusalOf } from '../access'
import type { OutputOf } from '../contract'
import type { ReadingPorts } from '../ports'
import type { Report } from '../rules/report'
import { viewOf } from '../rules/standing'
import { catchUp } from '../tick'
import { barredAnswersOf, episodeView, photoViews, seenRev } from '../use-cases/present-report'
import { callerOf, lawOf, rowOf } from '../use-cases/standing-of'

type ReportView = OutputOf<'report.get'>

/** One stay of a matter on the red-face list, as everybody may read it, with what this caller may do about it. */
interface EpisodeRead {
  readonly rules: RuleBook
  readonly episode: NonNullable<ReportView['redFace']>
  readonly before: ReportView['photos']
  readonly after: ReportView['photos']
  readonly canAnswer: boolean
  readonly barredAnswers?: NonNullable<ReportView['barredAnswers']>
  /** The rule book it was submitted under, by name. */
  readonly submittedUnder: string
  /** For whoever may answer; 0 for everybody else. */
  readonly rev: number
}

export type EpisodePorts = Pick<
  ReadingPorts,
  'reports' | 'participants' | 'photos' | 'ruleBooks' | 'calendars' | 'keyed'
>

type Episode = Report['redFaces'][number]

/** The photos of how it is done: of the last fix, or of the evidence laid since. */
const photosAfter = (report: Report, episode: Episode | undefined): readonly string[] => {
  const fix = report.resolutions[report.resolutions.length - 1]
  const { evidence } = episode ?? {}
  return evidence?.photos && evidence.at > (fix?.at ?? 0) ? evidence.photos : (fix?.after ?? [])
}

/** Undefined where there is no such episode, or the caller may not know of it. */
export const readEpisode =
  (ports: EpisodePorts) =>
  async (session: Session, reportId: string, shownNo: number): Promise<EpisodeRead | undefined> => {
    const report = await ports.reports.get(reportId)
    if (!report) return undefined
    const [law, row] = await Promise.all([lawOf(ports, report), rowOf(ports, session, report)])
    const current = catchUp(report, session.now, law)
    const caller = callerOf(ports.keyed, session, current, row)
    const episode = current.redFaces.find((one) => hasBeenPublic(one) && shownNoOf(one) === shownNo)
    const isKnown = viewOf(caller, current) !== null
    const shown = isKnown && episode ? episodeView(episode, { view: 'public', key: caller.key }) : null
    if (!shown) return undefined
    const before = current.resolutions[current.resolutions.length - 1]?.before ?? []
    const after = photosAfter(current, episode)
    const urls = await ports.photos.urls([...before, ...after])
    const context = { now: session.now, law, actorId: caller.actorId ?? '' }
    const canAnswer = refusalOf(caller, 'answer-red-face', current, context) === undefined
    return {
      rules: law.rules,
      episode: shown,
      before: photoViews(before, urls),
      after: photoViews(after, urls),
      canAnswer,
      ...barredAnswersOf(current, caller, canAnswer ? ['answer-red-face'] : []),
      submittedUnder: bookName(current.submittedUnder),
      rev: seenRev({ ...current, rev: report.rev }, caller),
    }
  }
