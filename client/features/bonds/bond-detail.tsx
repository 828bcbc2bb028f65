import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { Alert } from '../../components/alert'
import { BigButton, ButtonPair } from '../../components/big-button'
import { ErrorState } from '../../components/empty-state'
import { Heading } from '../../components/heading'
import { MapView } from '../../components/map-view'
import { Facts } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { StatusTag } from '../../components/status-tag'
import { instantText } from '../../components/time-text'
import { FoldedTimeline } from '../../components/timeline'
import { serverNow } from '../../services/server-time'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { useQuery } from '../../services/use-query'
import {
  type Bond,
  changeText,
  groupsText,
  type HistoryLine,
  lineWord,
  stateWord,
  termLabel,
  termText,
  type UnitRef,
} from './words'
import './bond-detail.css'

const namesText = (units: readonly UnitRef[]): string => units.map(({ name }) => name).join('、')

/** What a bond says, as questions and answers. */
const factsOf = (bond: Bond) => {
  const { kind, unit, post, members, outside, purpose, address, hours, phone } = bond
  const said = (field: Parameters<typeof termLabel>[1], value: string | null) =>
    value === null || value === '' ? [] : [{ label: termLabel(kind, field), value }]
  return [
    ...said('unitId', unit.name),
    ...(kind === 'partnership' ? said('groups', groupsText(bond.groups)) : []),
    ...said('post', post),
    ...said('memberIds', namesText(members)),
    ...said('outside', outside.join('、')),
    ...said('purpose', purpose),
    ...said('address', address),
    ...said('hours', hours),
    ...said('phone', phone),
    { label: '时间', value: termText(bond) },
  ]
}

const byText = ({ by }: HistoryLine): string => by?.name ?? by?.unitName ?? '系统'

interface BondDetailProps {
  readonly kind: Bond['kind']
  readonly bondId: string
  /** How often something has been changed here: then it is read anew. */
  readonly version: number
  /** Opens the form in which it is changed, or ended. */
  readonly onOpen: (form: 'change' | 'end', bond: Bond) => void
  readonly onChanged: () => void
}

/** One bond: what it says, what may be done with it, and how it came to be so. */
export function BondDetail({ kind, bondId, version, onOpen, onChanged }: BondDetailProps) {
  const { query, reload, retry } = useQuery('bond.history', { kind, bondId })
  useEffect(() => {
    if (version > 0) void reload()
  }, [version, reload])
  const undoing = useCommand('bond.undo')
  const [isUnfolded, setUnfolded] = useState(false)
  if (query.state === 'loading') return <Skeleton count={1} />
  if (query.state === 'failed') return <ErrorState message={query.error.message} onRetry={retry} />
  const { bond, lines } = query.value
  const now = serverNow()
  const word = stateWord(bond, now)
  const undo = async (): Promise<void> => {
    const outcome = await undoing.run({ kind, bondId, rev: bond.rev })
    if (outcome.ok) toast('改回去了')
    onChanged()
  }
  // A partnership is called after its partner, who is named beside it.
  const isTold = ({ field }: HistoryLine['changes'][number]): boolean =>
    kind !== 'partnership' || field !== 'name'
  const may = (action: Bond['actions'][number]): boolean => bond.actions.includes(action)

  return (
    <View className="bond-detail" data-test="bond-detail">
      <View className="bond-detail__head">
        <Heading className="bond-detail__name">{bond.name}</Heading>
        {word && <StatusTag {...word} />}
      </View>
      <Facts facts={factsOf(bond)} />
      {bond.point && (
        <MapView
          areas={[]}
          markers={[{ id: bond.id, point: bond.point, kind: 'pin' }]}
          center={bond.point}
          heightPixels={160}
          label={`${bond.name}的位置`}
        />
      )}
      {undoing.error && (
        <Alert className="bond-detail__trouble" name="undo-trouble">
          {undoing.error.message}
        </Alert>
      )}
      {(may('change') || may('end')) && (
        <ButtonPair>
          <View data-test="end-bond">
            <BigButton
              label="结束"
              tone="secondary"
              isDisabled={!may('end')}
              onPress={() => onOpen('end', bond)}
            />
          </View>
          <View data-test="change-bond">
            <BigButton
              label="修改"
              icon="pencil"
              tone="secondary"
              isDisabled={!may('change')}
              onPress={() => onOpen('change', bond)}
            />
          </View>
        </ButtonPair>
      )}
      {may('undo') && (
        <View data-test="undo-bond">
          <BigButton
            label="撤销上一次改动"
            icon="undo-2"
            tone="quiet"
            isBusy={undoing.isBusy}
            onPress={() => void undo()}
          />
        </View>
      )}
      <Heading className="bond-detail__title" level={3}>
        改动记录
      </Heading>
      {lines.length === 0 ? (
        <View className="bond-detail__none">早先导入的，没有记录</View>
      ) : (
        <FoldedTimeline
          missingCount={0}
          isUnfolded={isUnfolded}
          onUnfold={() => setUnfolded(true)}
          retry={undefined}
          steps={lines.map((line, at) => {
            const { tone, icon, text } = lineWord(line.kind)
            return {
              key: `${lines.length - at}`,
              tone,
              icon,
              title: text,
              when: instantText(line.at, now),
              who: byText(line),
              body: line.changes
                .filter(isTold)
                .map((one) => <View key={one.field}>{changeText(kind, one, line.kind === 'begun')}</View>),
            }
          })}
        />
      )}
    </View>
  )
}
