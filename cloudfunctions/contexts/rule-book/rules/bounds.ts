import type { RuleBook } from './rule-book'

/**
 * Which way a number may go without costing the resident anything: `more` and `less` name the kinder side, on
 * which a level below may move away from the level above (K10); `own` is the banner's own choice.
 */
interface Bound {
  readonly kinder: 'more' | 'less' | 'own'
  readonly name: string
  /** Why this side is the kinder one, as the banner's staff are told it. */
  readonly because: string
}

type Numbered<T> = {
  readonly [K in keyof T as T[K] extends number | object ? K : never]: T[K] extends number
    ? Bound
    : Numbered<T[K]>
}

/** Everything of a rule book but its catalogue and its dates; each of its numbers must have a row in the table below. */
export type Numbers = Omit<RuleBook, 'version' | 'categories' | 'frozenSeason'>

const more = (name: string, because: string): Bound => ({ kinder: 'more', name, because })
const less = (name: string, because: string): Bound => ({ kinder: 'less', name, because })
const own = (name: string, because: string): Bound => ({ kinder: 'own', name, because })

/** K10: the kinder side of every number, once, for the bounds of a new book and for what runs under an old one. */
export const bounds: Numbered<Numbers> = {
  routing: {
    nearestWithinMetres: own('就近分派的距离', '网格疏密各地不同，分到谁都有人负责'),
    defaultAccuracyMetres: own('手选位置的精度', '只影响边界上先分给谁'),
    vagueBeyondMetres: less('位置算不准的界限', '位置越不准，越不该替居民认定责任支部'),
  },
  report: {
    maxSuspensionDays: less('一次挂账的天数', '挂账的时候居民只能等'),
    maxSuspensionDaysInAll: less('挂账总天数', '挂账的时候居民只能等'),
    maxExtensions: less('延期的次数', '每延一次，居民多等一次'),
    freePasses: less('不用批准的转出次数', '转来转去，居民只能等'),
    appealWithinDays: more('申诉的期限', '居民要有时间申诉'),
    rateWithinDays: more('评价的期限', '居民要有时间评价'),
    reopenWithinDays: more('又坏了可退回的期限', '没修牢，不该算居民的'),
    silenceClosesAfterDays: more('没有评价自动结案的天数', '居民要有时间看一看、评一评'),
    reworksBeforeSupervision: less('督办前的返工次数', '返工多了，上级要早点知道'),
    requestMovesUpAfterWorkingDays: less('申请没批就上移的工作日', '没人批，事情就停着'),
    appealUpheldAfterWorkingDays: less('申诉没裁定就成立的工作日', '没人裁定，不该让居民一直等'),
    complaintAskedForWorkingDays: more('问上报人改不改类别的工作日', '上报人要有时间想'),
    messagesADay: less('每天给居民的留言数', '留言多了是打扰'),
    urgeEveryHours: less('催办的间隔', '居民要催得了'),
    withdrawnClockKeptDays: more('撤回后保留时限的天数', '撤回再报不该让时限重来'),
  },
  redFace: {
    noticeHours: less('公开前的预告小时', '预告越长，公开越晚'),
    noticeWorkingHours: less('预告里的工作小时', '预告越长，公开越晚'),
    noNoticeWithinDays: more('再犯不预告的天数', '居民没同意就销号的，再犯要马上公开'),
    appealHoldsWorkingDays: less('申诉暂缓公开的工作日', '暂缓越长，公开越晚'),
    appealLapsesAfterWorkingDays: less('申诉没裁定就失效的工作日', '申诉挂着，居民看不到结果'),
    hearingWorkingDays: more('听居民说明的工作日', '评价要撤，居民要有时间说话'),
    recurrence: {
      count: less('算反复发生的次数', '同一处再坏，居民不该等到更多次'),
      withinMetres: more('算同一处的距离', '圈得太小，反复就看不出来'),
      withinDays: more('算反复发生的天数', '日子太短，反复就看不出来'),
    },
    consentWithinDays: more('等上报人回答的天数', '上报人要有时间看'),
    supportersNeeded: more('代为同意的居民人数', '人太少，代表不了大家'),
    postingWorkingDays: more('销号公示的工作日', '别的居民要有时间说没修好'),
    evidenceEveryDays: more('重放证据的间隔', '反复问是逼居民松口'),
    lateStepLeavesPageAfterDays: more('迟办条目留榜的天数', '大家要有时间看到'),
    unsolvedBeforeLook: less('上级到现场前的没解决次数', '说了几回没解决，上级就该去看'),
  },
  rates: {
    weights: {
      response: own('响应率的权重', '合起来是一，随数字一起公布'),
      solved: own('解决率的权重', '合起来是一，随数字一起公布'),
      satisfaction: own('满意率的权重', '合起来是一，随数字一起公布'),
    },
    smallSample: more('样本不足的界限', '件数太少，比不出好坏'),
    reopenedWithinDays: more('办结后又退回不算解决的天数', '没修牢，不该算解决'),
  },
}

const isBound = (row: object): row is Bound => 'kinder' in row

/** Every number of a book with its row, in the order of the table. */
function* rowsOf<T extends object>(
  table: Numbered<T>,
  one: T,
  other: T,
): Generator<readonly [Bound, number, number]> {
  for (const [key, row] of Object.entries(table as Readonly<Record<string, object>>)) {
    const [mine, theirs] = [one[key as keyof T], other[key as keyof T]]
    if (isBound(row)) yield [row, mine as number, theirs as number]
    else yield* rowsOf(row as Numbered<object>, mine as object, theirs as object)
  }
}

/** The numbers of `book` that cost the resident more than those of the level above, each in words. */
export const numbersBeyond = (book: Numbers, above: Numbers): readonly string[] =>
  [...rowsOf<Numbers>(bounds, book, above)].flatMap(([{ kinder, name, because }, is, limit]) => {
    if (kinder === 'less' && is > limit) return [`${name}${is}多于上一级的${limit}：${because}`]
    if (kinder === 'more' && is < limit) return [`${name}${is}少于上一级的${limit}：${because}`]
    return []
  })

const kinderOf = <T extends object>(table: Numbered<T>, one: T, other: T): T => {
  const merged: Record<string, unknown> = { ...(one as Readonly<Record<string, unknown>>) }
  for (const [key, row] of Object.entries(table as Readonly<Record<string, object>>)) {
    const [mine, theirs] = [one[key as keyof T], other[key as keyof T]]
    if (!isBound(row)) merged[key] = kinderOf(row as Numbered<object>, mine as object, theirs as object)
    else if (row.kinder === 'more') merged[key] = Math.max(mine as number, theirs as number)
    else if (row.kinder === 'less') merged[key] = Math.min(mine as number, theirs as number)
  }
  return merged as T
}

/** Of each number the one that is kinder to the resident; what is the banner's own choice is `present`'s. */
export const kinderNumbers = (present: Numbers, then: Numbers): Numbers =>
  kinderOf<Numbers>(bounds, present, then)
