import { writeAnew } from '../../../journal/carry-out'
import { type Projectors, type Settle, settleWith } from '../../../journal/settle'
import { memberRecipient } from '../../notice/rules/recipient'
import { categoryOf } from '../../rule-book/rules/rule-book'
import type { Participant, ReportPorts } from '../ports'
import { saidTo } from '../rules/contact'
import { causesTakenAlong, reporterTakenAlong, stintsTakenAlong } from '../rules/family'
import { usedOf } from '../rules/family-use'
import { actorIdOf, participantKey, pseudonymOf, reportIdOf } from '../rules/participant-key'
import { type OutboxEntry, partIn, type Report, reporterSince, type UnitRecipient } from '../rules/report'
import { clockOf } from '../rules/resumed'
import { unitsInIt } from '../rules/standing'
import { submitReport } from '../rules/submit'
import { linesToShelve } from '../rules/trace'
import { absorb } from '../steps/absorb'
import { giveBack as goOnAlone } from '../steps/give-back'
import { goHome } from '../steps/go-home'
import { hearDenial } from '../steps/hear-denial'
import { inherit } from '../steps/inherit'
import { release } from '../steps/release'
import { shelve } from '../steps/shelve'
import type { SystemStep } from '../steps/step'
import { support } from '../steps/support'
import { takeSystemStep } from '../take-step'
import { splitOffText } from '../words'
import { type MessageEntry, messageTo } from './message-to'
import { joiningKeys } from './participants-of'
import { asSupporter, familyOf, heirsFor, homeOf, lawOf, reporterOf, supporterIn } from './standing-of'

/** So many people are told or moved within the request; with more the clock does it. */
const mostAtOnce = 20

const hasMany = (report: Report): boolean => report.supporters.count > mostAtOnce

/** One merging, as it is told to the parent. */
type ToParent = Pick<Extract<OutboxEntry, { kind: 'merge' }>, 'parentReportId' | 'mergingNo'>
type MergeEntry = Extract<OutboxEntry, { kind: 'merge' }>
type LeaveEntry = Extract<OutboxEntry, { kind: 'leave-parent' }>

/** So many pieces of a trace one run puts away. */
const mostShelved = 20

