import type {
  ChangedField,
  UnitChangeKind,
} from '../../cloudfunctions/contexts/organisation/rules/unit-change'
import type { UnitDeed } from '../../cloudfunctions/contexts/organisation/rules/unit-deeds'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import type { IconName } from '../components/icon'
import { dateText, instantText } from '../components/time-text'
import type { Clash } from './clash'
import type { Sign } from './sign'

export type UnitChangeView = OutputOf<'unit.history'>['rows'][number]
export type KeptUnit = OutputOf<'unit.history'>['unit']
type NamedUnit = OutputOf<'unit.history'>['named'][number]

/** What is kept of a unit, as its form and its history call it. */
export const unitFieldLabels: Readonly<Record<ChangedField, string>> = {
  name: '名称',
  areaName: '地名',
  parentId: '上级单位',
  phone: '办公电话',
  dutyPhone: '值班电话',
  address: '办公地点',
  hours: '办公时间',
  population: '人口',
  floatingShare: '流动人口占比',
  endsAt: '撤销的日子',
  successorId: '由谁接手',
}

interface DeedWord {
  readonly label: string
  readonly hint: string
  readonly icon: IconName
}

/** What an admin may begin with a unit. */
export const deedWords: Readonly<Record<UnitDeed, DeedWord>> = {
  correct: { label: '改电话、地址', hint: '电话、值班电话、地点、时间、人口', icon: 'phone' },
  rename: { label: '改名称', hint: '可以定个日子再改', icon: 'pencil' },
  add: { label: '新建下级', hint: '在它下面加一个单位', icon: 'plus' },
  move: { label: '移到别的上级', hint: '人、网格和在办的事跟着走', icon: 'folder-input' },
  split: { label: '拆分', hint: '分出新的单位', icon: 'split' },
  close: { label: '撤销或合并', hint: '在办的事由接手的单位办', icon: 'git-merge' },
}

const changeWords: Readonly<
  Record<UnitChangeKind, Sign & { readonly done: string; readonly planned: string }>
> = {
  added: { icon: 'plus', tone: 'done', done: '新建', planned: '要新建' },
  corrected: { icon: 'pencil', tone: 'working', done: '改了资料', planned: '要改资料' },
  renamed: { icon: 'pencil', tone: 'working', done: '改了名称', planned: '要改名称' },
  closed: { icon: 'ban', tone: 'alert', done: '撤销了', planned: '要撤销' },
  moved: { icon: 'folder-input', tone: 'waiting', done: '移到了别处', planned: '要移到别处' },
  split: { icon: 'split', tone: 'waiting', done: '拆分了', planned: '要拆分' },
  undone: { icon: 'undo-2', tone: 'plain', done: '撤回了上一次改动', planned: '要撤回' },
}

const endings: Partial<Readonly<Record<UnitChangeView['status'], string>>> = {
  dropped: '（没有生效就撤回了）',
  undone: '（已撤回）',
}

/** 改了名称, 要撤销, 移到了别处（已撤回）. */
export const changeTitle = ({ kind, status }: Pick<UnitChangeView, 'kind' | 'status'>): string =>
  `${changeWords[kind][status === 'planned' ? 'planned' : 'done']}${endings[status] ?? ''}`

export const changeSign = ({ kind, status }: Pick<UnitChangeView, 'kind' | 'status'>): Sign =>
  status === 'dropped' || status === 'undone' ? { icon: 'undo-2', tone: 'plain' } : changeWords[kind]

/** Nothing is there: it was empty before, or is now. */
const none = '没有'

/** What a field holds, as one reads it; units by their names. */
const valueText = (
  field: ChangedField,
  value: string | number | null,
  named: readonly NamedUnit[],
  now: number,
): string => {
  if (value === null) return none
  if (field === 'parentId' || field === 'successorId')
    return named.find(({ id }) => id === value)?.name ?? String(value)
  if (field === 'endsAt') return dateText(Number(value), now)
  if (field === 'floatingShare') return `${value}%`
  return String(value)
}

/** What a change says of each field: 名称：甲 → 乙. Of what was empty nothing was before. */
export const changeLines = (
  { kind, changes, newUnitIds }: Pick<UnitChangeView, 'kind' | 'changes' | 'newUnitIds'>,
  named: readonly NamedUnit[],
  now: number,
): readonly string[] => {
  const lines = changes.flatMap(({ field, before, after }) => {
    if (before === null && after === null) return []
    const said = valueText(field, after, named, now)
    const was = before === null ? '' : `${valueText(field, before, named, now)} → `
    return `${unitFieldLabels[field]}：${was}${said}`
  })
  if (kind !== 'split') return lines
  const parts = newUnitIds.flatMap((id) => named.find((unit) => unit.id === id)?.name ?? [])
  return parts.length === 0 ? lines : [`分出：${parts.join('、')}`, ...lines]
}

/** Who made it, as its unit's people call them. */
export const changedBy = ({ byUnitName, byName }: Pick<UnitChangeView, 'byUnitName' | 'byName'>): string =>
  byName === null ? byUnitName : `${byUnitName} ${byName}`

/** Somebody else has changed the unit since the form was opened: who, when and what; what was typed is still there. */
export const unitClash = (
  latest: UnitChangeView | undefined,
  named: readonly NamedUnit[],
  now: number,
): Clash => {
  const title = '刚被别人改过'
  const kept = '您写的还在，看过再按一次。'
  if (!latest) return { title, text: kept }
  const what = [changeTitle(latest), ...changeLines(latest, named, now)].join('，')
  return { title, text: `${instantText(latest.madeAt, now)}，${changedBy(latest)}${what}。${kept}` }
}

/** How a unit stands in time, where it is not simply there. */
export const endOf = (
  { endsAt }: Pick<KeptUnit, 'endsAt'>,
  now: number,
): (Sign & { readonly text: string }) | undefined => {
  if (endsAt === null) return undefined
  if (endsAt <= now) return { icon: 'ban', tone: 'plain', text: '已撤' }
  return { icon: 'calendar-clock', tone: 'waiting', text: `${dateText(endsAt, now)}撤` }
}
