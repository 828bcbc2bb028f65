import { View } from '@tarojs/components'
import { useState } from 'react'
import type { BondKind } from '../../../cloudfunctions/contexts/co-building/rules/bond'
import { ErrorState } from '../../components/empty-state'
import { FormRow } from '../../components/form-row'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { ListEnd } from '../../components/rows'
import { SearchBox } from '../../components/search-box'
import { Skeleton } from '../../components/skeleton'
import { usePages } from '../../services/use-pages'
import { useSearch } from '../../services/use-search'
import type { UnitRef } from './words'
import './unit-field.css'

interface UnitFieldProps {
  readonly row: { readonly label: string; readonly error: string | undefined }
  readonly hint?: string
  /** Among which units: those that may be in a bond of this kind with one. */
  readonly kind: BondKind
  readonly unitId: string
  readonly chosen: readonly UnitRef[]
  readonly isMany?: boolean
  readonly name: string
  readonly onChange: (chosen: readonly UnitRef[]) => void
}

/** One unit, or several, found by how the name begins. */
export function UnitField(props: UnitFieldProps) {
  const { row, hint, kind, unitId, chosen, isMany = false, name, onChange } = props
  const [isOpen, setOpen] = useState(false)
  const choose = (unit: UnitRef): void => {
    onChange(isMany ? [...chosen, unit] : [unit])
    if (!isMany) setOpen(false)
  }
  return (
    <FormRow {...row} hint={hint}>
      <View className="unit-field" data-test={name}>
        {chosen.map((unit) => (
          <View key={unit.id} className="unit-field__chosen">
            <Icon name="landmark" size={1.1} />
            <View className="unit-field__name">{unit.name}</View>
            {isMany && (
              <Pressable
                className="unit-field__drop"
                label={`去掉${unit.name}`}
                onPress={() => onChange(chosen.filter(({ id }) => id !== unit.id))}
              >
                <Icon name="x" size={1.1} />
              </Pressable>
            )}
          </View>
        ))}
        {isOpen ? (
          <Candidates kind={kind} unitId={unitId} chosen={chosen} name={name} onChoose={choose} />
        ) : (
          <Pressable className="unit-field__open" name={`${name}-open`} onPress={() => setOpen(true)}>
            <Icon name="plus" size={1.1} />
            <View>{chosen.length === 0 ? '选单位' : isMany ? '再选一个' : '换一个'}</View>
          </Pressable>
        )}
      </View>
    </FormRow>
  )
}

interface CandidatesProps {
  readonly kind: BondKind
  readonly unitId: string
  readonly chosen: readonly UnitRef[]
  readonly name: string
  readonly onChoose: (unit: UnitRef) => void
}

function Candidates({ kind, unitId, chosen, name, onChoose }: CandidatesProps) {
  const { typed, setTyped, sought } = useSearch()
  const { pages, retry, loadMore } = usePages('bond.candidates', {
    kind,
    unitId,
    ...(sought === '' ? {} : { name: sought }),
  })
  const rows = pages.rows.filter(({ id }) => !chosen.some((one) => one.id === id))
  return (
    <View className="unit-field__search">
      <SearchBox label="按名字开头找" name={`${name}-search`} value={typed} onChange={setTyped} />
      {pages.state === 'loading' && <Skeleton count={1} />}
      {pages.state === 'failed' && <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />}
      {rows.map((unit) => (
        <Pressable
          key={unit.id}
          className="unit-field__row"
          name={`${name}-row`}
          onPress={() => onChoose(unit)}
        >
          {unit.name}
        </Pressable>
      ))}
      {pages.state === 'ready' && rows.length === 0 && pages.nextCursor === null && (
        <View className="unit-field__none">没有这样开头的单位，换个词找找</View>
      )}
      {pages.nextCursor !== null && <ListEnd hasMore isLoading={pages.isLoadingMore} onMore={loadMore} />}
    </View>
  )
}
