import { activeEpisode, type RedFaceCause } from '../../cloudfunctions/contexts/red-face/rules/red-face'
import type { RequestKind } from '../../cloudfunctions/contexts/report/rules/request'
import { movePoint } from '../../cloudfunctions/ground/geometry'
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
export type Script = (play: Play) => Promise<void>

type Declined = keyof typeof declineNotes

const accept = async (play: Play, fromShare = 0.1, toShare = 0.6): Promise<void> => {
  play.towards(play.report().deadlines.acceptDueAt, fromShare, toShare)
  await play.act(play.random.chance(0.25) ? 'grid-worker' : 'secretary', 'report.accept', {
    publicSummary: play.publicSummary,
  })
}

/** By telephone where a number was left, else by a message that the resident opens, or at the door (C1). */
const contact = async (play: Play): Promise<void> => {
  const { contactDueAt } = play.report().deadlines
  play.towards(contactDueAt, 0.1, 0.6)
  const note = play.random.pick(play.matter.contact)
  if (play.report().hasPhone && play.random.chance(0.7)) {
    await play.act('secretary', 'report.revealPhone', {})
    await play.act('secretary', 'report.contact', { channel: 'phone', note })
    return
  }
  if (play.random.chance(0.5)) {
    await play.act('secretary', 'report.contact', { channel: 'visit', note })
    return
  }
  await play.act('secretary', 'report.contact', { channel: 'message', note })
  play.towards(contactDueAt, 0.1, 0.5)
  await play.act('reporter', 'report.openMessage', {})
}

const layPlan = async (play: Play): Promise<void> => {
  const { resolveDueAt } = play.report().deadlines
  await play.act('secretary', 'report.layPlan', {
    ...play.random.pick(plans),
    doneBy: Math.max(resolveDueAt - 5 * dayMs, play.at() + dayMs),
  })
}

const takeOn = async (play: Play): Promise<void> => {
  await accept(play)
  if (play.report().reporterKey !== null) await contact(play)
  const { planDueAt } = play.report().deadlines
  if (planDueAt === undefined) return
  play.towards(planDueAt, 0.1, 0.5)
  await layPlan(play)
}

const tellProgress = async (play: Play, who: 'secretary' | 'handler'): Promise<void> =>
  play.act(who, 'report.progress', {
    note: play.random.pick(play.matter.progress),
    photos: [],
    isPublic: true,
  })

/** Hands the work to the partner unit that fits best; false when the branch has none. */
const dispatch = async (play: Play): Promise<boolean> => {
  const partner = play.partner()
  if (!partner) return false
  play.towards(play.report().deadlines.resolveDueAt, 0.03, 0.12)
  await play.act('secretary', 'report.dispatch', {
    toUnitId: partner,
    note: play.random.pick(play.matter.dispatch),
  })
  return true
}

/** How it was: what the reporter showed, photographed again, else what such a place looks like. */
const before = (play: Play): string[] => {
  const { photos } = play.report()
  return (photos.length > 0 ? photos : play.matter.before.slice(0, 1)).map(play.photo)
}
const after = (play: Play): string[] => [play.photo(play.random.pick(play.matter.after))]

const claimFixed = async (play: Play, fromShare: number, toShare: number): Promise<void> => {
  play.towards(play.report().deadlines.resolveDueAt, fromShare, toShare)
  await play.act('handler', 'report.claimFixed', {
    note: play.random.pick(play.matter.fixed),
    before: before(play),
    after: after(play),
    remedy: play.matter.remedy,
  })
}

/** The branch looks within the day, and sooner where little time is left. */
const check = async (play: Play): Promise<void> => {
  const { resolveDueAt } = play.report().deadlines
  if (resolveDueAt - play.at() > 2 * dayMs) play.later(2, 16)
  else play.towards(resolveDueAt, 0.1, 0.4)
  await play.act(play.checker(), 'report.check', { note: play.random.pick(checkNotes) })
}

