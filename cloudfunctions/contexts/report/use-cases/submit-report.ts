import { begun } from '../../../ground/begun'
import { distanceMetres, type Point } from '../../../ground/geometry'
import { dayMs } from '../../../ground/instant'
import { ok, type Result, refuse } from '../../../ground/result'
import { bringIn } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { ReadingAhead } from '../../../terms/action'
import { type CategoryId, groupOf } from '../../category/rules/category'
import type { Session } from '../../organisation/rules/session'
import type { Unit } from '../../organisation/rules/unit'
import { givePhotos, photoUse } from '../../photo/shared/attach-photos'
import { findOwnPhotos } from '../../photo/shared/own-photos'
import { isRecurring } from '../../red-face/rules/recurrence'
import type { Place } from '../../routing/rules/routing'
import { lookAround as lookAroundPlace, type PlaceRoute, routeWithin } from '../../routing/shared/route-place'
import { categoryOf, defaultRuleBook, type RuleBook } from '../../rule-book/rules/rule-book'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { PlacedReport, ReportPorts } from '../ports'
import { sameMatterMetres } from '../rules/alike'
import { participantKey, pseudonymOf, reportIdOf } from '../rules/participant-key'
import { groupsOf, pointsOf, type Report } from '../rules/report'
import { runningMs } from '../rules/stint'
import { submitReport as composeReport, type Submission } from '../rules/submit'
import { numberReport } from './number-report'
import { settleReport } from './settle-report'
import { unitAbove } from './standing-of'
import { answerAgain, receiptOf } from './submit-receipt'

type Input = ParsedInputOf<'report.submit'>

/** The place of an earlier matter that lies so near, be it one it had before (K9). */
const pointAt = (
  { point }: Place,
  earlier: Pick<PlacedReport, 'place' | 'formerPoints'>,
  metres: number,
): Point | undefined => point && pointsOf(earlier).find((other) => distanceMetres(point, other) <= metres)

/** How far around a place, and how many days back, these rules ask for earlier matters. */
const reachOf = (rules: RuleBook, categoryId: CategoryId) => ({
  metres: Math.max(sameMatterMetres, rules.redFace.recurrence.withinMetres),
  days: Math.max(
    rules.redFace.recurrence.withinDays,
    categoryOf(rules, categoryId)?.cureHoldsDays ?? 0,
    rules.report.withdrawnClockKeptDays,
  ),
})

/** The matters of one group around a place that are open or were as long ago as anything is asked of them. */
const earlierAround = async (
  ports: ReportPorts,
  { point }: Place,
  categoryId: CategoryId,
  { metres, days }: ReturnType<typeof reachOf>,
  now: number,
): Promise<readonly PlacedReport[]> =>
  point ? ports.reports.aliveAround(point, metres, groupOf(categoryId), now - days * dayMs) : []

const pointIn = (point: Point | undefined) => (point ? { point } : {})

/** F1: does the matter come back? And whose fix did not hold (A3)? */
export const recurrenceOf = (
  earlier: readonly PlacedReport[],
  place: Place,
  categoryId: CategoryId,
  rules: RuleBook,
  now: number,
): Pick<Submission, 'isRecurring' | 'recurringUnits'> => {
  const noOccurrence = ['withdrawn', 'declined', 'merged']
  const recurs = isRecurring(
    {
      groupId: groupOf(categoryId),
      ...pointIn(place.point),
      submittedAt: now,
      cureHoldsDays: categoryOf(rules, categoryId)?.cureHoldsDays ?? 0,
      earlierReports: earlier.map((report) => ({
        groupIds: groupsOf(report),
        ...pointIn(pointAt(place, report, rules.redFace.recurrence.withinMetres)),
        submittedAt: report.submittedAt,
        ...(report.resolvedAt === undefined ? {} : { resolvedAt: report.resolvedAt }),
        counts: !noOccurrence.includes(report.status),
      })),
    },
    rules.redFace,
  )
  if (!recurs) return { isRecurring: false }
  const lastFix = earlier
    .filter((report) => pointAt(place, report, rules.redFace.recurrence.withinMetres) !== undefined)
    .flatMap((report) => report.resolutions)
    .reduce<Report['resolutions'][number] | undefined>(
      (last, fix) => (last && last.at >= fix.at ? last : fix),
      undefined,
    )
  return { isRecurring: true, ...(lastFix ? { recurringUnits: [lastFix.unit] } : {}) }
}

/**
 * A resident reports (上报). The report's id follows from caller and command: sending it again answers as the
 * first time. Refuses `sign-in-required`, `photo-unknown`, `command-reused`, `unknown-unit` and what routing
 * refuses; nothing is written then.
 */
