/** The drawn photographs of the demonstration; photos.ts draws one for each. */
export const photoIds = [
  'demo-lane-muddy-1',
  'demo-lane-muddy-2',
  'demo-lane-muddy-3',
  'demo-lane-hardened-1',
  'demo-lane-hardened-2',
  'demo-road-broken',
  'demo-road-patched',
  'demo-rubbish-heap',
  'demo-water-standing',
  'demo-street-clean',
  'demo-lamp-dark',
  'demo-lamp-lit',
  'demo-manhole-open',
  'demo-manhole-covered',
  'demo-pipe-leaking',
  'demo-pipe-mended',
  'demo-notice-board',
  'demo-visit',
] as const
export type PhotoId = (typeof photoIds)[number]
