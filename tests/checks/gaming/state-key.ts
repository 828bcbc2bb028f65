import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { supportersOf } from '../../support/rolls'
import { tickMs } from './compressed-law'
import type { World } from './world'

/**
 * Equal states have equal keys: reports without ids of commands, words, trace and revisions, with every instant
 * relative to now, together with what is true and what the oracle remembers.
 */
export const stateKey = (world: World): string => {
  const { now } = world
  const t = (at: number | undefined | null): string =>
    at === undefined || at === null ? '-' : String(Math.round(((at - now) / tickMs) * 100) / 100)
  const report = (one: Report): string => {
    const { deadlines: due } = one
    const mark = (text: string): string => {
      const colon = text.lastIndexOf(':')
      return text.slice(0, colon + 1) + t(Number(text.slice(colon + 1)))
    }
    let key = `${one.status} ${one.isSorting} ${one.unitPath.join('/')} ${one.reporterKey} ${t(one.reporterLeftAt)} ${t(one.takenUpAt)} ${one.categoryId} ${one.place.point?.lng}`
    key += `|${t(due.acceptDueAt)} ${t(due.contactDueAt)} ${t(due.resolveDueAt)} ${t(due.startedAt)} ${due.heldMs ?? 0} ${t(one.contactedAt)} ${t(one.resolvedAt)} ${t(one.closedAt)} ${t(one.submittedAt)} ${one.isByMember}`
    for (const s of one.stints)
      key += `|s${s.unit.id} ${t(s.from)} ${t(s.acceptDueAt)} ${t(s.acceptedAt)} ${s.isSorting}`
    for (const s of one.earlierStints ?? []) key += `|S${s.unit.id} ${t(s.from)}`
    for (const l of one.leavings ?? []) key += `|L${l.key} ${t(l.at)}`
    for (const h of one.holds) key += `|h${t(h.from)} ${t(h.to)}`
    for (const c of one.contacts)
      key += `|c${c.channel} ${c.unitId} ${t(c.at)} ${t(c.openedAt)} ${t(c.deniedAt)}`
    for (const d of one.dispatches)
      key += `|d${d.unitId} ${d.memberId ?? ''} ${d.unitId === one.handlerUnitId}`
    key += `|w${one.handlerUnitId} ${[...one.workers].sort().join()} ${one.fixClaim !== undefined}`
    for (const r of one.resolutions)
      key += `|r${r.unit.id} ${t(r.at)} ${r.doneBy?.actorId ?? ''} ${(r.vouchedBy ?? []).map((judge) => `${judge.unitId}:${judge.actorId}`).join()}`
    for (const r of one.ratings)
      key += `|v${r.key} ${r.resolutionNo} ${r.solved} ${r.satisfaction} ${r.isOwn} ${t(r.at)} ${r.unit.id}`
    for (const n of one.formerNos ?? []) key += `|N${n.key} ${n.fixNo} ${t(n.at)}`
    key += `|n${one.passCount} ${one.reworkCount} ${one.reopenedAts.map(t).join()} ${one.suspendedDays} ${t(one.suspension?.untilAt)} ${one.suspension?.isSeasonal ?? ''} ${one.suspendedWinters.join()} ${one.staysComplaint ?? ''} ${t(one.wasComplaint?.at)} ${one.appealedKeys.join()}`
    for (const e of one.extensions) key += `|e${t(e.resolveDueAt)}`
    for (const q of one.requests)
      key += `|q${q.kind} ${q.rulingUnitId} ${q.byActorId} ${q.byUnitId} ${t(q.at)} ${t(q.movesUpAt)} ${t(q.endsAt)} ${q.agreedKeys.join()} ${q.joinedKeys?.join() ?? ''} ${q.judgedActorIds?.join() ?? ''} ${'hearing' in q ? `${q.hearing?.askedKeys.join()}/${q.hearing?.saidKeys.join()}/${t(q.hearing?.until)}` : ''} ${'because' in q ? q.because : ''} ${'causeNos' in q ? q.causeNos.join() : ''} ${'to' in q ? (q.to?.id ?? '') : ''} ${'untilAt' in q ? `${t(q.untilAt)} ${q.isSeasonal ?? ''}` : ''}${'categoryId' in q ? q.categoryId : ''}${'parentReportId' in q ? q.parentReportId : ''}`
    if (one.decline)
      key += `|x${t(one.decline.proposedAt)} ${t(one.decline.grantedAt)} ${t(one.decline.deniedAt)} ${t(one.decline.overturnedAt)} ${one.decline.grantedBy?.unitId}`
    for (const s of supportersOf(one)) key += `|p${s.key} ${t(s.at)} ${s.fromReportId ?? ''}`
    for (const s of one.coReporters) key += `|o${s.key} ${t(s.at)} ${s.fromReportId}`
    key += `|m${one.parentReportId ?? ''} ${one.merged?.previousStatus ?? ''} ${t(one.merged?.at)} ${one.neverMergeInto.join()} ${one.childReportIds.join()}`
    key += `${t(one.ownClock?.contactDueAt)} ${t(one.ownClock?.resolveDueAt)}`
    for (const f of one.redFaces) {
      key += `|F${t(f.openedAt)} ${t(f.endedAt)} ${f.consent ?? ''} ${f.lookedBy?.unitId ?? ''} ${t(f.evidence?.at)} ${f.evidence?.othersCount ?? ''} ${t(f.posting?.until)} ${f.posting?.consent ?? ''}`
      for (const c of f.causes)
        key += `,${c.cause} ${c.unit.id} ${t(c.at)} ${t(c.publicAt)} ${t(c.publishedAt)} ${c.appeal?.requestNo ?? ''} ${t(c.appeal?.heldUntil)} ${c.wasAppealed} ${t(c.struckAt)} ${c.struckBy?.unitId ?? ''} ${c.struckBy?.actorId ?? ''} ${c.restores ?? ''} ${c.saidBy?.join('+') ?? ''} ${t(c.cameAt)} ${t(c.leftAt)} ${t(c.joinedAt)} ${c.owedLook ?? ''}`
      for (const w of f.words)
        key += `;${w.key} ${w.part} ${w.isGone} ${w.hasPicture} ${w.isOwn} ${t(w.at)} ${t(w.joinedAt)} ${t(w.settledAt)}`
    }
    for (const event of one.timeline) key += `|l${event.kind} ${t(event.at)} ${event.unitName ?? ''}`
    for (const one_ of one.clockMarks) key += `|k${mark(one_)}`
    return key
  }
  const { truth, books } = world
  let key = `${world.tick}#${truth.fixedAt ?? '-'} ${Object.entries(truth.reached).join(' ')}#`
  for (const one of world.seats) if (one.fromAt !== undefined) key += `${one.id};`
  for (const one of world.reports) key += `\n${report(one)}`
  for (const [id, account] of Object.entries(books.accounts)) {
    key += `\n${id} ${account.allowed} ${account.ran} ${account.untilTakenUp ?? 0} ${account.familysSince ?? ''} ${account.had.join(' ')} ${account.wordRan} ${account.wordHad.join(' ')} ${account.isLate} ${account.missed?.join() ?? ''} ${account.kept ?? ''} ${account.resolver ?? ''} ${account.laidBy ?? ''} ${account.takenBackIn === undefined ? '' : world.tick - account.takenBackIn} ${account.passes} ${account.worked.join()} ${account.left.join()} ${account.broken ?? ''} ${account.postedUntil - world.tick} ${account.atMerging ? `${account.atMerging.ran}:${account.atMerging.had.join(' ')}:${account.atMerging.wordRan}:${account.atMerging.wordHad.join(' ')}` : ''}`
  }
  for (const debt of books.debts)
    key += `|${debt.unit} ${debt.reportId} ${debt.because} ${debt.since - world.tick}`
  for (const no of books.noes) key += `|${no.unit} ${no.reportId} ${no.resolution}`
  return key
}

/** 53 bits of a key: of a million states two differing ones meet with a chance of one in eighteen thousand. */
export const digestOf = (text: string): number => {
  let one = 0xdeadbeef
  let other = 0x41c6ce57
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 2654435761)
    other = Math.imul(other ^ code, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909)
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return 4294967296 * (2097151 & other) + (one >>> 0)
}