/** Who of the branch may say that its own hands have done it. */
const hands = (play: Play): Who => (play.checker() === 'secretary' ? 'secretary' : 'grid-worker')

const resolveNow = async (play: Play, remedy = play.matter.remedy): Promise<void> =>
  play.act(hands(play), 'report.resolve', {
    note: play.random.pick(play.matter.fixed),
    before: before(play),
    after: after(play),
    remedy,
  })
const resolveOwnHands = async (play: Play, fromShare: number, toShare: number): Promise<void> => {
  play.towards(play.report().deadlines.resolveDueAt, fromShare, toShare)
  await resolveNow(play)
}

/** From accepted to 办结: by the partner unit where there is one for it, else by the branch itself. */
const fix = async (play: Play, fromShare = 0.2, toShare = 0.55): Promise<void> => {
  if (play.random.chance(0.75) && (await dispatch(play))) {
    play.towards(play.report().deadlines.resolveDueAt, 0.1, 0.2)
    if (play.random.chance(0.6)) await tellProgress(play, 'handler')
    await claimFixed(play, fromShare, toShare)
    if (play.random.chance(0.12)) {
      play.later(2, 10)
      await play.act(play.checker(), 'report.rework', { note: play.random.pick(reworkNotes) })
      await claimFixed(play, 0.1, 0.3)
    }
    await check(play)
    return
  }
  if (play.random.chance(0.5)) {
    play.towards(play.report().deadlines.resolveDueAt, 0.05, 0.2)
    await tellProgress(play, 'secretary')
  }
  await resolveOwnHands(play, fromShare, toShare)
}

type Solved = 'yes' | 'partly' | 'no'
type Content = 'satisfied' | 'basically-satisfied' | 'dissatisfied'

const rate = async (
  play: Play,
  solved: Solved,
  satisfaction: Content,
  remark: readonly string[],
  who: Who = 'reporter',
): Promise<void> =>
  play.act(who, 'report.rate', {
    contacted: satisfaction !== 'dissatisfied' || play.random.chance(0.6),
    solved,
    satisfaction,
    remark: play.random.pick(remark),
  })
/** Everybody who reported it answers, one after the other. */
const rateLater = async (play: Play, ...verdict: [Solved, Content, readonly string[]]): Promise<void> => {
  for (const who of play.reporters()) {
    play.later(3, 40)
    await rate(play, ...verdict, who)
  }
}

const rateUnsolved = async (play: Play): Promise<void> => {
  play.later(3, 60)
  await rate(play, 'no', 'dissatisfied', remarks.unsolved)
}
const rateWell = async (play: Play): Promise<void> => rateLater(play, 'yes', 'satisfied', remarks.satisfied)

/** The branch works on a report again that has come back; there is a limit only on the problem's own clock. */
const fixAgain = async (play: Play): Promise<void> => {
  play.later(6, 30)
  await tellProgress(play, 'secretary')
  play.later(24, 72)
  await resolveNow(play, 'lasting')
}

const daysAgo = (play: Play, from: number, to: number): void =>
  play.moveTo(play.now - play.random.between(from, to) * dayMs)

