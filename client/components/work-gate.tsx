import { EmptyState, ErrorState } from './empty-state'
import { Skeleton } from './skeleton'
import { WorkFrame } from './work-frame'

interface WorkGateProps {
  readonly title: string
  readonly here: string
  /** Why the page does not open, or not yet; `none`: whoever reads has nothing to set up. */
  readonly lock:
    | { readonly state: 'loading' | 'none' }
    | { readonly state: 'failed'; readonly message: string; readonly retry: (() => void) | undefined }
}

/** In the place of a page on which one sets something up, until it is known what. */
export function WorkGate({ title, here, lock }: WorkGateProps) {
  return (
    <WorkFrame title={title} places={[]} here={here}>
      {lock.state === 'loading' && <Skeleton shape="page" />}
      {lock.state === 'failed' && <ErrorState message={lock.message} onRetry={lock.retry} />}
      {lock.state === 'none' && (
        <EmptyState icon="settings" title="这里要管理员来设" hint="单位和人由上一级的管理员邀请、登记。" />
      )}
    </WorkFrame>
  )
}
