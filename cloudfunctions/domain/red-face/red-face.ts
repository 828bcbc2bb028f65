import type { CategoryId } from '../category/category'
import { dayMs, hourMs } from '../instant'
import type { Point, Remedy } from '../report/report'
import { distanceMetres } from '../routing/geometry'
import type { RuleBook } from '../rules'

export const redFaceCauses = [
  'accept-overdue',
  'resolve-overdue',
  'rated-unsolved',
  'rated-dissatisfied',
  'reopened-twice',
  'recurring',
  'declared',
  'supervised',
] as const
export type RedFaceCause = (typeof redFaceCauses)[number]

export const redFaceCauseLabels: Readonly<Record<RedFaceCause, string>> = {
  'accept-overdue': '超时未受理',
  'resolve-overdue': '超期未办结',
  'rated-unsolved': '群众评价“没解决”',
  'rated-dissatisfied': '群众评价“不满意”',
  'reopened-twice': '两次返工重办',
  recurring: '同一处反复发生',
  declared: '支部自己列出',
  supervised: '月调度点名督办',
}

/** `noticed` the branch has been told, not public yet; `frozen` an appeal runs one level up. */
export type RedFaceState = 'noticed' | 'public' | 'frozen' | 'cleared'

export type RedFaceConsent = 'reporter' | 'supporters' | 'one-level-up' | 'appeal-upheld'

export interface SupporterAnswer {
  readonly key: string
  readonly isGone: boolean
  readonly photo?: string
  readonly at: number
}

/** One stay of a report on the red-face list, from notice to clearing (上榜 → 销号). */
export interface RedFaceEpisode {
  /** 1, 2, 3 … within the report. */
  readonly no: number
  readonly state: RedFaceState
  readonly causes: readonly { readonly cause: RedFaceCause; readonly at: number }[]
  readonly noticedAt: number
  /** When it becomes (or became) public: 24 hours after the notice. */
  readonly publicAt: number
  readonly frozenAt?: number
  readonly clearedAt?: number
  readonly consent?: RedFaceConsent
  /** Since when evidence of a fix lies before the residents; starts the seven days for their answers. */
  readonly evidenceAt?: number
  readonly answers: readonly SupporterAnswer[]
}

/** The stay that has not been cleared; a report has at most one. */
export const activeEpisode = (episodes: readonly RedFaceEpisode[]): RedFaceEpisode | undefined =>
  episodes.find((episode) => episode.state !== 'cleared')

/** Has everyone been able to see it? An appeal within the notice keeps it out of sight, and so does clearing. */
export const hasBeenPublic = (episode: RedFaceEpisode): boolean => {
  const heldBackAt = episode.frozenAt ?? episode.clearedAt
  return episode.state !== 'noticed' && (heldBackAt === undefined || heldBackAt >= episode.publicAt)
}

const changeActive = (
  episodes: readonly RedFaceEpisode[],
  changed: (episode: RedFaceEpisode) => RedFaceEpisode,
): readonly RedFaceEpisode[] =>
  episodes.map((episode) => (episode.state === 'cleared' ? episode : changed(episode)))

/**
 * 上榜: opens an episode, public after the notice, or adds a cause to the running one, which neither repeats
 * a cause nor restarts the notice.
 */
export const openRedFace = (
  episodes: readonly RedFaceEpisode[],
  cause: RedFaceCause,
  at: number,
  noticeHours: number,
): {
  readonly episodes: readonly RedFaceEpisode[]
  readonly episodeNo: number
  readonly change: 'opened' | 'cause-added' | 'none'
} => {
  const active = activeEpisode(episodes)
  if (active?.causes.some((known) => known.cause === cause)) {
    return { episodes, episodeNo: active.no, change: 'none' }
  }
  if (active) {
    return {
      episodes: changeActive(episodes, (episode) => ({
        ...episode,
        causes: [...episode.causes, { cause, at }],
      })),
      episodeNo: active.no,
      change: 'cause-added',
    }
  }
  const opened: RedFaceEpisode = {
    no: episodes.length + 1,
    state: 'noticed',
    causes: [{ cause, at }],
    noticedAt: at,
    publicAt: at + noticeHours * hourMs,
    answers: [],
  }
  return { episodes: [...episodes, opened], episodeNo: opened.no, change: 'opened' }
}

/** Makes the noticed episode public once its notice is over; a frozen one stays out of sight. */
export const publishRedFace = (
  episodes: readonly RedFaceEpisode[],
  now: number,
): { readonly episodes: readonly RedFaceEpisode[]; readonly change: boolean } => {
  const active = activeEpisode(episodes)
  if (active?.state !== 'noticed' || now < active.publicAt) return { episodes, change: false }
  return { episodes: changeActive(episodes, (episode) => ({ ...episode, state: 'public' })), change: true }
}

/** An appeal one level up freezes the noticed or public episode. */
export const freezeRedFace = (episodes: readonly RedFaceEpisode[], at: number): readonly RedFaceEpisode[] =>
  changeActive(episodes, (episode) =>
    episode.state === 'frozen' ? episode : { ...episode, state: 'frozen', frozenAt: at },
  )

/** The appeal was not upheld: public if the notice ended meanwhile, else noticed as before. */
export const unfreezeRedFace = (episodes: readonly RedFaceEpisode[], at: number): readonly RedFaceEpisode[] =>
  changeActive(episodes, (episode) => {
    if (episode.state !== 'frozen') return episode
    const { frozenAt: _over, ...rest } = episode
    return { ...rest, state: at >= episode.publicAt ? 'public' : 'noticed' }
  })

