import { activeEpisode, type RedFaceCause } from '../../cloudfunctions/contexts/red-face/rules/red-face'
import type { RequestKind } from '../../cloudfunctions/contexts/report/rules/request'
import { movePoint, roundPoint, tilesAround } from '../../cloudfunctions/ground/geometry'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import type { Play, Who } from './play'
import {
  checkNotes,
  declineNotes,
  extensionReasons,
  plans,
  remarks,
  reopenReasons,
  reworkNotes,
  suspensions,
} from './words'

/** How a report went, from its submission on. */
export type Script = (play: Play) => void

type Declined = keyof typeof declineNotes

const accept = (play: Play, fromShare = 0.1, toShare = 0.6): void => {
  play.towards(play.report().deadlines.acceptDueAt, fromShare, toShare)
  play.act(play.random.chance(0.25) ? 'grid-worker' : 'secretary', {
    kind: 'accept',
    ...(play.publicSummary === undefined ? {} : { publicSummary: play.publicSummary }),
  })
}

/** By telephone where a number was left, else by a message that the resident opens, or at the door (C1). */
const contact = (play: Play): void => {
  const { contactDueAt } = play.report().deadlines
  play.towards(contactDueAt, 0.1, 0.6)
  const note = play.random.pick(play.matter.contact)
  if (play.report().hasPhone && play.random.chance(0.7)) {
    play.act('secretary', { kind: 'reveal-phone' })
    play.act('secretary', { kind: 'contact', channel: 'phone', note })
    return
  }
  if (play.random.chance(0.5)) {
    play.act('secretary', { kind: 'contact', channel: 'visit', note })
    return
  }
  play.act('secretary', { kind: 'contact', channel: 'message', note })
  play.towards(contactDueAt, 0.1, 0.5)
  play.act('reporter', { kind: 'open-message' })
}

const layPlan = (play: Play): void => {
  const { resolveDueAt } = play.report().deadlines
  play.act('secretary', {
    kind: 'lay-plan',
    ...play.random.pick(plans),
    doneBy: Math.max(resolveDueAt - 5 * dayMs, play.at() + dayMs),
  })
}

const takeOn = (play: Play): void => {
  accept(play)
  if (play.report().reporterKey !== null) contact(play)
  const { planDueAt } = play.report().deadlines
  if (planDueAt === undefined) return
  play.towards(planDueAt, 0.1, 0.5)
  layPlan(play)
}

const tellProgress = (play: Play, who: 'secretary' | 'handler'): void =>
  play.act(who, {
    kind: 'progress',
    note: play.random.pick(play.matter.progress),
    photos: [],
    isPublic: true,
  })

/** Hands the work to the partner unit that fits best; false when the branch has none. */
const dispatch = (play: Play): boolean => {
  const partner = play.partner()
  if (!partner) return false
  play.towards(play.report().deadlines.resolveDueAt, 0.03, 0.12)
  play.act('secretary', { kind: 'dispatch', ...partner, note: play.random.pick(play.matter.dispatch) })
  return true
}

const before = (play: Play): readonly string[] =>
  play.report().photos.length > 0 ? play.report().photos : play.matter.before.slice(0, 1)
const after = (play: Play): readonly string[] => [play.random.pick(play.matter.after)]

const claimFixed = (play: Play, fromShare: number, toShare: number): void => {
  play.towards(play.report().deadlines.resolveDueAt, fromShare, toShare)
  play.act('handler', {
    kind: 'claim-fixed',
    note: play.random.pick(play.matter.fixed),
    before: before(play),
    after: after(play),
    remedy: play.matter.remedy,
  })
}

/** The branch looks within the day, and sooner where little time is left. */
const check = (play: Play): void => {
  const { resolveDueAt } = play.report().deadlines
  if (resolveDueAt - play.at() > 2 * dayMs) play.later(2, 16)
  else play.towards(resolveDueAt, 0.1, 0.4)
  play.act(play.checker(), { kind: 'check', note: play.random.pick(checkNotes) })
}

/** Who of the branch may say that its own hands have done it. */
const hands = (play: Play): Who => (play.checker() === 'secretary' ? 'secretary' : 'grid-worker')

const resolveNow = (play: Play, remedy = play.matter.remedy): void =>
  play.act(hands(play), {
    kind: 'resolve',
    note: play.random.pick(play.matter.fixed),
    before: before(play),
    after: after(play),
    remedy,
  })
const resolveOwnHands = (play: Play, fromShare: number, toShare: number): void => {
  play.towards(play.report().deadlines.resolveDueAt, fromShare, toShare)
  resolveNow(play)
}

