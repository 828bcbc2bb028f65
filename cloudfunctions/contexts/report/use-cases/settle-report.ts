import { writeAnew } from '../../../journal/carry-out'
import { type Projectors, type Settle, settleWith } from '../../../journal/settle'
import { memberRecipient } from '../../notice/rules/recipient'
import { categoryOf } from '../../rule-book/rules/rule-book'
import type { Participant, ReportPorts } from '../ports'
import { causesTakenAlong } from '../rules/family'
import { actorIdOf, participantKey, pseudonymOf, reportIdOf } from '../rules/participant-key'
import { type OutboxEntry, partIn, type Report, type UnitRecipient } from '../rules/report'
import { runningMs } from '../rules/stint'
import { submitReport } from '../rules/submit'
import { absorb } from '../steps/absorb'
import { giveBack as goOnAlone } from '../steps/give-back'
import { release } from '../steps/release'
import type { SystemStep } from '../steps/step'
import { takeSystemStep } from '../take-step'
import { splitOffText } from '../words'
import { type MessageEntry, messageTo } from './message-to'
import { numberReport } from './number-report'
import { participantPages } from './participants-of'
import { familyOf, lawOf } from './standing-of'

/** So many people are told or moved within the request; with more the clock does it. */
const mostAtOnce = 20

const hasMany = (report: Report): boolean => report.supporters.length > mostAtOnce

/** One merging, as it is told to the parent. */
type ToParent = Pick<Extract<OutboxEntry, { kind: 'merge' }>, 'parentReportId' | 'mergingNo'>

/** How many people one piece of work tells. */
const piece = 200

/** From when on whoever has the reporter's place has it. */
const reporterSince = ({ takenUpAt = 0, succeededAt = 0 }: Report): number => Math.max(takenUpAt, succeededAt)

/**
 * Does the work a change left in the report's outbox (see journal/): messages, the red-face list, the ledger, merges.
 * What grows with the number of people is done in pieces that are remembered.
 */
