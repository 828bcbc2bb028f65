import sharp from 'sharp'
import type { PhotoId } from './photo-ids'
import { photoIds } from './photo-ids'
import { type Random, randomFrom } from './random'

/** A drawn photograph of the demonstration, as JPEG. */
export interface DrawnPhoto {
  readonly id: PhotoId
  readonly full: Buffer
  readonly thumb: Buffer
  readonly width: number
  readonly height: number
}

const width = 1200
const height = 900

type Corner = readonly [number, number]
const polygon = (corners: readonly Corner[], fill: string, more = ''): string =>
  `<polygon points="${corners.map(([x, y]) => `${Math.round(x)},${Math.round(y)}`).join(' ')}" fill="${fill}" ${more}/>`
const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = ''): string =>
  `<ellipse cx="${Math.round(x)}" cy="${Math.round(y)}" rx="${Math.round(rx)}" ry="${Math.round(ry)}" fill="${fill}" ${more}/>`
const rect = (x: number, y: number, w: number, h: number, fill: string, more = ''): string =>
  `<rect x="${Math.round(x)}" y="${Math.round(y)}" width="${Math.round(w)}" height="${Math.round(h)}" fill="${fill}" ${more}/>`
const line = (path: string, stroke: string, thickness: number, more = ''): string =>
  `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="${thickness}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`

/** The strokes of 演, 示 and 图 in a box of 100: a machine without Chinese fonts draws them as well. */
const markStrokes: readonly string[] = [
  'M12,18 L22,26 M8,42 L18,50 M8,88 L24,62 M62,8 L62,18 M36,32 V22 H92 L88,32 M42,36 H86 M42,46 H86 V74 H42 Z M42,60 H86 M64,36 V74 M54,80 L40,92 M74,80 L90,92',
  'M28,20 H72 M12,42 H88 M50,42 V88 L38,82 M28,58 L16,78 M70,58 L84,78',
  'M14,12 H86 V90 H14 Z M44,20 L26,42 M38,30 H64 L28,60 M38,40 L76,62 M44,62 L58,68 M36,74 L62,84',
]

/** Every drawing says that it is one. */
const mark = [
  rect(width - 268, height - 104, 244, 80, '#7d1f1f', 'rx="14" opacity="0.88"'),
  ...markStrokes.map(
    (strokes, at) =>
      `<g transform="translate(${width - 250 + at * 72},${height - 93}) scale(0.58)">${line(strokes, '#fff7ea', 9)}</g>`,
  ),
].join('')

interface Light {
  readonly sky: readonly [string, string]
  readonly hills: string
  readonly brick: readonly [string, string]
  readonly roof: string
  readonly gate: string
}
const day = (random: Random): Light => ({
  sky: random.pick([
    ['#f9e4c4', '#d5e6ea'],
    ['#f7ead6', '#c5dcea'],
    ['#f4dfc8', '#dfe5da'],
  ] as const),
  hills: '#9fb0b3',
  brick: random.pick([
    ['#c98f6d', '#b67d5d'],
    ['#d3a684', '#bd8f70'],
    ['#c7a488', '#b18b70'],
  ] as const),
  roof: '#7d5a4c',
  gate: random.pick(['#a63d32', '#37637a', '#4f6b4a']),
})
const night: Light = {
  sky: ['#1d2740', '#39415c'],
  hills: '#232c44',
  brick: ['#4d4550', '#413b48'],
  roof: '#2b2836',
  gate: '#53343a',
}

const skyAndHills = (light: Light): string =>
  [
    `<defs><linearGradient id="sky" x1="0" y1="1" x2="0" y2="0"><stop offset="0" stop-color="${light.sky[0]}"/><stop offset="1" stop-color="${light.sky[1]}"/></linearGradient></defs>`,
    rect(0, 0, width, height, 'url(#sky)'),
    polygon(
      [
        [0, 420],
        [140, 330],
        [290, 385],
        [450, 290],
        [620, 370],
        [790, 300],
        [960, 380],
        [1090, 320],
        [1200, 370],
        [1200, 520],
        [0, 520],
      ],
      light.hills,
      'opacity="0.7"',
    ),
  ].join('')