/** Nobody has done anything yet. */
export const leftAlone: Script = async () => {}
export const accepted: Script = takeOn
export const acceptedNotContacted: Script = async (play) => accept(play)
export const acceptedLate: Script = async (play) => {
  play.moveTo(play.report().deadlines.acceptDueAt + play.random.between(20, 50) * hourMs)
  await takeOn(play)
  await fix(play)
  await rateWell(play)
}
export const inProgress: Script = async (play) => {
  await takeOn(play)
  play.later(6, 30)
  await tellProgress(play, 'secretary')
}
export const dispatched: Script = async (play) => {
  await takeOn(play)
  if (!(await dispatch(play))) return
  play.later(10, 40)
  if (play.random.chance(0.6)) await tellProgress(play, 'handler')
}
/** Small enough for the branch's own people: the grid worker does it, the secretary will look. */
export const handedToGridWorker: Script = async (play) => {
  await takeOn(play)
  play.later(1, 3)
  await play.act('secretary', 'report.dispatch', {
    ...play.ownHands(),
    note: play.random.pick(play.matter.dispatch),
  })
}
export const claimedByGridWorker: Script = async (play) => {
  await handedToGridWorker(play)
  await claimFixed(play, 0.1, 0.3)
}
export const sentBack: Script = async (play) => {
  await takeOn(play)
  if (!(await dispatch(play))) return
  play.later(3, 20)
  await play.act('handler', 'report.sendBack', { note: '现场看过，不在我们管护范围，请支部再核实' })
}
export const awaitingCheck: Script = async (play) => {
  await takeOn(play)
  if (!(await dispatch(play))) throw new Error(`${play.report().id}: no partner unit to wait for`)
  await claimFixed(play, 0.1, 0.3)
}
export const reworked: Script = async (play) => {
  await awaitingCheck(play)
  play.later(2, 10)
  await play.act(play.checker(), 'report.rework', { note: play.random.pick(reworkNotes) })
}
export const resolved: Script = async (play) => {
  await takeOn(play)
  await fix(play)
}
/** Long works that were finished in the last days. */
export const resolvedLately: Script = async (play) => {
  await takeOn(play)
  if (!(await dispatch(play))) throw new Error(`${play.report().id}: no partner unit to do the work`)
  play.later(200, 300)
  await tellProgress(play, 'handler')
  daysAgo(play, 2, 5)
  await claimFixed(play, 0, 0.01)
  await check(play)
}
export const closed: Script = async (play) => {
  await resolved(play)
  await rateWell(play)
}
export const closedBasically: Script = async (play) => {
  await resolved(play)
  await rateLater(play, 'yes', 'basically-satisfied', remarks.basically)
}
export const closedPartly: Script = async (play) => {
  await resolved(play)
  await rateLater(play, 'partly', 'basically-satisfied', remarks.partly)
}
export const closedDissatisfied: Script = async (play) => {
  await resolved(play)
  await rateLater(play, 'yes', 'dissatisfied', remarks.dissatisfied)
}
const rule = async (play: Play, request: RequestKind, isGranted: boolean, note: string): Promise<void> =>
  play.act('one-level-up', 'report.ruleOn', { request, isGranted, note })

export const withdrawn: Script = async (play) => {
  play.towards(play.report().deadlines.acceptDueAt, 0.1, 0.5)
  await play.act('reporter', 'report.withdraw', { reason: play.random.pick(['已经自己好了', '报重了', '']) })
  if (play.report().status !== 'withdrawn') await closed(play)
}
/** The reporter moves away; the oldest of those who have it too takes the place, and it goes on. */
export const handedOn: Script = async (play) => {
  await takeOn(play)
  play.later(24, 40)
  await play.act('reporter', 'report.withdraw', { reason: '搬走了' })
  await fix(play)
  await rateWell(play)
}
export const declineAsked =
  (reason: Declined): Script =>
  async (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.2, 0.7)
    await play.act('secretary', 'report.decline', { reason, note: declineNotes[reason] })
  }
export const declined =
  (reason: Declined): Script =>
  async (play) => {
    await declineAsked(reason)(play)
    play.later(3, 20)
    await rule(play, 'decline', true, '情况属实，同意')
  }
/** The level above does not agree: the report is accepted, and the branch goes on with it. */
export const declineDenied: Script = async (play) => {
  await declineAsked('not-real')(play)
  play.later(3, 12)
  await rule(play, 'decline', false, '有居民反映过多次，请受理')
  await contact(play)
  await resolveOwnHands(play, 0.2, 0.5)
}
export const declineAppealed: Script = async (play) => {
  await declined('not-real')(play)
  play.later(6, 20)
  await play.act('reporter', 'report.appeal', { reason: '下雨天才有积水，你们是晴天来看的' })
}
/** The appeal goes above the unit that granted the decline. */
export const declineOverturned: Script = async (play) => {
  await declineAppealed(play)
  play.later(10, 30)
  await play.act('appealed-to', 'report.ruleOn', {
    request: 'appeal-decline',
    isGranted: true,
    note: '雨后复核情况属实，请支部受理',
  })
  play.later(1, 5)
  await play.act('secretary', 'report.accept', {})
  await contact(play)
}

