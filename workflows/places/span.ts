import type { Gazetteer, Town } from './gazetteer.ts'
import { keyOf } from './key.ts'
import type { Token } from './read.ts'

/** No name of a place has more words. */
export const longest = 5

const leads = words(`
  in at near by from around outside inside of the downtown central greater close to on toward towards between and
  uptown northern southern eastern western suburban metro my our this here just off past beyond side
  en cerca de del el la los las junto a al desde por hacia dentro fuera centro y
`)
const tails = words(
  'city town township twp village vlg borough boro cdp area metro downtown region suburbs ciudad hoy now',
)
const kinds = words('city town village township borough twp municipality ciudad pueblo villa municipio')
const generic = words(`
  library school church center centre corner police station court courthouse house hall mall park bridge university
  college market town city downtown campus street avenue road drive lane way square plaza place stadium arena airport
  hospital clinic store shop gas bank hotel theater theatre museum post office precinct ballot polling site vote voting
  county parish borough state district ward north south east west n s e w ne nw se sw central first second third fourth
  main old new big little good bad day night home work people man men woman women group crowd protest march rally
  fire red blue white black green gun guns truck car cars bus train line door box drop front back parking lot
  high middle elementary community union temple mosque synagogue cathedral mission chapel grand union liberty capitol
  biblioteca escuela iglesia centro calle avenida plaza parque esquina policia casa colonia barrio mercado
  st ave blvd rd dr ln hwy i route exit mile of and or no yes ok none na test here there this
  call text says said that it we they he she me you help now
  today early media online unknown anywhere somewhere everywhere
`)

/** Words of a run, shorter by what may lead a place ("near the", "city of"), longest first; never empty. */
export function trimmed(run: readonly Token[]): (readonly Token[])[] {
  const spans: (readonly Token[])[] = []
  for (let from = 0; from < run.length; from++) {
    const span = run.slice(from)
    spans.push(span)
    const [first, second] = [run[from]?.text ?? '', run[from + 1]?.text ?? '']
    if (kinds.has(first) && (second === 'of' || second === 'de')) from++
    else if (!leads.has(first)) break
  }
  return spans.filter(span => span.length <= longest + 1)
}

/** The places that words name, in the given states (none given: anywhere), also without a closing "city" or "area". */
export function townsOf(span: readonly Token[], gazetteer: Gazetteer, states: readonly string[]): readonly Town[] {
  if (span.length === 0 || span.length > longest + 1) return []
  for (const key of keysOf(span)) {
    const all = gazetteer.towns(key)
    const towns = states.length === 0 ? all : all.filter(town => states.includes(town.county.state))
    if (towns.length > 0) return towns
  }
  return []
}

/** The keys that words may stand under, as written first. */
export function keysOf(span: readonly Token[]): string[] {
  const texts = span.map(word => word.text)
  const bare = texts[0] === 'the' ? texts.slice(1) : texts
  const keys = [keyOf(bare)]
  if (bare.length > 1 && tails.has(bare.at(-1) ?? '')) keys.push(keyOf(bare.slice(0, -1)))
  return keys.filter(key => key.length > 1)
}

/** True for words that say what a place is and not which: no town, unless a state follows. */
export function isGeneric(span: readonly Token[]): boolean {
  return span.every(word => generic.has(word.text) || /^\d/.test(word.text))
}

/** True for a word after which a place begins. */
export function leadsIn(word: Token | undefined): boolean {
  return word === undefined || leads.has(word.text) || generic.has(word.text) || /^\d/.test(word.text)
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
