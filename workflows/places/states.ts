/** A state, district or territory: postal code, the two digits its FIPS codes begin with, and how people name it. */
export type State = {
  readonly code: string
  readonly fips: string
  readonly name: string
  readonly also: readonly string[]
  readonly short: readonly string[]
}

const table = `
AL|01|Alabama||Ala
AK|02|Alaska||Alas
AZ|04|Arizona||Ariz
AR|05|Arkansas||Ark
CA|06|California||Calif,Cal
CO|08|Colorado||Colo
CT|09|Connecticut||Conn
DE|10|Delaware||Del
DC|11|District of Columbia|Distrito de Columbia,Washington DC|
FL|12|Florida||Fla
GA|13|Georgia||
HI|15|Hawaii|Hawai|
ID|16|Idaho||
IL|17|Illinois||Ill,Ills
IN|18|Indiana||Ind
IA|19|Iowa|Iowa City|
KS|20|Kansas||Kan,Kans
KY|21|Kentucky||
LA|22|Louisiana|Luisiana|
ME|23|Maine||
MD|24|Maryland|Marilandia|
MA|25|Massachusetts|Masachusets|Mass
MI|26|Michigan||Mich
MN|27|Minnesota|Minesota|Minn
MS|28|Mississippi|Misisipi,Misisipí|Miss
MO|29|Missouri|Misuri|
MT|30|Montana||Mont
NE|31|Nebraska||Nebr,Neb
NV|32|Nevada||Nev
NH|33|New Hampshire|Nuevo Hampshire,Nueva Hampshire|
NJ|34|New Jersey|Nueva Jersey|
NM|35|New Mexico|Nuevo México,Nuevo Mejico|N Mex
NY|36|New York|Nueva York,New York City,New York State|
NC|37|North Carolina|Carolina del Norte,N Carolina|N Car
ND|38|North Dakota|Dakota del Norte,N Dakota|N Dak
OH|39|Ohio||
OK|40|Oklahoma|Oklahoma City|Okla
OR|41|Oregon||Ore,Oreg
PA|42|Pennsylvania|Pensilvania,Pennsilvania|Penn,Penna
RI|44|Rhode Island||
SC|45|South Carolina|Carolina del Sur,S Carolina|S Car
SD|46|South Dakota|Dakota del Sur,S Dakota|S Dak
TN|47|Tennessee|Tenesí|Tenn
TX|48|Texas|Tejas|Tex
UT|49|Utah||
VT|50|Vermont||
VA|51|Virginia||
WA|53|Washington|Washington State|Wash
WV|54|West Virginia|Virginia Occidental,Virginia del Oeste,W Virginia|W Va
WI|55|Wisconsin||Wis,Wisc
WY|56|Wyoming||Wyo
AS|60|American Samoa|Samoa Americana|
GU|66|Guam||
MP|69|Northern Mariana Islands|Islas Marianas del Norte|
PR|72|Puerto Rico||
VI|78|U S Virgin Islands|US Virgin Islands,Virgin Islands,Islas Vírgenes|
`

/** The fifty states, the District of Columbia and the five territories. */
export const states: readonly State[] = table
  .trim()
  .split('\n')
  .map(row => {
    const [code = '', fips = '', name = '', also = '', short = ''] = row.split('|')
    return { code, fips, name, also: list(also), short: list(short) }
  })

const byCode = new Map(states.map(state => [state.code, state]))
const byFips = new Map(states.map(state => [state.fips, state]))

/** The state with that postal code (capitals), or null. */
export function stateOf(code: string): State | null {
  return byCode.get(code) ?? null
}

/** The state whose counties' five-digit FIPS codes begin as this one does, or null. */
export function stateOfFips(fips: string): State | null {
  return /^\d{5}$/.test(fips) ? (byFips.get(fips.slice(0, 2)) ?? null) : null
}

function list(text: string): string[] {
  return text ? text.split(',') : []
}
