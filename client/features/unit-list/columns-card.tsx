import { View } from '@tarojs/components'
import { useState } from 'react'
import { type ListField, listFields } from '../../../cloudfunctions/contexts/unit-list/rules/columns'
import { BigButton } from '../../components/big-button'
import { Card } from '../../components/card'
import { ChoiceRows } from '../../components/choice-rows'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { ListRow } from '../../components/rows'
import { Sheet } from '../../components/sheet'
import { useQuery } from '../../services/use-query'
import { columnChoices, columnNameOf } from '../../words/unit-list'
import type { SaidColumns } from './import-screen'
import './columns-card.css'

const notRead = 'none'

interface ColumnsCardProps {
  readonly jobId: string
  /** The file can be looked through once more as it is; else it is chosen anew. */
  readonly isAtHand: boolean
  readonly onRecheck: (columns: SaidColumns) => void
}

const isField = (value: string): value is ListField => listFields.some((field) => field === value)

/** What the columns of a list are taken for, and the way to say it otherwise. */
export function ColumnsCard({ jobId, isAtHand, onRecheck }: ColumnsCardProps) {
  const { query } = useQuery('unitList.rows', { jobId, verdict: 'bad', limit: 1 })
  const [said, setSaid] = useState<Readonly<Record<string, ListField | null>>>({})
  const [asked, setAsked] = useState<string>()
  const [isOpen, setOpen] = useState(false)
  if (query.state !== 'ready' || query.value.columns.length === 0) return null
  const columns = query.value.columns
    .filter(({ header }) => header !== '')
    .map(({ header, field }) => ({
      header,
      field: Object.hasOwn(said, header) ? (said[header] ?? null) : field,
    }))
  const isOther = Object.keys(said).length > 0
  const hasName = columns.some(({ field }) => field === 'name')

  const say = (header: string, field: ListField | null): void => {
    // A field is read from one column alone.
    const others = columns.flatMap((one) =>
      field !== null && one.field === field ? [[one.header, null]] : [],
    )
    setSaid((before) => ({ ...before, ...Object.fromEntries(others), [header]: field }))
    setAsked(undefined)
  }

  const read = columns.flatMap(({ field }) => (field === null ? [] : [columnNameOf(field)]))
  const unread = columns.flatMap(({ header, field }) => (field === null ? [header] : []))
  if (hasName && !isOther && !isOpen)
    return (
      <Card>
        <ListRow
          name="open-columns"
          icon="square-check"
          title={`列对上了：${read.join('、')}`}
          hint={unread.length > 0 ? `不导入：${unread.join('、')}。不对就点这里改` : '不对就点这里改'}
          onPress={() => setOpen(true)}
        />
      </Card>
    )

  return (
    <Card title="列对上了吗">
      <View className="columns" data-test="columns">
        {columns.map(({ header, field }) => (
          <Pressable
            key={header}
            className={`columns__column ${field === null ? 'columns__column--off' : ''}`}
            name="column"
            onPress={() => setAsked(header)}
          >
            <View className="columns__header">{header}</View>
            <View className="columns__field">
              <Icon name={field === null ? 'ban' : 'check'} size={1} />
              {field === null ? '不导入' : columnNameOf(field)}
            </View>
          </Pressable>
        ))}
      </View>
      {!hasName && <View className="columns__hint">先指定哪一列是“{columnNameOf('name')}”。</View>}
      {isOther && (
        <View className="columns__again" data-test="recheck">
          <BigButton
            label={isAtHand ? '按这样再看一遍' : '再选一次文件，按这样看'}
            icon="refresh-cw"
            tone="secondary"
            isDisabled={!hasName}
            onPress={() => onRecheck(columns)}
          />
        </View>
      )}
      <Sheet
        isOpen={asked !== undefined}
        title={`“${asked}”这一列是什么`}
        onClose={() => setAsked(undefined)}
      >
        <ChoiceRows
          name="column-field"
          choices={[...columnChoices, { value: notRead, label: '不导入这一列' }]}
          value={columns.find(({ header }) => header === asked)?.field ?? notRead}
          onChange={(value) => asked !== undefined && say(asked, isField(value) ? value : null)}
        />
      </Sheet>
    </Card>
  )
}
