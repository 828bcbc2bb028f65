import type { IPluginContext } from '@tarojs/service'

/** What the client says of an element to those who hear the page (`client/components/aria.ts`). */
const spoken = ['role', 'label', 'checked', 'selected', 'disabled'].map((name) => `aria-${name}`)
const speaking = new Set(['view', 'image', 'input', 'textarea', 'switch'])

/** What no page asks of an element: Taro writes it fifteen times over, once for each level of nesting. */
export const unaskedOf: Readonly<Record<string, RegExp>> = {
  view: /^(animation|bind(Touch(Start|End|Cancel)|LongTap|Animation\w+|TransitionEnd)|hover-(stop|start|stay)\S+)$/,
  'scroll-view': /^(?!(scroll-x|scroll-y|enhanced|show-scrollbar)$)/,
}

/** Words stand in views here; Taro has templates for this element whether or not anything uses it. */
export const unusedElements = ['text', 'static-text'] as const

interface Platform {
  readonly template: {
    modifyCompProps?: (name: string, props: Readonly<Record<string, string>>) => Record<string, string>
  }
}

interface Components {
  readonly componentConfig: { readonly includes: Set<string> }
}

/**
 * Fits Taro's templates for WeChat to the client: with the attributes that WeChat's reader speaks, which they leave
 * out, and without what nothing uses, which is a tenth of the main package. tests/config/wechat-templates.test.ts
 * says when something uses it after all.
 */
export default (context: IPluginContext): void => {
  context.registerMethod({
    name: 'onSetupClose',
    fn: ({ template }: Platform) => {
      template.modifyCompProps = (name, props) => {
        const asked = Object.entries(props).filter(([prop]) => !unaskedOf[name]?.test(prop))
        const said = speaking.has(name) ? spoken.map((attribute) => [attribute, '']) : []
        return Object.fromEntries([...asked, ...said])
      }
    },
  })
  context.modifyComponentConfig(({ componentConfig }: Components) => {
    for (const element of unusedElements) componentConfig.includes.delete(element)
  })
}
