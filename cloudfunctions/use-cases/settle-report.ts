import { hasBeenPublic, redFaceWeight } from '../domain/red-face/red-face'
import { decide } from '../domain/report/decide'
import type { OutboxEntry, Report } from '../domain/report/report'
import { appendToLedger, type LedgerEvent } from './keep-ledger'
import { participantKey } from './participant-key'
import { everyParticipant, participantsOf } from './participants-of'
import type { Participant, Ports, RedFaceEntry } from './ports'

type SettlePorts = Pick<
  Ports,
  | 'reports'
  | 'participants'
  | 'redFaceEntries'
  | 'ledger'
  | 'inbox'
  | 'coverageGaps'
  | 'ruleBooks'
  | 'sha256'
  | 'keyed'
  | 'newSalt'
>

/** An episode as the public list shows it. */
const toEntry = (report: Report, episodeNo: number, now: number): RedFaceEntry | undefined => {
  const episode = report.redFaces.find((one) => one.no === episodeNo)
  if (!episode) return undefined
  const isShown = hasBeenPublic(episode)
  const list =
    episode.state === 'cleared' ? (isShown ? 'cleared' : 'never-public') : isShown ? 'public' : 'notice'
  return {
    id: `${report.id}:${episodeNo}`,
    reportId: report.id,
    reportRev: report.rev,
    episodeNo,
    list,
    state: episode.state,
    summary: report.publicSummary,
    categoryId: report.categoryId,
    unitId: report.unitPath[report.unitPath.length - 1] ?? '',
    unitName: report.branchName,
    unitPath: report.unitPath,
    causes: episode.causes.map((one) => one.cause),
    noticedAt: episode.noticedAt,
    publicAt: episode.publicAt,
    clearedAt: episode.clearedAt ?? null,
    consent: episode.consent ?? null,
    supporterCount: report.supporters.length,
    weight: redFaceWeight(episode, report.supporters.length, now),
    weighedAt: now,
  }
}

/** F6: an episode shares one fate, so it is its rows' subject. */
const toLedgerEvent = (report: Report, entry: Extract<OutboxEntry, { kind: 'ledger' }>): LedgerEvent => {
  const episode = report.redFaces.find((one) => one.no === entry.episodeNo)
  const episodeKey = `${report.id}:${entry.episodeNo}`
  return {
    eventKey: `${report.id}:${entry.id}`,
    subjectKey: episodeKey,
    episodeKey,
    at: entry.at,
    kind: entry.entry,
    reportId: report.id,
    unitId: report.unitPath[report.unitPath.length - 1] ?? '',
    unitName: report.branchName,
    unitPath: report.unitPath,
    text: entry.text,
    causes: episode?.causes.map((one) => one.cause) ?? [],
    isPublic: episode !== undefined && hasBeenPublic(episode),
  }
}

/**
 * Does the work a change left in the report's outbox: messages, the red-face list, the ledger, merges. Each
 * deed is keyed, so doing it again after a failure half-way changes nothing. Answers false when the report
 * moved on meanwhile: its outbox then stays for the next run.
 */
export const settleReport = (ports: SettlePorts) => {
  /**
   * The child's people become supporters of the parent and hear of it from now on; whoever reported both
   * stays the reporter. A parent that has been merged itself passes them on to its own.
   */
  const joinParent = async (child: Report, parentReportId: string): Promise<void> => {
    const supporterKeys: string[] = []
    for await (const person of everyParticipant(ports.participants, child.id)) {
      const key = participantKey(ports.keyed, person.accountId, parentReportId)
      const known = await ports.participants.get(parentReportId, key)
      if (known?.part === 'reporter') continue
      await ports.participants.add({
        reportId: parentReportId,
        key,
        accountId: person.accountId,
        part: 'supporter',
        phone: null,
        joinedAt: person.joinedAt,
      })
      supporterKeys.push(key)
    }
    const parent = await absorb(child, parentReportId, supporterKeys)
    if (parent?.parentReportId !== undefined) await joinParent(child, parent.parentReportId)
  }

  const absorb = async (
    child: Report,
    parentReportId: string,
    supporterKeys: readonly string[],
  ): Promise<Report | undefined> => {
    for (;;) {
      const parent = await ports.reports.get(parentReportId)
      if (!parent || parent.childReportIds.includes(child.id)) return parent
      const rules = await ports.ruleBooks.of(parent.unitPath[2])
      const changed = decide(
        parent,
        { kind: 'absorb', childReportId: child.id, supporterKeys },
        {
          now: child.changedAt,
          rules,
          by: { side: 'system' },
          actorId: 'system',
          command: { id: `absorb:${child.id}`, action: 'absorb', digest: child.id },
        },
      )
      if (!changed.ok) return parent
      if (await ports.reports.replace(parent, changed.value)) return changed.value
    }
  }

  const deliver = async (
    report: Report,
    entry: OutboxEntry,
    recipients: readonly string[],
    title: string,
    text: string,
  ): Promise<void> => {
    for (const recipient of new Set(recipients)) {
      await ports.inbox.deliver({
        id: `${report.id}:${entry.id}:${ports.keyed(`recipient|${recipient}`).slice(0, 16)}`,
        recipient,
        reportId: report.id,
        title,
        text,
        at: entry.at,
      })
    }
  }

  const accountsOf = async (reportId: string, part: Participant['part']): Promise<readonly string[]> => {
    const recipients: string[] = []
    for await (const person of participantsOf(ports.participants, reportId, part)) {
      recipients.push(`account:${person.accountId}`)
    }
    return recipients
  }

  const settleOne = async (report: Report, entry: OutboxEntry, now: number): Promise<void> => {
    switch (entry.kind) {
      case 'message': {
        const { to } = entry
        const recipients =
          typeof to === 'object'
            ? [`unit:${to.unitId}`]
            : await accountsOf(report.id, to === 'reporter' ? 'reporter' : 'supporter')
        return deliver(report, entry, recipients, entry.title, entry.text)
      }
      case 'red-face': {
        const projected = toEntry(report, entry.episodeNo, now)
        if (projected) await ports.redFaceEntries.project(projected)
        return
      }
      case 'ledger':
        return appendToLedger(ports)(toLedgerEvent(report, entry))
      case 'merge':
        return joinParent(report, entry.parentReportId)
      case 'coverage-gap':
        if (report.place.point) {
          await ports.coverageGaps.add(report.id, report.place.point, report.unitPath, entry.at)
        }
    }
  }

  return async (report: Report, now: number): Promise<boolean> => {
    if (report.outbox.length === 0) return true
    for (const entry of report.outbox) await settleOne(report, entry, now)
    return ports.reports.settleOutbox(report)
  }
}
