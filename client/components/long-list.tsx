import { View } from '@tarojs/components'
import type { LongListProps } from './long-list-port'
import './long-list.css'

/** Rows that may become many. The browser leaves out what is far away by itself. */
export function LongList<R extends { readonly id: string }>({ rows, row }: LongListProps<R>) {
  return (
    <View className="long-list">
      {rows.map((one) => (
        <View key={one.id} className="long-list__row">
          {row(one)}
        </View>
      ))}
    </View>
  )
}
