const randomBytes = (count: number): Uint8Array => {
  const bytes = new Uint8Array(count)
  // WeChat's runtime has no `crypto`; a command's id need only be unlike the same caller's other ones.
  if (typeof crypto === 'undefined' || !crypto.getRandomValues)
    return bytes.map(() => Math.floor(Math.random() * 256))
  return crypto.getRandomValues(bytes)
}

/** A new UUID (version 4). */
export const newCommandId = (): string => {
  const bytes = randomBytes(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/**
 * The command id of what somebody means to do. The same words keep it through every retry, so that they are carried out
 * once; changed words, and the same words after they were carried out, are a new intention.
 */
export const intention = () => {
  let current: { readonly key: string; readonly commandId: string } | undefined
  return {
    idFor: (input: object): string => {
      const key = JSON.stringify(input)
      if (current?.key !== key) current = { key, commandId: newCommandId() }
      return current.commandId
    },
    isDone: (): void => {
      current = undefined
    },
  }
}
