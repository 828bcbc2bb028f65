import { isPlain } from '../ground/codec'

/** A text is a key's whole name, in large or small letters; a pattern is looked for anywhere in it. */
export type RedactedKeys = readonly (string | RegExp)[]

export const defaultRedactedKeys: RedactedKeys = [
  /pass(word|wd|phrase)|secret|token|phone|mobile|open_?id|union_?id|cookie|authorization|credential|session_?key/i,
  /密码|口令|手机|电话|身份证/,
  'code',
  'js_code',
]

const hidden = '〈hidden〉'

/** What lies deeper is hidden whole. */
const mostDepth = 100

/** A key, in quotes (which are escaped where a text holds a text) or as a bare word, and what comes before its value. */
const keyInText =
  /(?:(\\{0,64}["'`])([^"'`\n]{1,100}?)\1|(?<![\p{L}\p{N}_$-])([\p{L}\p{N}_$-]+))\\{0,64}["'`]?\s*(?:=>|[:：=])\s*/gu

/** How many backslashes stand before this place. */
const backslashesBefore = (text: string, at: number): number => {
  let count = 0
  while (text[at - 1 - count] === '\\') count += 1
  return count
}

/** Where a quoted text ends whose opening quote is at `at`. Quotes of texts inside of it are escaped once more. */
const endOfQuoted = (text: string, at: number): number => {
  const escapes = backslashesBefore(text, at)
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] !== text[at]) continue
    if (backslashesBefore(text, end) <= escapes) return end + 1
  }
  return text.length
}

const closing: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' }

/** Where a bracket ends that opens at `at`; brackets in quotes do not count. */
const endOfBracket = (text: string, at: number): number => {
  const open: string[] = []
  for (let end = at; end < text.length; end += 1) {
    const sign = text[end] ?? ''
    if (`"'\``.includes(sign)) end = endOfQuoted(text, end) - 1
    else if (closing[sign]) open.push(closing[sign])
    else if (sign === open[open.length - 1]) open.pop()
    if (open.length === 0) return end + 1
  }
  return text.length
}

/** Where the value ends that begins at `start`. In doubt later rather than sooner: too much is hidden, never too little. */
const endOfValue = (text: string, start: number): number => {
  const quote = /^\\*["'`]/.exec(text.slice(start, start + 100))?.[0]
  if (quote !== undefined) {
    const end = endOfQuoted(text, start + quote.length - 1)
    // A long text is printed in parts: 'one\n' + 'two'.
    const next = /^\s*\+\s*(?=["'`])/.exec(text.slice(end))?.[0]
    return next === undefined ? end : endOfValue(text, end + next.length)
  }
  let end = start
  while (end < text.length && !/[,;&\n})\]]/.test(text[end] ?? '')) {
    end = /[{[(]/.test(text[end] ?? '') ? endOfBracket(text, end) : end + 1
  }
  return end
}

/** Hides the values of keys that must not be shown, at any depth and also in texts that hold JSON or printed objects. */
export const redaction = (keys: RedactedKeys) => {
  const patterns = keys.map((key) =>
    // Patterns that go on from their last match would see every other key only.
    typeof key === 'string' ? key.toLowerCase() : new RegExp(key.source, key.flags.replace(/[gy]/g, '')),
  )
  const isRedacted = (key: string): boolean =>
    patterns.some((one) => (typeof one === 'string' ? one === key.toLowerCase() : one.test(key)))

  const redactText = (text: string): string => {
    let shown = ''
    let from = 0
    keyInText.lastIndex = 0
    for (let found = keyInText.exec(text); found; found = keyInText.exec(text)) {
      if (!isRedacted(found[2] ?? found[3] ?? '')) {
        // What follows may be a key as well, as in `a=b=c`.
        keyInText.lastIndex = found.index + (found[1] ?? found[3] ?? '').length
        continue
      }
      const start = found.index + found[0].length
      const end = endOfValue(text, start)
      shown += text.slice(from, start) + hidden
      from = end
      keyInText.lastIndex = end
    }
    return shown + text.slice(from)
  }

  const redactString = (text: string, depth: number): string => {
    if (!/^\s*[[{"]/.test(text)) return redactText(text)
    try {
      return JSON.stringify(redactValue(JSON.parse(text), depth + 1))
    } catch {
      return redactText(text)
    }
  }

  const redactValue = (value: unknown, depth = 0): unknown => {
    if (depth > mostDepth) return hidden
    if (typeof value === 'string') return redactString(value, depth)
    if (Array.isArray(value)) return value.map((one) => redactValue(one, depth + 1))
    if (!isPlain(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        isRedacted(key) ? hidden : redactValue(inner, depth + 1),
      ]),
    )
  }

  return {
    /** A value of JSON. */
    value: (value: unknown): unknown => redactValue(value),
    /** A line that somebody wrote. What is a value is known by the look of it: `key: value`, `key=value`. */
    text: (text: string): string => redactString(text, 0),
  }
}
export type Redaction = ReturnType<typeof redaction>
