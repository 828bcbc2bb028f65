import { component } from 'glass-easel-miniprogram-adapter'
import { domOf, elementOf, type Node, rectOf } from './render'

type Answer = Record<string, unknown>
type Hear = (answer: never) => void

interface Fields {
  readonly id?: boolean
  readonly dataset?: boolean
  readonly mark?: boolean
  readonly rect?: boolean
  readonly size?: boolean
  readonly scrollOffset?: boolean
  readonly properties?: readonly string[]
  readonly computedStyle?: readonly string[]
  readonly context?: boolean
  readonly node?: boolean
}

interface Question {
  readonly component: unknown
  /** None for the viewport. */
  readonly selector?: string
  readonly isAll: boolean
  readonly fields: Fields
  readonly hear: Hear
}

const scrolled = (dom: Element | null | undefined): Answer => ({
  scrollLeft: dom?.scrollLeft ?? 0,
  scrollTop: dom?.scrollTop ?? 0,
  scrollWidth: dom?.scrollWidth ?? 0,
  scrollHeight: dom?.scrollHeight ?? 0,
})

const described = (node: Node, fields: Fields): Answer => {
  const dom = domOf(node)
  const { left, top, width, height } = rectOf(node)
  const style = fields.computedStyle && dom ? getComputedStyle(dom) : undefined
  const { data, kept } = node as { data?: Answer; kept?: { node?: unknown; context?: unknown } }
  const listed = (names: readonly string[] | undefined, read: (name: string) => unknown): Answer =>
    Object.fromEntries((names ?? []).map((name) => [name, read(name)]))
  return {
    ...(fields.id ? { id: node.id } : {}),
    ...(fields.dataset ? { dataset: { ...node.dataset } } : {}),
    ...(fields.mark ? { mark: node.collectMarks() } : {}),
    ...(fields.rect ? { left, top, right: left + width, bottom: top + height } : {}),
    ...(fields.size ? { width, height } : {}),
    ...(fields.scrollOffset ? scrolled(dom) : {}),
    ...listed(fields.properties, (name) => data?.[name]),
    ...listed(fields.computedStyle, (name) => (style as unknown as Answer | undefined)?.[name]),
    ...(fields.node ? { node: kept?.node ?? null } : {}),
    ...(fields.context ? { context: kept?.context ?? null } : {}),
  }
}

const ofViewport = (component: unknown, fields: Fields): Answer => {
  const frame = domOf(elementOf(component))?.closest('.wx-page-frame')
  const [width, height] = [frame?.clientWidth ?? 0, frame?.clientHeight ?? 0]
  return {
    ...(fields.id ? { id: '' } : {}),
    ...(fields.dataset ? { dataset: {} } : {}),
    ...(fields.rect ? { left: 0, top: 0, right: width, bottom: height } : {}),
    ...(fields.size ? { width, height } : {}),
    ...(fields.scrollOffset ? scrolled(frame?.querySelector('.wx-page-scroller')) : {}),
  }
}

const answered = ({
  component: owner,
  selector,
  isAll,
  fields,
}: Question): Answer | readonly Answer[] | null => {
  if (selector === undefined) return ofViewport(owner, fields)
  const root = (elementOf(owner) as unknown as { getShadowRoot: () => unknown }).getShadowRoot() as {
    querySelector: (selector: string) => Node | null
    querySelectorAll: (selector: string) => readonly Node[]
  } | null
  if (isAll) return (root?.querySelectorAll(selector) ?? []).map((node) => described(node, fields))
  const found = root?.querySelector(selector)
  return found ? described(found, fields) : null
}

/**
 * Asks the view for places and sizes. The view answers when it has drawn what it was told before.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/api/wxml/wx.createSelectorQuery.html
 */
export const selectorQuery = (given: unknown) => {
  let owner = given
  const questions: Question[] = []
  const select = (isAll: boolean, selector?: string) => {
    const ask = (fields: Fields, hear: Hear | undefined) => {
      questions.push({
        component: owner,
        isAll,
        fields,
        hear: hear ?? (() => {}),
        ...(selector === undefined ? {} : { selector: String(selector) }),
      })
      return query
    }
    return {
      fields: ask,
      boundingClientRect: (hear?: Hear) => ask({ id: true, dataset: true, rect: true, size: true }, hear),
      scrollOffset: (hear?: Hear) => ask({ id: true, dataset: true, scrollOffset: true }, hear),
      context: (hear?: Hear) => ask({ context: true }, hear),
      node: (hear?: Hear) => ask({ node: true }, hear),
    }
  }
  const query = {
    in: (component: unknown) => {
      owner = component ?? owner
      return query
    },
    select: (selector: string) => select(false, selector),
    selectAll: (selector: string) => select(true, selector),
    selectViewport: () => select(false),
    exec: (hear?: (answers: readonly unknown[]) => void) => {
      const asked = [...questions]
      requestAnimationFrame(() => {
        const answers = asked.map((question) => {
          const answer = answered(question)
          question.hear(answer as never)
          return answer
        })
        hear?.(answers)
      })
      return query
    },
  }
  return query
}

component.ComponentCaller.prototype.createSelectorQuery = function () {
  return selectorQuery(this) as never
}
