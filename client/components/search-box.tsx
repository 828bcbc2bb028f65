import { Input, View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
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

interface SearchedProps<T> {
  readonly all: readonly T[]
  /** The words by which one of them is found. */
  readonly wordsOf: (one: T) => string
  /** Stays whatever is typed: what is chosen is never out of sight. */
  readonly isKept?: (one: T) => boolean
  readonly label: string
  readonly name: string
  /** What to say where nothing carries the typed words. */
  readonly none?: string
  readonly children: (shown: readonly T[]) => ReactNode
}

/** A list with a search above it, as soon as it is too long to be read through. */
export function Searched<T>(props: SearchedProps<T>) {
  const { all, wordsOf, isKept, label, name, none, children } = props
  const [typed, setTyped] = useState('')
  if (!isLongChoice(all.length)) return <>{children(all)}</>
  const isFound = (one: T): boolean => isFoundIn(typed, wordsOf(one))
  return (
    <>
      <View className="searched__box">
        <SearchBox label={label} name={name} value={typed} onChange={setTyped} />
      </View>
      {!all.some(isFound) && (
        <View className="searched__none">{none ?? `没有叫“${typed.trim()}”的，换个词找找`}</View>
      )}
      {children(all.filter((one) => isFound(one) || isKept?.(one)))}
    </>
  )
}
