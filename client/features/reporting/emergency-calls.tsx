import { View } from '@tarojs/components'
import { Icon } from '../../components/icon'
import { ringUp } from '../../services/phone'
import { emergencyNames } from './words'
import './emergency-calls.css'

interface EmergencyCallsProps {
  readonly numbers: readonly string[]
}

/** The numbers to ring before anything is written. */
export function EmergencyCalls({ numbers }: EmergencyCallsProps) {
  if (numbers.length === 0) return null
  return (
    <View className="emergency-calls" role="alert">
      <View className="emergency-calls__title">
        <Icon name="siren" size={1.3} />
        <View>有人身危险，先打电话，再上报</View>
      </View>
      <View className="emergency-calls__numbers">
        {numbers.map((number) => (
          <View
            key={number}
            className="emergency-calls__number"
            role="button"
            data-test={`ring-${number}`}
            onClick={() => ringUp(number)}
          >
            <View className="emergency-calls__digits">{number}</View>
            <View>{emergencyNames[number] ?? '拨打'}</View>
          </View>
        ))}
      </View>
    </View>
  )
}