/** Two rows of houses and the alley between them, seen along its length. */
const alley = (light: Light, ground: string): string =>
  [
    skyAndHills(light),
    polygon(
      [
        [0, 740],
        [470, 470],
        [730, 470],
        [1200, 740],
        [1200, 900],
        [0, 900],
      ],
      ground,
    ),
    polygon(
      [
        [0, 190],
        [470, 380],
        [470, 470],
        [0, 740],
      ],
      light.brick[0],
    ),
    polygon(
      [
        [1200, 160],
        [730, 375],
        [730, 470],
        [1200, 740],
      ],
      light.brick[1],
    ),
    polygon(
      [
        [0, 120],
        [480, 360],
        [480, 384],
        [0, 196],
      ],
      light.roof,
    ),
    polygon(
      [
        [1200, 90],
        [720, 355],
        [720, 380],
        [1200, 166],
      ],
      light.roof,
    ),
    polygon(
      [
        [120, 372],
        [212, 392],
        [212, 616],
        [120, 670],
      ],
      light.gate,
    ),
    polygon(
      [
        [166, 382],
        [170, 383],
        [170, 641],
        [166, 643],
      ],
      '#00000033',
    ),
    polygon(
      [
        [320, 408],
        [366, 418],
        [366, 529],
        [320, 556],
      ],
      '#e9dcc0',
    ),
    polygon(
      [
        [1010, 390],
        [920, 412],
        [920, 578],
        [1010, 630],
      ],
      light.gate,
    ),
    polygon(
      [
        [850, 410],
        [806, 420],
        [806, 512],
        [850, 538],
      ],
      '#e9dcc0',
    ),
  ].join('')

/** A wide street with a low wall behind it. */
const street = (light: Light, ground = '#b9b4aa'): string =>
  [
    skyAndHills(light),
    rect(0, 400, width, 150, light.brick[0]),
    rect(0, 384, width, 24, light.roof),
    ...[90, 330, 570, 810, 1050].map((x) => rect(x, 420, 14, 130, light.brick[1])),
    rect(0, 550, width, 40, '#d8d2c4'),
    rect(0, 590, width, 310, ground),
    line('M0,592 H1200', '#8f897d', 6),
  ].join('')

const puddle = (x: number, y: number, size: number, colour = '#a9b6b2'): string =>
  ellipse(x, y, size, size * 0.28, '#4f3a28', 'opacity="0.55"') +
  ellipse(x, y - size * 0.03, size * 0.9, size * 0.22, colour, 'opacity="0.9"') +
  line(
    `M${Math.round(x - size * 0.4)},${Math.round(y - size * 0.06)} h${Math.round(size * 0.5)}`,
    '#e4ebe6',
    4,
    'opacity="0.8"',
  )

const muddyAlley = (random: Random): string => {
  const clods = Array.from({ length: 46 }, () => {
    const y = random.between(500, 880)
    const spread = 130 + (y - 470) * 1.1
    return ellipse(
      600 + random.between(-spread, spread),
      y,
      random.between(8, 30) * (y / 700),
      random.between(3, 9) * (y / 700),
      random.pick(['#5d442e', '#8b6a49', '#6b4f36']),
      'opacity="0.7"',
    )
  })
  return [
    alley(day(random), '#785a3f'),
    ...clods,
    line('M560,480 C530,600 430,720 330,900', '#4c3726', 34, 'opacity="0.75"'),
    line('M640,480 C670,600 760,720 840,900', '#4c3726', 34, 'opacity="0.75"'),
    line('M575,480 C550,600 470,720 385,900', '#90704f', 10, 'opacity="0.7"'),
    puddle(600 + random.between(-60, 60), 640, 110),
    puddle(420 + random.between(-60, 40), 780, 170),
    puddle(800 + random.between(-40, 80), 830, 150),
    puddle(620, 540, 50),
  ].join('')
}

