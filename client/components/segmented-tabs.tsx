import { ScrollView, View } from '@tarojs/components'
import { OneOf } from './one-of'
import { Pressable } from './pressable'
import './segmented-tabs.css'

interface Tab<K extends string> {
  readonly key: K
  readonly label: string
  readonly count?: number
}

interface SegmentedTabsProps<K extends string> {
  /** What the lists are of. */
  readonly label: string
  readonly tabs: readonly Tab<K>[]
  readonly value: K
  readonly onChange: (key: K) => void
  /** All of them at once, in rows of three, instead of in one line that runs off the screen. */
  readonly isWrapped?: boolean
}

/** One list out of several, each with how many lie in it. */
export function SegmentedTabs<K extends string>(props: SegmentedTabsProps<K>) {
  const { label, tabs, value, onChange, isWrapped = false } = props
  return (
    <ScrollView
      className={`segmented-tabs ${isWrapped && tabs.length > 3 ? 'segmented-tabs--wrapped' : ''}`}
      scrollX
      enhanced
      showScrollbar={false}
    >
      <OneOf className="segmented-tabs__row" kind="tablist" label={label}>
        {tabs.map((tab) => (
          <Pressable
            key={tab.key}
            className={`segmented-tabs__tab ${tab.key === value ? 'segmented-tabs__tab--chosen' : ''}`}
            role="tab"
            name={`tab-${tab.key}`}
            isChosen={tab.key === value}
            isPassedOver={tab.key !== value}
            onPress={() => onChange(tab.key)}
          >
            {tab.label}
            {tab.count !== undefined && <View className="segmented-tabs__count">{tab.count}</View>}
          </Pressable>
        ))}
      </OneOf>
    </ScrollView>
  )
}