const askToSuspend = async (play: Play, untilAt: number): Promise<void> => {
  const [reason, plan] = play.random.pick(suspensions)
  await play.act('secretary', 'report.suspend', { reason, plan, untilAt })
}
export const suspensionAsked: Script = async (play) => {
  await takeOn(play)
  play.later(5, 20)
  await askToSuspend(play, play.now + 45 * dayMs)
}
export const suspended: Script = async (play) => {
  await suspensionAsked(play)
  play.later(5, 20)
  await rule(play, 'suspend', true, '同意，按计划时间恢复办理')
}
/** The reporter says that what it waits for is there already. */
export const reasonGone: Script = async (play) => {
  await suspended(play)
  daysAgo(play, 1, 2)
  await play.act('reporter', 'report.sayReasonGone', { reason: '污水管上周已经埋好了' })
}
/** Suspended for a while, resumed by the clock, and fixed since. */
export const suspendedAndClosed: Script = async (play) => {
  await takeOn(play)
  play.later(5, 20)
  const untilAt = Math.max(play.at() + 3 * dayMs, play.report().submittedAt + 14 * dayMs)
  await askToSuspend(play, untilAt)
  play.later(5, 20)
  await rule(play, 'suspend', true, '同意')
  play.moveTo(untilAt + 20 * hourMs)
  await resolveOwnHands(play, 0.2, 0.5)
  await rateWell(play)
}
/** At most the original allowance again (K7). */
const askToExtend = async (play: Play): Promise<void> => {
  const { startedAt, resolveDueAt } = play.report().deadlines
  await play.act('secretary', 'report.extend', {
    reason: play.random.pick(extensionReasons),
    resolveDueAt: resolveDueAt + Math.min(15 * dayMs, Math.floor((resolveDueAt - startedAt) * 0.8)),
  })
}
export const extensionAsked: Script = async (play) => {
  await dispatched(play)
  play.later(5, 20)
  await askToExtend(play)
}
export const extended: Script = async (play) => {
  await extensionAsked(play)
  play.later(5, 20)
  await rule(play, 'extend', true, '同意延期，务必保质量')
}
export const extensionRefused: Script = async (play) => {
  await extensionAsked(play)
  play.later(5, 20)
  await rule(play, 'extend', false, '理由不充分，请按期完成')
}

const handTo = async (play: Play, unitId: string, note: string): Promise<void> => {
  play.towards(play.report().deadlines.acceptDueAt, 0.05, 0.2)
  await play.act('secretary', 'report.transfer', { toUnitId: unitId, note })
}
/** Two hand-overs are free; for the third the level above decides who keeps it (A5). */
export const passedAround =
  (unitIds: readonly [second: string, third: string, asked: string]): Script =>
  async (play) => {
    const [second, third, asked] = unitIds
    await handTo(play, second, '位置在他们网格里')
    await handTo(play, third, '是他们包的路段')
    await takeOn(play)
    play.later(2, 6)
    await play.act('secretary', 'report.transfer', { toUnitId: asked, note: '现场核对后，这里是他们的网格' })
  }
export const transferred =
  (unitId: string): Script =>
  async (play) => {
    await handTo(play, unitId, '位置在他们网格里')
    await closed(play)
  }
