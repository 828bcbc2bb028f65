import { monthDayText } from '../../../ground/instant'
import type { FrozenSeason } from '../../calendar/rules/frozen-season'
import type { Allowance, Category, CategoryId } from '../../category/rules/category'
import { allowanceWords, isNeverLonger } from './allowances'
import { numbersBeyond } from './bounds'
import { categoryOf, type RuleBook } from './rule-book'

/** Without these somebody in danger, somebody wronged or somebody with no word for it could not report at all. */
const keptCategories: readonly CategoryId[] = ['danger', 'about-branch', 'ordinary']

const allowanceNames = {
  acceptWithin: '受理',
  contactWithin: '联系',
  planWithin: '报计划',
  resolveWithin: '办结',
} as const
export const allowanceKeys = Object.keys(allowanceNames) as readonly (keyof typeof allowanceNames)[]

const longerAllowances = (category: Category, above: Category): readonly string[] =>
  allowanceKeys.flatMap((key) => {
    const is: Allowance | undefined = category[key]
    const limit: Allowance | undefined = above[key]
    // A plan comes before the work is due: where the level above has none, adding one could put the work off.
    if (!is || !limit) return is === limit ? [] : [`${allowanceNames[key]}的时限和上一级的有无不一致`]
    return isNeverLonger(is, limit, category.isUrgent)
      ? []
      : [`${allowanceNames[key]}${allowanceWords(is)}，可能长于上一级的${allowanceWords(limit)}`]
  })

/** K6: the longer the ground counts as frozen, the longer residents can be made to wait. */
const seasonFaults = ({ from, until }: FrozenSeason, above: FrozenSeason): readonly string[] => [
  ...(from >= above.from
    ? []
    : [`上冻的日子${monthDayText(from)}早于上一级的${monthDayText(above.from)}：土没冻，居民不该等`]),
  ...(until <= above.until
    ? []
    : [`开春的日子${monthDayText(until)}晚于上一级的${monthDayText(above.until)}：土化了，居民不该等`]),
]

/** What of a category is not within the same category of the level above, in words. */
const categoryFaults = (category: Category, above: Category): readonly string[] => [
  ...(category.groupId === above.groupId ? [] : ['分组和上一级的不同，边界一变同一件事就并不到一起']),
  ...longerAllowances(category, above),
  ...(above.isUrgent && !category.isUrgent ? ['上一级列为紧急，不能改成不紧急'] : []),
  ...((above.isAboutBranch ?? false) === (category.isAboutBranch ?? false)
    ? []
    : ['反映单位或干部的类别由上一级定']),
  ...(category.needsThawedGround && !above.needsThawedGround
    ? ['上一级没有列为要等开春的，不能自己加上']
    : []),
  ...(category.remedy === above.remedy ? [] : ['临时处置还是根治由上一级定']),
  ...(category.cureHoldsDays >= above.cureHoldsDays
    ? []
    : [`修好该管的天数${category.cureHoldsDays}少于上一级的${above.cureHoldsDays}：修了又坏要看得出来`]),
  ...((above.emergencyCalls ?? []).every((call) => category.emergencyCalls?.includes(call))
    ? []
    : ['少了上一级列出的紧急电话']),
]

/** Numbers of one book that contradict one another, in words. */
const contradictions = ({ report, redFace, rates, categories }: RuleBook): readonly string[] => [
  ...(new Set(categories.map((one) => one.id)).size === categories.length ? [] : ['同一个类别写了不止一回']),
  ...(report.maxSuspensionDays <= report.maxSuspensionDaysInAll ? [] : ['一次挂账的天数多于挂账总天数']),
  ...(redFace.noticeWorkingHours <= redFace.noticeHours ? [] : ['预告里的工作小时多于预告小时']),
  ...(redFace.hearingWorkingDays < redFace.appealLapsesAfterWorkingDays
    ? []
    : ['听居民说明的工作日不少于申诉失效的工作日，评价就永远撤不了']),
  // Written as decimals, three weights seldom add up to exactly one.
  ...(Math.abs(rates.weights.response + rates.weights.solved + rates.weights.satisfaction - 1) < 1e-9
    ? []
    : ['三率的权重加起来不是一']),
]

/**
 * K10: what keeps a rule book from coming into force under the book of the level above, in words for the
 * banner's staff; nothing when it may. A level below may be stricter with its units and kinder to residents,
 * never the other way round; it may leave a category out, but not those without which nobody could report.
 */
export const withinBounds = (book: RuleBook, above: RuleBook): readonly string[] => [
  ...(book.version === above.version ? ['版本的名字和上一级的一样'] : []),
  ...contradictions(book),
  ...numbersBeyond(book, above),
  ...seasonFaults(book.frozenSeason, above.frozenSeason),
  ...keptCategories.flatMap((id) =>
    categoryOf(above, id) && !categoryOf(book, id) ? [`类别“${categoryOf(above, id)?.name}”不能去掉`] : [],
  ),
  ...book.categories.flatMap((category) => {
    const limit = categoryOf(above, category.id)
    const faults = limit ? categoryFaults(category, limit) : ['上一级没有这个类别']
    return faults.map((fault) => `类别“${category.name}”：${fault}`)
  }),
]
