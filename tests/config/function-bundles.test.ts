import type { Metafile } from 'esbuild'
import { functionBundles, inspectBundle } from '../../config/bundle-functions'

const inspected = async (name: string): Promise<Metafile> => {
  const bundle = functionBundles.find((one) => one.name === name)
  if (!bundle) throw new Error(`no function ${name}`)
  return inspectBundle(bundle)
}

/** The files that a function runs through when it is loaded: what is imported dynamically is not among them. */
const loadedAtOnce = ({ inputs }: Metafile, entry: string): readonly string[] => {
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const { path, kind, external } of inputs[file]?.imports ?? [])
      if (!external && kind !== 'dynamic-import') visit(path)
  }
  visit(entry)
  return [...seen]
}

test('a new instance of api loads no contract, no step and no migration before it is asked', async () => {
  const metafile = await inspected('api')
  const loaded = loadedAtOnce(metafile, 'cloudfunctions/entrypoints/api/index.ts')
  const ofRooms =
    /contexts\/[^/]+\/(contract|views|routes|access|tick|[a-z-]*shapes|steps\/.*|use-cases\/.*)\.ts$/
  expect(loaded.filter((file) => ofRooms.test(file))).toEqual([])
  // The names are still the right ones.
  expect(Object.keys(metafile.inputs).filter((file) => ofRooms.test(file)).length).toBeGreaterThan(50)
})

test('photos carries no room but those that every call needs and its own', async () => {
  const bundled = Object.values((await inspected('photos')).outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  )
  const rooms = bundled.flatMap((file) => /contexts\/([^/]+)\//.exec(file)?.[1] ?? [])
  expect([...new Set(rooms)].sort()).toEqual(['limits', 'organisation', 'photo', 'sign-in'])
})

test('what reads tables is in papers alone, and is loaded when a table is read', async () => {
  const readsTables = /node_modules\/(read-excel-file|csv-parse|fflate)\//
  const papers = await inspected('papers')
  expect(Object.keys(papers.inputs).filter((file) => readsTables.test(file)).length).toBeGreaterThan(5)
  const loaded = loadedAtOnce(papers, 'cloudfunctions/entrypoints/papers/index.ts')
  expect(loaded.filter((file) => readsTables.test(file))).toEqual([])
  for (const name of ['api', 'clock', 'photos'])
    expect(Object.keys((await inspected(name)).inputs).filter((file) => readsTables.test(file))).toEqual([])
})
