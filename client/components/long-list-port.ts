import type { ReactNode } from 'react'

export interface LongListProps<R extends { readonly id: string }> {
  readonly rows: readonly R[]
  readonly row: (row: R) => ReactNode
}