/** How many people one piece of work tells or moves. */
const piece = 500

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

  /** Whoever is joining the report is counted in, as by the next who taps. */
  const countIn = async (reportId: string, now: number): Promise<void> => {
    await carryOut(
      reportId,
      support,
      async (report) => ({ keys: await joiningKeys(ports.participants, report) }),
      `count-in:${now}`,
      now,
    )
  }

  /** Rows of people in the parent, in the order of theirs in the child; whoever was just joining it has joined. */
  const rowsIn = async (parentId: string, people: readonly Participant[], now: number) => {
    const ids = people.map(({ accountId }) => ({
      reportId: parentId,
      key: participantKey(keyed, accountId, parentId),
    }))
    const read = async () => {
      const rows = new Map((await ports.participants.getMany(ids)).map((row) => [row.key, row]))
      return people.map((person, at) => ({
        person,
        key: ids[at]?.key ?? '',
        row: rows.get(ids[at]?.key ?? ''),
      }))
    }
    const found = await read()
    if (!found.some(({ row }) => row?.part === 'joining')) return found
    await countIn(parentId, now)
    await ports.participants.countedIn(
      parentId,
      found.map(({ key }) => key),
    )
    return read()
  }

  /**
   * Gives the child's supporters a part in the parent; nobody loses one that has more rights. Done again it answers the
   * same: how many are in the parent because of the child.
   */
  const bringAlong = async (
    people: readonly Participant[],
    parent: Report,
    childId: string,
    now: number,
  ): Promise<number> => {
    const joining = await rowsIn(parent.id, people, now)
    const joined = ({ person, key }: (typeof joining)[number]): Participant => ({
      reportId: parent.id,
      key,
      accountId: person.accountId,
      part: 'supporter',
      phone: null,
      joinedAt: person.joinedAt,
      fromReportId: childId,
    })
    const isHere = ({ key, row }: (typeof joining)[number]): boolean =>
      row?.part === 'reporter' ||
      (row?.part === 'supporter' && row.fromReportId === childId) ||
      partIn(parent, key, row && asSupporter(row)) !== undefined
    const missing = joining.filter(({ row }) => row === undefined)
    const gone = joining.flatMap((one) => (one.row && !isHere(one) ? [{ one, row: one.row }] : []))
    if (missing.length > 0) await ports.participants.addMissing(missing.map(joined))
    for (const { one, row } of gone) await ports.participants.joinAgain(row, joined(one))
    const after =
      missing.length + gone.length === 0
        ? joining.flatMap(({ row }) => row ?? [])
        : await ports.participants.getMany(joining.map(({ key }) => ({ reportId: parent.id, key })))
    return after.filter(
      (row) =>
        row.part === 'supporter' && row.fromReportId === childId && !partIn(parent, row.key, undefined),
    ).length
  }

  /** A piece of the child's supporters, in the order in which they joined. */
  const supportersPage = async (child: Report, movedUntil: string | undefined) => {
    if (movedUntil === undefined) await ports.participants.countedIn(child.id, child.supporters.countedIn)
    const page = await ports.participants.ofReport(child.id, 'supporter', {
      limit: piece,
      ...(movedUntil === undefined ? {} : { cursor: movedUntil }),
    })
    return { people: page.rows.filter((row) => supporterIn(child, row)), nextCursor: page.nextCursor }
  }

  /**
   * The parent takes the child in; where it is done meanwhile the child goes its own way again (M5). Who was merged in
   * has a part only once the parent has them, and it has nobody of a merging it was told is over. Its people come along
   * in pieces; answers what is left.
   */
  const joinParent = async (child: Report, entry: MergeEntry, now: number): Promise<MergeEntry | null> => {
    const { parentReportId, mergingNo, movedUntil } = entry
    const [current, parent] = await Promise.all([
      ports.reports.get(child.id),
      ports.reports.get(parentReportId),
    ])
    const merged = current?.merged
    // Taken out again: that has left work of its own behind this.
    if (!current || merged?.no !== mergingNo) return null
    if (!parent) {
      await giveBack(child.id, entry, now)
      return null
    }
    const { people, nextCursor } = await supportersPage(current, movedUntil)
    const cameCount = (entry.cameCount ?? 0) + (await bringAlong(people, parent, child.id, now))
    if (nextCursor !== null) return { ...entry, movedUntil: nextCursor, cameCount }

    // As the report says: whoever has just taken the place may not have got the part yet.
    const reporterKey = reporterTakenAlong(current)
    const reporter = await reporterOf(ports, { id: child.id, reporterKey })
    if (!reporter && reporterKey !== null) throw new Error(`report ${child.id} has no reporter`)
    const [asReporter] = reporter ? await rowsIn(parentReportId, [reporter], now) : []
    if (asReporter && !supporterIn(parent, asReporter.row)) await nameCoReporter(parent, asReporter, child.id)
    const after = await carryOut(
      parentReportId,
      absorb,
      (report) => {
        const reporterWas = supporterIn(report, asReporter?.row)
        return {
          child: {
            id: child.id,
            reporterKey: asReporter?.key ?? null,
            ...(reporterWas ? { reporterWas } : {}),
            cameCount,
            deadlines: current.deadlines,
            ...(current.contactedAt === undefined ? {} : { contactedAt: current.contactedAt }),
            isByMember: current.isByMember,
            firstWords: saidTo(current.contacts, current.reporterKey),
            causes: causesTakenAlong(current),
            neverMergeInto: current.neverMergeInto,
            used: usedOf(current),
            stints: stintsTakenAlong(current),
            unitIds: [...unitsInIt(current)],
            mergedAt: merged.at,
            mergingNo,
          },
        }
      },
      `absorb:${child.id}:${mergingNo}`,
      now,
    )
    if (!after) await giveBack(child.id, entry, now)
    // A supporter keeps that part until the parent names them.
    else if (asReporter) await nameCoReporter(after, asReporter, child.id)
    return null
  }

  /** The row of the child's reporter follows the part they have, or are about to have, in the parent. */
  const nameCoReporter = async (
    parent: Report,
    {
      person,
      key,
      row,
    }: { readonly person: Participant; readonly key: string; readonly row: Participant | undefined },
    childId: string,
  ): Promise<void> => {
    if (row?.part === 'co-reporter' || row?.part === 'reporter' || parent.reporterKey === key) return
    if (!row) {
      await ports.participants.add({
        reportId: parent.id,
        key,
        accountId: person.accountId,
        part: 'co-reporter',
        phone: null,
        joinedAt: person.joinedAt,
        fromReportId: childId,
      })
      return
    }
    const wasSupporter = parent.coReporters.find((one) => one.key === key)?.wasSupporter
    await ports.participants.setPart(parent.id, key, 'co-reporter', {
      fromReportId: childId,
      ...(wasSupporter
        ? {
            wasSupporter:
              wasSupporter.fromReportId === undefined ? {} : { fromReportId: wasSupporter.fromReportId },
          }
        : {}),
    })
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
   * The child is no more in the parent, and the rows of those who came with it say so: in pieces; answers what is left.
   * Merged there anew since, they are at home there.
   */
  const leaveParent = async (child: Report, entry: LeaveEntry, now: number): Promise<LeaveEntry | null> => {
    const { parentReportId, movedUntil } = entry
    if (movedUntil === undefined) await letGo(child.id, entry, now)
    const [current, parent] = await Promise.all([
      ports.reports.get(child.id),
      ports.reports.get(parentReportId),
    ])
    if (!current || !parent || current.parentReportId === parent.id) return null
    if (movedUntil === undefined) {
      const { reporterKey = current.reporterKey } = entry
      const reporter = await reporterOf(ports, { id: child.id, reporterKey })
      if (reporter) await noMoreCoReporter(parent, participantKey(keyed, reporter.accountId, parent.id))
    }
    const { people, nextCursor } = await supportersPage(current, movedUntil)
    await ports.participants.leaveWith(
      parent.id,
      people.map(({ accountId }) => participantKey(keyed, accountId, parent.id)),
      child.id,
    )
    return nextCursor === null ? null : { ...entry, movedUntil: nextCursor }
  }

  /** The row of a child's reporter says what the parent still makes of them. */
  const noMoreCoReporter = async (parent: Report, key: string): Promise<void> => {
    const row = await ports.participants.get(parent.id, key)
    if (row?.part !== 'co-reporter' && row?.part !== 'reporter') return
    const named = parent.coReporters.find((one) => one.key === key)
    if (named) {
      const { wasSupporter } = row
      await ports.participants.setPart(parent.id, key, 'co-reporter', {
        fromReportId: named.fromReportId,
        ...(wasSupporter ? { wasSupporter } : {}),
      })
    } else if (parent.reporterKey !== key) {
      const { fromReportId, wasSupporter } = row
      const came = fromReportId === undefined ? {} : { fromReportId }
      await ports.participants.setPart(
        parent.id,
        key,
        wasSupporter ? 'supporter' : 'left',
        wasSupporter ?? came,
      )
    }
  }

  /** A report of its own for what somebody objected to, with the old clock (F5); told to its unit like any other. */
  const splitOff = async (from: Report, key: string, now: number): Promise<void> => {
    const person = await ports.participants.get(from.id, key)
    if (!person) return
    const id = reportIdOf(keyed, person.accountId, `split:${from.id}`)
    if (await ports.reports.get(id)) return
    const law = await lawOf(ports, from)
    const category = categoryOf(law.rules, from.categoryId)
    // L1: where the unit has ended, whoever takes over what it leaves.
    const home = await homeOf(ports, from, now)
    const unit = home ?? (await ports.units.get(from.answerableUnit.id))
    if (!category || !unit) throw new Error(`report ${from.id}: nobody to give the other matter to`)
    const ownKey = participantKey(keyed, person.accountId, id)
    const responsible = { id: unit.id, name: unit.name, path: unit.path, level: unit.level }
    const split = submitReport(
      {
        id,
        number: await ports.newNumber(),
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
        resumes: clockOf(from, now),
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

  /** Tells a piece of those who have one part in a report; what is left of the entry. */
  const tellSome = async (
    report: Report,
    entry: MessageEntry,
    part: 'supporter' | 'co-reporter',
    now: number,
  ): Promise<MessageEntry | null> => {
    if (part === 'supporter' && entry.toldUntil === undefined)
      await ports.participants.countedIn(report.id, report.supporters.countedIn)
    const page = await ports.participants.ofReport(report.id, part, {
      limit: piece,
      ...(entry.toldUntil === undefined ? {} : { cursor: entry.toldUntil }),
    })
    // Who joined after it happened was shown it on joining.
    const present = page.rows.filter((person) => person.joinedAt <= entry.at)
    const named = present.filter((person) => partIn(report, person.key, asSupporter(person)) !== undefined)
    await ports.inbox.deliver(messagesTo(report, entry, named.map(accountOf), now))
    return page.nextCursor === null || present.length < page.rows.length
      ? null
      : { ...entry, toldUntil: page.nextCursor }
  }

  /** They arrive when they are handed over: whoever reads while a run goes on has not read what it has still to bring. */
  const messagesTo = (report: Report, entry: MessageEntry, recipients: readonly string[], now: number) => {
    const arrivedAt = ports.timeIn(now)
    return [...new Set(recipients)].map((recipient) => messageTo(keyed, report, entry, recipient, arrivedAt))
  }

  /** Tells units and single persons, all in one go. */
  const tellFew = async (
    report: Report,
    entries: readonly MessageEntry[],
    now: number,
    by: string | undefined,
  ): Promise<void> => {
    const keys = entries.flatMap((entry) => personMeant(report, entry) ?? [])
    const inboxes = inboxesOf(report, keys, by)
    const messages = entries.map(async (entry) => {
      const { to } = entry
      const inbox = (await inboxes).get(personMeant(report, entry) ?? '')
      const recipients =
        typeof to === 'object' && 'unitId' in to ? await unitRecipients(report, to) : inbox ? [inbox] : []
      return messagesTo(report, entry, recipients, now)
    })
    await ports.inbox.deliver((await Promise.all(messages)).flat())
  }

  /** Tells as many as one piece of each message holds; what is left of it, or null when everybody knows. */
  const tell = async (
    report: Report,
    entries: readonly MessageEntry[],
    now: number,
    by: string | undefined,
  ): Promise<readonly (MessageEntry | null)[]> => {
    const few = entries.filter(({ to }) => to !== 'supporters' && to !== 'co-reporters')
    const [, ...left] = await Promise.all([
      tellFew(report, few, now, by),
      ...entries.map((entry) => {
        if (entry.to === 'supporters') return tellSome(report, entry, 'supporter', now)
        return entry.to === 'co-reporters' ? tellSome(report, entry, 'co-reporter', now) : null
      }),
    ])
    return left
  }

  const projectors: Projectors<Report> = {
    message: {
      isApart: true,
      isLater: (_report, { to }) => to === 'supporters' || to === 'co-reporters',
      projectAll: tell,
    },
    accused: {
      project: async ({ id, stints, submittedAt }, { was, is }) => {
        const unitIds = new Set(stints.flatMap(({ unit }) => unit.path))
        const recipients = [...unitIds].map((unitId) => `unit:${unitId}`)
        await ports.inbox.accuse({ reportId: id, recipients, since: submittedAt }, was, is)
        return null
      },
    },
    ...ports.projectors,
    merge: { isLater: hasMany, mayChangeIt: true, project: joinParent },
    'leave-parent': { isLater: hasMany, project: leaveParent },
    'deny-in-parent': {
      project: async (child, { parentReportId, key }, now) => {
        const person = await ports.participants.get(child.id, key)
        const known = person && participantKey(keyed, person.accountId, parentReportId)
        if (known) {
          const id = `deny:${child.id}:${key}:${child.rev}`
          await carryOut(parentReportId, hearDenial, () => ({ key: known }), id, now)
        }
        return null
      },
    },
    'release-children': {
      isLater: () => true,
      project: async (report, entry, now) => {
        for (const childId of report.childReportIds.slice(0, mostAtOnce)) {
          const mergingNo = report.mergings.find((one) => one.childReportId === childId)?.no ?? 0
          await giveBack(childId, { parentReportId: report.id, mergingNo }, now)
        }
        return report.childReportIds.length <= mostAtOnce ? null : entry
      },
    },
    'go-home': {
      mayChangeIt: true,
      project: async (report, _entry, now) => {
        const to = await homeOf(ports, report, now)
        const gone = { unit: report.answerableUnit.name }
        const id = `home:${report.answerableUnit.id}`
        if (to) await carryOut(report.id, goHome, () => ({ to, gone }), id, now)
        return null
      },
    },
    'find-heirs': {
      // Few units have ended: nobody waits for that to be looked up.
      isLater: () => true,
      mayChangeIt: true,
      project: async (report, { id }, now) => {
        const heirs = await heirsFor(ports, report, now)
        if (heirs.length > 0) await carryOut(report.id, inherit, () => ({ heirs }), `heirs:${id}`, now)
        return null
      },
    },
    succeed: {
      // The report may have gone on since: who has left may be back, and the place somebody else's.
      project: async (report, { key, leavingKey }) => {
        if (leavingKey !== undefined && report.reporterKey !== leavingKey)
          await ports.participants.leave(report.id, leavingKey)
        if (report.reporterKey !== key) return null
        // Who took an empty place with a report of theirs is a supporter again when that leaves.
        const took = report.mergings.find(({ tookPlace }) => tookPlace?.key === key)
        const before = took?.tookPlace?.wasSupporter
        const wasSupporter =
          before && (before.fromReportId === undefined ? {} : { fromReportId: before.fromReportId })
        await ports.participants.setPart(report.id, key, 'reporter', {
          ...(took ? { fromReportId: took.childReportId } : {}),
          ...(wasSupporter ? { wasSupporter } : {}),
        })
        return null
      },
    },
    split: {
      project: async (report, { key }, now) => {
        await splitOff(report, key, now)
        return null
      },
    },
    shelve: {
      isLater: () => true,
      project: async ({ id }, entry, now) => {
        for (let pieces = 0; pieces < mostShelved; pieces += 1) {
          const report = await ports.reports.get(id)
          const lines = report ? linesToShelve(report) : []
          const [first] = lines
          if (!first) return null
          // Written before they leave; who was cut off in between finds them there, perhaps fewer than it would be now.
          const kept = await ports.traces.keep({ reportId: id, firstSeq: first.seq, lines })
          const untilSeq = kept.lines[kept.lines.length - 1]?.seq ?? first.seq
          await carryOut(id, shelve, () => ({ untilSeq }), `shelve:${untilSeq}`, now)
        }
        return entry
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