const giveBack = async (
  play: Play,
  reason: 'not-our-place' | 'needs-upper-level',
  note: string,
): Promise<void> => {
  play.towards(play.report().deadlines.acceptDueAt, 0.05, 0.2)
  await play.act('secretary', 'report.return', { reason, note })
}
export const returnedAndRouted =
  (unitId: string): Script =>
  async (play) => {
    await giveBack(play, 'not-our-place', '过了马路就不是我们社区')
    await routedByHand(unitId)(play)
  }
export const returned: Script = async (play) => giveBack(play, 'needs-upper-level', '牵涉两个村的界线')
export const routedByHand =
  (unitId: string): Script =>
  async (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.1, 0.3)
    await play.act('sorter', 'report.route', { toUnitId: unitId, note: '离你们最近，请先接办' })
    await closed(play)
  }
/** By the branch on the other side of the border. */
export const takenOver: Script = async (play) => {
  play.towards(play.report().deadlines.acceptDueAt, 0.05, 0.2)
  await play.act('alternate', 'report.takeOver', {})
  await closed(play)
}
/** The banner moves it; the reason is public. */
export const reassigned =
  (unitId: string): Script =>
  async (play) => {
    await takeOn(play)
    play.later(20, 40)
    await play.act('banner-clerk', 'report.supervise', { note: '拖了几天没有进展，本周内给居民答复' })
    play.later(10, 24)
    await play.act('banner-clerk', 'report.reassign', {
      toUnitId: unitId,
      note: '路面归他们养护，由他们一并处理',
    })
    await accept(play)
    await tellProgress(play, 'secretary')
  }

/** The branch asks, the resident has not answered yet. */
export const asked: Script = async (play) => {
  await takeOn(play)
  play.later(1, 6)
  await play.act('secretary', 'report.ask', { words: '灯杆上有没有编号？方便的话告诉我们。' })
}
export const askedAndAnswered: Script = async (play) => {
  await asked(play)
  play.later(2, 6)
  await play.act('reporter', 'report.answer', { words: '杆上写着“后炭市17”。', photos: [] })
  await play.act('reporter', 'report.add', { words: '旁边那盏也一闪一闪的。', photos: [] })
  await play.act('secretary', 'report.note', { note: '两盏一起报给供电所' })
}
export const urged: Script = async (play) => {
  await inProgress(play)
  play.later(24, 40)
  await play.act('reporter', 'report.urge', {})
}
/** 没人联系我, said of a call that nobody received. */
export const contactDenied: Script = async (play) => {
  await takeOn(play)
  play.later(2, 8)
  await play.act('reporter', 'report.denyContact', {})
}
export const recalled: Script = async (play) => {
  await dispatched(play)
  play.later(5, 15)
  await play.act('secretary', 'report.recall', { note: '他们这周排不开，支部自己先垫上' })
}
/** Filed as something else; where no clock grows longer the branch puts it right by itself (K9). */
export const corrected: Script = async (play) => {
  await takeOn(play)
  play.later(1, 4)
  const { place } = play.report()
  const point = place.point && movePoint(place.point, 8, 5)
  await play.act('secretary', 'report.relocate', {
    place: { ...place, ...(point ? { point } : {}) },
    note: '实际在路北侧',
  })
  await play.act('secretary', 'report.reclassify', { categoryId: 'ordinary', note: '不用多家一起办' })
  await play.act('secretary', 'report.correctSummary', {
    publicSummary: play.report().publicSummary.slice(0, 30),
  })
}
/** A longer clock needs every reporter's word, or the level above. */
export const reclassifyAsked: Script = async (play) => {
  await takeOn(play)
  play.later(1, 4)
  await play.act('secretary', 'report.reclassify', { categoryId: 'complex', note: '要几家一起办' })
}
export const reclassifyAgreed: Script = async (play) => {
  await reclassifyAsked(play)
  play.later(1, 4)
  await play.act('reporter', 'report.agree', { request: 'reclassify' })
}
/** The branch lists a matter that nobody has reported (declared), and works on it. */
export const declaredByBranch: Script = async (play) => {
  await takeOn(play)
  play.later(20, 40)
  await tellProgress(play, 'secretary')
}

