import type { OutputOf, ParsedInputOf } from '../contract/contract'
import { dayMs } from '../domain/instant'
import { isRecurring } from '../domain/red-face/red-face'
import type { Place, Report } from '../domain/report/report'
import { submitReport as composeReport } from '../domain/report/submit'
import { ok, type Result, refuse } from '../domain/result'
import { tilesAround } from '../domain/routing/geometry'
import { attachPhotos, photoUse } from './attach-photos'
import { commandDigest, participantKey, pseudonymOf, reportIdOf } from './participant-key'
import type { Ports, Session } from './ports'
import { routePlace } from './route-place'
import { settleReport } from './settle-report'

/**
 * A resident reports (上报). The report's id follows from caller and command: sending it again answers as the
 * first time. Refuses `sign-in-required`, `photo-required`, `photo-unknown`, `command-reused` and what routing
 * refuses; nothing is written then.
 */
export const submitReport = (ports: Ports) => {
  const findRoute = routePlace(ports)
  const settle = settleReport(ports)

  const hasHappenedHere = async (
    place: Place,
    categoryId: Report['categoryId'],
    days: number,
    now: number,
  ) =>
    place.point ? ports.reports.inTiles(tilesAround(place.point, 60), categoryId, now - days * dayMs) : []

  return async (
    session: Session,
    input: ParsedInputOf<'report.submit'>,
  ): Promise<Result<OutputOf<'report.submit'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const id = reportIdOf(ports.keyed, accountId, input.commandId)
    const digest = commandDigest(ports.keyed, accountId, 'report.submit', input)

    const first = await ports.reports.get(id)
    if (first) return answerAgain(first, digest)

    const routed = await findRoute(input.place, input.categoryId, now)
    if (!routed.ok) return routed
    const { rules, category, outcome } = routed.value
    if (input.photos.length === 0 && !category.isPhotoOptional) return refuse('photo-required')
    const photos = await attachPhotos(ports)(input.photos, accountId, photoUse(id, input.commandId))
    if (!photos.ok) return photos

    const earlier = await hasHappenedHere(
      input.place,
      category.id,
      rules.redFace.temporaryRecurrenceDays,
      now,
    )
    const recurrence = isRecurring(
      {
        categoryId: category.id,
        ...(input.place.point ? { point: input.place.point } : {}),
        submittedAt: now,
        earlierReports: earlier.map((report) => ({
          categoryId: report.categoryId,
          ...(report.place.point ? { point: report.place.point } : {}),
          submittedAt: report.submittedAt,
        })),
        fixes: earlier.flatMap((report) =>
          report.resolutions.map((resolution) => ({
            categoryId: report.categoryId,
            ...(report.place.point ? { point: report.place.point } : {}),
            remedy: resolution.remedy,
            resolvedAt: resolution.at,
          })),
        ),
      },
      rules.redFace,
    )

    const key = participantKey(ports.keyed, accountId, id)
    const report = composeReport(
      {
        id,
        pseudonym: pseudonymOf(key),
        category,
        text: input.text,
        photos: photos.value,
        place: input.place,
        hasPhone: input.phone !== undefined,
        isByMember: session.memberships.some((membership) => membership.unitId === outcome.responsible?.id),
        decision: outcome.decision,
        responsible: outcome.responsible,
        sorter: outcome.sorter,
        isRecurring: recurrence.isRecurring,
        command: { id: input.commandId, action: 'report.submit', digest },
      },
      now,
      ports.calendar,
      rules,
    )
    // Who reported is written first: a report must never stand there without its reporter.
    await ports.participants.add({
      reportId: id,
      key,
      accountId,
      part: 'reporter',
      phone: input.phone ?? null,
      joinedAt: now,
    })
    if (!(await ports.reports.insert(report))) {
      const winner = await ports.reports.get(id)
      if (!winner) throw new Error(`report ${id} exists and cannot be read`)
      return answerAgain(winner, digest)
    }
    await settle(report, now)
    return ok(receiptOf(report))
  }
}

const answerAgain = (report: Report, digest: string): Result<OutputOf<'report.submit'>> =>
  report.timeline[0]?.commandDigest === digest ? ok(receiptOf(report)) : refuse('command-reused')

const receiptOf = (report: Report): OutputOf<'report.submit'> => ({
  reportId: report.id,
  rev: 1,
  at: report.submittedAt,
  ...report.firstAnswer,
  reasons: [...report.firstAnswer.reasons],
})
