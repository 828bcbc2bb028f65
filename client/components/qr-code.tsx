import { useMemo } from 'react'
import { renderSVG } from 'uqr'
import { Picture } from './picture'
import './qr-code.css'

interface QrCodeProps {
  readonly text: string
  /** What it is for, for those who hear the page. */
  readonly label: string
}

/** A code for a camera. */
export function QrCode({ text, label }: QrCodeProps) {
  const url = useMemo(
    () => `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { ecc: 'M', border: 2 }))}`,
    [text],
  )
  return <Picture className="qr-code" url={url} alt={label} isWhole />
}