/** 评价“没解决”: back with the branch, and on the red-face list after the notice. */
export const ratedUnsolved: Script = async (play) => {
  await resolved(play)
  await rateUnsolved(play)
}
export const ratedUnsolvedToday: Script = async (play) => {
  await resolved(play)
  play.moveTo(play.now - play.random.between(8, 12) * hourMs)
  await rate(play, 'no', 'dissatisfied', remarks.unsolved)
}
export const ratedUnsolvedAndDispatchedAgain: Script = async (play) => {
  await ratedUnsolved(play)
  play.later(10, 30)
  await dispatch(play)
}
/** On the list, fixed again, and cleared by the reporter's own word; posted first where others are in it. */
export const clearedByReporter: Script = async (play) => {
  await ratedUnsolved(play)
  play.later(30, 60)
  await fixAgain(play)
  await rateWell(play)
}
/** The reporter has said yes, and the others have not yet had their three working days (公示). */
export const posted: Script = async (play) => {
  await ratedUnsolved(play)
  play.later(30, 60)
  await tellProgress(play, 'secretary')
  daysAgo(play, 0.5, 0.8)
  await resolveNow(play)
  play.moveTo(play.now - 5 * hourMs)
  await rate(play, 'yes', 'satisfied', remarks.satisfied)
}

/** The causes of this kind that stand now. */
const causeNos = (play: Play, cause: RedFaceCause): number[] =>
  activeEpisode(play.report().redFaces)?.causes.flatMap((one) => (one.cause === cause ? one.no : [])) ?? []

/** Disputes one cause and leaves the others alone. */
const appealCause = async (play: Play, cause: RedFaceCause, reason: string): Promise<void> =>
  play.act('secretary', 'redFace.appeal', { reason, causeNos: causeNos(play, cause) })

/** Two causes; only the late acceptance is disputed. */
export const appealPending: Script = async (play) => {
  play.moveTo(play.report().deadlines.acceptDueAt + play.random.between(2, 5) * hourMs)
  await play.act('secretary', 'report.accept', {})
  await contact(play)
  await resolveOwnHands(play, 0.05, 0.1)
  await rateUnsolved(play)
  daysAgo(play, 0.9, 1.4)
  await appealCause(play, 'accept-overdue', '那天全镇停电，系统打不开，上午已经到现场')
}
const appealVerdict = async (play: Play): Promise<void> => {
  await takeOn(play)
  await resolveOwnHands(play, 0.05, 0.15)
  play.later(3, 10)
  await rate(play, 'no', 'dissatisfied', remarks.unsolved)
  play.later(4, 8)
  await appealCause(play, 'rated-unsolved', '已按约定办完，剩下的是住户之间的争议，正在协商')
}
/** A resident's verdict is struck only after somebody has gone and seen, and has heard them (F3). */
export const appealUpheld: Script = async (play) => {
  await appealVerdict(play)
  play.later(2, 6)
  await play.act('reporter', 'report.sayToAppeal', { words: '台阶还是高出一块，雨天滑', photos: [] })
  play.later(10, 30)
  await play.act('one-level-up', 'report.look', {
    finding: 'solved',
    note: '现场看过，路面已经修好，争议的是门前台阶',
    photos: after(play),
  })
  play.later(1, 5)
  await rule(play, 'appeal-red-face', true, '现场核实已经办好，争议部分另案处理')
}
export const appealDenied: Script = async (play) => {
  await appealVerdict(play)
  play.later(10, 30)
  await rule(play, 'appeal-red-face', false, '群众意见属实，请继续整改')
}
export const declared: Script = async (play) => {
  await takeOn(play)
  play.later(3, 8)
  await play.act('secretary', 'redFace.declare', { note: '群众反映多次，支部先把自己列上，限期改好' })
}
/** New evidence between the resolutions asks everybody again. */
export const evidenceLaid: Script = async (play) => {
  await declared(play)
  daysAgo(play, 1, 2)
  await play.act('secretary', 'report.layEvidence', {
    note: '又清了一遍，换了带盖的箱子',
    photos: after(play),
  })
}
/** Accepted too late and worked on since: the entry leaves the page by itself (F5). */
export const cameLate: Script = async (play) => {
  play.moveTo(play.report().deadlines.acceptDueAt + play.random.between(40, 60) * hourMs)
  await takeOn(play)
  play.later(6, 20)
  await tellProgress(play, 'secretary')
}
/** The plan of a hardening came after its date (K3). */
export const planLate: Script = async (play) => {
  await accept(play)
  await contact(play)
  const { planDueAt } = play.report().deadlines
  if (planDueAt === undefined) throw new Error(`${play.report().id} needs no plan`)
  play.moveTo(planDueAt + 3 * dayMs + play.random.between(1, 20) * hourMs)
  await layPlan(play)
}
/** Past its limit, then fixed; the reporter stays silent and the neighbours confirm. */
export const clearedByNeighbours =
  (neighbours: readonly string[]): Script =>
  async (play) => {
    await takeOn(play)
    play.moveTo(play.report().deadlines.resolveDueAt + play.random.between(50, 90) * hourMs)
    await fixAgain(play)
    for (const supporter of neighbours) {
      play.later(5, 20)
      await play.act({ supporter }, 'redFace.answer', { isGone: true, note: '' })
    }
  }

