import selectorParser from 'postcss-selector-parser'

/** A selector of WeChat for the elements of a browser; `prefix` is that of the component it is for, or empty. */
export const webSelector = (selector: string, prefix: string): string =>
  selectorParser((selectors) => {
    selectors.walk((node) => {
      if (node.type === 'tag') node.value = `wx-${node.value}`
      if (node.type === 'class' && prefix !== '') node.value = `${prefix}--${node.value}`
      if (node.type === 'id') {
        // Ids are written with the prefix of their component; `:is` keeps the weight of an id.
        const written = `:is([id$=${JSON.stringify(`--${node.value}`)}], #wx-none)`
        node.replaceWith(selectorParser().astSync(written).nodes[0]?.nodes[0] as never)
      }
    })
  }).processSync(selector)