/** From accepted to 办结: by the partner unit where there is one for it, else by the branch itself. */
const fix = (play: Play, fromShare = 0.2, toShare = 0.55): void => {
  if (play.random.chance(0.75) && dispatch(play)) {
    play.towards(play.report().deadlines.resolveDueAt, 0.1, 0.2)
    if (play.random.chance(0.6)) tellProgress(play, 'handler')
    claimFixed(play, fromShare, toShare)
    if (play.random.chance(0.12)) {
      play.later(2, 10)
      play.act(play.checker(), { kind: 'rework', note: play.random.pick(reworkNotes) })
      claimFixed(play, 0.1, 0.3)
    }
    check(play)
    return
  }
  if (play.random.chance(0.5)) {
    play.towards(play.report().deadlines.resolveDueAt, 0.05, 0.2)
    tellProgress(play, 'secretary')
  }
  resolveOwnHands(play, fromShare, toShare)
}

type Solved = 'yes' | 'partly' | 'no'
type Content = 'satisfied' | 'basically-satisfied' | 'dissatisfied'

const rate = (
  play: Play,
  solved: Solved,
  satisfaction: Content,
  remark: readonly string[],
  who: Who = 'reporter',
): void =>
  play.act(who, {
    kind: 'rate',
    rating: {
      contacted: satisfaction !== 'dissatisfied' || play.random.chance(0.6),
      solved,
      satisfaction,
      remark: play.random.pick(remark),
    },
  })
/** Everybody who reported it answers, one after the other. */
const rateLater = (play: Play, ...verdict: [Solved, Content, readonly string[]]): void => {
  for (const who of play.reporters()) {
    play.later(3, 40)
    rate(play, ...verdict, who)
  }
}

const rateUnsolved = (play: Play): void => {
  play.later(3, 60)
  rate(play, 'no', 'dissatisfied', remarks.unsolved)
}
const rateWell = (play: Play): void => rateLater(play, 'yes', 'satisfied', remarks.satisfied)

/** The branch works on a report again that has come back; there is a limit only on the problem's own clock. */
const fixAgain = (play: Play): void => {
  play.later(6, 30)
  tellProgress(play, 'secretary')
  play.later(24, 72)
  resolveNow(play, 'lasting')
}

const daysAgo = (play: Play, from: number, to: number): void =>
  play.moveTo(play.now - play.random.between(from, to) * dayMs)

/** Nobody has done anything yet. */
export const leftAlone: Script = () => {}
export const accepted: Script = takeOn
export const acceptedNotContacted: Script = (play) => accept(play)
export const acceptedLate: Script = (play) => {
  play.moveTo(play.report().deadlines.acceptDueAt + play.random.between(20, 50) * hourMs)
  takeOn(play)
  fix(play)
  rateWell(play)
}
export const inProgress: Script = (play) => {
  takeOn(play)
  play.later(6, 30)
  tellProgress(play, 'secretary')
}
export const dispatched: Script = (play) => {
  takeOn(play)
  if (!dispatch(play)) return
  play.later(10, 40)
  if (play.random.chance(0.6)) tellProgress(play, 'handler')
}
/** Small enough for the branch's own people: the grid worker does it, the secretary will look. */
export const handedToGridWorker: Script = (play) => {
  takeOn(play)
  play.later(1, 3)
  play.act('secretary', {
    kind: 'dispatch',
    ...play.ownHands(),
    note: play.random.pick(play.matter.dispatch),
  })
}
export const claimedByGridWorker: Script = (play) => {
  handedToGridWorker(play)
  claimFixed(play, 0.1, 0.3)
}
export const sentBack: Script = (play) => {
  takeOn(play)
  if (!dispatch(play)) return
  play.later(3, 20)
  play.act('handler', { kind: 'send-back', note: '现场看过，不在我们管护范围，请支部再核实' })
}
export const awaitingCheck: Script = (play) => {
  takeOn(play)
  if (!dispatch(play)) throw new Error(`${play.report().id}: no partner unit to wait for`)
  claimFixed(play, 0.1, 0.3)
}
export const reworked: Script = (play) => {
  awaitingCheck(play)
  play.later(2, 10)
  play.act(play.checker(), { kind: 'rework', note: play.random.pick(reworkNotes) })
}
export const resolved: Script = (play) => {
  takeOn(play)
  fix(play)
}
/** Long works that were finished in the last days. */
export const resolvedLately: Script = (play) => {
  takeOn(play)
  if (!dispatch(play)) throw new Error(`${play.report().id}: no partner unit to do the work`)
  play.later(200, 300)
  tellProgress(play, 'handler')
  daysAgo(play, 2, 5)
  claimFixed(play, 0, 0.01)
  check(play)
}
export const closed: Script = (play) => {
  resolved(play)
  rateWell(play)
}
export const closedBasically: Script = (play) => {
  resolved(play)
  rateLater(play, 'yes', 'basically-satisfied', remarks.basically)
}
export const closedPartly: Script = (play) => {
  resolved(play)
  rateLater(play, 'partly', 'basically-satisfied', remarks.partly)
}
export const closedDissatisfied: Script = (play) => {
  resolved(play)
  rateLater(play, 'yes', 'dissatisfied', remarks.dissatisfied)
}
const rule = (play: Play, request: RequestKind, isGranted: boolean, note: string): void =>
  play.act('one-level-up', { kind: 'rule-on', request, isGranted, note })

