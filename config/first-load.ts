import { type Compiler, sources } from 'webpack'

export const firstLoadFile = 'first-load.json'

/**
 * Webpack plugin: writes down which files the browser must have before the first page can be painted, which
 * are those of the entry and of that page's own chunk.
 */
export const listFirstLoad = (firstPage: string) => ({
  apply: (compiler: Compiler) => {
    compiler.hooks.thisCompilation.tap('list-first-load', (compilation) => {
      compilation.hooks.afterProcessAssets.tap('list-first-load', () => {
        const needed = compilation.chunkGroups.filter(
          (group) =>
            group.isInitial() || group.origins.some(({ request }) => request?.includes(firstPage) ?? false),
        )
        const files = new Set(needed.flatMap((group) => group.getFiles()))
        const pageIsFound = needed.some((group) => !group.isInitial())
        if (!pageIsFound) throw new Error(`no chunk holds ${firstPage}`)
        compilation.emitAsset(firstLoadFile, new sources.RawSource(JSON.stringify([...files].sort())))
      })
    })
  },
})