const silentUntilLook = async (play: Play): Promise<void> => {
  await takeOn(play)
  play.moveTo(play.report().deadlines.resolveDueAt + play.random.between(50, 90) * hourMs)
  await fixAgain(play)
  const evidenceAt = play.report().resolvedAt ?? play.now
  play.moveTo(evidenceAt + 7 * dayMs + play.random.between(3, 20) * hourMs)
  await play.act('secretary', 'report.askLook', { note: '' })
}
/** Nobody answers for seven days, so the branch asks one level up to go and see; nobody has been there yet. */
export const lookAsked: Script = async (play) => {
  await declared(play)
  daysAgo(play, 8.3, 8.6)
  await resolveNow(play)
  daysAgo(play, 0.8, 1)
  await play.act('secretary', 'report.askLook', { note: '' })
}
export const clearedOnTheSpot: Script = async (play) => {
  await silentUntilLook(play)
  play.later(10, 40)
  await play.act('one-level-up', 'report.look', {
    finding: 'solved',
    note: '到现场看过，已经修好',
    photos: after(play),
  })
}
/** A neighbour with a picture says no, somebody goes and sees: it is not solved. */
export const lookedUnsolved =
  (supporter: string): Script =>
  async (play) => {
    await ratedUnsolved(play)
    play.later(30, 60)
    await fixAgain(play)
    play.later(10, 20)
    await play.act({ supporter }, 'redFace.answer', {
      isGone: false,
      note: '里边那截还是泥',
      photo: play.photo(play.matter.before[0] ?? ''),
    })
    play.later(20, 40)
    await play.act('one-level-up', 'report.look', {
      finding: 'unsolved',
      note: '巷口铺好了，里边二十米没有铺',
      photos: play.matter.before.slice(0, 1).map(play.photo),
    })
  }
/** A supporter appeals against the closing. */
export const closingAppealed =
  (supporter: string): Script =>
  async (play) => {
    await closed(play)
    daysAgo(play, 0.8, 1.5)
    await play.act({ supporter }, 'report.appeal', { reason: '我家门口这一段没有弄' })
  }
export const reopenedTwice: Script = async (play) => {
  for (let times = 0; times < 2; times += 1) {
    if (times === 0) await resolved(play)
    else await fixAgain(play)
    await rateLater(play, 'yes', 'basically-satisfied', remarks.basically)
    play.later(60, 120)
    await play.act('reporter', 'report.reopen', { reason: play.random.pick(reopenReasons), photos: [] })
  }
}
