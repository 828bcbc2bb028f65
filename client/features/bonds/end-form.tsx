import { View } from '@tarojs/components'
import { useState } from 'react'
import { chinaDateOn } from '../../../cloudfunctions/ground/instant'
import { DayField, dayEnds } from '../../components/day-field'
import { FormSheet } from '../../components/form-sheet'
import { fieldProblems } from '../../services/field-problems'
import { serverNow } from '../../services/server-time'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { type Bond, termLabel } from './words'

interface EndFormProps {
  readonly bond: Bond
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Ends a bond today, or on a later day. */
export function EndForm({ bond, onDone, onClose }: EndFormProps) {
  const { run, isBusy, error } = useCommand('bond.end')
  const [on, setOn] = useState('')
  const isToday = on === '' || on === chinaDateOn(serverNow())
  const send = async (): Promise<void> => {
    const { kind, id: bondId, rev } = bond
    const outcome = await run({ kind, bondId, rev, at: isToday ? undefined : dayEnds(on) })
    if (!outcome.ok) return
    toast(isToday ? '结束了' : '定好了')
    onDone()
  }
  return (
    <FormSheet
      title={`结束“${bond.name}”`}
      onClose={onClose}
      trouble={error?.message}
      keep="先不结束"
      send={{
        name: 'send-end',
        label: isToday ? '现在结束' : '到那天结束',
        isBusy,
        onPress: () => void send(),
      }}
    >
      <View>结束以后还留在记录里，谁什么时候结束的都查得到。按错了还能撤销。</View>
      <DayField
        label={termLabel(bond.kind, 'untilAt')}
        hint="那天也算在内，不填就是现在"
        error={fieldProblems(error).at}
        isOptional
        isAhead
        value={on}
        onChange={setOn}
      />
    </FormSheet>
  )
}
