import { type ChunkGraph, type Compilation, type Compiler, type Module, sources } from 'webpack'

type ChunkGroup = Compilation['chunkGroups'][number]

const firstLoadFile = 'first-load.json'

const page = 'index.html'

const preload = (file: string): string =>
  `<link rel="preload" as="${file.endsWith('.css') ? 'style' : 'script'}" href="./${file}"/>`

/**
 * Webpack plugin: writes down which files the browser must have before the first page can be painted, which
 * are those of the entry and of that page's own chunk, and has the browser ask for all of them at once.
 */
export const loadFirst = (firstPage: string) => ({
  apply: (compiler: Compiler) => {
    compiler.hooks.thisCompilation.tap('load-first', (compilation) => {
      compilation.hooks.afterProcessAssets.tap('load-first', () => {
        const filesOf = (groups: readonly ChunkGroup[]) =>
          new Set(groups.flatMap((group) => group.getFiles()))
        const initial = compilation.chunkGroups.filter((group) => group.isInitial())
        const own = compilation.chunkGroups.filter((group) => isLoadedFor(group, firstPage))
        if (own.length === 0) throw new Error(`no chunk holds ${firstPage}`)
        const files = [...filesOf([...initial, ...own])].sort()
        compilation.emitAsset(firstLoadFile, new sources.RawSource(JSON.stringify(files)))
        const entry = filesOf(initial)
        const links = files.filter((file) => !entry.has(file)).map(preload)
        compilation.updateAsset(page, (html) => {
          return new sources.RawSource(String(html.source()).replace('</head>', `${links.join('')}</head>`))
        })
      })
    })
  },
})

const isLoadedFor = (group: ChunkGroup, page: string): boolean =>
  group.origins.some(({ request }) => request?.includes(page) ?? false)

/** For `splitChunks`: whether a module belongs to a page's own chunk. */
export const isUsedBy =
  (page: string) =>
  (module: Module, { chunkGraph }: { chunkGraph: ChunkGraph }): boolean =>
    [...chunkGraph.getModuleChunksIterable(module)].some((chunk) =>
      [...chunk.groupsIterable].some((group) => isLoadedFor(group, page)),
    )