export const withdrawn: Script = (play) => {
  play.towards(play.report().deadlines.acceptDueAt, 0.1, 0.5)
  play.act('reporter', { kind: 'withdraw', reason: play.random.pick(['已经自己好了', '报重了', '']) })
  if (play.report().status !== 'withdrawn') closed(play)
}
/** The reporter moves away; the oldest of those who have it too takes the place, and it goes on. */
export const handedOn: Script = (play) => {
  takeOn(play)
  play.later(24, 40)
  play.act('reporter', { kind: 'withdraw', reason: '搬走了' })
  fix(play)
  rateWell(play)
}
export const declineAsked =
  (reason: Declined): Script =>
  (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.2, 0.7)
    play.act('secretary', { kind: 'decline', reason, note: declineNotes[reason] })
  }
export const declined =
  (reason: Declined): Script =>
  (play) => {
    declineAsked(reason)(play)
    play.later(3, 20)
    rule(play, 'decline', true, '情况属实，同意')
  }
/** The level above does not agree: the report is accepted, and the branch goes on with it. */
export const declineDenied: Script = (play) => {
  declineAsked('not-real')(play)
  play.later(3, 12)
  rule(play, 'decline', false, '有居民反映过多次，请受理')
  contact(play)
  resolveOwnHands(play, 0.2, 0.5)
}
export const declineAppealed: Script = (play) => {
  declined('not-real')(play)
  play.later(6, 20)
  play.act('reporter', { kind: 'appeal', reason: '下雨天才有积水，你们是晴天来看的' })
}
/** The appeal goes above the unit that granted the decline. */
export const declineOverturned: Script = (play) => {
  declineAppealed(play)
  play.later(10, 30)
  play.act('appealed-to', {
    kind: 'rule-on',
    request: 'appeal-decline',
    isGranted: true,
    note: '雨后复核情况属实，请支部受理',
  })
  play.later(1, 5)
  play.act('secretary', { kind: 'accept' })
  contact(play)
}

const askToSuspend = (play: Play, untilAt: number): void => {
  const [reason, plan] = play.random.pick(suspensions)
  play.act('secretary', { kind: 'suspend', reason, plan, untilAt })
}
export const suspensionAsked: Script = (play) => {
  takeOn(play)
  play.later(5, 20)
  askToSuspend(play, play.now + 45 * dayMs)
}
export const suspended: Script = (play) => {
  suspensionAsked(play)
  play.later(5, 20)
  rule(play, 'suspend', true, '同意，按计划时间恢复办理')
}
/** The reporter says that what it waits for is there already. */
export const reasonGone: Script = (play) => {
  suspended(play)
  daysAgo(play, 1, 2)
  play.act('reporter', { kind: 'say-reason-gone', reason: '污水管上周已经埋好了' })
}
/** Suspended for a while, resumed by the clock, and fixed since. */
export const suspendedAndClosed: Script = (play) => {
  takeOn(play)
  play.later(5, 20)
  const untilAt = Math.max(play.at() + 3 * dayMs, play.report().submittedAt + 14 * dayMs)
  askToSuspend(play, untilAt)
  play.later(5, 20)
  rule(play, 'suspend', true, '同意')
  play.moveTo(untilAt + 20 * hourMs)
  resolveOwnHands(play, 0.2, 0.5)
  rateWell(play)
}
/** At most the original allowance again (K7). */
const askToExtend = (play: Play): void => {
  const { startedAt, resolveDueAt } = play.report().deadlines
  play.act('secretary', {
    kind: 'extend',
    reason: play.random.pick(extensionReasons),
    resolveDueAt: resolveDueAt + Math.min(15 * dayMs, Math.floor((resolveDueAt - startedAt) * 0.8)),
  })
}
export const extensionAsked: Script = (play) => {
  dispatched(play)
  play.later(5, 20)
  askToExtend(play)
}
export const extended: Script = (play) => {
  extensionAsked(play)
  play.later(5, 20)
  rule(play, 'extend', true, '同意延期，务必保质量')
}
export const extensionRefused: Script = (play) => {
  extensionAsked(play)
  play.later(5, 20)
  rule(play, 'extend', false, '理由不充分，请按期完成')
}

