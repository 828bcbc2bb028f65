import type { UnitKind } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { kindLabels } from '../../words/unit'
import type { ListedRow } from '../../words/unit-list'

interface Leaf {
  readonly key: string
  readonly name: string
  readonly kind: UnitKind | undefined
  /** 1: directly below what is there already. */
  readonly depth: number
}

const kindNamed = (words: string | undefined): UnitKind | undefined =>
  (Object.keys(kindLabels) as UnitKind[]).find((kind) => kindLabels[kind] === words)

/** Rows of a list as they will lie below one another, each below the one that it names. */
export const treeOf = (rows: readonly Pick<ListedRow, 'no' | 'cells'>[]): readonly Leaf[] => {
  const codes = new Set(rows.flatMap(({ cells }) => cells.code ?? []))
  const below = new Map<string, Pick<ListedRow, 'no' | 'cells'>[]>()
  const top = ''
  for (const row of rows) {
    const { parentCode } = row.cells
    const above = parentCode !== undefined && codes.has(parentCode) ? parentCode : top
    below.set(above, [...(below.get(above) ?? []), row])
  }
  const leaves: Leaf[] = []
  // From the top down without recursion: what refers to itself in a circle is below nothing.
  const left = (below.get(top) ?? []).map((row) => ({ row, depth: 1 })).reverse()
  while (left.length > 0) {
    const next = left.pop()
    if (!next) break
    const { row, depth } = next
    const { name = '', kind, code } = row.cells
    leaves.push({ key: String(row.no), name, kind: kindNamed(kind), depth })
    const children = code === undefined ? [] : (below.get(code) ?? [])
    for (const child of [...children].reverse()) left.push({ row: child, depth: depth + 1 })
  }
  return leaves
}
