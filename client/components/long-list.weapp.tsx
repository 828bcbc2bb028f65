import { CustomWrapper, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { type ReactNode, useEffect, useState } from 'react'
import type { LongListProps } from './long-list-port'
import './long-list.css'

const rowsInStretch = 10
/** How far beyond the screen rows are kept, in CSS pixels: more than a swipe of the thumb. */
const keptPx = 1600

/**
 * Rows that may become many: those far from the screen are folded into empty room of the same height, because every
 * element costs the mini-program memory, and time whenever the page changes.
 */
export function LongList<R extends { readonly id: string }>({ rows, row }: LongListProps<R>) {
  const stretches = Array.from({ length: Math.ceil(rows.length / rowsInStretch) }, (_, at) =>
    rows.slice(at * rowsInStretch, (at + 1) * rowsInStretch),
  )
  return (
    <View className="long-list">
      {stretches.map((stretch) => (
        <Stretch key={stretch[0]?.id} rows={() => stretch.map(row)} />
      ))}
    </View>
  )
}

let stretchCount = 0

/** Some rows in a component of the view's own, so that their changes leave the rest of the page alone. */
function Stretch({ rows }: { readonly rows: () => ReactNode }) {
  const [id] = useState(() => {
    stretchCount += 1
    return `stretch-${stretchCount}`
  })
  const [{ page }] = useState(Taro.getCurrentInstance)
  const [foldedPx, setFoldedPx] = useState<number>()

  useEffect(() => {
    if (!page) return
    const observer = Taro.createIntersectionObserver(page)
    // The element exists in the view layer only once the `setData` of the logic layer has arrived there.
    Taro.nextTick(() =>
      observer
        .relativeToViewport({ top: keptPx, bottom: keptPx })
        .observe(`#${id}`, ({ intersectionRatio = 0, boundingClientRect }) => {
          const height = boundingClientRect?.height ?? 0
          // A height of 0 means that the page itself is hidden, not that the rows are far away.
          if (height > 0) setFoldedPx(intersectionRatio > 0 ? undefined : height)
        }),
    )
    return () => observer.disconnect()
  }, [page, id])

  return foldedPx === undefined ? (
    <View id={id}>
      <CustomWrapper>
        <View className="long-list__stretch">{rows()}</View>
      </CustomWrapper>
    </View>
  ) : (
    <View id={id} style={{ height: `${foldedPx}px` }} />
  )
}
