const shortened: ReadonlyMap<string, string> = new Map(
  `saint st|sainte ste|fort ft|mount mt|mountain mtn|north n|south s|east e|west w|heights hts|springs spgs|spring spg
   junction jct|township twp|center ctr|centre ctr|beach bch|village vlg|point pt|lake lk|saints sts
   ciudad city|hgts hts`
    .split(/[|\n]/)
    .map(pair => pair.trim().split(' ') as [string, string]),
)

/** Folded words as one key by which names are compared: usual short forms, no spaces (`Saint Paul` is `stpaul`). */
export function keyOf(words: readonly string[]): string {
  return words.map(word => shortened.get(word) ?? word).join('')
}
