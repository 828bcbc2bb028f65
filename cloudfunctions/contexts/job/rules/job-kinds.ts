/** Long work that there is; each kind has one worker (entrypoints/papers). */
export const jobKinds = ['unit-check', 'unit-import'] as const
export type JobKind = (typeof jobKinds)[number]

export const jobKindLabels: Readonly<Record<JobKind, string>> = {
  'unit-check': '核对组织名单',
  'unit-import': '导入组织名单',
}

/** How far long work is: it waits, a slice of it has begun, or it is over. */
export const jobStatuses = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type JobStatus = (typeof jobStatuses)[number]

/** It is not over. */
export const isOpenJob = ({ status }: { readonly status: JobStatus }): boolean =>
  status === 'queued' || status === 'running'
