import type { Participant, Participants } from '../ports'

const pageSize = 200

/** Everybody with one part in a report, however many, a page at a time, read as they are asked for. */
export async function* participantPages(
  participants: Pick<Participants, 'ofReport'>,
  reportId: string,
  part: Participant['part'],
): AsyncGenerator<readonly Participant[]> {
  let cursor: string | undefined
  do {
    const page = await participants.ofReport(reportId, part, {
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    })
    yield page.rows
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
