import { usePages } from '../../services/use-pages'
import { RedFaceRows } from './red-face-rows'

interface AreaRedFacesProps {
  readonly unitId: string
}

/** The entries on the list in one unit's area, for another page to hold. */
export function AreaRedFaces({ unitId }: AreaRedFacesProps) {
  const list = usePages('redFace.list', { unitId, tab: 'public' })
  return <RedFaceRows list={list} tab="public" />
}
