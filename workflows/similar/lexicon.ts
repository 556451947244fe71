/**
 * What reports of this kind speak of, one thing a line: its name, then how English and Spanish say it, folded; a star
 * stands for any ending.
 */
const things = `
rifle: rifle* gun guns gunman firearm* pistol* handgun* weapon* arma armas fusil* pistola* escopeta* shotgun* ar15
armed: armed armado* armada*
mask: mask* mascara* encapuchad* enmascarad* balaclava*
vest: vest vests armor armour tactical chaleco* tactico*
knife: knife knives cuchillo* navaja* machete* blade
shot: shot shots gunshot* gunfire shooting* shooter* disparo* dispar* balazo* tiro tiros tiroteo* fired
bomb: bomb* bomba* explosive* explosivo* explosion* device
fire: fire fires burn* incendio* fuego quem* flame* llama* arson
smoke: smoke* humo
threat: threat* amenaz*
evacuate: evacu* clearing cleared desaloj* sacaron
lockdown: lockdown locked cerraron encerrad* llave
fight: fight* fought pelea* pele* golpe* brawl* punch* hit
push: push* shov* empuj*
shout: shout* yell* scream* grit* chant* bang* pound* golpean
slur: slur* insult* insulto*
film: film* video* record recording records recorded graba* camera* camara* photograph* foto*
plate: plate plates placa placas
follow: follow* sigue* siguen persig* chase* chasing
block: block* bloque* barricade*
entrance: entrance* entrada* door doors puerta puertas gate
truck: truck* pickup camioneta* troca*
car: car cars carro* coche* vehicle* vehiculo* auto autos
flag: flag flags bandera*
flyer: flyer* leaflet* volante* folleto* pamphlet*
wednesday: wednesday miercoles
line: line lines fila filas cola queue*
machine: machine* maquina*
broken: broken broke down rompi* rota rotas roto rotos averiad* descompuest* smash*
window: window* ventana* vidrio* glass cristal*
stone: rock rocks stone* piedra* brick*
dropbox: dropbox drop box boxes buzon buzones urna urnas
ballot: ballot* boleta* papeleta*
library: library librar* libary biblioteca*
school: school* escuela* elementary highschool primaria secundaria
church: church* iglesia* parish parroquia* chapel
synagogue: synagogue* sinagoga* temple
mosque: mosque* mezquita*
swastika: swastika* esvastica* suastica*
paint: paint* pint* graffiti* grafiti*
park: park parks parque*
parking: parking estacionamiento* aparcamiento*
center: center* centre* centro*
senior: senior* mayores
station: station* estacion*
cityhall: municipio ayuntamiento alcaldia
court: court* juzgado* tribunal* courthouse
market: market mercado* supermarket*
clinic: clinic clinica*
police: police policia* cop cops sheriff* officer*
ambulance: ambulance* ambulancia* medic medics
blood: blood* bleed* sangr*
head: head cabeza
hurt: hurt injur* herid* lesion* wound*
dead: dead killed muerto* muert* died
run: running runs ran corre* corriendo fled flee* huy*
woman: woman women mujer* senora* lady
man: man men guy guys hombre* tipo tipos
child: child children kid kids nino* nina*
migrant: migrant* immigrant* migrante* inmigrante*
ice: migra ice deport*
worker: worker* official* clerk* funcionari* trabajador* empleado*
language: spanish espanol*
identification: id ids identificacion* identification*
refuse: refus* nieg* niega* prohib*
water: water agua
red: red rojo roja
wall: wall pared muro
rumor: rumor* rumour*
monday: monday lunes
crowd: crowd* multitud* mob
steal: steal* stole* robo robar robaron
drone: drone* dron drones
power: power electricity luz electric*
spray: spray* gas pepper
sign: sign signs letrero* cartel*
tire: tire tires llanta*
stop: stop alto paren
count: count counting contar conteo contando counted
alarm: alarm* alarma*
wait: wait* esper*
`

/** Words that say nothing of which event it is, in both languages, folded. */
export const common: ReadonlySet<string> = new Set(
  `the and for with that this they them their there here who what when where which from into out off over under near
   next
   by at on in of to is are was were be been has have had not but can cannot could would will may might some someone
   somebody any anyone all both every everyone everybody one two people person persons voter voters vote votes voting
   polling place poll polls site location center street avenue road boulevard blvd ave st rd dr lane way corner county
   city state town north south east west about around outside inside side left right front behind between say says said
   saying tell tells told talk talking stand standing sit sitting come comes came going get gets got just now today
   morning afternoon evening hour hours minute minutes since still very much many more most also because before after
   while then than like you your our his her its him she does did done let lets see seen saw look looks please help
   need needs other another group groups loud loudly big small make makes made public community branch hall high
   main avenida calle bulevar carretera camino esquina condado ciudad estado norte sur este oeste cerca junto frente
   los las una uno unos unas del que con por para sin sobre entre desde hasta como cuando donde quien hay esta estan
   estaba son fue ser han habia muy mas menos tambien porque antes despues mientras todo todos toda todas alguien nadie
   gente persona personas votante votantes votar voto votos casilla casillas lugar votacion dice dicen dijo dijeron les
   sus nos hace hacen aqui ahi alli hoy ahora hora horas minuto minutos ayuda otro otra otros grupo grupos puede
   pueden afuera adentro lado derecha izquierda recreation rec recreativo comunitario unas fuera`
    .split(/\s+/)
    .filter(word => word !== ''),
)

/** Things of the lexicon that stand at every polling place, as terms. */
export const everywhere: ReadonlySet<string> = new Set(['=dropbox', '=ballot', '=line', '=worker', '=machine', '=man'])

const numbers = `
1: first primera primero primer 1st
2: two dos second segunda segundo 2nd couple
3: three tres third tercera tercero 3rd
4: four cuatro fourth cuarta
5: five cinco fifth quinta
6: six seis sixth sexta
7: seven siete seventh septima
8: eight ocho eighth octava
9: nine nueve ninth novena
10: ten diez tenth
12: twelve doce dozen docena
20: twenty veinte
30: thirty treinta
40: forty cuarenta
50: fifty cincuenta
100: hundred cien cientos hundreds
`

const whole = new Map<string, string>()
const starts = new Map<string, string>()
const counted = new Map<string, string>()
for (const [name, words] of lines(things)) {
  for (const word of words) {
    if (word.endsWith('*')) starts.set(word.slice(0, -1), `=${name}`)
    else whole.set(word, `=${name}`)
  }
}
for (const [name, words] of lines(numbers)) for (const word of words) counted.set(word, name)

/** What a folded word speaks of, as a term that both languages share; null if the lexicon does not know it. */
export function conceptOf(word: string): string | null {
  const exact = whole.get(word)
  if (exact !== undefined) return exact
  for (let length = Math.min(word.length, 14); length >= 3; length--) {
    const found = starts.get(word.slice(0, length))
    if (found !== undefined) return found
  }
  return null
}

/** The number a folded word says, in digits, also of an ordinal (`7th`, `7a`); null if it says none. */
export function numberOf(word: string): string | null {
  const digits = /^(\d{1,5})(?:st|nd|rd|th|ths|a|o|va|na|ta)?$/.exec(word)
  return digits ? String(Number(digits[1])) : (counted.get(word) ?? null)
}

function lines(table: string): [string, string[]][] {
  return table
    .trim()
    .split('\n')
    .map(line => {
      const [name = '', words = ''] = line.split(': ')
      return [name, words.split(' ')]
    })
}
