import { dayMs } from '../../../ground/instant'
import type { Judge, UnitRef } from '../../organisation/rules/unit'
import type { RuleBook } from '../../rule-book/rules/rule-book'

export const redFaceCauses = [
  'accept-overdue',
  'resolve-overdue',
  'plan-overdue',
  'rated-unsolved',
  'rated-dissatisfied',
  'reopened-twice',
  'recurring',
  'declared',
  'supervised',
] as const
export type RedFaceCause = (typeof redFaceCauses)[number]

/**
 * Causes that something opens. The law has one more, `supervised`: named at the monthly dispatch, which is held without
 * the product as yet (docs/decisions/0056).
 */
export const openedCauses = redFaceCauses.filter((cause) => cause !== 'supervised')

export const redFaceCauseLabels: Readonly<Record<RedFaceCause, string>> = {
  'accept-overdue': '超时未受理',
  'resolve-overdue': '超期未办结',
  'plan-overdue': '超期未报计划',
  'rated-unsolved': '群众评价“没解决”',
  'rated-dissatisfied': '群众评价“不满意”',
  'reopened-twice': '两次重新办理',
  recurring: '同一处反复发生',
  declared: '支部自己列出',
  supervised: '月调度点名督办',
}

/** Causes that rest on what a resident said: struck only after somebody has gone and seen (F3). */
export const verdictCauses: readonly RedFaceCause[] = [
  'rated-unsolved',
  'rated-dissatisfied',
  'reopened-twice',
]

export const isVerdict = ({ cause }: Pick<CauseRecord, 'cause'>): boolean => verdictCauses.includes(cause)

const missedSteps: readonly RedFaceCause[] = ['accept-overdue', 'resolve-overdue', 'plan-overdue']

/** A deadline that went by, not what anybody said. */
export const isMissedStep = (cause: RedFaceCause): boolean => missedSteps.includes(cause)

/** Causes that are over once the late step has come (F5). */
export const lateStepCauses: readonly RedFaceCause[] = ['accept-overdue', 'plan-overdue']

/** Who agreed that the matter is gone, or how else the stay on the list ended. */
export const redFaceConsents = [
  'reporter',
  'posted',
  'supporters',
  'look',
  'came-late',
  'declined',
  'appeal-upheld',
  'merged',
  'withdrawn',
] as const
/** By what a stay on the list ended. */
export type RedFaceConsent = (typeof redFaceConsents)[number]

/** Why somebody has to go and see, whatever is said: words and requests are of one matter, and stay there. */
export type OwedLook = 'reporter-left' | 'supporter-objects' | 'third-unsolved'

/**
 * One reason why a matter is on the list, of the unit it belongs to for good (A3, A4). What several units missed is a
 * cause of each: one of them disputes its own, and nobody else's falls with it (F3).
 */
export interface CauseRecord {
  /** 1, 2, 3 … within the report. */
  readonly no: number
  /** The number under which the ledger knows it, where it was once one with another unit's. */
  readonly sharedNo?: number
  readonly cause: RedFaceCause
  readonly unit: UnitRef
  /** Who acts for the unit since it has ended (A4): disputes it, is told of it, has its entry in their area. */
  readonly heir?: UnitRef
  readonly at: number
  /** It fell due by the clock of an urgent kind: found not urgent, it falls (K4). */
  readonly isUrgent?: boolean
  /** End of the notice: when it becomes public unless something keeps it back. */
  readonly publicAt: number
  /** When it did become public. */
  readonly publishedAt?: number
  /** The appeal that disputes it now. */
  readonly appeal?: { readonly requestNo: number; readonly at: number; readonly heldUntil: number }
  /** Each cause is disputed once (F3). */
  readonly wasAppealed: boolean
  /** Keys of those whose verdict it is; absent where it came along from another matter. Never shown. */
  readonly saidBy?: readonly string[]
  /** An appeal was upheld. */
  readonly struckAt?: number
  /** Who struck it: an appeal against that goes above (H1). */
  readonly struckBy?: Judge
  /** The cause that stands again in this one, struck (F3) or ended by a look (F5): its own rows in the ledger stay. */
  readonly restores?: number
  /** The late step has come since. */
  readonly cameAt?: number
  /** It left the page by itself, `lateStepLeavesPageAfterDays` after it became public. */
  readonly leftAt?: number
  /**
   * When it came into this stay with another matter: whoever is asked here is asked of it from then on (F5), and what is
   * granted here says nothing of it (K8).
   */
  readonly joinedAt?: number
  /** The look that was owed where it came from: it is owed wherever the cause goes (F5). */
  readonly owedLook?: OwedLook
}