const hardenedAlley = (random: Random): string =>
  [
    alley(day(random), '#cdc9c0'),
    polygon(
      [
        [0, 740],
        [470, 470],
        [478, 470],
        [40, 760],
        [0, 790],
      ],
      '#8d877c',
    ),
    polygon(
      [
        [1200, 740],
        [730, 470],
        [722, 470],
        [1160, 760],
        [1200, 790],
      ],
      '#8d877c',
    ),
    ...[505, 545, 600, 680, 790].map((y) => {
      const half = 130 + (y - 470) * 1.7
      return line(`M${Math.round(600 - half)},${y} H${Math.round(600 + half)}`, '#aea99f', 4)
    }),
    line('M600,472 V900', '#b6b1a7', 5),
    ...[0, 1, 2].map((at) => {
      const x = 60 + at * 120
      return (
        rect(x, 690 - at * 66, 64 - at * 12, 40 - at * 8, '#8a5a3c', 'rx="4"') +
        ellipse(
          x + 32 - at * 6,
          684 - at * 66,
          36 - at * 6,
          24 - at * 4,
          random.pick(['#5f8a4f', '#6f9a5a', '#507a48']),
        )
      )
    }),
  ].join('')

const brokenRoad = (random: Random): string =>
  [
    street(day(random), '#aaa69d'),
    ...[0, 400, 800].map((x) => rect(x + 60, 735, 200, 14, '#e8e2d0', 'opacity="0.8"')),
    polygon(
      [
        [420, 690],
        [560, 650],
        [720, 665],
        [820, 720],
        [780, 800],
        [610, 830],
        [450, 790],
      ],
      '#5e4a38',
    ),
    polygon(
      [
        [450, 705],
        [565, 672],
        [705, 685],
        [780, 728],
        [745, 785],
        [610, 805],
        [475, 770],
      ],
      '#4a392a',
    ),
    puddle(620, 760, 120),
    line('M420,690 L330,660 L300,690 L210,664', '#6d675d', 6),
    line('M820,720 L910,700 L960,730 L1060,712', '#6d675d', 6),
    line('M610,830 L600,900', '#6d675d', 6),
  ].join('')

const patchedRoad = (random: Random): string =>
  [
    street(day(random), '#b4b0a7'),
    ...[0, 400, 800].map((x) => rect(x + 60, 735, 200, 14, '#e8e2d0', 'opacity="0.8"')),
    polygon(
      [
        [410, 680],
        [830, 680],
        [860, 820],
        [390, 820],
      ],
      '#6f6b66',
    ),
    line('M410,680 H830 L860,820 H390 Z', '#5c5853', 5),
    ...Array.from({ length: 60 }, () =>
      ellipse(random.between(420, 830), random.between(690, 812), 3, 2, '#8b8781'),
    ),
  ].join('')

const bins = (isFull: boolean): string =>
  [0, 1]
    .map((at) => {
      const x = 420 + at * 190
      return [
        rect(x, 500, 150, 180, '#4d7a58', 'rx="10"'),
        rect(x + 14, 540, 122, 10, '#3d6347'),
        isFull ? '' : rect(x - 8, 476, 166, 34, '#3d6347', 'rx="10"'),
        ellipse(x + 30, 686, 16, 16, '#2f3a33'),
        ellipse(x + 120, 686, 16, 16, '#2f3a33'),
      ].join('')
    })
    .join('')

const rubbishHeap = (random: Random): string => {
  const bags = Array.from({ length: 34 }, () => {
    const x = random.between(300, 900)
    const y = 760 - Math.abs(600 - x) * 0.05 + random.between(-90, 60)
    const size = random.between(26, 60)
    const colour = random.pick(['#d9d4c8', '#8f9aa0', '#c26a4a', '#e2b65c', '#7d8f6b', '#51585d', '#b8c7cc'])
    return (
      ellipse(x, y, size, size * 0.7, colour) +
      line(`M${Math.round(x - 8)},${Math.round(y - size * 0.66)} l8,-12 l8,12`, colour, 7)
    )
  })
  return [
    street(day(random)),
    bins(true),
    ellipse(490, 494, 70, 34, '#8f9aa0'),
    ellipse(690, 490, 64, 40, '#c26a4a'),
    ellipse(600, 790, 360, 60, '#8d8676', 'opacity="0.6"'),
    ...bags,
  ].join('')
}

const cleanStreet = (random: Random): string =>
  [
    street(day(random), '#c3beb3'),
    bins(false),
    ...[90, 1010].map(
      (x) =>
        rect(x + 44, 450, 20, 140, '#7a5a40') +
        ellipse(x + 54, 400, 100, 90, '#7da268') +
        ellipse(x + 14, 430, 60, 50, '#8fb278'),
    ),
    line('M0,780 H1200', '#d3cec3', 6),
  ].join('')

