/** Animations of a program, played by the browser. */

const transforms = new Set(
  ['rotate', 'scale', 'skew', 'translate'].flatMap((name) =>
    ['', 'X', 'Y', 'Z', '3d'].map((axis) => `${name}${axis}`),
  ),
).add('matrix')
transforms.add('matrix3d')

const lengths = ['width', 'height', 'left', 'right', 'top', 'bottom']
const styles = ['opacity', 'backgroundColor', ...lengths]

const withUnit = (name: string, value: unknown): string => {
  if (typeof value !== 'number') return String(value)
  if (/^translate/.test(name) || lengths.includes(name)) return `${value}px`
  return /^(rotate|skew)/.test(name) ? `${value}deg` : String(value)
}

/** `rotate3d` and its like count three numbers before an angle. */
const transformOf = (name: string, values: readonly unknown[]): string => {
  const written = values.map((value, at) =>
    name === 'rotate3d' && at < 3 ? String(value) : withUnit(name, value),
  )
  return `${name}(${written.join(', ')})`
}

interface Timing {
  readonly duration?: number
  readonly timingFunction?: string
  readonly delay?: number
  readonly transformOrigin?: string
}

interface Step {
  readonly animates: readonly { readonly type: string; readonly args: readonly unknown[] }[]
  readonly option: Timing
}

export interface Exported {
  readonly actions: readonly Step[]
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/api/ui/animation/wx.createAnimation.html */
export const createAnimation = (defaults: Timing = {}): Record<string, unknown> => {
  let steps: Step[] = []
  let current: { type: string; args: readonly unknown[] }[] = []
  const animation: Record<string, unknown> = {
    step: (timing: Timing = {}) => {
      steps.push({ animates: current, option: { ...defaults, ...timing } })
      current = []
      return animation
    },
    export: (): Exported => {
      const actions = steps
      steps = []
      return { actions }
    },
  }
  for (const name of [...transforms, ...styles])
    animation[name] = (...args: unknown[]) => {
      current.push({ type: name, args })
      return animation
    }
  return animation
}

const running = new WeakMap<HTMLElement, object>()

/** Plays what `createAnimation` has exported, one step after the other. A new one takes the place of one that runs. */
export const playAnimation = async (dom: HTMLElement, exported: Exported | undefined): Promise<void> => {
  if (!exported?.actions) return
  const turn = {}
  running.set(dom, turn)
  for (const { animates, option } of exported.actions) {
    if (running.get(dom) !== turn) return
    const moved = animates.filter(({ type }) => transforms.has(type))
    const frame: Keyframe = Object.fromEntries(
      animates
        .filter(({ type }) => !transforms.has(type))
        .map(({ type, args }) => [type, withUnit(type, args[0])]),
    )
    if (moved.length > 0) {
      frame.transform = moved.map(({ type, args }) => transformOf(type, args)).join(' ')
      frame.transformOrigin = option.transformOrigin ?? '50% 50% 0'
    }
    await dom
      .animate([frame], {
        duration: option.duration ?? 400,
        delay: option.delay ?? 0,
        easing: option.timingFunction ?? 'linear',
        fill: 'forwards',
      })
      .finished.catch(() => undefined)
  }
}

type Given = Readonly<Record<string, unknown>>

/**
 * Plays key frames on some elements.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/view/animation.html
 */
export const animateFrames = async (
  elements: readonly HTMLElement[],
  frames: readonly Given[],
  duration: number,
): Promise<void> => {
  const made = frames.map((given) => {
    const frame: Keyframe = {}
    const moved: string[] = []
    for (const [name, value] of Object.entries(given)) {
      if (name === 'offset') frame.offset = Number(value)
      else if (name === 'ease') frame.easing = String(value)
      else if (transforms.has(name)) moved.push(transformOf(name, Array.isArray(value) ? value : [value]))
      else frame[name] = String(value)
    }
    if (moved.length > 0) frame.transform = moved.join(' ')
    return frame
  })
  await Promise.all(
    elements.map((dom) => dom.animate(made, { duration, fill: 'forwards' }).finished.catch(() => undefined)),
  )
}

export const clearAnimations = (elements: readonly HTMLElement[]): void => {
  for (const dom of elements) for (const animation of dom.getAnimations()) animation.cancel()
}
