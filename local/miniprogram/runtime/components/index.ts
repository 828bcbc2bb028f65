import type { ComponentSpace } from 'glass-easel'
import { builtInElements, refusedElements } from '../../elements'
import { type Exported, playAnimation } from '../animation'
import { type BuiltIn, hostOf, type Self } from './built-in'
import { drawingComponents } from './drawing'
import { formComponents } from './form'
import { mediaComponents } from './media'
import { pageMetaComponents } from './page-meta'
import { pickerViewComponents } from './picker-view'
import { scrollComponents } from './scroll'

/** Those that need nothing but their styles. */
const plain = new Set<string>(['view', 'text', 'cover-view', 'root-portal'])

const components: Readonly<Record<string, BuiltIn>> = {
  ...formComponents,
  ...mediaComponents,
  ...scrollComponents,
  ...drawingComponents,
  ...pickerViewComponents,
  ...pageMetaComponents,
}

/** Every built-in component can be animated. Those without a definition are by `render.ts`. */
const animation = {
  type: null,
  value: null,
  observer(this: Self, exported: Exported) {
    void playAnimation(hostOf(this), exported)
  },
}

/** Data may arrive when a component is shown no more. */
const whileShown = (observers: BuiltIn['observers'] = {}): BuiltIn['observers'] =>
  Object.fromEntries(
    Object.entries(observers).map(([fields, work]) => [
      fields,
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
      is: `wx:${name}`,
      properties: { ...built.properties, animation },
      observers: whileShown(built.observers),
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
