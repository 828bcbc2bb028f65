import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type BuildOptions, build, context, type Metafile, type Plugin } from 'esbuild'
import { readOptions } from './command-line'

const root = path.join(__dirname, '..')
const outputFolder = path.join(root, 'dist/cloudfunctions')

/**
 * What the SDK loads and no function of ours calls: folders and files of packages. Loading the SDK is most of a cold
 * start, and these were more than half of what it loaded.
 */
const unusedParts = [
  '@cloudbase/node-sdk/dist/ai',
  '@cloudbase/node-sdk/dist/analytics',
  '@cloudbase/node-sdk/dist/cloudrun',
  '@cloudbase/node-sdk/dist/functions',
  '@cloudbase/node-sdk/dist/notification',
  '@cloudbase/node-sdk/dist/utils/tcbopenapicommonrequester',
  '@cloudbase/node-sdk/dist/wx',
  '@cloudbase/wx-cloud-client-sdk',
  '@cloudbase/database/dist/commonjs/realtime/websocket-client',
  'jsonwebtoken',
  'http-proxy-agent',
  'https-proxy-agent',
  'axios',
  'debug/src/browser',
  'xmlbuilder',
]
/** Only uploading a file needs these. */
const uploadParts = ['xml2js', 'form-data']

/** The path of an installed file within `node_modules`: package, folders, name without its ending. */
const installedAs = (file: string): string =>
  file
    .split(path.sep)
    .join('/')
    .replace(/^.*\/node_modules\//, '')
    .replace(/\.[a-z]+$/, '')

/** A part left out answers with an error that names it, on first use and not on loading, whatever is taken from it. */
const leaveOut = (parts: readonly string[]): Plugin => ({
  name: 'leave-out',
  setup: (builder) => {
    builder.onLoad({ filter: /[\\/]node_modules[\\/]/ }, ({ path: file }) => {
      const installed = installedAs(file)
      const part = parts.find((one) => installed === one || installed.startsWith(`${one}/`))
      return part === undefined
        ? undefined
        : {
            loader: 'js',
            contents: `
              function leftOut() { throw new Error(${JSON.stringify(`${part} is not in this bundle: see config/bundle-functions.ts`)}) }
              const part = new Proxy(leftOut, { get: (_, name) => name === '__esModule' || (name === 'prototype' ? leftOut.prototype : part) })
              module.exports = part`,
          }
    })
  },
})

/** Kinds of files that a function uploads, and what is sent of an unknown kind. */
const uploadedTypes = ['image/jpeg', 'application/octet-stream']

type Json = Readonly<Record<string, Readonly<Record<string, unknown>>>>
const named = (value: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, value[name]]))

/** Of these files only a part is asked; the bundle holds that part, in the same form. */
const narrowed: Readonly<Record<string, (text: string) => string>> = {
  // The database's answers are in its extended JSON; nothing here speaks the binary form.
  'bson/lib/bson': () => "exports.EJSON = require('./extended_json').EJSON",
  'mime-db/db': (text) => JSON.stringify(named(JSON.parse(text) as Json, uploadedTypes)),
  // The dates alone: what they are called in two languages is nowhere shown.
  'chinese-days/dist/chinese-days': (text) => {
    const days = JSON.parse(text) as Json
    const dates = ['holidays', 'workdays'].map((kind) => [
      kind,
      Object.fromEntries(Object.keys(days[kind] ?? {}).map((date) => [date, 1])),
    ])
    return JSON.stringify(Object.fromEntries(dates))
  },
}

const narrow: Plugin = {
  name: 'narrow',
  setup: (builder) => {
    builder.onLoad({ filter: /[\\/]node_modules[\\/].*\.js(on)?$/ }, async ({ path: file }) => {
      const part = narrowed[installedAs(file)]
      return part
        ? {
            loader: file.endsWith('.json') ? 'json' : 'js',
            contents: part(await readFile(file, 'utf8')),
            resolveDir: path.dirname(file),
          }
        : undefined
    })
  },
}

/**
 * Chinese in a pattern as escapes, like that in texts, which esbuild escapes itself: one other character makes V8 keep and
 * read the whole bundle in two bytes a character, which is a tenth of what loading it costs.
 */
const inOneByte: Plugin = {
  name: 'in-one-byte',
  setup: (builder) => {
    builder.onLoad({ filter: /[\\/]cloudfunctions[\\/].*\.ts$/ }, async ({ path: file }) => ({
      loader: 'ts',
      contents: (await readFile(file, 'utf8')).replace(
        /[^\0-\x7f]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    }))
  },
}

interface FunctionBundle {
  readonly name: 'api' | 'clock' | 'photos' | 'papers'
  readonly leftOut: readonly string[]
  /** Native libraries, installed beside the bundle by the platform. */
  readonly external: readonly string[]
}

export const functionBundles: readonly FunctionBundle[] = [
  { name: 'api', leftOut: [...unusedParts, ...uploadParts], external: [] },
  { name: 'clock', leftOut: [...unusedParts, ...uploadParts], external: [] },
  { name: 'photos', leftOut: unusedParts, external: ['sharp'] },
  { name: 'papers', leftOut: [...unusedParts, ...uploadParts], external: [] },
]

const optionsOf = ({ name, leftOut, external }: FunctionBundle, folder: string): BuildOptions => ({
  entryPoints: [path.join(root, `cloudfunctions/entrypoints/${name}/index.ts`)],
  outfile: path.join(folder, name, 'index.js'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  sourcemap: 'external',
  legalComments: 'none',
  external: [...external],
  plugins: [leaveOut(leftOut), narrow, inOneByte],
  logLevel: 'warning',
})

/** Of the packages in a bundle, those that are not the SDK and what it stands on. */
const ownPackages =
  /[\\/]node_modules[\\/](zod|chinese-days|sharp|csv-parse|read-excel-file|fflate|saxen)[\\/]/

/** What each bundle is made of, as esbuild tells it; writes nothing. */
export const inspectBundle = async (bundle: FunctionBundle): Promise<Metafile> => {
  const options = optionsOf(bundle, outputFolder)
  return (await build({ ...options, sourcemap: false, write: false, metafile: true })).metafile
}

/** How many bytes of each bundle are the SDK's, by function. */
export const sdkBytes = async (): Promise<Readonly<Record<string, number>>> => {
  const counts = functionBundles.map(async (bundle) => {
    const metafile = await inspectBundle(bundle)
    const bytes = Object.values(metafile.outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([file]) => `/${file}`.includes('/node_modules/') && !ownPackages.test(`/${file}`))
      .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0)
    return [bundle.name, bytes] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

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
    await build({ ...options, ...(banner ? { banner } : {}), plugins: [...plugins, ...ownPlugins] })
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
