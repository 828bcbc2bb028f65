import type { Stored } from '../../platform/cloudbase/shape'
import type { Report, ReportEvent } from './rules/report'
import type { HearingWord, LevelRequest } from './rules/request'

/** What was laid before the residents then, where it was photographs: they stood in its line alone. */
const withPhotos = (
  episode: Report['redFaces'][number],
  timeline: readonly ReportEvent[],
): Report['redFaces'][number] => {
  const { evidence } = episode
  if (!evidence || evidence.photos) return episode
  const laid = timeline.find(
    ({ kind, at, visibility, photos }) =>
      (kind === 'evidence-laid' || kind === 'progressed') &&
      at === evidence.at &&
      visibility === 'public' &&
      photos !== undefined,
  )
  return laid?.photos ? { ...episode, evidence: { ...evidence, photos: laid.photos } } : episode
}

const said = '居民说：'
const wordOf = (line: ReportEvent): HearingWord => {
  const { note = '', words = note } = ('facts' in line ? line.facts : {}) as {
    readonly note?: string
    readonly words?: string
  }
  return {
    key: line.personKey ?? '',
    at: line.at,
    note: words.startsWith(said) ? words.slice(said.length) : words,
    photos: line.photos ?? [],
  }
}

const withWords = (request: LevelRequest, timeline: readonly ReportEvent[]): LevelRequest => {
  if (request.kind !== 'appeal-red-face' || !request.hearing || request.hearing.words) return request
  const lines = timeline.filter(
    ({ kind, visibility, at }) => kind === 'said-to-appeal' && visibility === 'person' && at >= request.at,
  )
  return { ...request, hearing: { ...request.hearing, words: lines.map(wordOf) } }
}

/**
 * Shape 4: what a rule or a page asks of a line is a field, for lines leave a long trace: who has looked at the number,
 * when somebody last went and saw, the photographs of evidence, what was said to an appeal that waits.
 */
export const toFieldsOfTrace = (document: Stored): Stored => {
  const report = document as unknown as Report
  const { timeline, phoneRevealedTo, lookedAt } = report
  const looked = timeline.filter(({ kind }) => kind === 'looked')
  const revealed = timeline.flatMap(({ kind, unitName }) =>
    kind === 'phone-revealed' && unitName !== undefined ? [unitName] : [],
  )
  const lastLook = looked[looked.length - 1]
  return {
    ...document,
    ...(phoneRevealedTo === undefined && revealed.length > 0
      ? { phoneRevealedTo: [...new Set(revealed)] }
      : {}),
    ...(lookedAt === undefined && lastLook ? { lookedAt: lastLook.at } : {}),
    redFaces: report.redFaces.map((episode) => withPhotos(episode, timeline)),
    requests: report.requests.map((request) => withWords(request, timeline)),
  }
}
