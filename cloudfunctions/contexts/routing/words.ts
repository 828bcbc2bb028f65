import type { RoutingReason } from './rules/reasons'

const lengthText = (metres: number): string =>
  metres < 1000 ? `${Math.round(metres)}米` : `${Math.round(metres / 100) / 10}公里`

const vagueText = (metres: number): string => `定位约有${lengthText(metres)}误差，看不出在哪个网格`

type Words = {
  readonly [W in RoutingReason['why']]: (reason: Extract<RoutingReason, { readonly why: W }>) => string
}

const words: Words = {
  answers: ({ unit }) => `由${unit}负责`,
  sorts: ({ unit }) => `由${unit}指定责任单位`,
  complaint: ({ unit }) => `反映单位或干部的事直接到上一级，由${unit}负责，被反映的单位看不到`,
  'complaint-to-sort': ({ unit }) =>
    `反映单位或干部的事直接到上一级，由${unit}确定由谁办理，被反映的单位看不到`,
  'complaint-about-named': ({ unit }) => `反映单位或干部的事直接到上一级，由${unit}负责，被反映的单位看不到`,
  'temporary-unit': ({ unit, category }) => `这里现在由${unit}集中攻坚，“${category}”由它负责`,
  'specialised-branch': ({ unit, category }) => `“${category}”由${unit}专门负责`,
  vague: ({ metres }) => vagueText(metres),
  border: ({ cell, otherCell, metres }) =>
    `这里靠近${cell}和${otherCell}的边界，定位约有${lengthText(metres)}误差`,
  likelier: ({ cell, unit, otherUnit }) =>
    `更可能属于${cell}，暂由${unit}负责；也告诉了${otherUnit}，它可以主动接办，时限不变`,
  'in-cell': ({ cell, unit }) => `这里属于${cell}，由${unit}负责`,
  'nearest-cell': ({ cell, unit, metres }) =>
    `这里还没有划入网格，离得最近的是${cell}（约${Math.max(1, Math.round(metres))}米），暂由${unit}负责`,
  'near-region-border': () => '这里在区界附近，可能不属于内蒙古',
  'named-unit': ({ unit }) => `按您选的社区（嘎查村），暂由${unit}负责`,
  'to-sort-by-words': ({ unit }) => `没有地图上的位置，由${unit}按文字说明指定责任单位`,
  'to-sort-at-region-border': ({ unit }) => `这里在区界附近，由${unit}核实属不属于内蒙古，再指定责任单位`,
  'to-sort-vague': ({ unit, metres }) => `${vagueText(metres)}，由${unit}指定责任单位`,
  'to-sort-off-grid': ({ unit }) => `这里附近还没有网格，由${unit}指定责任单位`,
  'listed-by-itself': ({ unit }) => `由${unit}自己列出`,
  'as-written': (reason) => reason.words,
}

/** One reason why a matter went where it went, as its reader reads it; of a newer version’s reason only that there is one. */
export const routingReasonText = (reason: RoutingReason): string =>
  Object.hasOwn(words, reason.why)
    ? (words[reason.why] as (reason: RoutingReason) => string)(reason)
    : '按新的规则分派，原因请稍后再看'
