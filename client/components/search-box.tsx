import { Input, View } from '@tarojs/components'
import { aria } from './aria'
import { Icon } from './icon'
import { Pressable } from './pressable'
import './field.css'
import './search-box.css'

/** From here on one searches rather than reads. */
export const isLongChoice = (count: number): boolean => count > 12

const plain = (words: string): string => words.normalize('NFKC').replace(/\s/g, '').toLowerCase()

/** Whether what was typed is in these words, whatever the width and the spaces. */
export const isFoundIn = (typed: string, words: string): boolean => plain(words).includes(plain(typed))

/** In the browser Taro puts the native field into an element of its own; its name belongs to the native one. */
const said = (label: string) =>
  process.env.TARO_ENV === 'weapp' ? aria({ label }) : { nativeProps: aria({ label }) }

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
        className="field search-box__input"
        value={value}
        placeholder={label}
        placeholderClass="field__placeholder"
        confirmType="search"
        {...said(label)}
        onInput={(event) => onChange(event.detail.value)}
      />
      {value !== '' && (
        <Pressable className="search-box__clear" label="清空" onPress={() => onChange('')}>
          <Icon name="x" size={1.1} />
        </Pressable>
      )}
    </View>
  )
}
