interface Said {
  readonly role?: string
  readonly label?: string
  readonly labelledby?: string
  readonly describedby?: string
  readonly level?: 1 | 2 | 3
  readonly checked?: boolean
  readonly selected?: boolean
  readonly expanded?: boolean
  readonly disabled?: boolean
  readonly invalid?: boolean
  readonly busy?: boolean
  readonly modal?: boolean
  readonly hidden?: boolean
  readonly live?: 'polite' | 'assertive'
}

const attributeOf = (name: string): string =>
  name === 'role' && process.env.TARO_ENV === 'h5' ? 'role' : `aria-${name}`

/**
 * What somebody hears who does not see the page, as attributes of an element. In the browser Taro drops an attribute that
 * is false and writes one that is not given as the word “undefined”; WeChat calls the role `aria-role`.
 */
export const aria = (said: Said): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(said)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [attributeOf(name), String(value)]),
  )
