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
import { participantKey, pseudonymOf, reportIdOf } from '../rules/participant-key'
import { submitReport as composeReport, type Submission } from '../rules/submit'
import { earlierMatters, recurrenceOf } from './earlier-matters'
import { settleReport } from './settle-report'
import { aboveAccused, canSortUnnamed, unitAbove } from './standing-of'
import { receiptOf } from './submit-receipt'

type Input = ParsedInputOf<'report.submit'>

/** What is different of a complaint: whom it accuses, and who has it. */
type ComplaintRoute = Partial<Pick<Submission, 'accusedUnitId' | 'responsible' | 'sorterAbove' | 'decision'>>

const toRouted = ({ id, name, path, level }: RoutedUnit): RoutedUnit => ({ id, name, path, level })

/**
 * A resident reports (上报). The report's id follows from caller and command: sending it again answers as the
 * first time. Refuses `sign-in-required`, `photo-unknown`, `command-reused`, `unknown-unit` and what routing
 * refuses; nothing is written then.
 */
export const submitReport = (ports: ReportPorts): ReadingAhead<Session, Input, OutputOf<'report.submit'>> => {
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
    accountId: string,
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
      lookBack(matter, accountId),
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
  ): Promise<Result<OutputOf<'report.submit'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const id = reportIdOf(ports.keyed, accountId, input.commandId)
    const digest = commandDigest(ports.keyed, accountId, 'report.submit', input)

    return bring(id, now, {
      by: accountId,
      digest,
      look: () => looking,
      make: async ({ route, complaint, ownPhotos, use, matter, earlier, calendar }) => {
        const { rules, category, outcome } = route
        const key = participantKey(ports.keyed, accountId, id)
        // Who reported is written before the report: it must never stand there without its reporter.
        const [photos, number, resumes] = await Promise.all([
          givePhotos(ports)(ownPhotos, accountId, use),
          ports.newNumber(),
          past.withdrawnClock(matter, accountId, earlier),
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
            ...recurrenceOf(matter, earlier),
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
