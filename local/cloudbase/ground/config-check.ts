import { isPlain } from './codec'
import type { CloudConfig, CollectionConfig, DatabaseConfig, FunctionConfig, IndexConfig } from './config'

type Fields = Readonly<Record<string, unknown>>
/** Of whoever deploys. */
type Variables = Readonly<Record<string, string | undefined>>

const fail = (where: string, what: string): never => {
  throw new Error(`${where} ${what}`)
}

const fieldsOf = (value: unknown, where: string): Fields =>
  isPlain(value) ? value : fail(where, 'must be an object')
const listOf = (value: unknown, where: string): readonly unknown[] =>
  Array.isArray(value) ? value : fail(where, 'must be a list')
const nameOf = (value: unknown, where: string, pattern = /^[^\0]+$/): string =>
  typeof value === 'string' && pattern.test(value)
    ? value
    : fail(where, `must be a name, not ${JSON.stringify(value)}`)
const positiveOf = (value: unknown, where: string): number =>
  typeof value === 'number' && value > 0 && Number.isFinite(value)
    ? value
    : fail(where, 'must be a positive number')
const flagOf = (value: unknown, where: string): boolean =>
  typeof value === 'boolean' ? value : fail(where, 'must be true or false')

const checkDistinct = (names: readonly string[], where: string): void => {
  const twice = names.find((name, at) => names.indexOf(name) < at)
  if (twice !== undefined) fail(where, `names ${twice} twice`)
}

const directions = ['1', '-1', '2dsphere']

const checkIndex = (value: unknown, where: string): IndexConfig => {
  const index = fieldsOf(value, where)
  const schema = fieldsOf(index.MgoKeySchema, `${where}.MgoKeySchema`)
  const keys = listOf(schema.MgoIndexKeys, `${where}.MgoKeySchema.MgoIndexKeys`)
  if (keys.length === 0) fail(where, 'needs a field')
  nameOf(index.IndexName, `${where}.IndexName`)
  flagOf(schema.MgoIsUnique, `${where}.MgoKeySchema.MgoIsUnique`)
  if (schema.MgoIsSparse !== undefined) flagOf(schema.MgoIsSparse, `${where}.MgoKeySchema.MgoIsSparse`)
  for (const [at, key] of keys.entries()) {
    const here = `${where}.MgoKeySchema.MgoIndexKeys[${at}]`
    const { Name, Direction } = fieldsOf(key, here)
    nameOf(Name, `${here}.Name`)
    if (!directions.includes(Direction as string))
      fail(`${here}.Direction`, `must be one of ${directions.join(', ')}`)
  }
  return index as unknown as IndexConfig
}

const checkCollection = (value: unknown, where: string): CollectionConfig => {
  const collection = fieldsOf(value, where)
  nameOf(collection.CollectionName, `${where}.CollectionName`)
  const indexes = listOf(collection.CreateIndexes ?? [], `${where}.CreateIndexes`).map((index, at) =>
    checkIndex(index, `${where}.CreateIndexes[${at}]`),
  )
  checkDistinct(
    indexes.map(({ IndexName }) => IndexName),
    `${where}.CreateIndexes`,
  )
  return { ...collection, CreateIndexes: indexes } as unknown as CollectionConfig
}

/** Collections and indexes; the rules are read, and refused, where they are used. */
export const checkDatabaseConfig = (value: unknown): DatabaseConfig => {
  const config = fieldsOf(value, 'the database configuration')
  const collections = listOf(config.collections, 'the database configuration: collections').map((one, at) =>
    checkCollection(one, `the database configuration: collections[${at}]`),
  )
  checkDistinct(
    collections.map(({ CollectionName }) => CollectionName),
    'the database configuration: collections',
  )
  return { ...config, collections } as unknown as DatabaseConfig
}

/** What the platform takes where nothing is said: https://docs.cloudbase.net/cli-v1/functions/configs */
const defaults = { handler: 'index.main', runtime: 'Nodejs18.15', timeout: 5, memorySize: 256 }

/** `{{env.NAME}}` stands for a variable of whoever deploys, as in CloudBase's own command. */
const filledIn = (text: string, variables: Variables, where: string): string =>
  text.replace(/\{\{\s*env\.(\w+)\s*\}\}/g, (_, name: string) => {
    const value = variables[name]
    return value === undefined || value === '' ? fail(where, `needs ${name}, which is not set`) : value
  })

const checkFunction = (value: unknown, where: string, variables: Variables): FunctionConfig => {
  const given = { ...defaults, ...fieldsOf(value, where) } as Fields
  nameOf(given.name, `${where}.name`, /^[A-Za-z][\w-]*$/)
  nameOf(given.handler, `${where}.handler`, /^[\w-]+\.[\w$]+$/)
  nameOf(given.runtime, `${where}.runtime`)
  positiveOf(given.timeout, `${where}.timeout`)
  positiveOf(given.memorySize, `${where}.memorySize`)
  const envVariables = Object.fromEntries(
    Object.entries(fieldsOf(given.envVariables ?? {}, `${where}.envVariables`)).map(([name, text]) => {
      const here = `${where}.envVariables.${name}`
      return [name, typeof text === 'string' ? filledIn(text, variables, here) : fail(here, 'must be a text')]
    }),
  )
  for (const [at, trigger] of listOf(given.triggers ?? [], `${where}.triggers`).entries()) {
    const here = `${where}.triggers[${at}]`
    const { name, type, config } = fieldsOf(trigger, here)
    nameOf(name, `${here}.name`)
    if (type !== 'timer') fail(`${here}.type`, 'must be timer')
    nameOf(config, `${here}.config`)
  }
  return {
    ...given,
    ...(given.envVariables === undefined ? {} : { envVariables }),
  } as unknown as FunctionConfig
}

/** Functions and timers, with the platform's defaults; refuses a function that needs a variable nobody has set. */
export const checkCloudConfig = (value: unknown, variables: Variables = {}): CloudConfig => {
  const config = fieldsOf(value, 'the cloud configuration')
  const functions = listOf(config.functions ?? [], 'the cloud configuration: functions').map((one, at) =>
    checkFunction(one, `the cloud configuration: functions[${at}]`, variables),
  )
  checkDistinct(
    functions.map(({ name }) => name),
    'the cloud configuration: functions',
  )
  return { ...config, functions } as unknown as CloudConfig
}
