import { dayMs, hourMs } from '../../cloudfunctions/domain/instant'
import { contactChannels } from '../../cloudfunctions/domain/report/commands'
import type { RoutedUnit } from '../../cloudfunctions/domain/routing/routing'
import type { Play } from './play'
import {
  checkNotes,
  declineNotes,
  extensionReasons,
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

const contact = (play: Play): void => {
  play.towards(play.report().deadlines.contactDueAt, 0.1, 0.6)
  if (play.report().hasPhone && play.random.chance(0.7)) play.act('secretary', { kind: 'reveal-phone' })
  play.act('secretary', {
    kind: 'contact',
    channel: play.random.pick(contactChannels),
    note: play.random.pick(play.matter.contact),
  })
}

const takeOn = (play: Play): void => {
  accept(play)
  contact(play)
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
  play.act('secretary', { kind: 'check', note: play.random.pick(checkNotes) })
}

const resolveOwnHands = (play: Play, fromShare: number, toShare: number): void => {
  play.towards(play.report().deadlines.resolveDueAt, fromShare, toShare)
  play.act('secretary', {
    kind: 'resolve',
    note: play.random.pick(play.matter.fixed),
    before: before(play),
    after: after(play),
    remedy: play.matter.remedy,
  })
}

/** From accepted to 办结: by the partner unit where there is one for it, else by the branch itself. */
const fix = (play: Play, fromShare = 0.2, toShare = 0.55): void => {
  if (play.random.chance(0.75) && dispatch(play)) {
    play.towards(play.report().deadlines.resolveDueAt, 0.1, 0.2)
    if (play.random.chance(0.6)) tellProgress(play, 'handler')
    claimFixed(play, fromShare, toShare)
    if (play.random.chance(0.12)) {
      play.later(2, 10)
      play.act('secretary', { kind: 'rework', note: play.random.pick(reworkNotes) })
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

const rate = (
  play: Play,
  solved: 'yes' | 'partly' | 'no',
  satisfaction: 'satisfied' | 'basically-satisfied' | 'dissatisfied',
  remark: readonly string[],
): void => {
  play.later(3, 60)
  play.act('reporter', {
    kind: 'rate',
    rating: {
      contacted: satisfaction !== 'dissatisfied' || play.random.chance(0.6),
      solved,
      satisfaction,
      remark: play.random.pick(remark),
    },
  })
}

const rateUnsolved = (play: Play): void => rate(play, 'no', 'dissatisfied', remarks.unsolved)
const rateWell = (play: Play): void => rate(play, 'yes', 'satisfied', remarks.satisfied)

/** The branch works on a report again that has come back; there is a limit only on the problem's own clock. */
const fixAgain = (play: Play): void => {
  play.later(6, 30)
  tellProgress(play, 'secretary')
  play.later(24, 72)
  play.act('secretary', {
    kind: 'resolve',
    note: play.random.pick(play.matter.fixed),
    before: before(play),
    after: after(play),
    remedy: 'lasting',
  })
}

const daysAgo = (play: Play, from: number, to: number): void =>
  play.moveTo(play.now - play.random.between(from, to) * dayMs)

/** Nobody has done anything yet. */
export const leftAlone: Script = () => {}
export const accepted: Script = takeOn
export const acceptedNotContacted: Script = (play) => accept(play)
export const acceptedLate: Script = (play) => {
  play.moveTo(play.report().deadlines.acceptDueAt + play.random.between(20, 50) * hourMs)
  play.act('secretary', { kind: 'accept' })
  contact(play)
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
  play.act('secretary', { kind: 'rework', note: play.random.pick(reworkNotes) })
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
  rate(play, 'yes', 'basically-satisfied', remarks.basically)
}
export const closedPartly: Script = (play) => {
  resolved(play)
  rate(play, 'partly', 'basically-satisfied', remarks.partly)
}
export const closedDissatisfied: Script = (play) => {
  resolved(play)
  rate(play, 'yes', 'dissatisfied', remarks.dissatisfied)
}
export const withdrawn: Script = (play) => {
  play.towards(play.report().deadlines.acceptDueAt, 0.1, 0.5)
  play.act('reporter', { kind: 'withdraw', reason: play.random.pick(['已经自己好了', '报重了', '']) })
}
export const declined =
  (reason: Declined): Script =>
  (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.2, 0.7)
    play.act('secretary', { kind: 'decline', reason, note: declineNotes[reason] })
  }
export const declineAppealed: Script = (play) => {
  declined('not-real')(play)
  play.later(6, 20)
  play.act('reporter', { kind: 'appeal', reason: '下雨天才有积水，你们是晴天来看的' })
}
export const declineOverturned: Script = (play) => {
  declineAppealed(play)
  play.later(10, 30)
  play.act('one-level-up', {
    kind: 'decide',
    request: 'appeal-decline',
    isGranted: true,
    note: '雨后复核情况属实，请支部受理',
  })
  play.later(1, 5)
  play.act('secretary', { kind: 'accept' })
  contact(play)
}
export const mergedInto =
  (parent: { readonly id: string; readonly branchId: string; readonly submittedAt: number }): Script =>
  (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.1, 0.5)
    play.act('secretary', {
      kind: 'merge',
      parent: { ...parent, categoryId: play.report().categoryId, isOpen: true },
    })
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
  play.act('one-level-up', {
    kind: 'decide',
    request: 'suspend',
    isGranted: true,
    note: '同意，按计划时间恢复办理',
  })
}
/** Suspended for a while, resumed by the clock, and fixed since. */
export const suspendedAndClosed: Script = (play) => {
  takeOn(play)
  play.later(5, 20)
  const untilAt = play.report().submittedAt + 14 * dayMs
  askToSuspend(play, untilAt)
  play.later(5, 20)
  play.act('one-level-up', { kind: 'decide', request: 'suspend', isGranted: true, note: '同意' })
  play.moveTo(untilAt + 20 * hourMs)
  resolveOwnHands(play, 0.2, 0.5)
  rateWell(play)
}
const askToExtend = (play: Play): void =>
  play.act('secretary', {
    kind: 'extend',
    reason: play.random.pick(extensionReasons),
    resolveDueAt: Math.max(play.report().deadlines.resolveDueAt, play.now) + 15 * dayMs,
  })
export const extensionAsked: Script = (play) => {
  dispatched(play)
  play.later(5, 20)
  askToExtend(play)
}
export const extended: Script = (play) => {
  extensionAsked(play)
  play.later(5, 20)
  play.act('one-level-up', {
    kind: 'decide',
    request: 'extend',
    isGranted: true,
    note: '同意延期，务必保质量',
  })
}
export const extensionRefused: Script = (play) => {
  extensionAsked(play)
  play.later(5, 20)
  play.act('one-level-up', {
    kind: 'decide',
    request: 'extend',
    isGranted: false,
    note: '理由不充分，请按期完成',
  })
}
export const transferAsked =
  (to: RoutedUnit): Script =>
  (play) => {
    takeOn(play)
    play.later(3, 10)
    play.act('secretary', { kind: 'transfer', to, note: '现场核对后，这里是他们的网格' })
  }
export const transferred =
  (to: RoutedUnit): Script =>
  (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.05, 0.2)
    play.act('secretary', { kind: 'transfer', to, note: '位置在他们网格里' })
    takeOn(play)
    fix(play)
    rateWell(play)
  }
export const returnedAndRouted =
  (sorter: RoutedUnit, to: RoutedUnit): Script =>
  (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.05, 0.2)
    play.act('secretary', { kind: 'return', reason: 'not-our-place', note: '过了马路就不是我们社区', sorter })
    play.towards(play.report().deadlines.acceptDueAt, 0.1, 0.3)
    play.act('sorter', { kind: 'route', to, note: '以马路中线为界' })
    takeOn(play)
    fix(play)
    rateWell(play)
  }
