import { Input, View } from '@tarojs/components'
import { Icon } from './icon'
import './search-box.css'

/** From here on one searches rather than reads. */
export const isLongChoice = (count: number): boolean => count > 12

const plain = (words: string): string => words.normalize('NFKC').replace(/\s/g, '').toLowerCase()

/** Whether what was typed is in these words, whatever the width and the spaces. */
export const isFoundIn = (typed: string, words: string): boolean => plain(words).includes(plain(typed))

interface SearchBoxProps {
  /** What is searched: 找社区. */
  readonly label: string
  /** Names it for tests. */
  readonly name: string
  readonly value: string
  readonly onChange: (typed: string) => void
}

/** Shortens a long choice to what carries the typed words. */
export function SearchBox({ label, name, value, onChange }: SearchBoxProps) {
  return (
    <View className="search-box" data-test={name}>
      <Icon name="search" size={1.15} />
      <Input
        className="search-box__input"
        value={value}
        placeholder={label}
        placeholderClass="search-box__placeholder"
        confirmType="search"
        aria-label={label}
        {...(process.env.TARO_ENV === 'h5' && { nativeProps: { 'aria-label': label } })}
        onInput={(event) => onChange(event.detail.value)}
      />
      {value !== '' && (
        <View className="search-box__clear" role="button" aria-label="清空" onClick={() => onChange('')}>
          <Icon name="x" size={1.1} />
        </View>
      )}
    </View>
  )
}
