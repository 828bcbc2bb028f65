import type {
  BondKind,
  BondLineKind,
  TermName,
} from '../../../cloudfunctions/contexts/co-building/rules/bond'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { chinaDateText, dayMs } from '../../../cloudfunctions/ground/instant'
import type { IconName } from '../../components/icon'
import type { Tone } from '../../components/status-tag'
import { groupLabels } from '../../words/category-groups'
import { roleLabels } from '../../words/roles'
import { kindLabels } from '../../words/unit'
import { unitFieldLabels } from '../../words/unit-change'

export type Bond = OutputOf<'bond.list'>['rows'][number]
export type HistoryLine = OutputOf<'bond.history'>['lines'][number]
export type UnitRef = Bond['unit']

interface KindWords {
  readonly tab: string
  readonly icon: IconName
  readonly add: string
  readonly change: string
  readonly none: string
  readonly noneHint: string
  readonly find: string
  /** The question of which unit it is kept for. */
  readonly ofUnit: string
  /** What heads the units that have none; absent where nobody must have one. */
  readonly gaps?: string
  readonly noGaps?: string
}

export const kindWords: Readonly<Record<BondKind, KindWords>> = {
  partnership: {
    tab: kindLabels.partner,
    icon: 'hand-helping',
    add: '新加包联共建',
    change: '改约定',
    none: '还没有包联共建',
    noneHint: '加上以后，支部派单时就能选到它。',
    find: '找共建单位',
    ofUnit: '帮哪个社区（支部）',
    gaps: '还没有共建单位的',
    noGaps: '下面的单位都有共建单位',
  },
  centre: {
    tab: '服务中心',
    icon: 'landmark',
    add: '新加服务中心',
    change: '改服务中心',
    none: '还没有党群服务中心',
    noneHint: '加上以后，居民在支部的页面上能看到怎么去、几点开门。',
    find: '找服务中心',
    ofUnit: '哪个单位的中心',
    gaps: '还没有服务中心的',
    noGaps: '下面的单位都有服务中心',
  },
  contact: {
    tab: roleLabels.leader,
    icon: 'user-round',
    add: '新加联系领导',
    change: '改联系领导',
    none: '还没有联系领导',
    noneHint: '写上谁联系哪些单位，缺的会列出来。',
    find: '找联系领导',
    ofUnit: '哪一级的领导',
    gaps: '还没有联系领导的',
    noGaps: '下面的单位都有联系领导',
  },
  alliance: {
    tab: '联合体',
    icon: 'users',
    add: '新建联合体',
    change: '改联合体',
    none: '还没有共建联合体',
    noneHint: '几个村、几家单位，连外面的企业，一起做一件事。',
    find: '找联合体',
    ofUnit: '由哪个单位牵头',
  },
}

/** What each question of the form is called, and each line of the history. */
const termLabels: Readonly<Record<TermName, string>> = {
  name: unitFieldLabels.name,
  fromAt: '从哪天起',
  untilAt: '到哪天止',
  partnerId: kindLabels.partner,
  groups: '能帮的事',
  post: '职务',
  memberIds: '联系的单位',
  outside: '外面的单位',
  purpose: '一起做什么',
  point: '地图上的位置',
  address: '地址',
  hours: '几点开门',
  phone: '电话',
}

/** Of which unit it is, in two words. */
const unitLabels: Readonly<Record<BondKind, string>> = {
  partnership: '帮谁',
  centre: '哪里的',
  contact: '哪一级',
  alliance: '谁牵头',
}

export const termLabel = (kind: BondKind, field: TermName | 'unitId'): string => {
  if (field === 'unitId') return unitLabels[kind]
  if (kind === 'contact' && field === 'name') return '领导姓名'
  if (kind === 'alliance' && field === 'memberIds') return '成员单位'
  return termLabels[field]
}

const endless = '没有定到哪天'

/** Its last day, as one says it. */
const lastDayText = (untilAt: number): string => chinaDateText(untilAt - 1)

/** From when until when: 2026年3月1日起, 到2026年6月30日. */
export const termText = ({ fromAt, untilAt }: Pick<Bond, 'fromAt' | 'untilAt'>): string =>
  `${chinaDateText(fromAt)}起${untilAt === null ? '' : `，到${lastDayText(untilAt)}`}`

/** What it helps with: 道路巷子、路灯. */
export const groupsText = (groups: Bond['groups']): string =>
  groups.length === 0 ? '什么事都能帮' : groups.map((group) => groupLabels[group]).join('、')

/** The second line of a row: whose, or what it is about. */
export const rowText = (bond: Bond): string => {
  const { kind, unit, members, outside } = bond
  switch (kind) {
    case 'partnership':
      return `帮${unit.name}：${groupsText(bond.groups)}`
    case 'centre':
      return [unit.name, bond.hours].filter(Boolean).join(' · ')
    case 'contact':
      return `${bond.post ?? ''}，联系${members.map(({ name }) => name).join('、')}`
    case 'alliance':
      return `${members.length + outside.length}家，${bond.purpose ?? ''}`
  }
}

interface StateWord {
  readonly tone: Tone
  readonly icon: IconName
  readonly text: string
}

/** Where it stands, if not simply there. */
export const stateWord = ({ state, untilAt }: Bond, now: number): StateWord | undefined => {
  if (state === 'over') return { tone: 'plain', icon: 'circle-pause', text: '已结束' }
  if (state === 'to-come') return { tone: 'working', icon: 'clock', text: '还没开始' }
  return untilAt !== null && untilAt - now < 30 * dayMs
    ? { tone: 'waiting', icon: 'hourglass', text: `到${lastDayText(untilAt)}` }
    : undefined
}

const lineWords: Readonly<Record<BondLineKind, Omit<StateWord, 'text'> & { readonly text: string }>> = {
  begun: { tone: 'done', icon: 'plus', text: '加上了' },
  changed: { tone: 'working', icon: 'pencil', text: '改了' },
  ended: { tone: 'plain', icon: 'circle-pause', text: '定了结束' },
  undone: { tone: 'waiting', icon: 'undo-2', text: '撤销了上一次改动' },
  'unit-changed': { tone: 'plain', icon: 'arrow-right-left', text: '单位有了变动' },
}

export const lineWord = (kind: string): StateWord =>
  lineWords[kind as BondLineKind] ?? { tone: 'plain', icon: 'circle', text: kind }

type Fact = HistoryLine['changes'][number]['before']

/** One side of a change as one says it. */
const factText = (field: string, fact: Fact): string => {
  if (fact === null || (Array.isArray(fact) && fact.length === 0))
    return field === 'untilAt' ? endless : field === 'groups' ? groupsText([]) : '没有'
  if (field === 'fromAt') return chinaDateText(Number(fact))
  if (field === 'untilAt') return lastDayText(Number(fact))
  if (field === 'point') return '标了'
  if (Array.isArray(fact))
    return field === 'groups'
      ? fact.map((one) => groupLabels[one as keyof typeof groupLabels] ?? one).join('、')
      : fact.join('、')
  return String(fact)
}

/** 几点开门：周一到周五 → 每天. */
export const changeText = (
  kind: BondKind,
  { field, before, after }: HistoryLine['changes'][number],
  isFirst: boolean,
): string => {
  const label = termLabel(kind, field as TermName)
  return isFirst
    ? `${label}：${factText(field, after)}`
    : `${label}：${factText(field, before)} → ${factText(field, after)}`
}
