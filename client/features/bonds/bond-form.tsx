import { View } from '@tarojs/components'
import { useState } from 'react'
import { categoryGroupIds } from '../../../cloudfunctions/contexts/category/rules/category'
import {
  type BondKind,
  type TermName,
  termsOfKind,
} from '../../../cloudfunctions/contexts/co-building/rules/bond'
import { chinaDateOn } from '../../../cloudfunctions/ground/instant'
import { BigButton } from '../../components/big-button'
import { ChooseMany } from '../../components/choose-many'
import { DayField, dayBegins, dayEnds, dayOf, lastDayOf } from '../../components/day-field'
import { FormRow, TextBox } from '../../components/form-row'
import { FormSheet } from '../../components/form-sheet'
import { MapView } from '../../components/map-view'
import { middleOf } from '../../components/middle-of'
import { PlacePicker } from '../../components/place-picker'
import { draftName } from '../../services/draft-slot'
import { useDraft } from '../../services/drafts'
import { fieldProblems } from '../../services/field-problems'
import type { Point } from '../../services/places'
import { serverNow } from '../../services/server-time'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { useQuery } from '../../services/use-query'
import { groupLabels } from '../../words/category-groups'
import { leftOpenIn, questionsOf } from '../../words/mistakes'
import { UnitField } from './unit-field'
import { type Bond, kindWords, termLabel, type UnitRef } from './words'

type Group = Bond['groups'][number]

interface Draft {
  readonly unit: UnitRef
  readonly partner: readonly UnitRef[]
  readonly name: string
  readonly post: string
  readonly purpose: string
  readonly address: string
  readonly hours: string
  readonly phone: string
  /** One organisation a line. */
  readonly outside: string
  readonly members: readonly UnitRef[]
  readonly groups: readonly Group[]
  readonly point: Point | null
  readonly fromOn: string
  readonly untilOn: string
}

/** No word of a complaint reaches a partner (H4). */
const helpGroups = categoryGroupIds.filter((group) => group !== 'about-branch')

const blank = (kind: BondKind, unit: UnitRef, about?: UnitRef): Draft => ({
  unit: about && (kind === 'partnership' || kind === 'centre') ? about : unit,
  partner: [],
  name: '',
  post: '',
  purpose: '',
  address: '',
  hours: '',
  phone: '',
  outside: '',
  members: about && kind === 'contact' ? [about] : [],
  groups: [],
  point: null,
  fromOn: chinaDateOn(serverNow()),
  untilOn: '',
})

const draftOf = (bond: Bond): Draft => ({
  ...blank(bond.kind, bond.unit),
  name: bond.name,
  post: bond.post ?? '',
  purpose: bond.purpose ?? '',
  address: bond.address ?? '',
  hours: bond.hours ?? '',
  phone: bond.phone ?? '',
  outside: bond.outside.join('\n'),
  members: bond.members,
  groups: bond.groups,
  point: bond.point,
  fromOn: dayOf(bond.fromAt),
  untilOn: lastDayOf(bond.untilAt),
})

const typed = (text: string): string | undefined => (text.trim() === '' ? undefined : text)

/** What is said of each term; undefined where nothing is. */
const termsFrom = (draft: Draft) => ({
  name: typed(draft.name),
  post: typed(draft.post),
  purpose: typed(draft.purpose),
  address: typed(draft.address),
  hours: typed(draft.hours),
  phone: typed(draft.phone),
  outside: draft.outside
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
  memberIds: draft.members.map(({ id }) => id),
  groups: [...draft.groups],
  point: draft.point ?? undefined,
})

const of = (kind: BondKind, term: TermName): boolean =>
  [...termsOfKind[kind].needs, ...termsOfKind[kind].may].includes(term)

const ofKind = <T extends object>(kind: BondKind, terms: T): Partial<T> =>
  Object.fromEntries(Object.entries(terms).filter(([name]) => of(kind, name as TermName))) as Partial<T>

