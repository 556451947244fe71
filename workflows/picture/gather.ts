import type { CountyMark, MapDrawing } from '../drawing.ts'
import type { Land } from './land.ts'

/**
 * A map whose marks all lie in that land: what the land has no place for is counted as unplaced, and counties that its
 * borders do not tell apart are one.
 */
export function gathered(map: MapDrawing, land: Land): MapDrawing {
  const places = new Map(
    land.areas.flatMap(({ code, also = [] }) => [code, ...also].map(each => [each, code] as const)),
  )
  const marks = new Map<string, CountyMark>()
  let unplaced = map.unplaced ?? 0
  for (const mark of map.counties) {
    const code = places.get(mark.code)
    const known = code === undefined ? undefined : marks.get(code)
    if (code === undefined) unplaced += mark.count
    else marks.set(code, known ? joined(known, mark) : { ...mark, code })
  }
  return { ...map, counties: [...marks.values()], ...(unplaced > 0 ? { unplaced } : {}) }
}

function joined(one: CountyMark, other: CountyMark): CountyMark {
  const alarm = one.alarm || other.alarm ? { alarm: true as const } : {}
  // What is not told of one must not follow from the sum.
  if (one.few || one.untold || other.few || other.untold) {
    return { code: one.code, count: 0, load: null, worst: null, untold: true, ...alarm }
  }
  const worst = one.worst === null || (other.worst ?? 0) > one.worst ? other.worst : one.worst
  const load = one.load === null || other.load === null ? null : one.load + other.load
  return { code: one.code, count: one.count + other.count, load, worst, ...alarm }
}