const standingWater = (random: Random): string =>
  [
    street(day(random), '#9b9182'),
    puddle(600, 760, 430, '#8fa39d'),
    puddle(250, 660, 130, '#8fa39d'),
    ...[420, 540, 660, 780].map((x, at) => rect(x, 720 + (at % 2) * 26, 70, 26, '#b4694d', 'rx="4"')),
    ...Array.from({ length: 10 }, () =>
      ellipse(random.between(300, 900), random.between(720, 820), 9, 5, '#6f7d63'),
    ),
  ].join('')

const lampPost = (isLit: boolean): string =>
  [
    rect(806, 130, 16, 560, '#6e7277'),
    line('M814,140 C800,90 740,80 690,96', '#6e7277', 14),
    rect(640, 88, 70, 26, isLit ? '#fff0b8' : '#565a60', 'rx="10"'),
  ].join('')

const darkLamp = (): string => [alley(night, '#2f2f3a'), lampPost(false)].join('')

const litLamp = (): string =>
  [
    alley(night, '#4a4644'),
    '<defs><radialGradient id="glow" cx="0.5" cy="0" r="1"><stop offset="0" stop-color="#ffe9a6" stop-opacity="0.85"/><stop offset="1" stop-color="#ffd66e" stop-opacity="0"/></radialGradient></defs>',
    polygon(
      [
        [640, 110],
        [710, 110],
        [1010, 820],
        [330, 820],
      ],
      'url(#glow)',
    ),
    ellipse(670, 800, 330, 66, '#ffe3a0', 'opacity="0.35"'),
    lampPost(true),
  ].join('')

const cone = (x: number, y: number): string =>
  polygon(
    [
      [x - 34, y],
      [x + 34, y],
      [x + 9, y - 108],
      [x - 9, y - 108],
    ],
    '#d9622f',
  ) +
  polygon(
    [
      [x - 24, y - 32],
      [x + 24, y - 32],
      [x + 18, y - 56],
      [x - 18, y - 56],
    ],
    '#f6ece0',
  ) +
  rect(x - 46, y - 4, 92, 14, '#b34f25', 'rx="4"')

const openManhole = (random: Random): string =>
  [
    street(day(random)),
    ellipse(600, 740, 190, 74, '#7d776c'),
    ellipse(600, 740, 160, 58, '#1d1a19'),
    ellipse(600, 752, 150, 46, '#0e0c0c'),
    ellipse(850, 800, 150, 44, '#5d5a56', 'transform="rotate(-8 850 800)"'),
    line('M420,730 L350,712 L300,740', '#7d776c', 5),
  ].join('')

const coveredManhole = (random: Random): string =>
  [
    street(day(random)),
    ellipse(600, 740, 190, 74, '#8b857a'),
    ellipse(600, 738, 162, 60, '#55524f'),
    ...[-90, -45, 0, 45, 90].map((shift) => line(`M${600 + shift},${700} v76`, '#6c6965', 6)),
    ...[-30, 0, 30].map((shift) => line(`M${470},${738 + shift} h260`, '#6c6965', 6)),
    cone(340, 800),
    cone(880, 800),
  ].join('')

const pipe = (random: Random, isLeaking: boolean): string =>
  [
    street(day(random), isLeaking ? '#a39a8b' : '#bdb7ab'),
    rect(180, 470, 840, 44, '#8a9196', 'rx="10"'),
    rect(180, 470, 840, 14, '#a7aeb2', 'rx="7"'),
    rect(300, 458, 30, 68, '#6f767b', 'rx="6"'),
    rect(870, 458, 30, 68, '#6f767b', 'rx="6"'),
    isLeaking
      ? [
          line('M590,476 L610,496 L596,512', '#3f4548', 6),
          ...Array.from({ length: 16 }, (_, at) =>
            line(
              `M604,512 C${604 + (at - 8) * 12},560 ${604 + (at - 8) * 20},620 ${604 + (at - 8) * 26},${random.whole(690, 760)}`,
              '#a9cbd6',
              5,
              'opacity="0.75"',
            ),
          ),
          puddle(604, 780, 300, '#9fc0cb'),
        ].join('')
      : [
          rect(570, 452, 70, 80, '#a63d32', 'rx="8"'),
          rect(586, 440, 10, 104, '#6d2a23'),
          rect(614, 440, 10, 104, '#6d2a23'),
        ].join(''),
  ].join('')