/** What a resident says to the evidence: gone, or not. The last word of a person counts. */
export interface Word {
  readonly key: string
  readonly part: 'reporter' | 'co-reporter' | 'supporter'
  readonly isGone: boolean
  readonly hasPicture: boolean
  /** Belongs to a unit concerned: their no counts, their yes is silence (H3). */
  readonly isOwn: boolean
  readonly at: number
  /** When the person joined the matter. */
  readonly joinedAt: number
  /** Somebody went, saw, and found it solved: the no stays shown and stands no more. */
  readonly settledAt?: number
}

/** Evidence that lies before the residents. */
export interface LaidEvidence {
  readonly at: number
  /** Supporters and co-reporters there were: those to whom a yes is posted first. */
  readonly othersCount: number
  /** Where they are not those of a resolution. */
  readonly photos?: readonly string[]
  /** Whose work it shows, where it is no resolution's; absent in evidence of before that was known. */
  readonly unit?: UnitRef
  /** What that unit said with it. */
  readonly note?: string
  /** Who laid it: somebody else is to look (H1). Never shown; absent in evidence of before that was known. */
  readonly laidBy?: Judge
}

/** One stay of a matter on the red-face list, from notice to clearing (上榜 → 销号). */
export interface RedFaceEpisode {
  /** 1, 2, 3 … within the report. */
  readonly no: number
  /** As everybody numbers it (`shownNoOf`). */
  readonly shownNo?: number
  readonly openedAt: number
  readonly causes: readonly CauseRecord[]
  readonly endedAt?: number
  readonly consent?: RedFaceConsent
  /** Who went and saw, where that ended it: an appeal goes above (H1). */
  readonly lookedBy?: Judge
  readonly evidence?: LaidEvidence
  readonly words: readonly Word[]
  /** A yes shown to the others before it clears (公示). */
  readonly posting?: {
    readonly from: number
    readonly until: number
    readonly consent: 'reporter' | 'supporters'
  }
}

/** The stay that has not ended; a report has at most one. */
export const activeEpisode = (episodes: readonly RedFaceEpisode[]): RedFaceEpisode | undefined =>
  episodes.find((episode) => episode.endedAt === undefined)

/** Who acts in what concerns the cause now: the unit it belongs to, or that one's heir (A4). */
export const actingFor = ({ unit, heir }: Pick<CauseRecord, 'unit' | 'heir'>): UnitRef => heir ?? unit

/** Does the cause still stand: neither struck nor gone by itself? */
export const isStanding = (cause: CauseRecord): boolean =>
  cause.struckAt === undefined && cause.leftAt === undefined

/** No word ends a stay that it is in (F5). A third 没解决 asks for a look, and keeps nobody from agreeing. */
export const isForLookAlone = ({ owedLook }: Pick<CauseRecord, 'owedLook'>): boolean =>
  owedLook !== undefined && owedLook !== 'third-unsolved'

export const standingCauses = (episode: RedFaceEpisode): readonly CauseRecord[] =>
  episode.causes.filter(isStanding)

/** Since when the cause stands in its stay: one that was brought back, or came with another matter, since it was, or did. */
const standsSince = ({ at, restores, publishedAt = at, joinedAt = at }: CauseRecord): number =>
  Math.max(joinedAt, restores === undefined ? at : publishedAt)

/**
 * Since when 修好了吗 is asked: since the evidence was laid, or since the last cause arose that it has to speak for. What
 * somebody said before a cause arose was said of the others (F5). By what is untold nobody is asked again.
 */
export const askedSince = (episode: RedFaceEpisode): number | undefined =>
  episode.evidence &&
  Math.max(
    episode.evidence.at,
    ...standingCauses(episode).flatMap((cause) => (isUntold(cause) ? [] : [standsSince(cause)])),
  )

/**
 * F5: a yes rides on no posting that began before the evidence was laid that it is said to, or before a cause came with
 * another matter and its people: neither has been shown to everybody for as long as is due.
 */
