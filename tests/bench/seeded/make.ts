import { type ReportDocument, toReport } from '../../../cloudfunctions/contexts/report/report-documents'
import {
  type EntryRun,
  type LoadedCollection,
  type LoadedDocument,
  openEntries,
} from '../../../local/cloudbase/database/bulk'
import { openTallying, type Tally } from './figures'
import { planCopies, type Size } from './plan'
import { type Document, seededKeyed } from './played'
import { copyTemplate, type Template } from './template'

/** All that a thread needs to make any part of a seeded database. */
export interface Making {
  readonly templates: readonly Template[]
  readonly momentCount: number
  readonly size: Size
  readonly collections: readonly LoadedCollection[]
  readonly ruleBooks: readonly Document[]
}

export interface Made {
  /** By collection, in the order of their ids. */
  readonly documents: Readonly<Record<string, readonly LoadedDocument[]>>
  readonly runs: readonly EntryRun[]
  /** Rows of the ledger as texts: their places in the chains are given when all are there. */
  readonly ledger: readonly string[]
  readonly tally: Tally
}

export const openMaking = ({ templates, momentCount, size, collections, ruleBooks }: Making) => {
  const { copyAt } = planCopies(templates, momentCount, size)
  const entries = openEntries(collections)
  const tallying = openTallying(ruleBooks)

  /** The documents and index entries of the copies from one place up to another. */
  return async (from: number, to: number): Promise<Made> => {
    const documents: Record<string, LoadedDocument[]> = {}
    const ledger: string[] = []
    const put = (collection: string, document: Document, text: string): void => {
      const rows = documents[collection] ?? []
      documents[collection] = rows
      rows.push([document._id, text])
      entries.add(collection, document._id, document)
    }
    for (let no = from; no < to; no += 1) {
      const { template, variant, mostMessages } = copyAt(no)
      const compiled = templates[template]
      if (!compiled) throw new Error(`no template ${template}`)
      for (const { collection, document, text } of copyTemplate(
        compiled,
        variant,
        seededKeyed,
        mostMessages,
      )) {
        if (collection === 'ledger') {
          ledger.push(text)
          continue
        }
        put(collection, document, text)
        if (collection !== 'reports') continue
        const { shape: _shape, ...report } = document
        const row = await tallying.add(toReport(report as unknown as ReportDocument))
        put('figure_rows', row, JSON.stringify(row))
      }
    }
    for (const rows of Object.values(documents)) rows.sort(([a], [b]) => (a < b ? -1 : 1))
    return { documents, runs: entries.take(), ledger, tally: tallying.take() }
  }
}
