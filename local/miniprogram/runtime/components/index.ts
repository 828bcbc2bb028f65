import type { ComponentSpace } from 'glass-easel'
import { builtInElements, refusedElements } from '../../elements'
import type { BuiltIn, Self } from './built-in'
import { formComponents } from './form'
import { mediaComponents } from './media'
import { scrollComponents } from './scroll'

/** Those that need nothing but their styles. */
const plain = new Set<string>(['view', 'text', 'cover-view', 'progress', 'icon', 'root-portal'])

const components: Readonly<Record<string, BuiltIn>> = {
  ...formComponents,
  ...mediaComponents,
  ...scrollComponents,
}

/** Data may still come to a component whose page is gone: nobody sees it. */
const whileShown = (observers: BuiltIn['observers'] = {}): BuiltIn['observers'] =>
  Object.fromEntries(
    Object.entries(observers).map(([names, work]) => [
      names,
      function (this: Self, ...values: never[]) {
        if (this.getBackendElement()) work.apply(this, values)
      },
    ]),
  )

/** Defines WeChat's own components in a space, each as `<wx-…>` in the browser. */
export const defineBuiltIns = (space: ComponentSpace): void => {
  for (const name of builtInElements) {
    const built = components[name]
    if (plain.has(name) || !built) {
      space.setGlobalUsingComponent(name, `wx-${name}`)
      continue
    }
    const definition = space.defineComponent({
      ...built,
      observers: whileShown(built.observers),
      is: `wx:${name}`,
    } as never)
    space.setGlobalUsingComponent(name, definition as never)
  }
  for (const name of refusedElements) {
    const definition = space.defineComponent({
      is: `wx:${name}`,
      lifetimes: {
        attached() {
          throw new Error(`<${name}> is not provided by this host`)
        },
      },
    } as never)
    space.setGlobalUsingComponent(name, definition as never)
  }
}
