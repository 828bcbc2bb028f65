import { ownerOf } from '../../cloudfunctions/contexts/photo/shared/own-photos'
import { presentShapes } from '../../cloudfunctions/entrypoints/shapes'
import { openDatabase } from '../../cloudfunctions/platform/cloudbase/database'
import { shaped } from '../../cloudfunctions/platform/cloudbase/shape'
import { sha256 } from '../../cloudfunctions/platform/digest'
import { openServerSdk } from '../server-sdk'
import { buildDemo, type DemoDocuments, type DemoOptions } from './build-demo'
import { accountOf } from './personas'
import { drawPhotos } from './photos'

export interface SeedOptions {
  /** Where the local CloudBase answers the server SDK. */
  readonly adminUrl: string
  /** The instant up to which the demonstration has been played. */
  readonly now: DemoOptions['now']
  /** Under the secret of the functions. */
  readonly keyed: DemoOptions['keyed']
  /** Told when the environment is empty, before anything is written. */
  readonly onStart?: () => void
}

export interface SeedOutcome {
  /** False when the environment had been seeded before: then nothing was written. */
  readonly isNew: boolean
  /** Documents written, by collection. */
  readonly counts: Readonly<Record<string, number>>
}

type Cloud = ReturnType<typeof openServerSdk>
type Document = { readonly _id: string }
type Owned = Document & { readonly chainId?: string }

/** The SDK's own patience is for a network; here a request waits only for a busy machine. */
const patienceMs = 10 * 60_000

/** The SDK reports some failures in the answer instead of throwing. */
const checked = <T extends object>(answer: T, what: string): T => {
  const { code, message } = answer as { code?: unknown; message?: unknown }
  if (code !== undefined && code !== 'SUCCESS') throw new Error(`${what}: ${String(code)} ${String(message)}`)
  return answer
}

const documentsAtOnce = 100

/** Writes whole collections in their present shape. */
const writeTo = (cloud: Cloud, { keyed }: SeedOptions) => {
  const shapes = presentShapes(openDatabase(cloud.database()), { keyed, sha256 })
  return (name: string, documents: readonly Document[]): Promise<void> =>
    write(
      cloud,
      name,
      documents.map((document) => shaped(shapes, name, document)),
    )
}

/**
 * Writes whole collections. What an interrupted earlier run has left is removed first: documents with the same ids, and
 * of the ledger whole chains, as rows behind the end that is written now would belong to no chain.
 */
const write = async (cloud: Cloud, name: string, documents: readonly Document[]): Promise<void> => {
  const database = cloud.database()
  const collection = database.collection(name)
  const owner = name === 'ledger' ? 'chainId' : '_id'
  const owners = [...new Set(documents.map((document) => (document as Owned)[owner]))]
  for (let from = 0; from < owners.length; from += documentsAtOnce) {
    const some = owners.slice(from, from + documentsAtOnce)
    checked(await collection.where({ [owner]: database.command.in(some) }).remove(), `clearing ${name}`)
  }
  for (let from = 0; from < documents.length; from += documentsAtOnce)
    checked(await collection.add(documents.slice(from, from + documentsAtOnce)), `writing ${name}`)
}

const uploadPhotos = async (cloud: Cloud, { now, keyed }: DemoOptions): Promise<readonly Document[]> => {
  const drawn = await drawPhotos()
  const upload = async (path: string, bytes: Buffer): Promise<string> =>
    checked(await cloud.uploadFile({ cloudPath: path, fileContent: bytes }), `uploading ${path}`).fileID
  return Promise.all(
    drawn.map(async ({ id, full, thumb, width, height }) => ({
      _id: id,
      owner: ownerOf(keyed, id, accountOf('demo')),
      // Many reports show it; it is nobody's to use again.
      usedIn: 'demo',
      fileId: await upload(`photos/${id}/full.jpg`, full),
      thumbFileId: await upload(`photos/${id}/thumb.jpg`, thumb),
      width,
      height,
      bytes: full.byteLength,
      admittedAt: now,
    })),
  )
}

/** People before the reports they take part in, the tree last: the region's unit says that all is there. */
const order = [
  'rule_books',
  'special_units',
  'partnerships',
  'bonds',
  'memberships',
  'grid_cells',
  'inbox_marks',
  'inbox_messages',
  'participants',
  'report_numbers',
  'coverage_gaps',
  'figures',
  'figure_rows',
  'red_face_entries',
  'ledger',
  'ledger_chains',
  'reports',
  'units',
] as const satisfies readonly (keyof DemoDocuments)[]

/** Fills an empty environment with the demonstration, through the unmodified SDK. */
export const seedDemo = async (options: SeedOptions): Promise<SeedOutcome> => {
  const cloud = openServerSdk(options, patienceMs)
  const { data } = checked(
    await cloud.database().collection('units').where({ _id: '15' }).limit(1).get(),
    'looking for the region',
  )
  if (data.length > 0) return { isNew: false, counts: {} }
  options.onStart?.()

  const photos = await uploadPhotos(cloud, options)
  const put = writeTo(cloud, options)
  await put('photos', photos)
  const demo = await buildDemo(options)
  for (const name of order) {
    const documents: readonly Document[] = demo[name]
    // The region comes last of all.
    await put(
      name,
      [...documents].sort((a, b) => b._id.length - a._id.length),
    )
  }
  const counts = Object.fromEntries(order.map((name) => [name, demo[name].length]))
  return { isNew: true, counts: { ...counts, photos: photos.length } }
}