export const isPostingOfOther = (episode: RedFaceEpisode): boolean => {
  const { posting, evidence } = episode
  if (!posting) return false
  const came = standingCauses(episode).flatMap((cause) => (isUntold(cause) ? [] : (cause.joinedAt ?? [])))
  return posting.from < Math.max(evidence?.at ?? posting.from, ...came)
}

/** The last stay that a look has ended, unless it has been brought back since. */
export const endedByLook = (episodes: readonly RedFaceEpisode[]): RedFaceEpisode | undefined => {
  const ended = episodes.filter((episode) => episode.consent === 'look')
  const last = ended[ended.length - 1]
  const restored = new Set(episodes.flatMap((episode) => episode.causes.map((cause) => cause.restores)))
  return last?.causes.some((cause) => restored.has(cause.no)) ? undefined : last
}

/** How a stay ends with the residents' own word, or with the matter's. A look is a level's word: that is appealed. */
const settlingConsents: readonly (RedFaceConsent | undefined)[] = [
  'reporter',
  'posted',
  'supporters',
  'declined',
]

/**
 * The last stay that has been cleared, as far as its reporters know of it: what was struck, went along with a merging or
 * left by itself nobody has agreed to, or had to.
 */
export const lastCleared = (episodes: readonly RedFaceEpisode[]): RedFaceEpisode | undefined =>
  episodes.findLast(
    (episode) =>
      isTold(episode) && (episode.consent === 'look' || settlingConsents.includes(episode.consent)),
  )

/** Verdicts that an appeal has struck and nobody has restored, in a matter not cleared since. */
export const struckVerdicts = (episodes: readonly RedFaceEpisode[]): readonly CauseRecord[] => {
  const lastSettled = episodes.reduce(
    (last, episode) => (settlingConsents.includes(episode.consent) ? episode.no : last),
    0,
  )
  const restored = new Set(episodes.flatMap((episode) => episode.causes.map((cause) => cause.restores)))
  return episodes
    .filter((episode) => episode.no > lastSettled)
    .flatMap((episode) => episode.causes)
    .filter((cause) => cause.struckAt !== undefined && isVerdict(cause) && !restored.has(cause.no))
}

/** Among the stays that have become public: one that ended within its notice leaves its number to the next (F3). */
export const shownNoOf = ({ no, shownNo }: Pick<RedFaceEpisode, 'no' | 'shownNo'>): number => shownNo ?? no

/** Has everyone been able to see some of it? Of what was, and for its number; of what is on the page now ask `isOnPage`. */
export const hasBeenPublic = (episode: RedFaceEpisode): boolean =>
  episode.causes.some((cause) => cause.publishedAt !== undefined)

/** Does everybody read now that it is on the list? All that was public may have been struck, or gone, since (F3, F5). */
export const isOnPage = (episode: RedFaceEpisode): boolean =>
  episode.endedAt === undefined && standingCauses(episode).some((cause) => cause.publishedAt !== undefined)

/**
 * S1: that a matter comes back tells whoever chose its place where the exact place of somebody else's lies. Until
 * everybody reads it, it is told to no resident, its reporter included.
 */
export const isUntold = ({ cause, publishedAt }: Pick<CauseRecord, 'cause' | 'publishedAt'>): boolean =>
  cause === 'recurring' && publishedAt === undefined

/** Whether its reporters know of the stay: of one that has untold causes alone they do not. */
export const isTold = ({ causes }: Pick<RedFaceEpisode, 'causes'>): boolean =>
  causes.some((cause) => !isUntold(cause))

/** Whether a cause stands that its reporters know of. */
export const isToldToStand = (episode: RedFaceEpisode): boolean =>
  standingCauses(episode).some((cause) => !isUntold(cause))

/** F2: who said 我也遇到 knows of what everybody may know, and of a yes that is posted to them (F5). */
export const isBeforeSupporters = (episode: RedFaceEpisode): boolean =>
  isOnPage(episode) || episode.posting !== undefined

export const changeActive = (
  episodes: readonly RedFaceEpisode[],
  changed: (episode: RedFaceEpisode) => RedFaceEpisode,
): readonly RedFaceEpisode[] =>
  episodes.map((episode) => (episode.endedAt === undefined ? changed(episode) : episode))