const noticeBoard = (random: Random): string =>
  [
    street(day(random), '#c7c2b6'),
    rect(330, 260, 24, 440, '#7a5a40'),
    rect(846, 260, 24, 440, '#7a5a40'),
    rect(290, 240, 620, 340, '#8e2f2a', 'rx="10"'),
    rect(316, 266, 568, 288, '#f4ecdc'),
    ...[0, 1, 2].map((at) => {
      const x = 340 + at * 182
      return [
        rect(x, 290, 156, 238, '#fffdf6'),
        rect(x + 16, 310, 124, 18, '#a63d32'),
        ...Array.from({ length: 7 }, (_, row) =>
          rect(x + 16, 346 + row * 24, random.between(70, 124), 8, '#b9b1a2'),
        ),
      ].join('')
    }),
    polygon(
      [
        [270, 244],
        [930, 244],
        [900, 206],
        [300, 206],
      ],
      '#6d2420',
    ),
  ].join('')

const person = (x: number, coat: string, hair: string): string =>
  ellipse(x, 470, 44, 48, '#e8bf9c') +
  ellipse(x, 448, 46, 32, hair) +
  polygon(
    [
      [x - 62, 530],
      [x + 62, 530],
      [x + 80, 720],
      [x - 80, 720],
    ],
    coat,
  ) +
  rect(x - 52, 716, 42, 104, '#4b4a52', 'rx="8"') +
  rect(x + 10, 716, 42, 104, '#4b4a52', 'rx="8"')

const visit = (random: Random): string =>
  [
    skyAndHills(day(random)),
    rect(0, 250, width, 420, '#d6ac8a'),
    rect(0, 226, width, 36, '#7d5a4c'),
    rect(120, 380, 210, 150, '#dfe9e6'),
    line('M225,380 V530 M120,455 H330', '#8e6b52', 10),
    rect(840, 340, 210, 340, '#a63d32'),
    rect(940, 340, 8, 340, '#7d2a22'),
    rect(0, 670, width, 230, '#c9c2b4'),
    person(500, '#8e2f2a', '#3a332f'),
    person(690, '#4f6b7a', '#8c8782'),
    rect(560, 580, 70, 90, '#fffdf6', 'rx="4"'),
  ].join('')

const scenes: Readonly<Record<PhotoId, (random: Random) => string>> = {
  'demo-lane-muddy-1': muddyAlley,
  'demo-lane-muddy-2': muddyAlley,
  'demo-lane-muddy-3': muddyAlley,
  'demo-lane-hardened-1': hardenedAlley,
  'demo-lane-hardened-2': hardenedAlley,
  'demo-road-broken': brokenRoad,
  'demo-road-patched': patchedRoad,
  'demo-rubbish-heap': rubbishHeap,
  'demo-water-standing': standingWater,
  'demo-street-clean': cleanStreet,
  'demo-lamp-dark': darkLamp,
  'demo-lamp-lit': litLamp,
  'demo-manhole-open': openManhole,
  'demo-manhole-covered': coveredManhole,
  'demo-pipe-leaking': (random) => pipe(random, true),
  'demo-pipe-mended': (random) => pipe(random, false),
  'demo-notice-board': noticeBoard,
  'demo-visit': visit,
}

const draw = async (id: PhotoId): Promise<DrawnPhoto> => {
  const scene = scenes[id](randomFrom(id))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${scene}${mark}</svg>`
  const full = await sharp(Buffer.from(svg)).jpeg({ quality: 72, mozjpeg: true }).toBuffer()
  const thumb = await sharp(full).resize(320, 240).jpeg({ quality: 70, mozjpeg: true }).toBuffer()
  return { id, full, thumb, width, height }
}

/** Draws every photograph of the demonstration: plain illustrations that carry the mark 演示图. */
export const drawPhotos = async (): Promise<readonly DrawnPhoto[]> => {
  const drawn: DrawnPhoto[] = []
  for (const id of photoIds) drawn.push(await draw(id))
  return drawn
}
