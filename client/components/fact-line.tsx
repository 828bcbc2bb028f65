import { View } from '@tarojs/components'
import './fact-line.css'

interface FactLineProps {
  /** What is empty is left out, and what is there twice said once. */
  readonly facts: readonly (string | false | null)[]
}

/** Short facts one after the other; a line breaks between two of them, within one only where it is longer than the line. */
export function FactLine({ facts }: FactLineProps) {
  return (
    <View className="fact-line">
      <View className="fact-line__facts">
        {[...new Set(facts)].filter(Boolean).map((fact) => (
          <View key={String(fact)} className="fact-line__fact">
            {fact}
          </View>
        ))}
      </View>
    </View>
  )
}
