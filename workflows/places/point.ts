/** A point on earth, in degrees. */
export type Point = { readonly latitude: number; readonly longitude: number }

/** Coordinates in a text (decimal, with hemispheres, in degrees and minutes, geo: or a map's link), or null. */
export function pointIn(text: string): Point | null {
  const plain = text
    .replace(/[−‐‑–—]/g, '-')
    .replace(/[’′`]/g, "'")
    .replace(/[”″]|''/g, '"')
    .replace(/º|˚/g, '°')
  return linked(plain) ?? hemispheric(plain) ?? decimal(plain)
}

const number = String.raw`[+-]?\d{1,3}\.\d{1,15}`
const links = [
  new RegExp(`!3d(${number})!4d(${number})`),
  new RegExp(`mlat=(${number})&mlon=(${number})`),
  new RegExp(String.raw`#map=[\d.]{1,5}/(${number})/(${number})`),
  new RegExp(
    `(?:geo:|@|[?&](?:q|s?ll|daddr|center|query|destination|cp)=(?:loc:)?)(${number})(?:,|%2C|~)(${number})`,
    'i',
  ),
]
const plainPair = new RegExp(String.raw`(?<![\d.,/-])(${number})°?(?:\s*[,;/]\s*|\s+)(${number})(?![\d.]*\d)`)
const commaPair = /(?<![\d.,])([+-]?\d{1,3},\d{3,15})(?:\s*[;/]\s*|\s+)([+-]?\d{1,3},\d{3,15})(?!\d)/
const minutes = String.raw`(\d{1,2}(?:\.\d{1,12})?)\s*'?\s*`
const seconds = String.raw`(\d{1,2}(?:\.\d{1,9})?)\s*"?\s*`
const angle = String.raw`(\d{1,3}(?:\.\d{1,15})?)\s*(?:°|deg|d)?\s*(?:${minutes}(?:${seconds})?)?`
const after = new RegExp(String.raw`(?<![\d.])${angle}([NS])(?![a-z])[\s,;/]*${angle}([EWO])(?![a-z])`, 'i')
const before = new RegExp(String.raw`(?<![a-z])([NS])\s*${angle}[\s,;/]*(?<![a-z])([EWO])\s*${angle}`, 'i')

function linked(text: string): Point | null {
  for (const link of links) {
    const found = link.exec(text)
    if (found) return point(Number(found[1]), Number(found[2]))
  }
  return null
}

function hemispheric(text: string): Point | null {
  const found = after.exec(text)
  if (found) {
    const [, d1, m1, s1, ns, d2, m2, s2, ew] = found
    return point(degrees(d1, m1, s1, ns), degrees(d2, m2, s2, ew))
  }
  const [, ns, d1, m1, s1, ew, d2, m2, s2] = before.exec(text) ?? []
  return ns === undefined ? null : point(degrees(d1, m1, s1, ns), degrees(d2, m2, s2, ew))
}

function decimal(text: string): Point | null {
  const found = plainPair.exec(text) ?? commaPair.exec(text)
  if (!found) return null
  return point(Number(found[1]?.replace(',', '.')), Number(found[2]?.replace(',', '.')))
}

function degrees(whole = '', sixtieths = '0', rest = '0', side = ''): number {
  const size = Number(whole) + Number(sixtieths) / 60 + Number(rest) / 3600
  return /[SWO]/i.test(side) ? -size : size
}

/** In the order latitude, longitude; numbers that can only be the other way round are turned. */
function point(one: number, other: number): Point | null {
  if (Math.abs(one) <= 90 && Math.abs(other) <= 180) return { latitude: one, longitude: other }
  return Math.abs(one) <= 180 && Math.abs(other) <= 90 ? { latitude: other, longitude: one } : null
}
