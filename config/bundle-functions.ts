import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type BuildOptions, build, context, type Plugin } from 'esbuild'
import { readOptions } from './command-line'

const root = path.join(__dirname, '..')
const outputFolder = path.join(root, 'dist/cloudfunctions')

/** What the SDK loads and no function of ours calls; loading it is a third of the cold start. */
const unusedParts = [
  '@cloudbase/ai',
  '@cloudbase/wx-cloud-client-sdk',
  '@cloudbase/app',
  '@cloudbase/adapter-wx_mp',
  'web-streams-polyfill',
  'web-streams-adapter',
  'jsonwebtoken',
]
/** Only uploading a file needs these. */
const uploadParts = ['xml2js', 'mime-db']

/** A part left out answers with an error that names it, on first use and not on loading. */
const leaveOut = (parts: readonly string[]): Plugin => ({
  name: 'leave-out',
  setup: (builder) => {
    const isLeftOut = (specifier: string) =>
      parts.some((part) => specifier === part || specifier.startsWith(`${part}/`))
    builder.onResolve({ filter: /.*/ }, ({ path: specifier }) =>
      isLeftOut(specifier) ? { path: specifier, namespace: 'left-out' } : undefined,
    )
    builder.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path: specifier }) => ({
      loader: 'js',
      contents: `
        class LeftOut { constructor() { throw new Error(${JSON.stringify(`${specifier} is not in this bundle: see config/bundle-functions.ts`)}) } }
        module.exports = { default: LeftOut, LeftOut, __esModule: true, createModel: LeftOut, ${names(specifier)} }`,
    }))
  },
})

/** Names that the SDK reads from a part while it loads. */
const names = (specifier: string): string => {
  switch (specifier) {
    case '@cloudbase/app':
      return 'cloudbase: { registerEndPoint() {} }'
    default:
      return ''
  }
}

interface FunctionBundle {
  readonly name: string
  readonly leftOut: readonly string[]
  /** Native libraries, installed beside the bundle by the platform. */
  readonly external: readonly string[]
}

export const functionBundles: readonly FunctionBundle[] = [
  { name: 'api', leftOut: [...unusedParts, ...uploadParts], external: [] },
  { name: 'clock', leftOut: [...unusedParts, ...uploadParts], external: [] },
  { name: 'photos', leftOut: unusedParts, external: ['sharp'] },
]

const optionsOf = ({ name, leftOut, external }: FunctionBundle, folder: string): BuildOptions => ({
  entryPoints: [path.join(root, `cloudfunctions/entrypoints/${name}/index.ts`)],
  outfile: path.join(folder, name, 'index.js'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  keepNames: true,
  sourcemap: 'external',
  legalComments: 'none',
  external: [...external],
  plugins: [leaveOut(leftOut)],
  logLevel: 'warning',
})

/** What the platform installs for a function: only its native libraries, at the versions we test with. */
const writeManifest = async ({ name, external }: FunctionBundle, folder: string): Promise<void> => {
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const dependencies = Object.fromEntries(
    external.map((library) => [library, manifest.dependencies[library]]),
  )
  await writeFile(
    path.join(folder, name, 'package.json'),
    `${JSON.stringify({ name: `redface-${name}`, private: true, main: 'index.js', dependencies }, null, 2)}\n`,
  )
}

/** What a check puts around the functions or in the place of one of their files. */
export type BundledWith = Pick<BuildOptions, 'banner'> & { readonly plugins?: readonly Plugin[] }

/** Builds every deployed function into one file each, below dist/cloudfunctions unless told otherwise. */
export const bundleFunctions = async (
  folder = outputFolder,
  { banner, plugins = [] }: BundledWith = {},
): Promise<void> => {
  await rm(folder, { recursive: true, force: true })
  for (const bundle of functionBundles) {
    await mkdir(path.join(folder, bundle.name), { recursive: true })
    const options = optionsOf(bundle, folder)
    const ownPlugins = options.plugins ?? []
    await build({ ...options, ...(banner ? { banner } : {}), plugins: [...ownPlugins, ...plugins] })
    await writeManifest(bundle, folder)
  }
}

/** Rebuilds on change and calls back after each rebuild; answers how to stop. */
export const watchFunctions = async (onRebuilt: () => void): Promise<() => Promise<void>> => {
  await bundleFunctions()
  const contexts = await Promise.all(
    functionBundles.map((bundle) => {
      const options = optionsOf(bundle, outputFolder)
      const tell: Plugin = { name: 'tell', setup: (builder) => builder.onEnd(() => onRebuilt()) }
      return context({ ...options, plugins: [...(options.plugins ?? []), tell] })
    }),
  )
  await Promise.all(contexts.map((one) => one.watch()))
  return async () => {
    await Promise.all(contexts.map((one) => one.dispose()))
  }
}

if (require.main === module) {
  readOptions('usage: npm run build:functions\nbundles the functions into dist/cloudfunctions', {})
  bundleFunctions().catch((error) => {
    console.error(error)
    process.exitCode = 1
  })
}
