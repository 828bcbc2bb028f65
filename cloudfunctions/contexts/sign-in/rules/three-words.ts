/** Short words that everybody can read and that nobody mistakes for one another, said aloud or read. */
const first = [
  '青山',
  '大河',
  '草原',
  '黄沙',
  '白云',
  '红日',
  '北风',
  '南山',
  '东坡',
  '西湖',
  '高塔',
  '长桥',
] as const
const last = [
  '泉水',
  '牛羊',
  '骏马',
  '松树',
  '麦田',
  '炊烟',
  '灯火',
  '雪花',
  '石头',
  '小路',
  '果园',
  '蓝天',
] as const

type Draw = (limit: number) => number

const drawn = (draw: Draw): string =>
  `${first[draw(first.length)]} · ${draw(10)} · ${last[draw(last.length)]}`

/** How many the phone offers, of which the computer shows one. */
const offered = 3
/** Of more than a thousand pairs two are the same once in a thousand times. */
const mostDraws = 100

/**
 * Two words and a digit for the computer to show, and what the phone offers to choose from, that among others, in an
 * order that tells nothing. Whoever has not looked at the computer cannot choose: a code that was sent to them is no use.
 */
export const drawWords = (draw: Draw): { readonly words: string; readonly choices: readonly string[] } => {
  const choices = new Set<string>()
  for (let tries = 0; choices.size < offered && tries < mostDraws; tries += 1) choices.add(drawn(draw))
  if (choices.size < offered) throw new Error('the same words were drawn again and again')
  const all = [...choices]
  return { words: all[draw(offered)] ?? '', choices: all }
}
