import { begun } from '../../../ground/begun'
import { ok, type Result, refuse } from '../../../ground/result'
import { bringIn } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { ReadingAhead } from '../../../terms/action'
import type { Session } from '../../organisation/rules/session'
import type { RoutedUnit } from '../../organisation/rules/unit'
import { givePhotos, photoUse } from '../../photo/shared/attach-photos'
import { findOwnPhotos } from '../../photo/shared/own-photos'
import { lookAround as lookAroundPlace, type PlaceRoute, routeWithin } from '../../routing/shared/route-place'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReportPorts } from '../ports'
import { isConfidential } from '../rules/confidential'
import { participantKey, pseudonymOf, reportIdOf } from '../rules/participant-key'
import type { Receipt } from '../rules/receipt'
import type { Report } from '../rules/report'
import type { ReportNumber } from '../rules/report-number'
import { submitReport as composeReport, type Submission } from '../rules/submit'
import { earlierMatters, recurrenceOf } from './earlier-matters'
import { settleReport } from './settle-report'
import { aboveAccused, canSortUnnamed, unitAbove } from './standing-of'
import { receiptOf } from './submit-receipt'

type Input = ParsedInputOf<'report.submit'>

/** What is different of a complaint: whom it accuses, and who has it. */
type ComplaintRoute = Partial<Pick<Submission, 'accusedUnitId' | 'responsible' | 'sorterAbove' | 'decision'>>

const toRouted = ({ id, name, path, level }: RoutedUnit): RoutedUnit => ({ id, name, path, level })

/** Whoever brings a report in, and whose it is. */
interface Bringing {
  /** Who sends it, with whose pictures. */
  readonly accountId: string
  /** Whoever it is the report of. */
  readonly reporterId: string
}

/** What is different of a report that a service centre brings in for somebody. */
interface OnBehalf extends Pick<Submission, 'filedBy'> {
  readonly call: 'report.submitOnBehalf'
  readonly reporterId: string
  readonly isForFamily: boolean
  /** What was sent, whole. */
  readonly sent: object
  /** By what it is followed, for the key of its reporter. */
  readonly receiptOf: (key: string) => Receipt
  /** Keeps the number, by which it is found. */
  readonly keepNumber: (number: ReportNumber, isConfidential: boolean) => Promise<void>
  /** Refuses what may not be brought in here. */
  readonly bar: (accusable: Pick<Report, 'categoryId' | 'accusedUnitId' | 'answerableUnit'>) => Result<null>
}

