export const waitingText = '有网自动传'
export const takenText = (count: number, max: number): string => `${count}/${max}`

/**
 * How a picker's parts are called for who hears them: by what its pictures show, where a form has several pickers. What a
 * part shows is in its name.
 */
export const photoNames = (what?: string) => {
  const noun = what ?? '照片'
  const picture = (index: number): string => `第${index + 1}张${noun}`
  return {
    picture,
    add: (label: string, count: number, max: number): string => {
      if (count > 0) return `再加一张${noun}，${takenText(count, max)}`
      return what === undefined ? label : `${label}：${what}`
    },
    sending: (index: number): string => `${picture(index)}正在上传`,
    waiting: (index: number): string => `${picture(index)}${waitingText}，点一下现在就传`,
    remove: (index: number): string => `删除${picture(index)}`,
  }
}
