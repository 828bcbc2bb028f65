import { pagesOf } from '../../../ground/page'
import type { Participant, Participants } from '../ports'
import type { Report } from '../rules/report'

const pageSize = 200

/** Everybody with one part in a report, however many, a page at a time, read as they are asked for. */
export const participantPages = (
  participants: Pick<Participants, 'ofReport'>,
  reportId: string,
  part: Participant['part'],
): AsyncGenerator<readonly Participant[]> =>
  pagesOf((page) => participants.ofReport(reportId, part, page), {
    first: pageSize,
    further: pageSize,
    most: Number.POSITIVE_INFINITY,
  })

/** As many as one change of a report counts in. */
const mostCountedIn = 100

/**
 * Keys of those who are joining and whom the report, as it was read before, has not counted in. Where rows of such as it
 * has lag behind they are seen to first, also those behind the page: what the report counts in next takes their place in
 * it, and nothing would tell that they are counted.
 */
export const joiningKeys = async (
  participants: Pick<Participants, 'ofReport' | 'countedIn'>,
  { id, supporters }: Pick<Report, 'id' | 'supporters'>,
): Promise<readonly string[]> => {
  const { rows } = await participants.ofReport(id, 'joining', { limit: mostCountedIn })
  const known = new Set(supporters.countedIn)
  const late =
    rows.length === mostCountedIn
      ? supporters.countedIn
      : rows.flatMap(({ key }) => (known.has(key) ? [key] : []))
  if (late.length > 0) await participants.countedIn(id, late)
  return rows.flatMap(({ key }) => (known.has(key) ? [] : [key]))
}
