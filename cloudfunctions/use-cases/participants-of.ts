import type { Participant, Participants } from './ports'

const pageSize = 200

/** Everybody with one part in a report, however many, read as they are asked for. */
export async function* participantsOf(
  participants: Pick<Participants, 'ofReport'>,
  reportId: string,
  part: Participant['part'],
): AsyncGenerator<Participant> {
  let cursor: string | undefined
  do {
    const page = await participants.ofReport(reportId, part, {
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    })
    yield* page.rows
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** The reporter, then everybody else who takes part. */
export async function* everyParticipant(
  participants: Pick<Participants, 'ofReport'>,
  reportId: string,
): AsyncGenerator<Participant> {
  yield* participantsOf(participants, reportId, 'reporter')
  yield* participantsOf(participants, reportId, 'supporter')
}