const handTo = (play: Play, unitId: string, note: string): void => {
  play.towards(play.report().deadlines.acceptDueAt, 0.05, 0.2)
  play.act('secretary', { kind: 'transfer', to: play.unit(unitId), note })
}
/** Two hand-overs are free; for the third the level above decides who keeps it (A5). */
export const passedAround =
  (unitIds: readonly [second: string, third: string, asked: string]): Script =>
  (play) => {
    const [second, third, asked] = unitIds
    handTo(play, second, '位置在他们网格里')
    handTo(play, third, '是他们包的路段')
    takeOn(play)
    play.later(2, 6)
    play.act('secretary', { kind: 'transfer', to: play.unit(asked), note: '现场核对后，这里是他们的网格' })
  }
export const transferred =
  (unitId: string): Script =>
  (play) => {
    handTo(play, unitId, '位置在他们网格里')
    closed(play)
  }
const returnTo = (
  play: Play,
  sorterId: string,
  reason: 'not-our-place' | 'needs-upper-level',
  note: string,
) => {
  play.towards(play.report().deadlines.acceptDueAt, 0.05, 0.2)
  play.act('secretary', { kind: 'return', reason, note, sorter: play.unit(sorterId) })
}
export const returnedAndRouted =
  (sorterId: string, unitId: string): Script =>
  (play) => {
    returnTo(play, sorterId, 'not-our-place', '过了马路就不是我们社区')
    routedByHand(unitId)(play)
  }
export const returned =
  (sorterId: string): Script =>
  (play) =>
    returnTo(play, sorterId, 'needs-upper-level', '牵涉两个村的界线')
export const routedByHand =
  (unitId: string): Script =>
  (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.1, 0.3)
    play.act('sorter', { kind: 'route', to: play.unit(unitId), note: '离你们最近，请先接办' })
    closed(play)
  }
export const takenOver =
  (unitId: string): Script =>
  (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.05, 0.2)
    play.act('alternate', { kind: 'take-over', by: play.unit(unitId) })
    closed(play)
  }
/** The banner moves it; the reason is public. */
export const reassigned =
  (unitId: string): Script =>
  (play) => {
    takeOn(play)
    play.later(20, 40)
    play.act('banner-clerk', { kind: 'supervise', note: '拖了几天没有进展，本周内给居民答复' })
    play.later(10, 24)
    play.act('banner-clerk', {
      kind: 'reassign',
      to: play.unit(unitId),
      note: '路面归他们养护，由他们一并处理',
    })
    accept(play)
    tellProgress(play, 'secretary')
  }

