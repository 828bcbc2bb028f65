import {
  activeEpisode,
  standingCauses,
  verdictCauses,
} from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import { isAnsweredBy, type Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { supportersOf } from '../../support/rolls'
import { unitById } from './cast'
import { startAt, tickMs, ticks } from './compressed-law'
import type { World } from './world'

/**
 * What the oracle remembers of one report: who had it for how many ticks while its clock ran, counted here and
 * not read off the rules' own stints and holds.
 */
export interface Account {
  /** Ticks after which the matter is late: grows only where the law says so. */
  readonly allowed: number
  readonly ran: number
  /** Ticks in which the first word was due: it waits neither for a suspension nor for a verdict. */
  readonly wordRan: number
  /** Ticks that ran before somebody took up what the branch had declared: nobody was to be called before (C1). */
  readonly untilTakenUp?: number
  /** When the first word to who took an empty place became this matter's; before that it was due elsewhere. */
  readonly familysSince?: number
  /** Holder and ticks, in order; a hand-over within a tick leaves a segment of none. */
  readonly had: readonly (readonly [string, number])[]
  /** The same of the ticks in which the first word was due. */
  readonly wordHad: Account['had']
  readonly isLate: boolean
  /** Whose the missed first word is, once it has been missed. */
  readonly missed?: readonly string[]
  /** Who really reached the reporter before it fell due. */
  readonly kept?: string
  /** Who put the last result before the residents. */
  readonly resolver?: string
  /** Whose evidence lies before them. */
  readonly laidBy?: string
  /** Who has had the work in hand, or said that it is done: none of them looks (H2). */
  readonly worked: readonly string[]
  /** Hand-overs that a branch made with nobody's leave (A5). */
  readonly passes: number
  /** Its own count when it was merged: a merged report's clock is held, and the family's runs in its stead. */
  readonly atMerging?: Pick<Account, 'ran' | 'had' | 'wordRan' | 'wordHad'>
  /** The tick in which it was withdrawn: filed anew soon after it is the same matter (K5). */
  readonly takenBackIn?: number
  /** Reports it has been taken out of by its reporter's word (M4). */
  readonly left: readonly string[]
  /** The tick until which a yes was last posted to the others: as long may what is in its notice wait (F5). */
  readonly postedUntil: number
  /** A law that a single step broke, in words. */
  readonly broken?: string
}

/** A unit owes a standing public cause from some tick on, while the matter is not fixed. */
export interface Debt {
  readonly unit: string
  readonly reportId: string
  readonly since: number
  readonly because: 'late' | 'said-no' | 'declared'
}

/** An honest resident's no to one result of one unit: it never vanishes from the figures. */
export interface No {
  readonly unit: string
  readonly reportId: string
  readonly resolution: number
}

export interface Books {
  readonly accounts: Readonly<Record<string, Account>>
  readonly debts: readonly Debt[]
  readonly noes: readonly No[]
  /** What residents did, and what really happened: paths that agree in it must agree in their figures. */
  readonly said: string
}

export const emptyBooks: Books = { accounts: {}, debts: [], noes: [], said: '' }

/** The people of the model whose words are true. */
export const honestResidents: ReadonlySet<string> = new Set(['R1', 'R2'])

/**
 * A2 as the law says it: every unit that passed it on after a third of the time, the last one if it had half;
 * else who had it longest, ties to the earlier.
 */
export const blamedFor = (had: Account['had'], allowed: number): readonly string[] => {
  const sums = new Map<string, number>()
  const passedOn = new Set<string>()
  had.forEach(([unit, span], place) => {
    sums.set(unit, (sums.get(unit) ?? 0) + span)
    const next = had[place + 1]
    if (next && next[0] !== unit && (sums.get(unit) ?? 0) * 3 >= allowed) passedOn.add(unit)
  })
  const last = had[had.length - 1]?.[0]
  const guilty = [...sums.keys()].filter(
    (unit) => passedOn.has(unit) || (unit === last && (sums.get(unit) ?? 0) * 2 >= allowed),
  )
  if (guilty.length > 0) return guilty
  let longest: string | undefined
  for (const [unit, sum] of sums) {
    if (longest === undefined || sum > (sums.get(longest) ?? 0)) longest = unit
  }
  return longest === undefined ? [] : [longest]
}

/** The same without its first ticks. */
const without = (had: Account['had'], count: number): Account['had'] => {
  let left = count
  return had.map(([unit, span]) => {
    const gone = Math.min(left, span)
    left -= gone
    return [unit, span - gone] as const
  })
}

export const isRunning = (report: Report | undefined): boolean =>
  report !== undefined &&
  ['unrouted', 'routed', 'accepted', 'dispatched', 'awaiting-check'].includes(report.status)

/** Whoever has it, or has said that it is done, owes the first word. */
const isWordDue = (report: Report): boolean =>
  isRunning(report) || ['suspended', 'resolved', 'closed'].includes(report.status)

/** One tick more for whoever has it. */
const oneMore = (had: Account['had'], holder: string): Account['had'] => {
  const last = had[had.length - 1]
  return last?.[0] === holder ? [...had.slice(0, -1), [holder, last[1] + 1]] : [...had, [holder, 1]]
}

/** The report in which a merged one goes on. */
export const familyOfReport = (world: Pick<World, 'reports'>, report: Report): Report => {
  const parent =
    report.status === 'merged' ? world.reports.find((one) => one.id === report.parentReportId) : undefined
  return parent ?? report
}

export const holderOf = (report: Report): string => report.answerableUnit.id

const isHonestMatter = (world: Pick<World, 'reports'>, report: Report): boolean => {
  const family = familyOfReport(world, report)
  return [report, family].some(
    (one) =>
      (one.reporterKey !== null && honestResidents.has(one.reporterKey)) ||
      [...one.coReporters, ...supportersOf(one)].some((person) => honestResidents.has(person.key)),
  )
}

/** What one tick adds to the accounts, before anything else happens at its end. */
export const booksAfterTick = (world: World): Books => {
  const accounts: Record<string, Account> = { ...world.books.accounts }
  const debts = [...world.books.debts]
  for (const report of world.reports) {
    const family = familyOfReport(world, report)
    const account = accounts[report.id]
    if (!account) continue
    const holder = holderOf(family)
    let next: Account = account
    const before = account.untilTakenUp ?? 0
    if (isWordDue(family) && account.wordRan - before < ticks.contact) {
      const [wordRan, wordHad] = [account.wordRan + 1, oneMore(account.wordHad, holder)]
      next = { ...next, wordRan, wordHad }
      const isDue = wordRan - before >= ticks.contact && next.missed === undefined && next.kept === undefined
      if (isDue && report.status !== 'merged' && report.reporterKey !== null) {
        const since = account.familysSince ?? before
        next = { ...next, missed: blamedFor(without(wordHad, since), ticks.contact - (since - before)) }
      }
    }
    accounts[report.id] = next
    if (!isRunning(family)) continue
    const [ran, had] = [account.ran + 1, oneMore(account.had, holder)]
    next = { ...next, ran, had }
    // H4: a complaint that is late is on no list.
    const isListed = family.categoryId !== 'about-branch'
    if (ran >= account.allowed && !account.isLate && isListed && isHonestMatter(world, report)) {
      next = { ...next, isLate: true }
      if (world.truth.fixedAt === undefined) {
        for (const unit of blamedFor(had, account.allowed)) {
          debts.push({ unit, reportId: report.id, since: world.tick + 1, because: 'late' })
        }
      }
    }
    accounts[report.id] = next
  }
  return { ...world.books, accounts, debts }
}

/** Cleared before anybody had accepted it: it is due anew, and late again if it is not done (F5, K5). */
const wasClearedUnaccepted = (was: Report, report: Report): boolean =>
  ['routed', 'unrouted'].includes(report.status) &&
  activeEpisode(was.redFaces) !== undefined &&
  activeEpisode(report.redFaces) === undefined

const isFoundWanting = (done: Done | undefined): boolean =>
  done?.action === 'look' && (done.command as { readonly finding?: string }).finding === 'unsolved'

/** F5: what a look leaves half done: a no that stands no more on a list that goes on, evidence found not to hold. */
const wasHalfLooked = (report: Report, done: Done | undefined): string | undefined => {
  const episode = activeEpisode(report.redFaces)
  const settled = episode?.words.find((word) => word.settledAt !== undefined && honestResidents.has(word.key))
  if (settled) return `${report.id}没有下榜，${settled.key}说的没修好却不算数了`
  const isVoid = done?.reportId === report.id && isFoundWanting(done)
  return isVoid && (episode?.evidence || episode?.posting) ? `${report.id}看过没解决，证据还放着` : undefined
}

/** What nobody may do, whatever seat they act through. */
const brokenByAnyone = (
  before: World,
  was: Report,
  report: Report,
  done: Done | undefined,
): string | undefined => {
  const isSaid = done?.action === 'agree' && done.actor === was.reporterKey
  if (was.categoryId === 'about-branch' && report.categoryId !== 'about-branch' && !isSaid)
    return `${report.id}没有上报人同意就不再按反映单位办`
  const waits = report.suspension
  if (was.status === 'suspended' || !waits) return undefined
  const isLong = (waits.untilAt - report.changedAt) / tickMs > ticks.longestSuspension
  const isBanners = before.seats.some(
    (one) => one.accountId === done?.actor && (unitById.get(one.unitId)?.path.length ?? 0) <= 3,
  )
  return isLong && !isBanners ? `${report.id}没有旗县批就一直挂到开春` : undefined
}

/** Who works on it, counted apart from the rules: whoever did never checks, and somebody must be left who can (L2, H2). */
const workedOn = (after: World, account: Account, was: Report, done: Done): Account => {
  if (done.action === 'check' && account.worked.includes(done.actor))
    return { ...account, broken: `${was.id}由干活的${done.actor}自己核查` }
  const { member } = (done.command ?? {}) as { readonly member?: { readonly id: string } }
  const hands = member?.id ?? (['claim-fixed', 'send-back'].includes(done.action) ? done.actor : undefined)
  if (hands === undefined) return account
  const worked = [...new Set([...account.worked, hands])]
  const isChecked = after.seats.some(
    (one) =>
      isAnsweredBy(was, one.unitId) &&
      one.role === 'secretary' &&
      (one.untilAt === undefined || one.untilAt > after.now) &&
      !worked.includes(one.accountId),
  )
  if (member && !isChecked)
    return { ...account, worked, broken: `${was.id}派给了${hands}，本支部没有别人能核查` }
  return { ...account, worked }
}

/** F3: a verdict of an honest resident goes by a ruling that came before a look, or before they had time to speak. */
const wasStruckUnheard = (was: Report, report: Report, now: number): boolean => {
  const appeal = was.requests.find((one) => one.kind === 'appeal-red-face')
  const stood = new Set(was.redFaces.flatMap((one) => standingCauses(one)).map((cause) => cause.no))
  const struck = report.redFaces
    .flatMap((episode) => episode.causes)
    .filter((cause) => cause.struckAt === now && stood.has(cause.no) && verdictCauses.includes(cause.cause))
  if (!appeal || struck.length === 0) return false
  const since = (kind: string): boolean =>
    was.timeline.some((event) => event.kind === kind && event.at >= appeal.at)
  return !since('looked') || (!since('said-to-appeal') && now < appeal.at + ticks.hearing * tickMs)
}

/** What no step of a branch may do by itself: hand on for ever, or to nobody, or merge against the word given. */
const brokenBy = (
  before: World,
  after: World,
  account: Account,
  was: Report,
  report: Report,
  done: Done,
): Account => {
  let next = workedOn(after, account, was, done)
  const parent = report.parentReportId
  if (done.action === 'unmerge' && was.parentReportId !== undefined)
    next = { ...next, left: [...next.left, was.parentReportId] }
  if (was.status !== 'merged' && parent !== undefined && next.left.includes(parent)) {
    const isTheirWord = done.action === 'agree' && done.actor === was.reporterKey
    next = isTheirWord
      ? { ...next, left: next.left.filter((id) => id !== parent) }
      : { ...next, broken: `${report.id}由居民拆出后又被并入${parent}` }
  }
  if (done.action === 'rule-on' && wasStruckUnheard(was, report, after.now))
    next = { ...next, broken: `${report.id}居民的评价没看现场、没听居民就撤了` }
  const isBranch = before.seats.some(
    (one) => one.accountId === done.actor && isAnsweredBy(was, one.unitId) && one.role === 'secretary',
  )
  const isPassed = report.answerableUnit.id !== was.answerableUnit.id || report.isSorting !== was.isSorting
  const isHanded = isPassed || report.handlerUnitId !== was.handlerUnitId
  if (!isBranch || !isHanded) return next
  const to = unitById.get(report.handlerUnitId ?? holderOf(report))
  const hasMembers = after.seats.some(
    (one) => one.unitId === to?.id && (one.untilAt === undefined || one.untilAt > after.now),
  )
  const neededUntil = after.now + (account.allowed - account.ran) * tickMs
  if (!hasMembers) next = { ...next, broken: `${report.id}交给了没有人的${to?.id}` }
  else if (to?.endsAt !== undefined && to.endsAt < neededUntil)
    next = { ...next, broken: `${report.id}交给了办结时限前就撤的${to.id}` }
  if (isPassed) {
    next = { ...next, passes: next.passes + 1 }
    if (next.passes > 2) next = { ...next, broken: `${report.id}没有人同意就转了三次` }
    if (done.action === 'relocate') next = { ...next, broken: `${report.id}没有人同意就改了地点转走` }
  }
  return next
}

interface Done {
  readonly actor: string
  readonly action: string
  readonly reportId: string
  readonly command?: unknown
  readonly really?: 'fixed' | 'reached'
}

const residentActions = new Set([
  'submit',
  'support',
  'rate',
  'reopen',
  'appeal',
  'appeal-look',
  'appeal-struck',
  'say-to-appeal',
  'take-up',
  'answer-red-face',
  'agree',
  'say-reason-gone',
  'unmerge',
  'withdraw',
])

const detailOf = (command: unknown): string => {
  const { rating, isGone } = (command ?? {}) as { rating?: { solved: string }; isGone?: boolean }
  return rating?.solved ?? (isGone === undefined ? '' : String(isGone))
}

/** With which report somebody came who has just taken a reporter's place that was empty. */
const placeTakenBy = (was: Report | undefined, report: Report): string | undefined => {
  const wasEmpty = was !== undefined && (was.reporterKey === null || was.reporterLeftAt !== undefined)
  if (!wasEmpty || report.reporterLeftAt !== undefined) return undefined
  return report.mergings.find(({ tookPlace }) => tookPlace?.key === report.reporterKey)?.childReportId
}

/** A3: of whose work somebody speaks, whoever has the matter by then. */
const fixOf = ({ reports, books }: World, { action, reportId }: Done): string => {
  if (action !== 'rate' && action !== 'answer-red-face') return ''
  const report = reports.find(({ id }) => id === reportId)
  const account = books.accounts[reportId]
  const hasResult = report?.status === 'resolved' || report?.status === 'closed'
  return (hasResult ? account?.resolver : account?.laidBy) ?? ''
}

/** What a step, or what the clock did, means for the accounts. */
export const booksAfter = (before: World, after: World, done: Done | undefined): Books => {
  const accounts: Record<string, Account> = { ...before.books.accounts }
  let { debts, noes, said } = before.books
  for (const report of after.reports) {
    const was = before.reports.find((one) => one.id === report.id)
    let account = accounts[report.id]
    const holder = holderOf(familyOfReport(after, report))
    if (!account) {
      const takenBack = before.reports.find(
        (one) => one.status === 'withdrawn' && one.reporterKey === report.reporterKey,
      )
      const last = takenBack && accounts[takenBack.id]
      const carried =
        last && after.tick - (last.takenBackIn ?? after.tick) <= ticks.takenBack ? last : undefined
      const allowed = report.categoryId === 'lane-hardening' ? ticks.resolveLong : ticks.resolve
      // Filed anew it has what the earlier one had left, as far as its own kind goes, and a day at least (K5).
      const left = carried ? Math.max(1, Math.min(allowed, carried.allowed - carried.ran)) : allowed
      account = {
        allowed: Math.max(allowed, (carried?.ran ?? 0) + left),
        ran: carried?.ran ?? 0,
        had: [...(carried?.had ?? []), [holder, 0]],
        // The first word is due anew, by whoever has it now.
        wordRan: 0,
        wordHad: [[holder, 0]],
        isLate: false,
        worked: [],
        passes: 0,
        postedUntil: 0,
        left: [],
      }
    }
    const last = account.had[account.had.length - 1]
    if (last && last[0] !== holder) {
      const [had, wordHad] = [account.had, account.wordHad]
      account = { ...account, had: [...had, [holder, 0]], wordHad: [...wordHad, [holder, 0]] }
    }
    if (was && done?.reportId === report.id) account = brokenBy(before, after, account, was, report, done)
    if (was && was.status !== 'merged' && report.status === 'merged')
      account = {
        ...account,
        atMerging: { ran: account.ran, had: account.had, wordRan: account.wordRan, wordHad: account.wordHad },
      }
    if (was?.status === 'merged' && report.status !== 'merged' && account.atMerging) {
      const { atMerging, ...rest } = account
      const [had, wordHad] = [atMerging.had, atMerging.wordHad]
      account = { ...rest, ...atMerging, had: [...had, [holder, 0]], wordHad: [...wordHad, [holder, 0]] }
    }
    const broken = was && (brokenByAnyone(before, was, report, done) ?? wasHalfLooked(report, done))
    if (broken !== undefined) account = { ...account, broken }
    const posting = activeEpisode(report.redFaces)?.posting
    if (posting) account = { ...account, postedUntil: Math.round((posting.until - startAt) / tickMs) }
    if (was && was.status !== 'withdrawn' && report.status === 'withdrawn')
      account = { ...account, takenBackIn: after.tick }
    if (was && done?.reportId === report.id && done.action === 'lay-evidence')
      account = { ...account, laidBy: holderOf(was) }
    if (was && was.status !== 'resolved' && report.status === 'resolved') {
      const isByResult = done?.action === 'resolve' || done?.action === 'check'
      account = { ...account, resolver: (isByResult ? undefined : account.laidBy) ?? holderOf(was) }
    }
    if (was && wasClearedUnaccepted(was, report))
      account = { ...account, allowed: Math.max(account.allowed, account.ran + ticks.resolve / 3) }
    const cameBack = was && !isRunning(was) && was.status !== 'suspended' && isRunning(report)
    if (cameBack && done?.action !== 'rate' && done?.action !== 'look') {
      // An upheld appeal, 又坏了 and an unmerge leave at least a third, or a working day (K5, M4).
      account = { ...account, allowed: Math.max(account.allowed, account.ran + ticks.resolve / 3) }
    }
    // A level above, or its silence, may end a result sooner or later: that is no word of A's.
    if (cameBack && done?.action !== 'rate') said = `${said};${after.tick} back ${report.id}`
    // So may it find what lies there not to hold: what is laid next is another fix (F5).
    else if (done?.reportId === report.id && isFoundWanting(done))
      said = `${said};${after.tick} wanting ${report.id}`
    const came = placeTakenBy(was, report)
    if (came !== undefined) {
      // Who came with a report of their own is to be called by its clock, and what was missed there counts there.
      const theirs = accounts[came]
      const isTold = theirs === undefined || theirs.missed !== undefined || theirs.kept !== undefined
      const untilTakenUp = isTold ? Number.POSITIVE_INFINITY : account.wordRan - theirs.wordRan
      account = { ...account, untilTakenUp, familysSince: account.wordRan }
    }
    if (done?.action === 'take-up' && done.reportId === report.id)
      account = { ...account, untilTakenUp: account.wordRan }
    if (done?.really === 'reached' && done.reportId === familyOfReport(after, report).id) {
      if (account.missed === undefined && account.kept === undefined && report.status !== 'merged')
        account = { ...account, kept: holder }
    }
    accounts[report.id] = account
  }
  if (done && residentActions.has(done.action)) {
    said = `${said};${after.tick}${done.actor} ${done.action} ${done.reportId} ${detailOf(done.command)} ${fixOf(before, done)}`
    if (done.action === 'rate' && honestResidents.has(done.actor) && detailOf(done.command) === 'no') {
      const rated = after.reports.find((one) => one.id === done.reportId)
      const unit = accounts[done.reportId]?.resolver ?? ''
      const resolution = rated?.resolutions.length ?? 0
      if (!noes.some((one) => one.reportId === done.reportId && one.resolution === resolution)) {
        noes = [...noes, { unit, reportId: done.reportId, resolution }]
      }
      debts = [...debts, { unit, reportId: done.reportId, since: after.tick, because: 'said-no' }]
    }
  }
  // Silence of somebody who would lie is a word too: nobody denies a call to an accomplice.
  const called =
    done?.action === 'contact' ? after.reports.find((one) => one.id === done.reportId) : undefined
  if (called && !honestResidents.has(called.reporterKey ?? ''))
    said = `${said};${after.tick} called ${called.id}`
  if (done?.really) said = `${said};${after.tick} ${done.really} ${done.reportId}`
  // Where reports are one family, or are withdrawn, less is asked for: paths are compared among their like.
  if (done && ['merge', 'decline', 'rule-on'].includes(done.action))
    said = `${said};${after.tick} ${done.action} ${done.reportId}`
  return { accounts, debts, noes, said }
}
