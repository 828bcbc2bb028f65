import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type CloudConfig, type DatabaseConfig, startCloud } from '.'

const readJson = async <T>(file: string, option: string): Promise<T> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`${file} cannot be read: name another file with --${option}`, { cause: error })
  })
  try {
    return JSON.parse(text) as T
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const usage = `usage: npm run cloud -- --data FOLDER [--port 0] [--config cloudbaserc.json]
  [--database config/database.json] [--functions dist/cloudfunctions]
  [--signatures ignore|check --secret-id X --secret-key Y]
a CloudBase on this machine, without a product around it`

/** Runs the cloud without a product around it. */
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
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    console.info(usage)
    return
  }
  if (values.data === undefined) throw new Error('say where the data lives: --data FOLDER')
  const { signatures, 'secret-id': secretId, 'secret-key': secretKey } = values
  if (signatures !== 'ignore' && signatures !== 'check') throw new Error('--signatures is ignore or check')
  const credential = secretId && secretKey ? { secretId, secretKey } : undefined
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error('--port is a whole number from 0 to 65535')
  const cloud = await startCloud({
    port,
    folder: path.resolve(values.data),
    config: await readJson<CloudConfig>(values.config, 'config'),
    variables: process.env,
    database: await readJson<DatabaseConfig>(values.database, 'database'),
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
  // Exits explicitly: handles that are open by now would keep a process alive that serves nothing.
  const reason = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${reason}\n`, () => process.exit(1))
})
