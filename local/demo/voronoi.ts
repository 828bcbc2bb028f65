/** Metres to the east and to the north. */
export type Spot = readonly [number, number]

interface Triangle {
  readonly corners: readonly [number, number, number]
  readonly centre: Spot
  readonly radiusSquared: number
}

const circumcircle = (a: Spot, b: Spot, c: Spot): Omit<Triangle, 'corners'> => {
  const [bx, by, cx, cy] = [b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]]
  const twiceArea = 2 * (bx * cy - by * cx)
  const b2 = bx * bx + by * by
  const c2 = cx * cx + cy * cy
  const x = (cy * b2 - by * c2) / twiceArea
  const y = (bx * c2 - cx * b2) / twiceArea
  return { centre: [a[0] + x, a[1] + y], radiusSquared: x * x + y * y }
}

/** Delaunay triangulation by incremental insertion (Bowyer–Watson); no four seeds may be cocircular, as on a grid. */
const triangulate = (seeds: readonly Spot[]): readonly Triangle[] => {
  const reach = 20 * Math.max(...seeds.flatMap(([x, y]) => [Math.abs(x), Math.abs(y)]), 1)
  const spots: readonly Spot[] = [...seeds, [-reach, -reach], [reach, -reach], [0, reach]]
  const spot = (at: number): Spot => spots[at] ?? [0, 0]
  const triangle = (a: number, b: number, c: number): Triangle => ({
    corners: [a, b, c],
    ...circumcircle(spot(a), spot(b), spot(c)),
  })
  let triangles = [triangle(seeds.length, seeds.length + 1, seeds.length + 2)]
  for (const [at, [x, y]] of seeds.entries()) {
    const rim = new Map<string, readonly [number, number]>()
    const kept: Triangle[] = []
    for (const one of triangles) {
      const [dx, dy] = [x - one.centre[0], y - one.centre[1]]
      if (dx * dx + dy * dy > one.radiusSquared) {
        kept.push(one)
        continue
      }
      const [a, b, c] = one.corners
      for (const [from, to] of [
        [a, b],
        [b, c],
        [c, a],
      ] as const) {
        // An edge shared by two removed triangles occurs once in each direction and is not part of the cavity's boundary.
        if (!rim.delete(`${to}-${from}`)) rim.set(`${from}-${to}`, [from, to])
      }
    }
    triangles = [...kept, ...[...rim.values()].map(([from, to]) => triangle(from, to, at))]
  }
  return triangles
}

/**
 * Voronoi cells: for each seed the corners of the area that is nearer to it than to any other, counter-clockwise.
 * Adjacent cells share their corners exactly, as each corner is computed once. Seeds on the rim serve only to bound the
 * cells of the others.
 */
export const voronoiCells = (seeds: readonly Spot[]): readonly (readonly Spot[])[] => {
  const centresOf: Spot[][] = seeds.map(() => [])
  for (const { corners, centre } of triangulate(seeds)) {
    for (const corner of corners) centresOf[corner]?.push(centre)
  }
  return centresOf.map((centres, at) => {
    const [x, y] = seeds[at] ?? [0, 0]
    const angle = (centre: Spot) => Math.atan2(centre[1] - y, centre[0] - x)
    return centres.sort((a, b) => angle(a) - angle(b))
  })
}
