import { useEffect } from 'react'
import { usePages } from '../../services/use-pages'
import { RedFaceRows } from './red-face-rows'

interface AreaRedFacesProps {
  readonly unitId: string
  /** Hears how many there are, as the list itself says. */
  readonly onCounted: (count: number) => void
}

/** The entries on the list in one unit's area, for another page to hold. */
export function AreaRedFaces({ unitId, onCounted }: AreaRedFacesProps) {
  const list = usePages('redFace.list', { unitId, tab: 'public' })
  const count = list.pages.first?.publicCount

  useEffect(() => {
    if (count !== undefined) onCounted(count)
  }, [count, onCounted])

  return <RedFaceRows list={list} tab="public" />
}