/** The branch asks, the resident has not answered yet. */
export const asked: Script = (play) => {
  takeOn(play)
  play.later(1, 6)
  play.act('secretary', { kind: 'ask', words: '灯杆上有没有编号？方便的话告诉我们。' })
}
export const askedAndAnswered: Script = (play) => {
  asked(play)
  play.later(2, 6)
  play.act('reporter', { kind: 'answer', words: '杆上写着“后炭市17”。', photos: [] })
  play.act('reporter', { kind: 'add-to', words: '旁边那盏也一闪一闪的。', photos: [] })
  play.act('secretary', { kind: 'note', note: '两盏一起报给供电所' })
}
export const urged: Script = (play) => {
  inProgress(play)
  play.later(24, 40)
  play.act('reporter', { kind: 'urge' })
}
/** 没人联系我, said of a call that nobody received. */
export const contactDenied: Script = (play) => {
  takeOn(play)
  play.later(2, 8)
  play.act('reporter', { kind: 'deny-contact' })
}
export const recalled: Script = (play) => {
  dispatched(play)
  play.later(5, 15)
  play.act('secretary', { kind: 'recall', note: '他们这周排不开，支部自己先垫上' })
}
/** Filed as something else; where no clock grows longer the branch puts it right by itself (K9). */
export const corrected: Script = (play) => {
  takeOn(play)
  play.later(1, 4)
  const { place } = play.report()
  const point = place.point && movePoint(place.point, 8, 5)
  play.act('secretary', {
    kind: 'relocate',
    place: { ...place, ...(point ? { point } : {}) },
    ...(point ? { publicPoint: roundPoint(point) } : {}),
    tiles: point ? tilesAround(point, 0) : [],
    to: null,
    note: '实际在路北侧',
  })
  play.act('secretary', { kind: 'reclassify', categoryId: 'ordinary', note: '不用多家一起办' })
  play.act('secretary', { kind: 'correct-summary', publicSummary: play.report().publicSummary.slice(0, 30) })
}
/** A longer clock needs every reporter's word, or the level above. */
export const reclassifyAsked: Script = (play) => {
  takeOn(play)
  play.later(1, 4)
  play.act('secretary', { kind: 'reclassify', categoryId: 'complex', note: '要几家一起办' })
}
export const reclassifyAgreed: Script = (play) => {
  reclassifyAsked(play)
  play.later(1, 4)
  play.act('reporter', { kind: 'agree', request: 'reclassify' })
}
/** The branch lists a matter that nobody has reported (declared), and works on it. */
export const declaredByBranch: Script = (play) => {
  takeOn(play)
  play.later(20, 40)
  tellProgress(play, 'secretary')
}

/** 评价“没解决”: back with the branch, and on the red-face list after the notice. */
export const ratedUnsolved: Script = (play) => {
  resolved(play)
  rateUnsolved(play)
}
export const ratedUnsolvedToday: Script = (play) => {
  resolved(play)
  play.moveTo(play.now - play.random.between(8, 12) * hourMs)
  rate(play, 'no', 'dissatisfied', remarks.unsolved)
}
export const ratedUnsolvedAndDispatchedAgain: Script = (play) => {
  ratedUnsolved(play)
  play.later(10, 30)
  dispatch(play)
}
/** On the list, fixed again, and cleared by the reporter's own word; posted first where others are in it. */
export const clearedByReporter: Script = (play) => {
  ratedUnsolved(play)
  play.later(30, 60)
  fixAgain(play)
  rateWell(play)
}
/** The reporter has said yes, and the others have not yet had their three working days (公示). */
export const posted: Script = (play) => {
  ratedUnsolved(play)
  play.later(30, 60)
  tellProgress(play, 'secretary')
  daysAgo(play, 0.5, 0.8)
  resolveNow(play)
  play.moveTo(play.now - 5 * hourMs)
  rate(play, 'yes', 'satisfied', remarks.satisfied)
}

/** The causes of this kind that stand now. */
const causeNos = (play: Play, cause: RedFaceCause): readonly number[] =>
  activeEpisode(play.report().redFaces)?.causes.flatMap((one) => (one.cause === cause ? one.no : [])) ?? []

/** Disputes one cause and leaves the others alone. */
const appealCause = (play: Play, cause: RedFaceCause, reason: string): void =>
  play.act('secretary', { kind: 'appeal-red-face', reason, causeNos: causeNos(play, cause) })

