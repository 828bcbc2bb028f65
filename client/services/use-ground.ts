import { useMemo } from 'react'
import { useQuery } from './use-query'

const noCells: readonly never[] = []

/** The cells of a unit, to draw a map from in a browser; WeChat's map has streets. */
export const useGround = (unitId: string | undefined) => {
  const isDrawn = process.env.TARO_ENV !== 'weapp'
  const { query } = useQuery('grid.cells', isDrawn && unitId !== undefined ? { unitId } : undefined)
  const cells = query.state === 'ready' ? query.value.cells : noCells
  return useMemo(() => cells.map(({ id, name, rings }) => ({ id, name, rings })), [cells])
}