export const returned =
  (sorter: RoutedUnit): Script =>
  (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.05, 0.2)
    play.act('secretary', { kind: 'return', reason: 'needs-upper-level', note: '牵涉两个村的界线', sorter })
  }
export const routedByHand =
  (to: RoutedUnit): Script =>
  (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.1, 0.3)
    play.act('sorter', { kind: 'route', to, note: '离你们最近，请先接办' })
    takeOn(play)
    fix(play)
    rateWell(play)
  }
export const takenOver =
  (by: RoutedUnit): Script =>
  (play) => {
    play.towards(play.report().deadlines.acceptDueAt, 0.05, 0.2)
    play.act('alternate', { kind: 'take-over', by })
    takeOn(play)
    fix(play)
    rateWell(play)
  }

/** 评价“没解决”: back with the branch, and on the red-face list after the notice. */
export const ratedUnsolved: Script = (play) => {
  resolved(play)
  rateUnsolved(play)
}
export const ratedUnsolvedToday: Script = (play) => {
  resolved(play)
  play.moveTo(play.now - play.random.between(8, 12) * hourMs)
  play.act('reporter', {
    kind: 'rate',
    rating: {
      contacted: true,
      solved: 'no',
      satisfaction: 'dissatisfied',
      remark: play.random.pick(remarks.unsolved),
    },
  })
}
export const ratedUnsolvedAndDispatchedAgain: Script = (play) => {
  ratedUnsolved(play)
  play.later(10, 30)
  dispatch(play)
}
/** On the list, fixed again, and cleared by the reporter's own word. */
export const clearedByReporter: Script = (play) => {
  ratedUnsolved(play)
  play.later(30, 60)
  fixAgain(play)
  rateWell(play)
}
export const appealPending: Script = (play) => {
  ratedUnsolved(play)
  play.later(28, 40)
  play.act('secretary', {
    kind: 'appeal-red-face',
    reason: '已按约定办完，剩下的是住户之间的争议，正在协商',
  })
}
export const appealUpheld: Script = (play) => {
  appealPending(play)
  play.later(10, 30)
  play.act('one-level-up', {
    kind: 'decide',
    request: 'appeal-red-face',
    isGranted: true,
    note: '现场核实已经办好，争议部分另案处理',
  })
}
export const appealDenied: Script = (play) => {
  appealPending(play)
  play.later(10, 30)
  play.act('one-level-up', {
    kind: 'decide',
    request: 'appeal-red-face',
    isGranted: false,
    note: '群众意见属实，请继续整改',
  })
}
export const declared: Script = (play) => {
  takeOn(play)
  play.later(10, 30)
  play.act('secretary', { kind: 'declare-red-face', note: '群众反映多次，支部先把自己列上，限期改好' })
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
/** Nobody answers for seven days, so one level up looks for itself. */
export const clearedOnTheSpot: Script = (play) => {
  takeOn(play)
  play.moveTo(play.report().deadlines.resolveDueAt + play.random.between(50, 90) * hourMs)
  fixAgain(play)
  const evidenceAt = play.report().resolvedAt ?? play.now
  play.moveTo(evidenceAt + 7 * dayMs + play.random.between(3, 30) * hourMs)
  play.act('one-level-up', {
    kind: 'verify-red-face',
    note: '到现场看过，已经修好',
    photos: after(play),
  })
}
export const reopenedTwice: Script = (play) => {
  for (let times = 0; times < 2; times += 1) {
    if (times === 0) resolved(play)
    else fixAgain(play)
    rate(play, 'yes', 'basically-satisfied', remarks.basically)
    play.later(60, 120)
    play.act('reporter', { kind: 'reopen', reason: play.random.pick(reopenReasons), photos: [] })
  }
}
