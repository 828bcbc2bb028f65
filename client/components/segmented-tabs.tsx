import { ScrollView, View } from '@tarojs/components'
import './segmented-tabs.css'

interface Tab<K extends string> {
  readonly key: K
  readonly label: string
  readonly count?: number
}

interface SegmentedTabsProps<K extends string> {
  readonly tabs: readonly Tab<K>[]
  readonly value: K
  readonly onChange: (key: K) => void
  /** All of them at once, in rows of three, instead of in one line that runs off the screen. */
  readonly isWrapped?: boolean
}

/** One list out of several, each with how many lie in it. */
export function SegmentedTabs<K extends string>(props: SegmentedTabsProps<K>) {
  const { tabs, value, onChange, isWrapped = false } = props
  return (
    <ScrollView
      className={`segmented-tabs ${isWrapped && tabs.length > 3 ? 'segmented-tabs--wrapped' : ''}`}
      scrollX
      enhanced
      showScrollbar={false}
    >
      <View className="segmented-tabs__row" role="tablist">
        {tabs.map((tab) => (
          <View
            key={tab.key}
            className={`segmented-tabs__tab ${tab.key === value ? 'segmented-tabs__tab--chosen' : ''}`}
            role="tab"
            data-test={`tab-${tab.key}`}
            aria-selected={tab.key === value}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
            {tab.count !== undefined && <View className="segmented-tabs__count">{tab.count}</View>}
          </View>
        ))}
      </View>
    </ScrollView>
  )
}