/** Changes the causes of the running episode that are meant. */
export const changeCauses = (
  episodes: readonly RedFaceEpisode[],
  isMeant: (cause: CauseRecord) => boolean,
  changed: (cause: CauseRecord) => CauseRecord,
): readonly RedFaceEpisode[] =>
  changeActive(episodes, (episode) => ({
    ...episode,
    causes: episode.causes.map((cause) => (isMeant(cause) ? changed(cause) : cause)),
  }))

/** For its reporters the stay begins with the first cause they are told of: as if nobody had been asked before. */
const unheard = (
  { evidence: _unasked, posting: _never, ...episode }: RedFaceEpisode,
  { at }: Pick<CauseRecord, 'at'>,
): RedFaceEpisode => ({ ...episode, openedAt: at, words: [] })

/**
 * 上榜: opens an episode, or adds a cause to the running one. A cause that already stands for the same unit is
 * not repeated, and its notice is not restarted: who says so too has a part in it. What comes while an appeal
 * disputes the like, or after the late step of the like has come, is a later cause with a course of its own (F3, F5);
 * and what is public already is not taken into one that is not. What comes with another matter asks again, also where the
 * like stands already.
 */
export const openRedFace = (
  episodes: readonly RedFaceEpisode[],
  {
    // Keys and numbers of another matter mean nothing here.
    appeal: _elsewhere,
    saidBy: _theirs,
    sharedNo: _same,
    restores: _there,
    joinedAt: _then,
    ...cause
  }: Pick<CauseRecord, 'cause' | 'unit' | 'at' | 'publicAt'> & Partial<CauseRecord>,
  here: Pick<CauseRecord, 'saidBy' | 'restores' | 'joinedAt'> = {},
): { readonly episodes: readonly RedFaceEpisode[]; readonly added: CauseRecord | null } => {
  const active = activeEpisode(episodes)
  const isLike = (one: CauseRecord): boolean =>
    one.cause === cause.cause &&
    one.unit.id === cause.unit.id &&
    isStanding(one) &&
    one.appeal === undefined &&
    one.cameAt === undefined &&
    // An urgent clock's may fall when it is found not urgent (K4).
    (!one.isUrgent || cause.isUrgent === true) &&
    (cause.publishedAt === undefined || one.publishedAt !== undefined)
  // What stands again is a cause of its own: its row in the ledger follows the struck one's.
  if (here.restores === undefined && active?.causes.some(isLike)) {
    const { saidBy, joinedAt } = here
    const { owedLook } = cause
    if (saidBy === undefined && joinedAt === undefined && owedLook === undefined)
      return { episodes, added: null }
    const joined = changeCauses(episodes, isLike, (one) => ({
      ...one,
      ...(saidBy ? { saidBy: [...new Set([...(one.saidBy ?? []), ...saidBy])] } : {}),
      ...(joinedAt === undefined ? {} : { joinedAt }),
      ...(owedLook ? { owedLook: isForLookAlone(one) ? one.owedLook : owedLook } : {}),
    }))
    return { episodes: joined, added: null }
  }
  const no = episodes.reduce((count, episode) => count + episode.causes.length, 0) + 1
  // Who acts for an ended unit in this matter acts for it in what comes later, too.
  const heir = cause.heir ?? active?.causes.find((one) => one.unit.id === cause.unit.id && one.heir)?.heir
  // Taken along from another matter, it has been disputed already if it was there: each cause once (F3).
  const added: CauseRecord = {
    ...cause,
    ...(heir ? { heir } : {}),
    ...here,
    no,
    wasAppealed: cause.wasAppealed ?? false,
  }
  return active
    ? {
        episodes: changeActive(episodes, (one) => ({
          ...(isToldToStand(one) || isUntold(added) ? one : unheard(one, added)),
          causes: [...one.causes, added],
        })),
        added,
      }
    : {
        episodes: [
          ...episodes,
          {
            no: episodes.length + 1,
            shownNo: Math.max(0, ...episodes.filter(hasBeenPublic).map(shownNoOf)) + 1,
            openedAt: cause.at,
            causes: [added],
            words: [],
          },
        ],
        added,
      }
}

/**
 * When a cause becomes public if nothing else happens: at the end of its notice, later while an appeal keeps it
 * back (`appealHoldsWorkingDays` at most) or while a yes is posted. Null when it is public already or never will be.
 */
export const publishesAt = (episode: RedFaceEpisode, cause: CauseRecord): number | null =>
  !isStanding(cause) || cause.publishedAt !== undefined || episode.endedAt !== undefined
    ? null
    : Math.max(cause.publicAt, cause.appeal?.heldUntil ?? 0, episode.posting?.until ?? 0)