/** 销号: who consented is kept with the episode for good. */
export const clearRedFace = (
  episodes: readonly RedFaceEpisode[],
  consent: RedFaceConsent,
  at: number,
): readonly RedFaceEpisode[] =>
  changeActive(episodes, (episode) => ({ ...episode, state: 'cleared', clearedAt: at, consent }))

/** Evidence of a fix lies before the residents; answers to earlier evidence no longer count. */
export const layEvidence = (episodes: readonly RedFaceEpisode[], at: number): readonly RedFaceEpisode[] =>
  changeActive(episodes, (episode) => ({ ...episode, evidenceAt: at, answers: [] }))

/** Takes one resident's answer to the evidence; a key has one answer, and a later one replaces it. */
export const answerRedFace = (
  episodes: readonly RedFaceEpisode[],
  answer: SupporterAnswer,
): readonly RedFaceEpisode[] =>
  changeActive(episodes, (episode) =>
    episode.evidenceAt === undefined
      ? episode
      : { ...episode, answers: [...episode.answers.filter((known) => known.key !== answer.key), answer] },
  )

/**
 * What the residents say to the evidence. `objected`: somebody, the reporter included, showed a photo that
 * says otherwise, or those who answered are not for the most part content. `agreed`: more than half of the
 * supporters who answered within the window say it is gone. Both wait for the end of the window or for every
 * supporter's answer, except an objection with a photo, which counts at once and also after the window.
 * `silent`: the window has passed without a word that counts; a late “it is gone” does not break the silence,
 * a “not gone” does.
 */
export const supportersVerdict = (
  episode: RedFaceEpisode,
  supporterKeys: readonly string[],
  now: number,
  withinDays: number,
): 'agreed' | 'objected' | 'waiting' | 'silent' => {
  if (episode.evidenceAt === undefined) return 'waiting'
  if (episode.answers.some((answer) => !answer.isGone && answer.photo !== undefined)) return 'objected'
  const endsAt = episode.evidenceAt + withinDays * dayMs
  const counted = episode.answers.filter((answer) => supporterKeys.includes(answer.key) && answer.at < endsAt)
  const hasEveryAnswer = counted.length > 0 && counted.length === new Set(supporterKeys).size
  if (now < endsAt && !hasEveryAnswer) return 'waiting'
  if (counted.length === 0) return episode.answers.every((answer) => answer.isGone) ? 'silent' : 'objected'
  const contentCount = counted.filter((answer) => answer.isGone).length
  return contentCount * 2 > counted.length ? 'agreed' : 'objected'
}

/** One level up may verify on the spot only after the residents stayed silent for the whole window. */
export const mayOneLevelUpVerify = (
  episode: RedFaceEpisode,
  supporterKeys: readonly string[],
  now: number,
  withinDays: number,
): boolean => supportersVerdict(episode, supporterKeys, now, withinDays) === 'silent'

/** The list's order: days open × (1 + ln(1 + supporters)); 0 once cleared. */
export const redFaceWeight = (
  episode: Pick<RedFaceEpisode, 'state' | 'noticedAt'>,
  supporterCount: number,
  now: number,
): number =>
  episode.state === 'cleared'
    ? 0
    : (Math.max(0, now - episode.noticedAt) / dayMs) * (1 + Math.log(1 + supporterCount))

/** A report that has just come in, and what is known of its surroundings. */
export interface RecurrenceFacts {
  readonly categoryId: CategoryId
  readonly point?: Point
  readonly submittedAt: number
  /** Reports that came before it; the new one is not among them. */
  readonly earlierReports: readonly {
    readonly categoryId: CategoryId
    readonly point?: Point
    readonly submittedAt: number
  }[]
  readonly fixes: readonly {
    readonly categoryId: CategoryId
    readonly point?: Point
    readonly remedy: Remedy
    readonly resolvedAt: number
  }[]
}

/**
 * 同一处反复发生: with this one, three reports of one category within 50 m and 90 days, or one more within a
 * year after a stop-gap there (distances, days and count from the rule book). Without a point nothing can be
 * said.
 */
export const isRecurring = (
  facts: RecurrenceFacts,
  rules: RuleBook['redFace'],
): { readonly isRecurring: boolean; readonly reason?: string } => {
  const { point, categoryId, submittedAt } = facts
  const { count, withinMetres, withinDays } = rules.recurrence
  if (!point) return { isRecurring: false }
  const isSameSpot = (other: { readonly categoryId: CategoryId; readonly point?: Point }): boolean =>
    other.categoryId === categoryId &&
    other.point !== undefined &&
    distanceMetres(point, other.point) <= withinMetres
  const isWithin = (at: number, days: number): boolean =>
    at <= submittedAt && submittedAt - at <= days * dayMs

  const reportCount =
    1 +
    facts.earlierReports.filter((other) => isSameSpot(other) && isWithin(other.submittedAt, withinDays))
      .length
  if (reportCount >= count) {
    return {
      isRecurring: true,
      reason: `${withinDays}天内同一处（${withinMetres}米以内）同类问题已反映${reportCount}次`,
    }
  }
  const isStopGapUsedUp = facts.fixes.some(
    (fix) =>
      fix.remedy === 'temporary' &&
      isSameSpot(fix) &&
      isWithin(fix.resolvedAt, rules.temporaryRecurrenceDays),
  )
  return isStopGapUsedUp
    ? {
        isRecurring: true,
        reason: `这一处曾作临时处置，${rules.temporaryRecurrenceDays}天内又出现同样的问题`,
      }
    : { isRecurring: false }
}