/** Two causes; only the late acceptance is disputed. */
export const appealPending: Script = (play) => {
  play.moveTo(play.report().deadlines.acceptDueAt + play.random.between(2, 5) * hourMs)
  play.act('secretary', { kind: 'accept' })
  contact(play)
  resolveOwnHands(play, 0.05, 0.1)
  rateUnsolved(play)
  daysAgo(play, 0.9, 1.4)
  appealCause(play, 'accept-overdue', '那天全镇停电，系统打不开，上午已经到现场')
}
const appealVerdict = (play: Play): void => {
  takeOn(play)
  resolveOwnHands(play, 0.05, 0.15)
  play.later(3, 10)
  rate(play, 'no', 'dissatisfied', remarks.unsolved)
  play.later(4, 8)
  appealCause(play, 'rated-unsolved', '已按约定办完，剩下的是住户之间的争议，正在协商')
}
/** A resident's verdict is struck only after somebody has gone and seen, and has heard them (F3). */
export const appealUpheld: Script = (play) => {
  appealVerdict(play)
  play.later(2, 6)
  play.act('reporter', { kind: 'say-to-appeal', words: '台阶还是高出一块，雨天滑', photos: [] })
  play.later(10, 30)
  play.act('one-level-up', {
    kind: 'look',
    finding: 'solved',
    note: '现场看过，路面已经修好，争议的是门前台阶',
    photos: after(play),
  })
  play.later(1, 5)
  rule(play, 'appeal-red-face', true, '现场核实已经办好，争议部分另案处理')
}
export const appealDenied: Script = (play) => {
  appealVerdict(play)
  play.later(10, 30)
  rule(play, 'appeal-red-face', false, '群众意见属实，请继续整改')
}
export const declared: Script = (play) => {
  takeOn(play)
  play.later(3, 8)
  play.act('secretary', { kind: 'declare-red-face', note: '群众反映多次，支部先把自己列上，限期改好' })
}
/** New evidence between the resolutions asks everybody again. */
export const evidenceLaid: Script = (play) => {
  declared(play)
  daysAgo(play, 1, 2)
  play.act('secretary', { kind: 'lay-evidence', note: '又清了一遍，换了带盖的箱子', photos: after(play) })
}
/** Accepted too late and worked on since: the entry leaves the page by itself (F5). */
export const cameLate: Script = (play) => {
  play.moveTo(play.report().deadlines.acceptDueAt + play.random.between(40, 60) * hourMs)
  takeOn(play)
  play.later(6, 20)
  tellProgress(play, 'secretary')
}
/** The plan of a hardening came after its date (K3). */
export const planLate: Script = (play) => {
  accept(play)
  contact(play)
  const { planDueAt } = play.report().deadlines
  if (planDueAt === undefined) throw new Error(`${play.report().id} needs no plan`)
  play.moveTo(planDueAt + 3 * dayMs + play.random.between(1, 20) * hourMs)
  layPlan(play)
}
/** Past its limit, then fixed; the reporter stays silent and the neighbours confirm. */
export const clearedByNeighbours =
  (neighbours: readonly string[]): Script =>
  (play) => {
    takeOn(play)
    play.moveTo(play.report().deadlines.resolveDueAt + play.random.between(50, 90) * hourMs)
    fixAgain(play)
    for (const supporter of neighbours) {
      play.later(5, 20)
      play.act({ supporter }, { kind: 'answer-red-face', isGone: true, note: '' })
    }
  }

const silentUntilLook = (play: Play): void => {
  takeOn(play)
  play.moveTo(play.report().deadlines.resolveDueAt + play.random.between(50, 90) * hourMs)
  fixAgain(play)
  const evidenceAt = play.report().resolvedAt ?? play.now
  play.moveTo(evidenceAt + 7 * dayMs + play.random.between(3, 20) * hourMs)
  play.act('secretary', { kind: 'ask-look', note: '' })
}
/** Nobody answers for seven days, so the branch asks one level up to go and see; nobody has been there yet. */
export const lookAsked: Script = (play) => {
  declared(play)
  daysAgo(play, 8.3, 8.6)
  resolveNow(play)
  daysAgo(play, 0.8, 1)
  play.act('secretary', { kind: 'ask-look', note: '' })
}
export const clearedOnTheSpot: Script = (play) => {
  silentUntilLook(play)
  play.later(10, 40)
  play.act('one-level-up', {
    kind: 'look',
    finding: 'solved',
    note: '到现场看过，已经修好',
    photos: after(play),
  })
}
/** A neighbour with a picture says no, somebody goes and sees: it is not solved. */
export const lookedUnsolved =
  (supporter: string): Script =>
  (play) => {
    ratedUnsolved(play)
    play.later(30, 60)
    fixAgain(play)
    play.later(10, 20)
    play.act(
      { supporter },
      { kind: 'answer-red-face', isGone: false, note: '里边那截还是泥', photo: play.matter.before[0] ?? '' },
    )
    play.later(20, 40)
    play.act('one-level-up', {
      kind: 'look',
      finding: 'unsolved',
      note: '巷口铺好了，里边二十米没有铺',
      photos: play.matter.before.slice(0, 1),
    })
  }
/** A supporter appeals against the closing. */
export const closingAppealed =
  (supporter: string): Script =>
  (play) => {
    closed(play)
    daysAgo(play, 0.8, 1.5)
    play.act({ supporter }, { kind: 'appeal', reason: '我家门口这一段没有弄' })
  }
export const reopenedTwice: Script = (play) => {
  for (let times = 0; times < 2; times += 1) {
    if (times === 0) resolved(play)
    else fixAgain(play)
    rateLater(play, 'yes', 'basically-satisfied', remarks.basically)
    play.later(60, 120)
    play.act('reporter', { kind: 'reopen', reason: play.random.pick(reopenReasons), photos: [] })
  }
}