export const submitReport = (ports: ReportPorts): ReadingAhead<Session, Input, OutputOf<'report.submit'>> => {
  const look = lookAroundPlace(ports)
  const routeOn = routeWithin(ports)
  const bring = bringIn(ports.reports, settleReport(ports))

  /** K5: the clock of what the same person withdrew here shortly before goes on. */
  const withdrawnClock = async (
    accountId: string,
    earlier: readonly PlacedReport[],
    place: Place,
    rules: RuleBook,
    now: number,
  ): Promise<Pick<Submission, 'resumes'>> => {
    const own = earlier.filter(
      (report) =>
        report.status === 'withdrawn' &&
        report.reporterKey === participantKey(ports.keyed, accountId, report.id) &&
        pointAt(place, report, sameMatterMetres) !== undefined,
    )
    for (const report of await ports.reports.getMany(own.map(({ id }) => id))) {
      const withdrawnAt = report.holds[report.holds.length - 1]?.from ?? report.changedAt
      if (now - withdrawnAt > rules.report.withdrawnClockKeptDays * dayMs) continue
      const { startedAt } = report.deadlines
      const heldMs = now - startedAt - runningMs(report.holds, startedAt, now)
      return { resumes: { startedAt, heldMs } }
    }
    return {}
  }

  /** H4: a complaint goes above whom it is about; which unit that is stands in a field no view shows. */
  const complaintRoute = async (
    route: PlaceRoute,
    accusedUnitId: string | undefined,
    now: number,
  ): Promise<Result<Pick<Submission, 'accusedUnitId' | 'responsible' | 'decision'> | null>> => {
    if (!route.category.isAboutBranch) return accusedUnitId === undefined ? ok(null) : refuse('unknown-unit')
    const { outcome } = route
    const local = outcome.accused ?? outcome.sorter
    // Nobody can tell yet whom it is about: the sorter finds out, and it is hidden from outsiders all the same.
    if (accusedUnitId === undefined && !outcome.accused) return ok(null)
    const accusedId = accusedUnitId ?? local.id
    const isOfPlace = local.path.includes(accusedId)
    const accused: Unit | undefined = isOfPlace ? await ports.units.get(accusedId) : undefined
    if (!accused) return refuse('unknown-unit')
    const above = await unitAbove(ports, accused.path, now, accused.id)
    if (!above) return refuse('unknown-unit')
    return ok({
      accusedUnitId: accused.id,
      responsible: { id: above.id, name: above.name, path: above.path, level: above.level },
      decision: {
        policy: 'about-branch',
        reasons: [{ why: 'complaint-about-named', unit: above.name }],
        isProvisional: false,
        ruleVersion: route.rules.version,
        at: now,
      },
    })
  }

  /** What is asked before anything is written; of the place by the region's rules at first, which few banners exceed. */
  const lookAround = async (
    { place, categoryId, accusedUnitId, photos }: Input,
    accountId: string,
    now: number,
  ) => {
    const finding = begun(findOwnPhotos(ports, photos, accountId))
    const calendarNow = begun(ports.calendars.current())
    const usual = reachOf(defaultRuleBook, categoryId)
    const usually = begun(earlierAround(ports, place, categoryId, usual, now))
    const around = await look(place, categoryId)
    if (!around.ok) return around
    const { rules } = around.value
    const own = reachOf(rules, categoryId)
    const isFarther = own.metres > usual.metres || own.days > usual.days
    const [route, earlier, calendar] = await Promise.all([
      routeOn(around.value, now),
      isFarther ? earlierAround(ports, place, categoryId, own, now) : usually,
      calendarNow,
    ])
    const [complaint, photosFound] = await Promise.all([complaintRoute(route, accusedUnitId, now), finding])
    if (!complaint.ok) return complaint
    if (!photosFound.ok) return photosFound
    return ok({ route, complaint: complaint.value, ownPhotos: photosFound.value, earlier, calendar })
  }

  const submit = async (
    session: Session,
    input: Input,
    looking: ReturnType<typeof lookAround>,
  ): Promise<Result<OutputOf<'report.submit'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const id = reportIdOf(ports.keyed, accountId, input.commandId)
    const digest = commandDigest(ports.keyed, accountId, 'report.submit', input)

    return bring(id, now, {
      by: accountId,
      answered: (report) => answerAgain(report, digest),
      look: () => looking,
      make: async ({ route, complaint, ownPhotos, earlier, calendar }) => {
        const { rules, category, outcome } = route
        const key = participantKey(ports.keyed, accountId, id)
        // Who reported is written before the report: it must never stand there without its reporter.
        const [photos, number, resumes] = await Promise.all([
          givePhotos(ports)(ownPhotos, accountId, photoUse(id, input.commandId)),
          numberReport(ports, id),
          withdrawnClock(accountId, earlier, input.place, rules, now),
          ports.participants.enter({
            reportId: id,
            key,
            accountId,
            part: 'reporter',
            phone: input.phone ?? null,
            joinedAt: now,
          }),
        ])
        const responsible = complaint?.responsible ?? outcome.responsible
        const unit = responsible ?? outcome.sorter
        return composeReport(
          {
            id,
            number,
            pseudonym: pseudonymOf(key),
            reporterKey: key,
            category,
            text: input.text,
            photos,
            place: input.place,
            hasPhone: input.phone !== undefined,
            isByMember: session.memberships.some((membership) => unit.path.includes(membership.unitId)),
            decision: outcome.decision,
            sorter: outcome.sorter,
            ...recurrenceOf(earlier, input.place, category.id, rules, now),
            ...resumes,
            ...complaint,
            responsible,
            command: { id: input.commandId, action: 'report.submit', digest },
          },
          now,
          { rules, calendar },
        )
      },
      answer: receiptOf,
    })
  }

  return {
    readAhead: ({ accountId, now }, input) => {
      const looking = begun(
        accountId === null ? Promise.resolve(refuse('sign-in-required')) : lookAround(input, accountId, now),
      )
      return (session) => submit(session, input, looking)
    },
  }
}
