import { View } from '@tarojs/components'
import { useState } from 'react'
import type { UnitDeed } from '../../../cloudfunctions/contexts/organisation/rules/unit-deeds'
import { BigButton } from '../../components/big-button'
import { Card, LinkText, Section } from '../../components/card'
import { ErrorState } from '../../components/empty-state'
import { Facts, ListEnd, ListRow, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { dateText, instantText } from '../../components/time-text'
import { Timeline } from '../../components/timeline'
import { useNow } from '../../components/use-now'
import { openPage } from '../../services/navigation'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { usePages } from '../../services/use-pages'
import {
  changedBy,
  changeLines,
  changeSign,
  changeTitle,
  deedWords,
  type KeptUnit,
  type UnitChangeView,
  unitFieldLabels,
} from '../../words/unit-change'
import { DeedSheet } from './deed-sheet'
import { UnitTags } from './unit-tags'
import './unit-detail.css'

interface UnitDetailProps {
  readonly seatUnitId: string
  readonly unitId: string
  /** It goes on elsewhere, or another one is to be looked at. */
  readonly onGone: (unitId: string) => void
  /** Something of it has changed: what shows it beside has to ask anew. */
  readonly onChanged?: () => void
}

const notSaid = '没填'

const factsOf = (unit: KeptUnit) => {
  const { code, dutyPhone, phone, address, hours, population, floatingShare } = unit
  const facts: readonly (readonly [label: string, value: string | null])[] = [
    [unitFieldLabels.dutyPhone, dutyPhone],
    [unitFieldLabels.phone, phone],
    [unitFieldLabels.address, address],
    [unitFieldLabels.hours, hours],
    [unitFieldLabels.population, population === null ? null : `${population}人`],
    [unitFieldLabels.floatingShare, floatingShare === null ? null : `${floatingShare}%`],
    ['编码', code],
  ]
  return facts.map(([label, value]) => ({
    label,
    value: value ?? <View className="unit-detail__open">{notSaid}</View>,
  }))
}

/** What is kept of a unit, what an admin may do with it now, and who changed what of it when. */
export function UnitDetail({ seatUnitId, unitId, onGone, onChanged }: UnitDetailProps) {
  const now = useNow()
  const { pages, reload, retry, loadMore } = usePages('unit.history', { unitId })
  const [deed, setDeed] = useState<UnitDeed>()
  if (pages.state === 'failed') return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  if (pages.state === 'loading' || !pages.first) return <Skeleton shape="page" />
  const { unit, may, named } = pages.first
  const planned = pages.rows.filter(({ status }) => status === 'planned')
  const successor = named.find(({ id }) => id === unit.successorId)

  const changed = async (): Promise<void> => {
    onChanged?.()
    await reload()
  }
  const undo = (change: UnitChangeView) => <Undo change={change} onUndone={changed} />

  return (
    <View className="unit-detail" data-test="unit-detail">
      <Card title={unit.name}>
        <UnitTags unit={unit} now={now} />
        <View className="unit-detail__facts">
          <Facts facts={factsOf(unit)} />
        </View>
        {successor && <LinkText label={`由${successor.name}接手`} onPress={() => onGone(successor.id)} />}
      </Card>
      <Card>
        <ListRow
          name="unit-people"
          icon="users"
          title="这里的人"
          hint="谁在，请谁来"
          onPress={() => openPage('unitPeople', { unitId })}
        />
      </Card>
      {planned.map((change) => (
        <Notice
          key={change.id}
          tone="waiting"
          icon="calendar-clock"
          title={`${dateText(change.effectiveAt, now)}起：${changeTitle(change)}`}
        >
          <Lines lines={changeLines(change, named, now)} />
          {change.mayUndo && undo(change)}
        </Notice>
      ))}
      {may.length > 0 && (
        <Card title="能做的">
          {may.map((one) => (
            <ListRow
              key={one}
              name={`deed-${one}`}
              icon={deedWords[one].icon}
              title={deedWords[one].label}
              hint={deedWords[one].hint}
              onPress={() => setDeed(one)}
            />
          ))}
        </Card>
      )}
      <Section title="改过什么">
        {pages.rows.length === 0 ? (
          <Notice tone="plain" icon="history">
            还没有人改过。以后谁改了什么、什么时候改的，都记在这里。
          </Notice>
        ) : (
          <Card>
            <View data-test="unit-history">
              <Timeline
                steps={pages.rows.map((change) => ({
                  key: change.id,
                  ...changeSign(change),
                  title: changeTitle(change),
                  when: instantText(change.madeAt, now),
                  who: changedBy(change),
                  body: (
                    <>
                      <Lines lines={changeLines(change, named, now)} />
                      {change.mayUndo && change.status !== 'planned' && undo(change)}
                    </>
                  ),
                }))}
              />
            </View>
            {pages.nextCursor !== null && (
              <ListEnd hasMore isLoading={pages.isLoadingMore} onMore={() => void loadMore()} />
            )}
          </Card>
        )}
      </Section>
      {deed && (
        <DeedSheet
          deed={deed}
          seatUnitId={seatUnitId}
          unit={unit}
          latest={pages.rows[0]}
          named={named}
          reload={reload}
          onDone={(after) => {
            setDeed(undefined)
            void changed()
            if (after !== undefined) onGone(after)
          }}
          onClose={() => setDeed(undefined)}
        />
      )}
    </View>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <>
      {lines.map((line) => (
        <View key={line}>{line}</View>
      ))}
    </>
  )
}

interface UndoProps {
  readonly change: UnitChangeView
  readonly onUndone: () => Promise<void>
}

function Undo({ change, onUndone }: UndoProps) {
  const { run, isBusy } = useCommand('unit.undo')
  const undo = async (): Promise<void> => {
    const outcome = await run({ unitId: change.unitId, changeId: change.id })
    toast(outcome.ok ? '撤回了，和原来一样' : outcome.error.message)
    await onUndone()
  }
  return (
    <View className="unit-detail__undo" data-test="undo-change">
      <BigButton label="撤回" icon="undo-2" tone="secondary" isBusy={isBusy} onPress={() => void undo()} />
    </View>
  )
}