interface BondFormProps {
  readonly kind: BondKind
  /** The unit whose admin is at work. */
  readonly unit: UnitRef
  /** For whom a new one is missing. */
  readonly about?: UnitRef | undefined
  /** The one that is changed; absent: a new one. */
  readonly bond?: Bond | undefined
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Begins a bond, or changes what it says. */
export function BondForm({ kind, unit, about, bond, onDone, onClose }: BondFormProps) {
  const { draft, change, drop, intentions } = useDraft<Draft>(
    draftName('bond', kind, bond ? `${bond.id}:${bond.rev}` : unit.id, about?.id),
    bond ? draftOf(bond) : blank(kind, unit, about),
  )
  const begin = useCommand('bond.begin', { intentions })
  const alter = useCommand('bond.change', { intentions })
  const { isBusy, error } = bond ? alter : begin
  const { fromOn, untilOn } = draft
  const isBegun = bond !== undefined && bond.state !== 'to-come'

  const send = async (): Promise<void> => {
    const terms = ofKind(kind, termsFrom(draft))
    const fromAt = dayBegins(fromOn)
    const outcome = bond
      ? await alter.run({
          kind,
          bondId: bond.id,
          rev: bond.rev,
          ...terms,
          ...(kind === 'centre'
            ? { phone: terms.phone ?? null, point: terms.point ?? null }
            : { untilAt: dayEnds(untilOn) ?? null }),
          ...(isBegun || kind === 'centre' ? {} : { fromAt }),
        })
      : await begin.run({
          kind,
          unitId: draft.unit.id,
          partnerId: draft.partner[0]?.id,
          ...terms,
          ...(kind === 'centre' ? {} : { fromAt, untilAt: dayEnds(untilOn) }),
        })
    if (!outcome.ok) return
    drop()
    toast(bond ? '改好了' : '加上了')
    onDone()
  }

  const labels = {
    name: termLabel(kind, 'name'),
    partnerId: termLabel(kind, 'partnerId'),
    groups: termLabel(kind, 'groups'),
    post: termLabel(kind, 'post'),
    memberIds: termLabel(kind, 'memberIds'),
    outside: termLabel(kind, 'outside'),
    purpose: termLabel(kind, 'purpose'),
    address: termLabel(kind, 'address'),
    hours: termLabel(kind, 'hours'),
    phone: termLabel(kind, 'phone'),
    fromAt: termLabel(kind, 'fromAt'),
    untilAt: termLabel(kind, 'untilAt'),
  }
  const { row, mistakes } = questionsOf(labels, fieldProblems(error), leftOpenIn(termsFrom(draft)))
  const isClash = error?.code === 'stale-rev'

  const line = (
    term: 'name' | 'post' | 'address' | 'hours' | 'phone',
    placeholder: string,
    isOptional = false,
  ) =>
    of(kind, term) && (
      <FormRow {...row(term)} isOptional={isOptional}>
        <View data-test={`bond-${term}`}>
          <TextBox
            value={draft[term]}
            onChange={(text) => change({ [term]: text })}
            placeholder={placeholder}
            kind={term === 'phone' ? 'phone' : 'text'}
            isSingleLine
          />
        </View>
      </FormRow>
    )

  return (
    <FormSheet
      title={bond ? kindWords[kind].change : kindWords[kind].add}
      onClose={onClose}
      clash={isClash ? { title: '刚被别人改过', text: '关上再打开，看看现在的。您填的还在。' } : undefined}
      trouble={isClash ? undefined : (mistakes ?? error?.message)}
      send={{
        name: 'send-bond',
        label: bond ? '改好' : '加上',
        icon: 'check',
        isBusy,
        onPress: () => void send(),
      }}
    >
      {!bond && (
        <UnitField
          row={{ label: kindWords[kind].ofUnit, error: undefined }}
          kind="centre"
          unitId={unit.id}
          chosen={[draft.unit]}
          name="bond-unit"
          onChange={([chosen]) => change({ unit: chosen ?? unit })}
        />
      )}
      {kind === 'partnership' && !bond && (
        <UnitField
          row={row('partnerId')}
          hint="要先在“单位”里登记成共建单位"
          kind="partnership"
          unitId={draft.unit.id}
          chosen={draft.partner}
          name="bond-partner"
          onChange={(partner) => change({ partner })}
        />
      )}
      {line('name', kind === 'contact' ? '比如：张主任' : '比如：萨拉齐镇党群服务中心')}
      {line('post', '比如：旗委副书记')}
      {of(kind, 'purpose') && (
        <FormRow {...row('purpose')}>
          <View data-test="bond-purpose">
            <TextBox value={draft.purpose} max={200} onChange={(purpose) => change({ purpose })} />
          </View>
        </FormRow>
      )}
      {of(kind, 'memberIds') && (
        <UnitField
          row={row('memberIds')}
          kind={kind}
          unitId={draft.unit.id}
          chosen={draft.members}
          isMany
          name="bond-members"
          onChange={(members) => change({ members })}
        />
      )}
      {of(kind, 'outside') && (
        <FormRow {...row('outside')} hint="企业、学校、部队，每家换行写" isOptional>
          <View data-test="bond-outside">
            <TextBox value={draft.outside} onChange={(outside) => change({ outside })} />
          </View>
        </FormRow>
      )}
      {of(kind, 'groups') && (
        <FormRow {...row('groups')} hint="一样都不选，就是什么事都能帮。选了，支部派这几类事时才看得到它。">
          <ChooseMany
            choices={helpGroups.map((value) => ({ value, label: groupLabels[value] }))}
            values={draft.groups}
            onChange={(groups) => change({ groups })}
            name="bond-group"
          />
        </FormRow>
      )}
      {line('address', '比如：镇政府东侧一楼')}
      {of(kind, 'point') && (
        <PointField unitId={draft.unit.id} point={draft.point} onChange={(point) => change({ point })} />
      )}
      {line('hours', '比如：周一到周五 8:30–17:30')}
      {line('phone', '固定电话或手机', true)}
      {kind !== 'centre' && (
        <>
          {!isBegun && (
            <DayField {...row('fromAt')} value={fromOn} onChange={(on) => change({ fromOn: on })} />
          )}
          <DayField
            {...row('untilAt')}
            hint="那天也算在内"
            isOptional
            isAhead
            value={untilOn}
            onChange={(on) => change({ untilOn: on })}
          />
        </>
      )}
    </FormSheet>
  )
}

interface PointFieldProps {
  readonly unitId: string
  readonly point: Point | null
  readonly onChange: (point: Point | null) => void
}

/** The spot on the map, for whoever wants to be led there. */
function PointField({ unitId, point, onChange }: PointFieldProps) {
  const [isOpen, setOpen] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  // WeChat brings its own map; in the browser the ground is drawn from the unit's cells.
  const isDrawn = process.env.TARO_ENV !== 'weapp'
  const { query: whose } = useQuery('unit.get', isDrawn ? { unitId } : undefined)
  const level = whose.state === 'ready' ? whose.value.unit.level : undefined
  // A whole banner is too much ground to find a house on.
  const isSmall = level === 'township' || level === 'village'
  const { query } = useQuery('grid.cells', isDrawn && isOpen && isSmall ? { unitId } : undefined)
  const cells = query.state === 'ready' ? query.value.cells : []
  const areas = cells.map(({ id, name, rings }) => ({ id, name, rings }))
  const open = (): void => {
    if (isDrawn && !isSmall) setTrouble('先在上面选是哪个乡镇、社区的中心，再看地图')
    else setOpen(true)
  }
  return (
    <FormRow label={termLabel('centre', 'point')} hint={trouble} isOptional>
      {point && (
        <MapView
          areas={[]}
          markers={[{ id: 'centre', point, kind: 'pin' }]}
          center={point}
          heightPixels={140}
          label="服务中心的位置"
        />
      )}
      <View data-test="bond-point">
        <BigButton
          label={point ? '换个位置' : '在地图上指一下'}
          icon="map-pin"
          tone="secondary"
          onPress={open}
        />
      </View>
      {isOpen && (!isDrawn || query.state === 'ready') && (
        <PlacePicker
          isOpen
          start={point ?? middleOf(cells)}
          areas={areas}
          onPick={(picked) => {
            setOpen(false)
            setTrouble(undefined)
            onChange(picked.point)
          }}
          onClose={(message) => {
            setOpen(false)
            setTrouble(message)
          }}
        />
      )}
    </FormRow>
  )
}
