import type { Keyed } from '../../ground/keyed'
import type { Page, PageRequest } from '../../ground/page'
import type { Refusal, Result } from '../../ground/result'
import type { Matters } from '../../journal/matters'
import type { NoticePorts } from '../notice/ports'
import type { Job, JobResult, PlainData, Progress } from './rules/job'
import type { JobKind } from './rules/job-kinds'

export interface Jobs extends Matters<Job> {
  /** A unit's, the latest first. */
  ofUnit(unitId: string, page: PageRequest): Promise<Page<Job>>
  /** How many of a unit's are waiting or being worked on, counted up to `most`. */
  countOpen(unitId: string, most: number): Promise<number>
}

/** What a worker is told of the slice it works on. */
export interface Slice {
  readonly job: Job
  readonly now: number
  /** Asked before each part of the work; false: what is left is the next slice's. */
  readonly mayGoOn: () => boolean
  /**
   * Remembers how far it has come. What was done before is done again when a slice is ended in between, so each part
   * of the work is keyed. False: somebody else has the job now, or nobody wants it any more: nothing further is done.
   */
  readonly remember: (progress: Progress, memory: PlainData | null) => Promise<boolean>
}

/** How a slice ended. */
export type SliceEnd =
  | { readonly kind: 'more' }
  | { readonly kind: 'done'; readonly progress: Progress; readonly result: JobResult }
  | { readonly kind: 'failed'; readonly why: Refusal }

/** Works on jobs of one kind, a slice at a time. */
export type JobWorker = (slice: Slice) => Promise<SliceEnd>
export type JobWorkers = Readonly<Record<JobKind, JobWorker>>

/** What reading, cancelling and beginning jobs asks of the outside. */
export interface JobPorts {
  readonly keyed: Keyed
  readonly jobs: Jobs
}

/** What working on them asks besides. */
export interface WorkingPorts extends Pick<NoticePorts, 'inbox'> {
  readonly jobs: Jobs
  readonly log: { readonly error: (line: string) => void }
  readonly timeIn: (began: number) => number
  /** Says for a while that one may go on: so long as somebody waits for an answer, and others for their turn. */
  readonly newTurn: () => () => boolean
}

/** A table of text, as somebody's file holds it. */
export interface Table {
  /** Those that hold something, each with its number in the file, counted from 1. */
  readonly rows: readonly { readonly no: number; readonly cells: readonly string[] }[]
  /** How many cells are formulas: what is read of them is their last result. */
  readonly formulas: number
}

/** Reads a file of the name that somebody gave it; refuses what is no table, or too much of one. */
export type ReadsTables = (content: Uint8Array, fileName: string) => Promise<Result<Table>>

/** Files that somebody has put up; the platform removes what is older than a day. */
export interface UploadedFiles {
  /** Undefined when there is no such file. */
  download(fileId: string): Promise<Uint8Array | undefined>
}