export const settleReport = (ports: ReportPorts): Settle<Report> => {
  const { keyed } = ports

  const write = writeAnew(ports.reports)

  /** Carries a step of the product's own out on another report; undefined when it was refused or is not there. */
  const carryOut = async <F extends object>(
    reportId: string,
    step: SystemStep<F>,
    facts: (report: Report) => Promise<F> | F,
    id: string,
    now: number,
  ): Promise<Report | undefined> => {
    const written = await write(reportId, async (report) => {
      const law = await lawOf(ports, report)
      return takeSystemStep(report, step, await facts(report), { id, now, law })
    })
    return written?.ok ? written.value.after : undefined
  }

  /**
   * Gives the child's people a part in the parent, as many as there are in a few calls, so that a run that was cut
   * off has less left to do in the next. Nobody loses a part that has more rights. Answers them all, and how many are
   * new there.
   */
  const joinAs = async (
    people: readonly Participant[],
    reportId: string,
    part: 'co-reporter' | 'supporter',
    from: string,
  ): Promise<{
    readonly joined: readonly { readonly key: string; readonly at: number }[]
    readonly newCount: number
  }> => {
    let newCount = 0
    const joining = people.map((person) => ({
      person,
      key: participantKey(keyed, person.accountId, reportId),
    }))
    const known = new Map(
      (await ports.participants.getMany(joining.map(({ key }) => ({ reportId, key })))).map((one) => [
        one.key,
        one.part,
      ]),
    )
    for (const { person, key } of joining) {
      const has = known.get(key)
      if (has === 'reporter' || has === 'co-reporter' || has === part) continue
      newCount += 1
      if (has === 'supporter') await ports.participants.setPart(reportId, key, part, from)
      else {
        await ports.participants.add({
          reportId,
          key,
          accountId: person.accountId,
          part,
          phone: null,
          joinedAt: person.joinedAt,
          fromReportId: from,
        })
      }
    }
    return { joined: joining.map(({ person, key }) => ({ key, at: person.joinedAt })), newCount }
  }

  /**
   * The parent takes the child in; where it is done meanwhile the child goes its own way again (M5). Who was
   * merged in has a part only once the parent names them, and it names nobody of a merging it was told is over.
   * Answers false when more people come along than one piece: who is there already is not counted by the next turn.
   */
  const joinParent = async (
    child: Report,
    { parentReportId, mergingNo }: ToParent,
    now: number,
  ): Promise<boolean> => {
    const current = await ports.reports.get(child.id)
    if (!current || current.merged?.no !== mergingNo) return forgetWhoLeft(parentReportId)
    const reporter = await ports.participants.reporterOf(child.id)
    if (!reporter && current.reporterKey !== null) throw new Error(`report ${child.id} has no reporter`)
    const [asReporter] = reporter
      ? (await joinAs([reporter], parentReportId, 'co-reporter', child.id)).joined
      : []
    const supporters: Report['supporters'][number][] = []
    let newCount = 0
    for await (const page of participantPages(ports.participants, child.id, 'supporter')) {
      const some = await joinAs(page, parentReportId, 'supporter', child.id)
      supporters.push(...some.joined)
      newCount += some.newCount
      if (newCount >= piece) return false
    }
    const parent = await carryOut(
      parentReportId,
      absorb,
      () => ({
        child: {
          id: child.id,
          reporterKey: asReporter?.key ?? null,
          supporters,
          deadlines: current.deadlines,
          ...(current.contactedAt === undefined ? {} : { contactedAt: current.contactedAt }),
          causes: causesTakenAlong(current),
          mergingNo,
        },
      }),
      `absorb:${child.id}:${mergingNo}`,
      now,
    )
    if (parent) return true
    await giveBack(child.id, { parentReportId, mergingNo }, now)
    return forgetWhoLeft(parentReportId)
  }

  /** The child goes its own way, and is no more in the parent, whatever the parent has come to. */
  const giveBack = async (childId: string, merging: ToParent, now: number): Promise<void> => {
    const { parentReportId, mergingNo } = merging
    const parent = await ports.reports.get(parentReportId)
    await carryOut(
      childId,
      goOnAlone,
      async (child) => ({
        parentReportId,
        mergingNo,
        family: await familyOf(ports, child, parent, now),
      }),
      `give-back:${parentReportId}:${mergingNo}`,
      now,
    )
    await letGo(childId, merging, now)
  }

  const letGo = (childId: string, { parentReportId, mergingNo }: ToParent, now: number) =>
    carryOut(
      parentReportId,
      release,
      () => ({ childReportId: childId, mergingNo }),
      `release:${childId}:${mergingNo}`,
      now,
    )

  /**
   * Those who came with a report that is no more in this one have the part here that it still gives them, if any.
   * Answers false when they are more than one piece; a turn that was cut off is made good by the next one, for who
   * has been seen to is not found again.
   */
  const forgetWhoLeft = async (parentReportId: string): Promise<boolean> => {
    const parent = await ports.reports.get(parentReportId)
    if (!parent) return true
    const coReporters = new Map(parent.coReporters.map((one) => [one.key, one.fromReportId]))
    const supporters = new Map(parent.supporters.map((one) => [one.key, one.fromReportId]))
    let count = 0
    for (const part of ['co-reporter', 'supporter'] as const) {
      for await (const page of participantPages(ports.participants, parent.id, part)) {
        const left = await leftAmong(page, parent)
        for (const person of left) {
          const { key } = person
          const is = partIn(parent, key) ?? 'left'
          const fromReportId =
            is === 'left' ? person.fromReportId : (coReporters.get(key) ?? supporters.get(key))
          await ports.participants.setPart(parent.id, key, is, fromReportId)
        }
        count += left.length
        if (count >= piece) return false
      }
    }
    return true
  }

  const leftAmong = async (
    people: readonly Participant[],
    parent: Report,
  ): Promise<readonly Participant[]> => {
    const fromIds = [...new Set(people.flatMap(({ fromReportId }) => fromReportId ?? []))]
    const notIn = fromIds.filter((id) => !parent.childReportIds.includes(id))
    if (notIn.length === 0) return []
    const reports = await ports.reports.getMany(notIn)
    // A report on its way in is not among the parent's yet.
    const onTheWay = reports.filter((one) => one.parentReportId === parent.id).map((one) => one.id)
    const gone = notIn.filter((id) => !onTheWay.includes(id))
    return people.filter(({ fromReportId }) => fromReportId !== undefined && gone.includes(fromReportId))
  }

  /** A report of its own for what somebody objected to, with the old clock (F5); told to its unit like any other. */
  const splitOff = async (from: Report, key: string, now: number): Promise<void> => {
    const person = await ports.participants.get(from.id, key)
    if (!person) return
    const id = reportIdOf(keyed, person.accountId, `split:${from.id}`)
    if (await ports.reports.get(id)) return
    const law = await lawOf(ports, from)
    const category = categoryOf(law.rules, from.categoryId)
    const unit = await ports.units.get(from.answerableUnit.id)
    if (!category || !unit) throw new Error(`report ${from.id}: nobody to give the other matter to`)
    const ownKey = participantKey(keyed, person.accountId, id)
    const responsible = { id: unit.id, name: unit.name, path: unit.path, level: unit.level }
    const { startedAt } = from.deadlines
    const split = submitReport(
      {
        id,
        number: await numberReport(ports, id),
        pseudonym: pseudonymOf(ownKey),
        reporterKey: ownKey,
        category,
        text: splitOffText(from.publicSummary),
        photos: [],
        place: { ...(from.publicPoint ? { point: from.publicPoint } : {}), words: '' },
        hasPhone: false,
        isByMember: false,
        decision: {
          policy: 'by-hand',
          reasons: [{ why: 'split-off', unit: unit.name }],
          isProvisional: false,
          ruleVersion: law.rules.version,
          at: now,
        },
        responsible: from.isSorting ? null : responsible,
        sorter: responsible,
        isRecurring: false,
        resumes: { startedAt, heldMs: now - startedAt - runningMs(from.holds, startedAt, now) },
        command: { id: `split:${from.id}`, action: 'system', digest: id },
      },
      now,
      law,
    )
    await ports.participants.add({
      reportId: id,
      key: ownKey,
      accountId: person.accountId,
      part: 'reporter',
      phone: null,
      joinedAt: now,
    })
    // Its own outbox is settled by the clock like any other's.
    await ports.reports.insert(split)
  }

  const accountOf = ({ accountId }: Pick<Participant, 'accountId'>): string => `account:${accountId}`

  /** A unit's inbox, or that of the one of its people who is meant; whoever has left it is told no more. */
  const unitRecipients = async (
    report: Report,
    { unitId, memberId }: UnitRecipient,
  ): Promise<readonly string[]> => {
    if (memberId === undefined) return [`unit:${unitId}`]
    const seats = await ports.units.membersOf(unitId)
    return seats.flatMap(({ accountId }) =>
      actorIdOf(keyed, accountId, report.id) === memberId ? [memberRecipient(unitId, accountId)] : [],
    )
  }

  /** The one person whom a message is for, by their key; whoever took the reporter's place is told what came since (M3). */
  const personMeant = (report: Report, { to, at }: MessageEntry): string | undefined => {
    if (to === 'reporter') return at < reporterSince(report) ? undefined : (report.reporterKey ?? undefined)
    return typeof to === 'object' && 'personKey' in to ? to.personKey : undefined
  }

  /** The inboxes of these people of a report: who has just acted is known, the others are looked up together. */
  const inboxesOf = async (
    report: Report,
    keys: readonly string[],
    by: string | undefined,
  ): Promise<ReadonlyMap<string, string>> => {
    const ownKey = by === undefined ? undefined : participantKey(keyed, by, report.id)
    const others = [...new Set(keys)].filter((key) => key !== ownKey)
    const people =
      others.length === 0
        ? []
        : await ports.participants.getMany(others.map((key) => ({ reportId: report.id, key })))
    return new Map([
      ...people.map((person) => [person.key, accountOf(person)] as const),
      ...(by === undefined || ownKey === undefined ? [] : [[ownKey, accountOf({ accountId: by })] as const]),
    ])
  }

  /** A piece of those who have one part in a report: whom of them to tell, and what is left of the entry. */
  const someOf = async (
    report: Report,
    entry: MessageEntry,
    part: 'supporter' | 'co-reporter',
  ): Promise<{ readonly recipients: readonly string[]; readonly left: MessageEntry | null }> => {
    const page = await ports.participants.ofReport(report.id, part, {
      limit: piece,
      ...(entry.toldUntil === undefined ? {} : { cursor: entry.toldUntil }),
    })
    // Who joined after it happened was shown it on joining.
    const present = page.rows.filter((person) => person.joinedAt <= entry.at)
    const named = present.filter((person) => partIn(report, person.key) !== undefined)
    const isThrough = page.nextCursor === null || present.length < page.rows.length
    return {
      recipients: named.map(accountOf),
      left: isThrough ? null : { ...entry, toldUntil: page.nextCursor },
    }
  }

  /** Tells as many as one piece holds, all messages in one go; what is left of each, or null when everybody knows. */
  const tell = async (
    report: Report,
    entries: readonly MessageEntry[],
    now: number,
    by: string | undefined,
  ): Promise<readonly (MessageEntry | null)[]> => {
    const inboxes = inboxesOf(
      report,
      entries.flatMap((entry) => personMeant(report, entry) ?? []),
      by,
    )
    const told = await Promise.all(
      entries.map(async (entry) => {
        const { to } = entry
        if (to === 'supporters') return someOf(report, entry, 'supporter')
        if (to === 'co-reporters') return someOf(report, entry, 'co-reporter')
        if (typeof to === 'object' && 'unitId' in to)
          return { recipients: await unitRecipients(report, to), left: null }
        const inbox = (await inboxes).get(personMeant(report, entry) ?? '')
        return { recipients: inbox === undefined ? [] : [inbox], left: null }
      }),
    )
    await ports.inbox.deliver(
      entries.flatMap((entry, at) =>
        [...new Set(told[at]?.recipients)].map((recipient) =>
          messageTo(keyed, report, entry, recipient, now),
        ),
      ),
    )
    return told.map(({ left }) => left)
  }

  const projectors: Projectors<Report> = {
    message: {
      isApart: true,
      isLater: (_report, { to }) => to === 'supporters' || to === 'co-reporters',
      projectAll: tell,
    },
    ...ports.projectors,
    merge: {
      isLater: hasMany,
      mayChangeIt: true,
      project: async (report, entry, now) => ((await joinParent(report, entry, now)) ? null : entry),
    },
    'leave-parent': {
      isLater: hasMany,
      project: async (report, entry, now) => {
        await letGo(report.id, entry, now)
        return (await forgetWhoLeft(entry.parentReportId)) ? null : entry
      },
    },
    'release-children': {
      isLater: () => true,
      project: async (report, entry, now) => {
        for (const childId of report.childReportIds.slice(0, mostAtOnce)) {
          const mergingNo = report.mergings.find((one) => one.childReportId === childId)?.no ?? 0
          await giveBack(childId, { parentReportId: report.id, mergingNo }, now)
        }
        const isThrough = await forgetWhoLeft(report.id)
        return isThrough && report.childReportIds.length <= mostAtOnce ? null : entry
      },
    },
    succeed: {
      // The report may have gone on since: who has left may be back, and the place somebody else's.
      project: async (report, { key, leavingKey }) => {
        if (leavingKey !== undefined && report.reporterKey !== leavingKey)
          await ports.participants.leavePlace(report.id, leavingKey)
        if (report.reporterKey === key) await ports.participants.setPart(report.id, key, 'reporter')
        return null
      },
    },
    split: {
      project: async (report, { key }, now) => {
        await splitOff(report, key, now)
        return null
      },
    },
    'coverage-gap': {
      isApart: true,
      project: async ({ id, place, unitPath }, { at }) => {
        if (place.point) await ports.coverageGaps.add(id, place.point, unitPath, at)
        return null
      },
    },
  }

  return settleWith(ports.reports, projectors)
}
