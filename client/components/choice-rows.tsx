import { type Choice, ChoiceChips } from './choice-chips'
import { Searched } from './search-box'

interface ChoiceRowsProps<V extends string> {
  readonly choices: readonly Choice<V>[]
  readonly value: V | undefined
  readonly onChange: (value: V) => void
  /** What is chosen here; names the choices and the search for tests. */
  readonly name: string
}

/** One out of however many, one under the other; many of them are searched. */
export function ChoiceRows<V extends string>({ choices, ...chips }: ChoiceRowsProps<V>) {
  return (
    <Searched
      all={choices}
      wordsOf={({ label, hint = '' }) => `${label} ${hint}`}
      isKept={({ value }) => value === chips.value}
      label="按名字找"
      name={`${chips.name}-search`}
    >
      {(shown) => <ChoiceChips {...chips} choices={shown} layout="rows" />}
    </Searched>
  )
}