/** 销号: how it ended is kept with the episode for good. */
export const endEpisode = (
  episodes: readonly RedFaceEpisode[],
  consent: RedFaceConsent,
  at: number,
): readonly RedFaceEpisode[] =>
  changeActive(episodes, ({ posting: _over, ...episode }) => ({ ...episode, endedAt: at, consent }))

/** New evidence lies before the residents: it asks them again and wipes nothing anybody said. */
export const layEvidence = (
  episodes: readonly RedFaceEpisode[],
  evidence: LaidEvidence,
): readonly RedFaceEpisode[] => changeActive(episodes, (episode) => ({ ...episode, evidence }))

/** Others have come, or left again, since the evidence was laid: a yes is posted to those who are there (F5). */
export const othersCame = (episodes: readonly RedFaceEpisode[], count: number): readonly RedFaceEpisode[] =>
  count === 0
    ? episodes
    : changeActive(episodes, ({ evidence, ...episode }) =>
        evidence
          ? { ...episode, evidence: { ...evidence, othersCount: Math.max(0, evidence.othersCount + count) } }
          : episode,
      )

/** Somebody's part has changed: what they have said counts as the word of what they are now. */
export const nowSpeaksAs = (
  episodes: readonly RedFaceEpisode[],
  key: string,
  part: Word['part'],
): readonly RedFaceEpisode[] =>
  changeActive(episodes, (episode) => ({
    ...episode,
    words: episode.words.map((word) => (word.key === key ? { ...word, part } : word)),
  }))

/** These people are no more in the matter: their words go with them. */
export const forgetWords = (
  episodes: readonly RedFaceEpisode[],
  keys: ReadonlySet<string>,
): readonly RedFaceEpisode[] =>
  changeActive(episodes, (episode) => ({
    ...episode,
    words: episode.words.filter((word) => !keys.has(word.key)),
  }))

/** The evidence has turned out not to hold: nobody is asked about it any more, and no posting of it ends. */
export const withdrawEvidence = (episodes: readonly RedFaceEpisode[]): readonly RedFaceEpisode[] =>
  changeActive(episodes, ({ evidence: _void, posting: _over, ...episode }) => episode)

/**
 * What a look had settled, in a stay that it ended wrongly: these nos stand in the running one (F5). `here`: who is in the
 * matter still, and could be asked again.
 */
export const withNosOf = (
  episodes: readonly RedFaceEpisode[],
  ended: RedFaceEpisode,
  here: ReadonlySet<string>,
): readonly RedFaceEpisode[] =>
  changeActive(episodes, (episode) => {
    const spoken = new Set(episode.words.map((word) => word.key))
    const back = ended.words.flatMap(({ settledAt, ...word }) =>
      settledAt !== undefined && settledAt === ended.endedAt && here.has(word.key) && !spoken.has(word.key)
        ? [word]
        : [],
    )
    return { ...episode, words: [...episode.words, ...back] }
  })

/** The nos that stood when a stay ended with the merging of its matter: they stand in the one that runs now (F5). */
export const withStandingNosOf = (
  episodes: readonly RedFaceEpisode[],
  ended: RedFaceEpisode,
): readonly RedFaceEpisode[] =>
  changeActive(episodes, (episode) => ({
    ...episode,
    words: [...episode.words, ...standingNos(ended.words)],
  }))

/** Units that a standing cause of the running episode belongs to, and those that act for them (A4). */
export const blamedUnitIds = (episodes: readonly RedFaceEpisode[]): ReadonlySet<string> => {
  const active = activeEpisode(episodes)
  return new Set(
    active ? standingCauses(active).flatMap((cause) => [cause.unit.id, actingFor(cause).id]) : [],
  )
}

/** Takes one resident's word; a later one of the same person replaces it. */
export const takeWord = (episodes: readonly RedFaceEpisode[], word: Word): readonly RedFaceEpisode[] =>
  changeActive(episodes, (episode) => {
    const words = [...episode.words.filter((known) => known.key !== word.key), word]
    const { posting, ...rest } = episode
    return posting && standingNos(words).length === 0 ? { ...rest, words, posting } : { ...rest, words }
  })

/** So many supporters' nos without a picture stand together (F5). */
export const bareNosThatStand = 2

