import { View } from '@tarojs/components'
import { ringUp } from '../services/phone'
import { Alert } from './alert'
import { Icon } from './icon'
import { Pressable } from './pressable'
import './emergency-calls.css'

interface EmergencyCallsProps {
  readonly title: string
  readonly numbers: readonly string[]
  /** The telephone of whoever is on duty, where it is known. */
  readonly dutyPhone?: string | null
}

/** What each emergency number is for. */
const names: Readonly<Record<string, string>> = {
  '110': '报警',
  '119': '火警、救援',
  '120': '急救',
}

/** The numbers to ring before anything is written. */
export function EmergencyCalls({ title, numbers, dutyPhone = null }: EmergencyCallsProps) {
  if (numbers.length === 0 && dutyPhone === null) return null
  return (
    <Alert className="emergency-calls">
      <View className="emergency-calls__title">
        <Icon name="siren" size={1.3} />
        <View>{title}</View>
      </View>
      <View className="emergency-calls__numbers">
        {numbers.map((number) => (
          <Pressable
            key={number}
            className="emergency-calls__number"
            name={`ring-${number}`}
            onPress={() => ringUp(number)}
          >
            <View className="emergency-calls__digits">{number}</View>
            <View>{names[number] ?? '拨打'}</View>
          </Pressable>
        ))}
      </View>
      {dutyPhone !== null && (
        <Pressable className="emergency-calls__duty" name="ring-duty" onPress={() => ringUp(dutyPhone)}>
          <Icon name="phone" size={1.2} />
          <View className="emergency-calls__duty-words">值班电话 {dutyPhone}</View>
          <View>打电话</View>
        </Pressable>
      )}
    </Alert>
  )
}
