import path from 'node:path'
import { buildSync } from 'esbuild'
import { type ChunkGraph, type Compilation, type Compiler, type Module, sources } from 'webpack'

type ChunkGroup = Compilation['chunkGroups'][number]

const firstLoadFile = 'first-load.json'

const page = 'index.html'

interface FirstLoad {
  /** The page behind an address that names none. */
  readonly firstPage: string
  /** What the client's code is built with. */
  readonly env: Readonly<Record<string, string>>
}

/** Every file by its place in `names`: it stands in the page once, however many pages need it. */
interface FilesOfPages {
  readonly names: readonly string[]
  readonly ofPages: Readonly<Record<string, readonly number[]>>
}

const namedOnce = (filesOfPages: Readonly<Record<string, readonly string[]>>): FilesOfPages => {
  const names = [...new Set(Object.values(filesOfPages).flat())].sort()
  return {
    names,
    ofPages: Object.fromEntries(
      Object.entries(filesOfPages).map(([one, files]) => [one, files.map((file) => names.indexOf(file))]),
    ),
  }
}

/** The script of the page's head: small enough to stand in the page itself. */
const earlyScript = (env: FirstLoad['env'], files: FilesOfPages): string => {
  const define = Object.entries({ TARO_ENV: '"h5"', ...env }).map(([name, value]) => [
    `process.env.${name}`,
    value,
  ])
  const { outputFiles } = buildSync({
    entryPoints: [path.resolve(__dirname, '../client/early.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2018',
    define: {
      ...Object.fromEntries(define),
      files: JSON.stringify(files.names),
      filesOfPages: JSON.stringify(files.ofPages),
    },
    logLevel: 'warning',
  })
  const [script] = outputFiles
  if (!script || script.text.includes('</script')) throw new Error('early.ts cannot stand in the page')
  return `<script>${script.text.trim()}</script>`
}

/** Its script is the largest file: asked for behind the small ones it would wait for one of the browser's six connections. */
const askedFirst = (entry: ReadonlySet<string>): string =>
  [...entry]
    .filter((file) => file.endsWith('.js'))
    .map((file) => `<link rel="preload" as="script" href="./${file}">`)
    .join('')

/**
 * Webpack plugin: puts `client/early.ts` into the page's head, which begins the first call and has the browser ask at once
 * for all the files of the page that is opened. It writes down which files home needs before it can be painted, those of
 * the entry and of its own chunks.
 */
export const loadFirst = ({ firstPage, env }: FirstLoad) => ({
  apply: (compiler: Compiler) => {
    compiler.hooks.thisCompilation.tap('load-first', (compilation) => {
      compilation.hooks.afterProcessAssets.tap('load-first', () => {
        const filesOf = (groups: readonly ChunkGroup[]) =>
          new Set(groups.flatMap((group) => group.getFiles()))
        const entry = filesOf(compilation.chunkGroups.filter((group) => group.isInitial()))
        const filesOfPages = Object.fromEntries(
          pagesIn(compilation)
            .filter(isOpenedFromOutside)
            .map((one) => {
              const own = filesOf(compilation.chunkGroups.filter((group) => isLoadedFor(group, one)))
              return [one, [...own].filter((file) => !entry.has(file)).sort()]
            }),
        )
        if (!filesOfPages[firstPage]) throw new Error(`no chunk holds ${firstPage}`)
        const first = [...entry, ...filesOfPages[firstPage]].sort()
        compilation.emitAsset(firstLoadFile, new sources.RawSource(JSON.stringify(first)))
        const early = askedFirst(entry) + earlyScript(env, namedOnce(filesOfPages))
        compilation.updateAsset(page, (html) => {
          return new sources.RawSource(String(html.source()).replace('<title>', () => `${early}<title>`))
        })
      })
    })
  },
})

/** The pages whose code comes by itself. */
const pagesIn = ({ chunkGroups }: Compilation): readonly string[] => [
  ...new Set(
    chunkGroups.flatMap(({ origins }) =>
      origins.flatMap(({ request }) => /\bpages\/[\w/-]+$/.exec(request ?? '')?.[0] ?? []),
    ),
  ),
]

/** What an admin or a counter works on is come to from within: its names need not stand in what everybody loads first. */
const isOpenedFromOutside = (page: string): boolean => !/^pages\/(admin|people|counter)\//.test(page)

const isLoadedFor = (group: ChunkGroup, page: string): boolean =>
  group.origins.some(({ request }) => request?.includes(page) ?? false)

/** For `splitChunks`: whether a module belongs to the own chunk of one of these pages. */
export const isUsedByOneOf =
  (pages: readonly string[]) =>
  (module: Module, { chunkGraph }: { chunkGraph: ChunkGraph }): boolean =>
    [...chunkGraph.getModuleChunksIterable(module)].some((chunk) =>
      [...chunk.groupsIterable].some((group) => pages.some((page) => isLoadedFor(group, page))),
    )

/** For `splitChunks`: whether a module belongs to no other pages than those of these folders. */
export const isOnlyUsedBy =
  (folders: readonly string[]) =>
  (module: Module, { chunkGraph }: { chunkGraph: ChunkGraph }): boolean =>
    [...chunkGraph.getModuleChunksIterable(module)].every((chunk) =>
      [...chunk.groupsIterable].every((group) => folders.some((folder) => isLoadedFor(group, folder))),
    )
