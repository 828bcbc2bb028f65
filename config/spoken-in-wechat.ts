import type { IPluginContext } from '@tarojs/service'

/** What the client says of an element to those who hear the page (`client/components/aria.ts`). */
const spoken = ['role', 'label', 'checked', 'selected', 'disabled'].map((name) => `aria-${name}`)
const speaking = new Set(['view', 'image', 'input', 'textarea', 'switch'])

interface Platform {
  readonly template: {
    modifyCompProps?: (name: string, props: Readonly<Record<string, string>>) => Record<string, string>
  }
}

/** Taro's templates for WeChat leave these attributes out, and WeChat's reader would hear nothing of them. */
export default (context: IPluginContext): void => {
  context.registerMethod({
    name: 'onSetupClose',
    fn: ({ template }: Platform) => {
      template.modifyCompProps = (name, props) => ({
        ...props,
        ...(speaking.has(name) && Object.fromEntries(spoken.map((attribute) => [attribute, '']))),
      })
    },
  })
}
