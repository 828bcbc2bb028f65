import { openProduct } from '../../local/product'

/** Writes the demonstration into the folder that is named as the only argument, as a first start does, and ends. */
const write = async ([folder]: readonly string[]): Promise<void> => {
  if (folder === undefined) throw new Error('usage: write-demonstration.ts FOLDER')
  const product = await openProduct({ port: 0, folder, isTimersOn: false, unindexedQueries: 'refuse' })
  await product.close()
}

void write(process.argv.slice(2))