/** How a report comes to be, whoever brings it in. */
export const bringReport = (ports: ReportPorts) => {
  const look = lookAroundPlace(ports)
  const routeOn = routeWithin(ports)
  const past = earlierMatters(ports)
  const findPhotos = findOwnPhotos(ports)
  const bring = bringIn(ports.reports, settleReport(ports))

  /** Nobody can tell yet whom it is about: whoever sorts it says, and nobody below them knows of it until then. */
  const unnamedRoute = async ({ rules, outcome }: PlaceRoute, now: number): Promise<ComplaintRoute> => {
    const { id, path } = outcome.sorter
    const above = (await canSortUnnamed(ports, id, now))
      ? undefined
      : await unitAbove(ports, path, now, { categoryId: 'about-branch' })
    if (!above || above.id === id) return {}
    return {
      sorterAbove: toRouted(above),
      decision: {
        policy: 'about-branch',
        reasons: [{ why: 'complaint-to-sort', unit: above.name }],
        isProvisional: false,
        ruleVersion: rules.version,
        at: now,
      },
    }
  }

  /** H4: a complaint goes above whom it is about; which unit that is stands in a field no view shows. */
  const complaintRoute = async (
    route: PlaceRoute,
    accusedUnitId: string | undefined,
    now: number,
  ): Promise<Result<ComplaintRoute | null>> => {
    if (!route.category.isAboutBranch) return accusedUnitId === undefined ? ok(null) : refuse('unknown-unit')
    const { outcome } = route
    const accusedId = accusedUnitId ?? outcome.accused?.id
    if (accusedId === undefined) return ok(await unnamedRoute(route, now))
    const named = await aboveAccused(ports, accusedId, outcome.accused ?? outcome.sorter, now)
    if (!named.ok) return named
    const { accused, to } = named.value
    return ok({
      accusedUnitId: accused.id,
      responsible: toRouted(to),
      decision: {
        policy: 'about-branch',
        reasons: [{ why: 'complaint-about-named', unit: to.name }],
        isProvisional: false,
        ruleVersion: route.rules.version,
        at: now,
      },
    })
  }

  /** What is asked before anything is written. */
  const lookAround = async (
    { place, categoryId, accusedUnitId, photos, commandId }: Input,
    { accountId, reporterId }: Bringing,
    now: number,
  ) => {
    const use = photoUse(reportIdOf(ports.keyed, accountId, commandId), commandId)
    const finding = begun(findPhotos({ ids: photos, accountId, use, now }))
    const calendarNow = begun(ports.calendars.current())
    const lookBack = past.lookBack({ place, categoryId, now })
    const around = await look(place, categoryId)
    if (!around.ok) return around
    const matter = { place, categoryId, rules: around.value.rules, now }
    const [route, earlier, calendar] = await Promise.all([
      routeOn(around.value, now),
      lookBack(matter, reporterId),
      calendarNow,
    ])
    const [complaint, photosFound] = await Promise.all([complaintRoute(route, accusedUnitId, now), finding])
    if (!complaint.ok) return complaint
    if (!photosFound.ok) return photosFound
    return ok({
      route,
      complaint: complaint.value,
      ownPhotos: photosFound.value,
      use,
      matter,
      earlier,
      calendar,
    })
  }

  const submit = async (
    session: Session,
    input: Input,
    looking: ReturnType<typeof lookAround>,
    onBehalf?: OnBehalf,
  ): Promise<Result<Report>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const call = onBehalf?.call ?? 'report.submit'
    const reporterId = onBehalf?.reporterId ?? accountId
    const id = reportIdOf(ports.keyed, accountId, input.commandId)
    const digest = commandDigest(ports.keyed, accountId, call, onBehalf?.sent ?? input)

    return bring(id, now, {
      by: accountId,
      digest,
      look: async () => {
        const seen = await looking
        if (!seen.ok || !onBehalf) return seen
        const { complaint, route } = seen.value
        const { id, name } = complaint?.responsible ?? complaint?.sorterAbove ?? route.outcome.sorter
        const barred = onBehalf.bar({
          categoryId: input.categoryId,
          ...(complaint?.accusedUnitId === undefined ? {} : { accusedUnitId: complaint.accusedUnitId }),
          answerableUnit: { id, name },
        })
        return barred.ok ? seen : barred
      },
      make: async ({ route, complaint, ownPhotos, use, matter, earlier, calendar }) => {
        const { rules, category, outcome } = route
        const key = participantKey(ports.keyed, reporterId, id)
        // Who reported is written before the report: it must never stand there without its reporter.
        const [photos, number, resumes] = await Promise.all([
          givePhotos(ports)(ownPhotos, accountId, use),
          ports.newNumber(),
          past.withdrawnClock(matter, reporterId, earlier),
          ports.participants.enter({
            reportId: id,
            key,
            accountId: reporterId,
            part: 'reporter',
            phone: input.phone ?? null,
            joinedAt: now,
          }),
        ])
        await onBehalf?.keepNumber(number, isConfidential(input))
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
            // Q5: what staff file for a resident is the resident's; their own family's is marked as theirs.
            isByMember: onBehalf
              ? onBehalf.isForFamily
              : session.memberships.some((membership) => unit.path.includes(membership.unitId)),
            ...(onBehalf ? { receipt: onBehalf.receiptOf(key), filedBy: onBehalf.filedBy } : {}),
            decision: outcome.decision,
            sorter: outcome.sorter,
            ...recurrenceOf(matter, earlier),
            ...resumes,
            ...complaint,
            responsible,
            command: { id: input.commandId, action: call, digest },
          },
          now,
          { rules, calendar },
        )
      },
      answer: (report) => report,
    })
  }

  return { lookAround, submit }
}

/**
 * A resident reports (上报). The report's id follows from caller and command: sending it again answers as the
 * first time. Refuses `sign-in-required`, `photo-unknown`, `command-reused`, `unknown-unit` and what routing
 * refuses; nothing is written then.
 */
export const submitReport = (ports: ReportPorts): ReadingAhead<Session, Input, OutputOf<'report.submit'>> => {
  const { lookAround, submit } = bringReport(ports)
  return {
    readAhead: ({ accountId, now }, input) => {
      const looking = begun(
        accountId === null
          ? Promise.resolve(refuse('sign-in-required'))
          : lookAround(input, { accountId, reporterId: accountId }, now),
      )
      return async (session) => {
        const submitted = await submit(session, input, looking)
        return submitted.ok ? ok(receiptOf(submitted.value)) : submitted
      }
    },
  }
}
