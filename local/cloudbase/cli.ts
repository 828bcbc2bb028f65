import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type CloudConfig, type DatabaseConfig, startCloud } from '.'

/** The cloud alone, without a product around it. */
const run = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      config: { type: 'string', default: 'cloudbaserc.json' },
      database: { type: 'string', default: 'config/database.json' },
      functions: { type: 'string', default: 'dist/cloudfunctions' },
      signatures: { type: 'string', default: 'ignore' },
      'secret-id': { type: 'string' },
      'secret-key': { type: 'string' },
    },
  })
  if (values.data === undefined) throw new Error('say where the data lives: --data FOLDER')
  const { signatures, 'secret-id': secretId, 'secret-key': secretKey } = values
  if (signatures !== 'ignore' && signatures !== 'check') throw new Error('--signatures is ignore or check')
  const credential = secretId && secretKey ? { secretId, secretKey } : undefined
  const readConfig = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, 'utf8')) as T
  const cloud = await startCloud({
    port: Number(values.port),
    folder: path.resolve(values.data),
    config: await readConfig<CloudConfig>(values.config),
    database: await readConfig<DatabaseConfig>(values.database),
    functionRoot: path.resolve(values.functions),
    unindexedQueries: 'warn',
    signatures,
    ...(credential ? { credential } : {}),
  })
  console.info(`ready ${cloud.adminUrl}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cloud.close().then(() => process.exit(0)))
  }
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