/** The nos that stand: a reporter's, a supporter's with a picture, or `bareNosThatStand` supporters' without (F5). */
export const standingNos = (words: readonly Word[]): readonly Word[] => {
  const nos = words.filter((word) => !word.isGone && word.settledAt === undefined)
  const isWeak = (word: Word): boolean => word.part === 'supporter' && !word.hasPicture
  return nos.filter(isWeak).length >= bareNosThatStand ? nos : nos.filter((word) => !isWeak(word))
}

/** The nos of a stay that stand, and those that stood until a look settled them: they are counted in S alike (F5). */
export const countedNos = ({ words }: RedFaceEpisode): readonly Word[] => {
  const standing = new Set(standingNos(words))
  return words.filter((word) => standing.has(word) || (!word.isGone && word.settledAt !== undefined))
}

/**
 * What the words of the residents come to, as they stand now: nobody asked, an objection, or an agreement (F3).
 */
export type ConsentState =
  | { readonly kind: 'none' }
  /** Somebody's no stands; a look is due where it is of none of its reporters. */
  | { readonly kind: 'objected'; readonly isLookDue: boolean }
  | { readonly kind: 'agreed'; readonly by: 'reporter' | 'supporters'; readonly isPostedFirst: boolean }

/** Of several who reported it so many agree (F5). */
export const reportersWhoAgree = 2

/** Who there is to consent. */
export interface ConsentParties {
  /** Keys of those who reported it and have not left. */
  readonly reporterKeys: readonly string[]
  /** When one of them last said, elsewhere, something that is neither gone nor not: they are not silent. */
  readonly spokenAt?: number
  readonly now: number
}

/**
 * What the residents say to the evidence (F5). The reporter's yes agrees, `reportersWhoAgree` of them where several
 * reported it; where others are in it, it is posted to them first. After `consentWithinDays` without a word of any reporter
 * the yes of `supportersNeeded` supporters, who joined before the evidence, agrees. A no that stands stops both. A yes of
 * somebody who belongs to a unit concerned is silence (H3), and so is one that was said before a cause arose: a stay
 * ends as a whole, by a consent to all that is in it.
 */
export const consentOf = (
  episode: RedFaceEpisode,
  parties: ConsentParties,
  rules: RuleBook['redFace'],
): ConsentState => {
  const { evidence, words } = episode
  const askedAt = askedSince(episode)
  if (!evidence || askedAt === undefined) return { kind: 'none' }
  const nos = standingNos(words)
  if (nos.length > 0) {
    return {
      kind: 'objected',
      isLookDue: nos.some(({ key, part }) => part === 'supporter' || !parties.reporterKeys.includes(key)),
    }
  }
  const yes = words.filter((word) => word.isGone && !word.isOwn && word.at >= askedAt)
  const reportersYes = yes.filter((word) => parties.reporterKeys.includes(word.key))
  const needed = Math.min(reportersWhoAgree, parties.reporterKeys.length)
  if (needed > 0 && reportersYes.length >= needed) {
    const others = parties.reporterKeys.length - reportersYes.length + evidence.othersCount
    return { kind: 'agreed', by: 'reporter', isPostedFirst: others > 0 }
  }
  const silenceEndsAt = askedAt + rules.consentWithinDays * dayMs
  const haveReportersSpoken =
    (parties.spokenAt ?? Number.NEGATIVE_INFINITY) >= evidence.at ||
    words.some(
      (word) => parties.reporterKeys.includes(word.key) && !(word.isOwn && word.isGone) && word.at >= askedAt,
    )
  const supportersYes = yes.filter((word) => word.part === 'supporter' && word.joinedAt < evidence.at)
  if (
    parties.now >= silenceEndsAt &&
    !haveReportersSpoken &&
    supportersYes.length >= rules.supportersNeeded
  ) {
    return { kind: 'agreed', by: 'supporters', isPostedFirst: false }
  }
  return { kind: 'none' }
}

/** The list's order: days on it × (1 + ln(1 + supporters)); 0 once cleared (F4). */
export const redFaceWeight = (
  entry: { readonly since: number; readonly until: number | null; readonly isCleared: boolean },
  supporterCount: number,
  now: number,
): number =>
  entry.isCleared
    ? 0
    : (Math.max(0, Math.min(entry.until ?? now, now) - entry.since) / dayMs) *
      (1 + Math.log(1 + supporterCount))
