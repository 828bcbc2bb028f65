import { cellKeysOf, type GridCell } from '../../../contexts/grid/rules/grid-cell'
import type { ShapeHistory } from './shape'

export const membershipShapes: ShapeHistory = {
  // Whoever works at a level above was of one role; it has several now (L3), and this is what it could do.
  steps: [(document) => (document.role === 'upper' ? { ...document, role: 'clerk' } : document)],
}

export const gridShapes: ShapeHistory = {
  steps: [
    (document) => {
      if ('centre' in document) return document
      const { coarseTiles: _tiles, ...cell } = document
      return { ...cell, ...cellKeysOf(cell as unknown as GridCell) }
    },
  ],
}
